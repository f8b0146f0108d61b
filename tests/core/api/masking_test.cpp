#include "door_bench.hpp"

namespace touchline::api {
namespace {

using access::Role;

class Masking : public DoorBench {
protected:
    Masking() {
        ingest::ConnectionPlan ledger = plan("ledger", k_dues);
        ledger.department = "billing";
        run(ledger, {R"([
            {"id":1,"email":"ana@example.org","subject":"Invoice 77 is overdue","amount":"129.00","at":"2026-10-04T08:00:00Z"}])"}
        );
        run(plan("clinic", k_visits), {R"([
            {"id":1,"email":"ana@example.org","subject":"About her diagnosis","class":"special","at":"2026-10-05T08:00:00Z"},
            {"id":2,"email":"ana@example.org","subject":"Write to ana@example.org or +32 470 12 34 56","class":"normal","at":"2026-10-06T08:00:00Z"}])"}
        );
        catalogue_.departments["billing"] = "Billing";
        catalogue_.connections.push_back(
            {"ledger", "scripted", "billing", true, std::chrono::hours(1)}
        );
        catalogue_.connections.push_back(
            {"clinic", "scripted", "sales", true, std::chrono::hours(1)}
        );
        view::Reading& agent = readings_[static_cast<std::size_t>(Role::agent)];
        agent.contacts = false;
        agent.departments = {"sales"};
        agent.up_to = view::PrivacyClass::sensitive;
        readings_[static_cast<std::size_t>(Role::lead)].amounts = false;
        open();
        customer_ = "/api/v1/customers/" + find("ana@example.org");
    }

    std::string row(const Answer& timeline, int at, const std::string& member) {
        return text(timeline, "/items/" + std::to_string(at) + "/" + member);
    }
    std::string everything_as(Role role) {
        std::string all;
        for (const std::string end :
             {"",
              "/summary",
              "/journey",
              "/timeline",
              "/timeline?fold=1",
              "/pins",
              "/why",
              "/export?format=json"}) {
            all += get_as(role, customer_ + end).body;
        }
        for (const std::string q : {"ana@example.org", "Ana", "+32470123456"})
            all += get_as(role, "/api/v1/lookup?q=" + percent_encoded(q)).body;
        all += exchange(port(), "GET", customer_ + "/export?format=csv", as(role)).body;
        Fields fields = as(role);
        fields.emplace_back("Content-Type", "application/json");
        all += exchange(
                   port(),
                   "POST",
                   customer_ + "/merge?dry_run=1",
                   fields,
                   R"({"with":")" + find("ben@example.org") + R"("})"
        )
                   .body;
        return all;
    }

    static constexpr const char* k_dues = R"(
emit: touchpoint
set:
  kind: invoice.overdue
  channel: email
  direction: outbound
  occurred_at: =at
  subject: =subject
  amount: {value: =amount, currency: EUR}
  refs: [{rel: invoice, id: "=id"}]
  identities: [{ns: email, value: =email}]
)";
    static constexpr const char* k_visits = R"(
emit: touchpoint
set:
  kind: visit.completed
  channel: store
  direction: inbound
  occurred_at: =at
  subject: =subject
  privacy: {class: =class}
  identities: [{ns: email, value: =email}]
)";
    std::string customer_;
};

TEST_F(Masking, LeavesHiddenRowsWhereTheyStand) {
    const Answer all = get_as(Role::admin, customer_ + "/timeline");
    const Answer masked = get_as(Role::agent, customer_ + "/timeline");
    EXPECT_EQ(value(masked, "/total"), value(all, "/total"));
    EXPECT_EQ(row(masked, 1, "hidden"), "true") << "of a class beyond the role's";
    EXPECT_EQ(row(masked, 1, "title"), "Hidden");
    EXPECT_EQ(row(masked, 1, "subject"), "");
    EXPECT_EQ(row(masked, 1, "kind"), "hidden");
    EXPECT_EQ(row(masked, 1, "id"), row(all, 1, "id"));
    EXPECT_EQ(row(masked, 1, "occurred_at"), row(all, 1, "occurred_at"));
    EXPECT_EQ(row(masked, 2, "hidden"), "true") << "of a department that is not the role's";
    EXPECT_EQ(row(masked, 2, "department_name"), "Billing");
    EXPECT_EQ(row(masked, 3, "hidden"), "false");
    EXPECT_EQ(row(masked, 3, "subject"), "it has come");
}

TEST_F(Masking, LetsNothingThroughOnAnyWay) {
    const std::string seen = everything_as(Role::agent);
    for (const std::string secret :
         // What was typed into the search comes back as it was typed, between quotes.
         {":ana@example.org",
          " ana@example.org",
          "ben@example.org",
          ":+32470",
          "470 12 34",
          "diagnosis",
          "overdue",
          "129.00"}) {
        EXPECT_EQ(seen.find(secret), std::string::npos)
            << secret << " in " << seen.substr(std::min(seen.size(), seen.find(secret)), 80);
    }
    const std::string all = everything_as(Role::admin);
    for (const std::string there :
         {"ana@example.org", "+32470123456", "diagnosis", "overdue", "129.00"})
        EXPECT_NE(all.find(there), std::string::npos) << there;
}

TEST_F(Masking, DoesNotLetFiltersTellWhatRowsDoNotShow) {
    const auto total = [&](Role role, const std::string& filter) {
        return value(get_as(role, customer_ + "/timeline?" + filter), "/total");
    };
    for (const std::string filter :
         {"q=diagnosis",
          "q=overdue",
          "kind=invoice",
          "ref=1",
          "channel=email&kind=invoice.overdue"}) {
        EXPECT_EQ(total(Role::agent, filter), "0") << filter;
        EXPECT_EQ(total(Role::admin, filter), "1") << filter;
    }
    EXPECT_EQ(
        value(get_as(Role::agent, customer_ + "/timeline/density?q=diagnosis"), "/total"), "0"
    );
}

TEST_F(Masking, MasksContactsButFindsPeopleByThem) {
    const Answer found = get_as(Role::agent, "/api/v1/lookup?q=ana%40example.org");
    EXPECT_EQ("/api/v1/customers/" + text(found, "/matches/0/customer"), customer_);
    EXPECT_EQ(text(found, "/matches/0/why"), "email a•••@e•••.org");
    const Answer customer = get_as(Role::agent, customer_);
    EXPECT_NE(customer.body.find("a•••@e•••.org"), std::string::npos) << customer.body;
    EXPECT_NE(customer.body.find("•••56"), std::string::npos) << customer.body;
    EXPECT_EQ(text(customer, "/name"), "Ana Peeters");
}

TEST_F(Masking, LetsPeopleSplitWhatTheyCannotReadInFull) {
    const Answer customer = get_as(Role::agent, customer_);
    std::string key;
    const auto document = json::Document::parse(customer.body);
    for (const json::View identity : document->root().get("identities")->elements()) {
        if (identity.get("ns")->as_string() == "email") key = *identity.get("key")->as_string();
    }
    Fields fields = as(Role::agent);
    fields.emplace_back("Content-Type", "application/json");
    const auto split = [&](const std::string& named) {
        return exchange(
            port(),
            "POST",
            customer_ + "/split?dry_run=1",
            fields,
            R"({"identities":[")" + named + R"("]})"
        );
    };
    const Answer preview = split(key);
    EXPECT_EQ(preview.status, 200) << preview.body;
    EXPECT_NE(preview.body.find("a•••@e•••.org"), std::string::npos);
    const Answer others = split("#999999");
    EXPECT_EQ(others.status, 400);
}

TEST_F(Masking, HidesAmountsAlone) {
    const Answer timeline = get_as(Role::lead, customer_ + "/timeline");
    EXPECT_EQ(row(timeline, 2, "subject"), "Invoice 77 is overdue");
    EXPECT_EQ(row(timeline, 2, "amount"), "");
    EXPECT_EQ(row(get_as(Role::admin, customer_ + "/timeline"), 2, "amount/value"), "129.00");
}

TEST_F(Masking, KeepsOpenThingsCountedAndUnnamed) {
    const Answer summary = get_as(Role::agent, customer_ + "/summary");
    EXPECT_EQ(value(summary, "/open/0/hidden"), "true") << summary.body;
    EXPECT_EQ(text(summary, "/open/0/department_name"), "Billing");
    EXPECT_EQ(text(summary, "/open/0/title"), "");
    EXPECT_EQ(text(summary, "/open/0/ref"), "");
}

TEST_F(Masking, HoldsForTheEventStream) {
    const auto listen = [&](Role role) {
        const auto socket = net::testing_support::connect_to(port());
        Fields fields = as(role);
        fields.emplace_back("Last-Event-ID", "0");
        socket.send(testing_support::request_head("GET", "/api/v1/events", fields) + "\r\n");
        std::string text;
        const std::string last = "id: " + std::to_string(*reader()->feed_head()) + "\n";
        while (text.find(last) == std::string::npos) {
            const std::string more = socket.receive();
            if (more.empty()) break;
            text += more;
        }
        return text;
    };
    EXPECT_NE(listen(Role::admin).find("\"detail\""), std::string::npos);
    const std::string agents = listen(Role::agent);
    EXPECT_EQ(agents.find("\"detail\""), std::string::npos) << agents;
    EXPECT_NE(agents.find("touchpoint.recorded"), std::string::npos);
}

TEST_F(Masking, GivesSpreadsheetsNoFormulas) {
    run(plan("desk", k_events),
        {R"x([{"id":9,"user":"55","email":"ana@example.org","subject":"=HYPERLINK(\"http://evil\")","at":"2026-10-07T08:00:00Z"}])x"}
    );
    const Answer csv = exchange(port(), "GET", customer_ + "/export", as(Role::admin));
    EXPECT_EQ(csv.status, 200);
    EXPECT_EQ(csv.field("content-type"), "text/csv; charset=utf-8");
    EXPECT_NE(csv.field("content-disposition").find("attachment"), std::string::npos);
    EXPECT_NE(csv.body.find(R"x("'=HYPERLINK(""http://evil"")")x"), std::string::npos) << csv.body;
}

}  // namespace
}  // namespace touchline::api
