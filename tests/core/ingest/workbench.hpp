// What the tests of ingest stand on: an embedded store in a folder of its own, a clock that stands
// still, and a source that says what it is told to say.
#pragma once

#include "touchline/config/yaml.hpp"
#include "touchline/ingest/connection_run.hpp"
#include "touchline/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace touchline::ingest {

/// Sends its pages in order, a checkpoint after each; goes on after the state, which is a number of
/// pages.
class ScriptedSource final : public Source {
public:
    ScriptedSource(StreamInfo info, std::vector<std::string> pages)
        : streams_{std::move(info)}, pages_(std::move(pages)) {}

    const std::vector<StreamInfo>& streams() const override { return streams_; }
    Result<std::string> check(std::stop_token) override { return std::string("fine"); }
    Result<ReadEnd> read(const ReadRequest& request, PageSink& sink) override {
        began_at = request.since;
        std::size_t next = request.state.empty() ? 0 : std::stoul(request.state);
        for (; next < pages_.size(); ++next) {
            if (next == fail_at) return Error(Code::unavailable, "the source is down");
            TOUCHLINE_CHECK(
                sink.page({streams_[0].name, pages_[next], "", Format::json, model::Via::poll})
            );
            TOUCHLINE_CHECK(sink.checkpoint({streams_[0].name, 1, std::to_string(next + 1)}));
        }
        return ReadEnd::end;
    }
    Result<void> webhook(const ReceivedWebhook& webhook, PageSink& sink) override {
        if (webhook.body == "refuse me")
            return Error(Code::bad_data, "the connector cannot read this");
        return sink.page({streams_[0].name, webhook.body, "", Format::json, model::Via::webhook});
    }
    void add(std::string page) { pages_.push_back(std::move(page)); }

    std::size_t fail_at = SIZE_MAX;
    std::optional<Time> began_at;  ///< what the last read was told

private:
    std::vector<StreamInfo> streams_;
    std::vector<std::string> pages_;
};

class Workbench : public testing::Test {
protected:
    ~Workbench() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    static std::filesystem::path make_folder() {
        const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
        const auto folder = std::filesystem::temp_directory_path() /
                            ("touchline-" + test + "-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        return folder;
    }
    static std::unique_ptr<store::Store> open(const std::filesystem::path& folder) {
        auto opened = store::open_sqlite({folder / "touchline.db", 8, false});
        if (!opened) throw std::runtime_error(opened.error().text());
        return std::move(*opened);
    }

    /// Contacts: facts with an id, an e-mail address, a phone number and a name. Calls: touchpoints
    /// of a phone number.
    ConnectionPlan plan(const std::string& connection, const std::string& mapping_yaml) {
        const auto node = config::read_yaml(mapping_yaml, "test.yaml");
        EXPECT_TRUE(node) << node.error().text();
        std::vector<Error> problems;
        auto mapping = mapping::Mapping::compile(*node, problems);
        for (const Error& problem : problems) ADD_FAILURE() << problem.text();
        ConnectionPlan plan;
        plan.id = connection;
        plan.connector = "scripted@1";
        plan.department = "sales";
        plan.streams.push_back({{"rows", "/id", "", ""}, std::move(*mapping), "test.yaml@1"});
        return plan;
    }

    RunReport run(const ConnectionPlan& plan, Source& source) {
        auto report = run_connection(environment_, plan, source);
        EXPECT_TRUE(report) << report.error().text();
        return std::move(*report);
    }
    RunReport run(const ConnectionPlan& plan, std::vector<std::string> pages) {
        // A source of its own each time, behind what the ones before it sent.
        std::vector<std::string> all(sent_[plan.id], "[]");
        all.insert(all.end(), pages.begin(), pages.end());
        sent_[plan.id] = all.size();
        ScriptedSource source(plan.streams[0].info, std::move(all));
        return run(plan, source);
    }

    std::unique_ptr<store::Reader> reader() {
        auto reader = store_->reader();
        EXPECT_TRUE(reader);
        return std::move(*reader);
    }

    /// The id of the customer that holds the identity, or what is wrong.
    std::string customer_of(const std::string& ns, const std::string& value) {
        const auto snapshot = reader();
        const auto identity = snapshot->find_identity(ns, value);
        if (!identity || !*identity) return "nobody";
        const auto customer = snapshot->resolve((*identity)->customer);
        return customer ? customer->id : "no customer";
    }

    std::int64_t touchpoints_of(const std::string& ns, const std::string& value) {
        const auto snapshot = reader();
        const auto identity = snapshot->find_identity(ns, value);
        if (!identity || !*identity) return -1;
        std::vector<store::IdentityKey> keys;
        const auto identities =
            snapshot->identities_of(snapshot->resolve((*identity)->customer)->key);
        for (const store::Identity& one : *identities) keys.push_back(one.key);
        return snapshot->timeline(keys, {}, 0, 10)->total;
    }

    static constexpr const char* k_contacts = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =id}, {ns: email, value: =email}, {ns: phone, value: =phone}, {ns: name, value: =name}]
  observed_at: =updated
fields: {name.full: =name, email: =email}
)";
    static constexpr const char* k_events = R"(
emit: touchpoint
set:
  kind: message.sent
  channel: email
  direction: inbound
  occurred_at: =at
  subject: =subject
  identities: [{ns: desk.user, value: =user}, {ns: email, value: =email}, {ns: phone, value: =phone}]
)";

    std::filesystem::path folder_ = make_folder();
    std::unique_ptr<store::Store> store_ = open(folder_);
    ManualClock clock_{*parse_rfc3339("2026-11-01T12:00:00Z")};
    identity::Policy policy_;
    Environment environment_{*store_, policy_, clock_, "default"};
    std::map<std::string, std::size_t> sent_;
};

}  // namespace touchline::ingest
