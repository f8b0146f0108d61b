// The sample's systems, asked as the connectors ask them.
#include "touchline/sample/systems.hpp"

#include "touchline/json/view.hpp"
#include "touchline/net/http_client.hpp"
#include "touchline/sample/sample.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace touchline::sample {
namespace {

struct Login {
    const char *name, *value;
};

constexpr Login k_crm{"Authorization", "Bearer halden-crm"};
constexpr Login k_helpdesk{
    "Authorization", "Basic c3VwcG9ydEBoYWxkZW4uZXhhbXBsZS90b2tlbjpoYWxkZW4taGVscGRlc2s="};
constexpr Login k_billing{"Authorization", "Bearer halden-billing"};
constexpr Login k_social{"Authorization", "Bearer halden-social"};

class SampleSystems : public testing::Test {
protected:
    SampleSystems() {
        std::filesystem::remove_all(folder_);
        SampleOptions options;
        options.customers = 300;
        options.records = 9000;
        options.end = *parse_rfc3339("2026-11-20T17:00:00Z");
        EXPECT_TRUE(write_sample(folder_, options));
        auto systems = Systems::serve(folder_, 0);
        EXPECT_TRUE(systems) << systems.error().text();
        systems_ = std::move(*systems);
        http_ = std::move(*net::make_http_client());
    }
    ~SampleSystems() override { std::filesystem::remove_all(folder_); }

    net::Response ask(const Login& login, const std::string& target, const std::string& body = "") {
        net::Request request;
        request.method = body.empty() ? "GET" : "POST";
        request.url = systems_->origin() + target;
        request.headers.set(login.name, login.value);
        request.body = body;
        net::SendOptions options;
        options.allow_private_network = true;
        auto answer = http_->send(request, options, {});
        EXPECT_TRUE(answer) << answer.error().text();
        return answer ? std::move(*answer) : net::Response{};
    }

    std::size_t exported(const std::string& name) const {
        std::ifstream file(folder_ / "export" / (name + ".jsonl"));
        std::size_t lines = 0;
        std::string line;
        while (std::getline(file, line)) ++lines;
        return lines;
    }

    const std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("touchline_systems_") +
         testing::UnitTest::GetInstance()->current_test_info()->name());
    std::unique_ptr<Systems> systems_;
    std::unique_ptr<net::HttpClient> http_;
};

void take_ids(json::View list, std::set<std::string>& ids) {
    for (const json::View one : list.elements()) {
        EXPECT_TRUE(ids.insert(json::find(one, "/id")->text()).second) << one.text();
    }
}

TEST_F(SampleSystems, LetNobodyInWithoutTheirCredentials) {
    EXPECT_EQ(ask({"Authorization", "Bearer wrong"}, "/stripe/v1/invoices").status, 401);
    EXPECT_EQ(ask(k_crm, "/stripe/v1/invoices").status, 401);
    EXPECT_EQ(ask(k_billing, "/stripe/v1/invoices").status, 200);
    EXPECT_EQ(ask(k_billing, "/stripe/v1/nothing").status, 404);
}

TEST_F(SampleSystems, ListInvoicesNewestFirstAndEachOnce) {
    std::set<std::string> ids;
    std::string after;
    std::int64_t before = INT64_MAX;
    for (bool more = true; more;) {
        const auto answer = ask(k_billing, "/stripe/v1/invoices?limit=7" + after);
        const auto page = json::Document::parse(answer.body);
        ASSERT_TRUE(page);
        const auto data = *page->root().get("data");
        take_ids(data, ids);
        for (const json::View one : data.elements()) {
            EXPECT_LE(*one.get("created")->as_int(), before);
            before = *one.get("created")->as_int();
            after = "&starting_after=" + std::string(*one.get("id")->as_string());
        }
        more = *page->root().get("has_more")->as_bool();
    }
    EXPECT_EQ(ids.size(), exported("billing/invoices"));
}

TEST_F(SampleSystems, FindContactsFromATimeOnAndInsideOneTimeFromAnId) {
    std::set<std::string> ids;
    std::string filter = R"({"propertyName":"lastmodifieddate","operator":"GTE","value":"0"})";
    for (int question = 0; question < 100; ++question) {
        const auto answer =
            ask(k_crm,
                "/hubspot/crm/v3/objects/contacts/search",
                R"({"filterGroups":[{"filters":[)" + filter + "]}]}");
        const auto page = json::Document::parse(answer.body);
        ASSERT_TRUE(page);
        const auto results = *page->root().get("results");
        std::string last;
        for (const json::View one : results.elements()) {
            ids.insert(std::string(*one.get("id")->as_string()));
            last = *one.get("updatedAt")->as_string();
        }
        if (!page->root().get("paging")) break;
        const auto time = parse_rfc3339(last);
        const auto ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch());
        filter = R"({"propertyName":"lastmodifieddate","operator":"GTE","value":")" +
                 std::to_string(ms.count()) + "\"}";
    }
    EXPECT_EQ(ids.size(), exported("crm/contacts"));
}

TEST_F(SampleSystems, ExportTicketsByCursorAndCommentsBySecond) {
    std::set<std::string> tickets, events;
    std::string at = "start_time=0";
    for (bool ends = false; !ends;) {
        const auto answer =
            ask(k_helpdesk, "/zendesk/api/v2/incremental/tickets/cursor.json?" + at);
        const auto page = json::Document::parse(answer.body);
        ASSERT_TRUE(page);
        take_ids(*page->root().get("tickets"), tickets);
        at = "cursor=" + std::string(*page->root().get("after_cursor")->as_string());
        ends = *page->root().get("end_of_stream")->as_bool();
    }
    EXPECT_EQ(tickets.size(), exported("helpdesk/tickets"));
    std::string from = "0";
    for (bool ends = false; !ends;) {
        const auto answer = ask(
            k_helpdesk,
            "/zendesk/api/v2/incremental/ticket_events.json?include=comment_events&start_time=" +
                from
        );
        const auto page = json::Document::parse(answer.body);
        ASSERT_TRUE(page);
        for (const json::View one : page->root().get("ticket_events")->elements())
            events.insert(one.get("id")->text());
        from = page->root().get("end_time")->text();
        ends = *page->root().get("end_of_stream")->as_bool();
    }
    EXPECT_EQ(events.size(), exported("helpdesk/comments"));
}

TEST_F(SampleSystems, ListMentionsForwardsFromAnId) {
    std::set<std::string> ids;
    std::string min_id = "0";
    for (;;) {
        const auto answer =
            ask(k_social, "/mastodon/api/v1/notifications?limit=40&min_id=" + min_id);
        const auto page = json::Document::parse(answer.body);
        ASSERT_TRUE(page);
        if (page->root().size() == 0) break;
        min_id = *page->root().at(0)->get("id")->as_string();
        take_ids(page->root(), ids);
    }
    EXPECT_EQ(ids.size(), exported("social/mentions"));
}

TEST_F(SampleSystems, RefuseAFolderThatHoldsNoSample) {
    EXPECT_EQ(Systems::serve(folder_ / "nowhere", 0).error().code(), Code::unavailable);
    std::ofstream(folder_ / "export/crm/contacts.jsonl") << "{}\n";
    EXPECT_EQ(Systems::serve(folder_, 0).error().code(), Code::bad_data);
}

}  // namespace
}  // namespace touchline::sample
