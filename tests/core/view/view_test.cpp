// What people are shown, from what the store holds.
#include "workbench.hpp"

#include "touchline/view/connections.hpp"
#include "touchline/view/customer.hpp"
#include "touchline/view/summary.hpp"

namespace touchline::view {
namespace {

using namespace std::chrono_literals;

constexpr const char* k_tickets = R"(
emit: touchpoint
set:
  kind: =kind
  channel: email
  direction: inbound
  occurred_at: =at
  subject: =subject
  status: =status
  refs: [{rel: case, id: =case}]
  identities: [{ns: desk.user, value: =user}, {ns: email, value: =email}, {ns: name, value: =name}]
  owner: {department: support, employee: =employee}
  experience:
    when: [["=stars", [{measure: csat, value: =stars, min: 1, max: 5, by: customer}]]]
)";

class View : public ingest::Workbench {
protected:
    View() {
        catalogue_.departments = {{"support", "Support"}};
        catalogue_.connections = {{"desk", "scripted", "support", true, 1h}};
    }
    void tickets(const std::string& rows) { run(plan("desk", k_tickets), {"[" + rows + "]"}); }
    static std::string row(
        int id,
        const std::string& kind,
        const std::string& number,
        int day,
        const std::string& more = ""
    ) {
        return R"({"id":)" + std::to_string(id) + R"(,"kind":")" + kind + R"(","case":")" + number +
               R"(","subject":"about )" + number +
               R"(","user":"1","email":"ana@example.org","at":"2026-10-)" + (day < 10 ? "0" : "") +
               std::to_string(day) + R"(T08:00:00Z")" + more + "}";
    }
    Summary summary_of_ana() {
        const auto snapshot = reader();
        auto found =
            summary(*snapshot, catalogue_, customer_of("email", "ana@example.org"), clock_.now());
        EXPECT_TRUE(found) << found.error().text();
        return std::move(*found);
    }
    std::string state() {
        const auto snapshot = reader();
        return connections(*snapshot, catalogue_, clock_.now())->front().state;
    }

    Catalogue catalogue_;
};

TEST(Titles, ReadLikeWhatHappened) {
    const auto title = [](const std::string& kind, model::Direction direction) {
        model::Touchpoint touchpoint;
        touchpoint.kind = kind;
        touchpoint.direction = direction;
        return title_of(touchpoint);
    };
    EXPECT_EQ(title("message.sent", model::Direction::inbound), "Message received");
    EXPECT_EQ(title("message.sent", model::Direction::outbound), "Message sent");
    EXPECT_EQ(title("case.opened", model::Direction::inbound), "Case opened");
    EXPECT_EQ(title("x.acme.demo_given", model::Direction::outbound), "Demo given");
}

TEST_F(View, ListsTheCasesThatAreOpenOldestFirst) {
    tickets(
        row(1, "case.opened", "A", 1) + "," + row(2, "case.closed", "A", 2) + "," +
        row(3, "case.opened", "B", 5) + "," + row(4, "case.opened", "C", 3) + "," +
        row(5, "case.opened", "D", 6, R"(,"status":"done")")
    );
    const Summary found = summary_of_ana();
    ASSERT_EQ(found.open_cases.size(), 2U);
    EXPECT_EQ(found.open_cases[0].title, "about C");
    EXPECT_EQ(found.open_cases[1].title, "about B");
    EXPECT_EQ(found.open_cases[0].department, "Support");
}

TEST_F(View, TellsTheLatestMoodAndOwner) {
    tickets(
        row(1, "case.opened", "A", 1, R"(,"stars":5,"employee":"clara")") + "," +
        row(2, "survey.responded", "A", 2, R"(,"stars":2)") + "," + row(3, "message.sent", "A", 3)
    );
    const Summary found = summary_of_ana();
    ASSERT_TRUE(found.mood);
    EXPECT_EQ(found.mood->value, 2);
    EXPECT_EQ(format_rfc3339(*found.mood_at), "2026-10-02T08:00:00Z");
    EXPECT_EQ(found.owner.employee, "clara");
    ASSERT_TRUE(found.last_contact);
    EXPECT_EQ(found.last_contact->title, "Message received");
    EXPECT_EQ(found.touchpoints, 3);
}

TEST_F(View, NamesACustomerByAnIdentityWhereNoSourceGivesAName) {
    tickets(row(1, "case.opened", "A", 1));
    const auto snapshot = reader();
    const auto shown =
        customer(*snapshot, catalogue_, customer_of("email", "ana@example.org"), clock_.now());
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->name, "ana@example.org");
    EXPECT_EQ(
        customer(*snapshot, catalogue_, "cu_nobody", clock_.now()).error().code(), Code::not_found
    );
}

TEST_F(View, SaysWhetherASourceIsFresh) {
    EXPECT_EQ(state(), "behind");
    tickets(row(1, "case.opened", "A", 1));
    EXPECT_EQ(state(), "current");
    clock_.advance(2h);
    EXPECT_EQ(state(), "current");
    clock_.advance(2min);
    EXPECT_EQ(state(), "behind");
    catalogue_.connections[0].schedule = 0ms;
    EXPECT_EQ(state(), "current");
    ingest::ScriptedSource source({"rows", "/id", "", ""}, {"[]"});
    source.fail_at = 0;
    run(plan("desk", k_tickets), source);
    source.fail_at = SIZE_MAX;
    catalogue_.connections[0].enabled = false;
    EXPECT_EQ(state(), "paused");
}

}  // namespace
}  // namespace touchline::view
