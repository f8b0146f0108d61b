// A connection whose connector knows more about customers: what an operator configures and sees.
#include "store_state.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace touchline::e2e {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view k_configuration = R"(version: 1
plugins: {dirs: [)" ENRICHER_PLUGINS R"(]}
connections:
  crm:
    plugin: file
    settings: {path: inbox, pattern: "*.jsonl", format: jsonl, key: /id, settle_seconds: 0}
    streams: {rows: {mapping: contacts.yaml, schedule: 1s}}
  companies:
    plugin: test.knower
    streams: {customers: {mapping: companies.yaml, schedule: 1s}}
)";

constexpr std::string_view k_contacts = R"(version: 1
emit: fact
set: {observed_at: =at, identities: [{ns: email, value: =email}]}
fields: {name.full: =name}
)";

constexpr std::string_view k_companies = R"(version: 1
emit: fact
set: {observed_at: =asked_at, identities: [{ns: email, value: =email}]}
fields: {company.name: =facts.company}
)";

class Enrichment : public ::testing::Test {
protected:
    Enrichment() {
        write_file(path() / "touchline.yaml", k_configuration);
        write_file(path() / "contacts.yaml", k_contacts);
        write_file(path() / "companies.yaml", k_companies);
        meet("a", "Ana", "ana@globex.test");
    }
    const std::filesystem::path& path() const { return folder_.path(); }
    void meet(const std::string& file, const std::string& name, const std::string& email) const {
        write_file(
            path() / "inbox" / (file + ".jsonl"),
            R"({"id": ")" + file + R"(", "at": "2026-10-05T09:00:00Z", "name": ")" + name +
                R"(", "email": ")" + email + "\"}\n"
        );
    }
    std::string answer(std::vector<std::string> arguments) {
        arguments.push_back("--json");
        Child child(touchline(std::move(arguments)), path());
        std::string text = child.output();
        code_ = child.wait();
        return text;
    }

    Folder folder_;
    int code_ = -1;
};

TEST_F(Enrichment, RunsAsAnyOtherConnection) {
    EXPECT_THAT(answer({"connections", "test", "companies"}), HasSubstr("It knows."));
    answer({"connections", "run", "crm"});
    EXPECT_THAT(answer({"connections", "run", "companies"}), HasSubstr(R"("records":1)"));
    EXPECT_EQ(code_, 0) << read_file(path() / "stderr.txt");
    EXPECT_THAT(answer({"customer", "show", "ana@globex.test"}), HasSubstr("globex.test"));
    EXPECT_THAT(answer({"connections", "run", "companies"}), HasSubstr(R"("records":0)"))
        << "nobody is asked about twice";
}

TEST_F(Enrichment, TellsTheDaemonOfNewCustomersAsTheyCome) {
    const Daemon daemon({"serve", "--dev", "--listen", "127.0.0.1:0"}, path());
    ASSERT_TRUE(daemon.is_ready()) << read_file(path() / "stderr.txt");
    const auto records_are = [&](std::int64_t wanted) {
        const auto health = daemon.json("/api/v1/connections");
        for (const json::View one : health.root().get("connections")->elements()) {
            if (text_at(one, "/id") == "companies") return number_at(one, "/records") == wanted;
        }
        return false;
    };
    // The test's own time limit is the end of patience.
    while (!records_are(1)) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    meet("b", "Bo", "bo@initech.test");
    while (!records_are(2)) std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

}  // namespace
}  // namespace touchline::e2e
