// What people are shown, from what the store holds.
#include "similar.hpp"
#include "workbench.hpp"

#include "touchline/view/connections.hpp"
#include "touchline/view/customer.hpp"
#include "touchline/view/journey.hpp"
#include "touchline/view/lookup.hpp"
#include "touchline/view/summary.hpp"

#include <numeric>

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
    Timeline timeline_of_ana(const TimelineQuery& query) {
        const auto snapshot = reader();
        auto found =
            timeline(*snapshot, catalogue_, customer_of("email", "ana@example.org"), query);
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
    ASSERT_EQ(found.open.size(), 2U);
    EXPECT_EQ(found.open[0].title, "about C");
    EXPECT_EQ(found.open[1].title, "about B");
    EXPECT_EQ(found.open[0].department_name, "Support");
}

TEST_F(View, TellsTheLatestMoodAndOwner) {
    tickets(
        row(1, "case.opened", "A", 1, R"(,"stars":5,"employee":"clara")") + "," +
        row(2, "survey.responded", "A", 2, R"(,"stars":2)") + "," + row(3, "message.sent", "A", 3)
    );
    const Summary found = summary_of_ana();
    ASSERT_TRUE(found.mood);
    EXPECT_EQ(found.mood->measured.value, 2);
    EXPECT_EQ(found.mood->value, -0.5);
    EXPECT_EQ(format_rfc3339(found.mood->at), "2026-10-02T08:00:00Z");
    EXPECT_EQ(found.mood->before, 1) << "five stars the day before";
    EXPECT_EQ(found.owner.employee, "clara");
    EXPECT_EQ(found.owner_of, "about A");
    ASSERT_TRUE(found.last_contact);
    EXPECT_EQ(found.last_contact->title, "Message received");
    EXPECT_EQ(found.touchpoints, 3);
}

TEST_F(View, SaysWhichOpenCasesWaitForUs) {
    tickets(
        row(1, "case.opened", "A", 1) + "," + row(2, "message.sent", "A", 2) + "," +
        row(3, "case.opened", "B", 3)
    );
    const Summary found = summary_of_ana();
    ASSERT_EQ(found.open.size(), 2U);
    EXPECT_EQ(found.open[0].ref, "A");
    EXPECT_EQ(format_rfc3339(*found.open[0].waiting_since), "2026-10-01T08:00:00Z");
    EXPECT_TRUE(found.open[0].late);
}

TEST_F(View, FindsTheRowsOfATimeThatAreAboutOneCase) {
    tickets(
        row(1, "case.opened", "A", 1) + "," + row(2, "message.sent", "B", 2) + "," +
        row(3, "message.sent", "A", 3) + "," + row(4, "message.sent", "A", 4)
    );
    TimelineQuery query;
    query.filter.ref = "A";
    EXPECT_EQ(timeline_of_ana(query).total, 3);
    query.around = *parse_rfc3339("2026-10-03T12:00:00Z");
    const Timeline found = timeline_of_ana(query);
    EXPECT_EQ(found.offset, 1);
    ASSERT_EQ(found.items.size(), 2U);
    EXPECT_EQ(format_rfc3339(found.items[0].item.touchpoint.occurred_at), "2026-10-03T08:00:00Z");
    query.around = *parse_rfc3339("2020-01-01T00:00:00Z");
    EXPECT_EQ(timeline_of_ana(query).offset, 2) << "before all of them: the oldest";
}

TEST_F(View, FiltersByMoodAndByWhoActed) {
    tickets(
        row(1, "survey.responded", "A", 1, R"(,"stars":5)") + "," +
        row(2, "survey.responded", "A", 2, R"(,"stars":1)") + "," + row(3, "page.viewed", "A", 3) +
        "," + row(4, "message.sent", "A", 4)
    );
    TimelineQuery query;
    query.mood = MoodFilter::low;
    ASSERT_EQ(timeline_of_ana(query).total, 1);
    EXPECT_EQ(timeline_of_ana(query).items[0].item.mood, -1);
    query.mood = MoodFilter::high;
    EXPECT_EQ(timeline_of_ana(query).items[0].item.mood, 1);
    query = {};
    query.people_only = true;
    EXPECT_EQ(timeline_of_ana(query).total, 3);
}

TEST_F(View, FoldsPassingThingsInARowAndCountsThemInFull) {
    std::string rows = row(1, "message.sent", "A", 1);
    for (int page = 0; page < 5; ++page) {
        rows += R"(,{"id":)" + std::to_string(10 + page) +
                R"(,"kind":"page.viewed","case":"A","subject":"page )" + std::to_string(page % 2) +
                R"(","user":"1","email":"ana@example.org","at":"2026-10-02T08:0)" +
                std::to_string(page) + R"(:00Z"})";
    }
    tickets(rows);
    TimelineQuery query;
    EXPECT_EQ(timeline_of_ana(query).total, 6);
    query.fold = true;
    const Timeline found = timeline_of_ana(query);
    EXPECT_EQ(found.total, 2);
    EXPECT_EQ(found.touchpoints, 6);
    ASSERT_TRUE(found.items[0].burst);
    EXPECT_EQ(found.items[0].burst->count, 5);
    EXPECT_EQ(found.items[0].burst->subjects, (std::vector<std::string>{"page 0", "page 1"}));
    EXPECT_EQ(found.items[0].burst->to - found.items[0].burst->from, 4min);
    EXPECT_FALSE(found.items[1].burst);
}

TEST_F(View, CountsTouchpointsByWeek) {
    tickets(
        row(1, "case.opened", "A", 1) + "," + row(2, "message.sent", "A", 5) + "," +
        row(3, "message.sent", "A", 6)
    );
    const auto snapshot = reader();
    const auto found =
        density(*snapshot, customer_of("email", "ana@example.org"), {}, DensityStep::week);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 3);
    ASSERT_EQ(found->parts.size(), 2U);
    EXPECT_EQ(format_rfc3339(found->parts[0].from), "2026-10-05T00:00:00Z");
    EXPECT_EQ(found->parts[0].touchpoints, 2);
    EXPECT_EQ(found->parts[1].touchpoints, 1);
}

TEST_F(View, DrawsTheJourneyFromWhatWasSaid) {
    tickets(
        row(1, "page.viewed", "A", 1) + "," + row(2, "order.placed", "A", 2) + "," +
        row(3, "order.delivered", "A", 9) + "," +
        row(4, "survey.responded", "A", 12, R"(,"stars":5)") + "," +
        row(5, "case.opened", "A", 20) + "," +
        row(6, "survey.responded", "A", 25, R"(,"stars":1)") + "," + row(7, "message.sent", "A", 26)
    );
    const auto snapshot = reader();
    const auto found =
        journey_of(*snapshot, catalogue_, customer_of("email", "ana@example.org"), clock_.now());
    ASSERT_TRUE(found) << found.error().text();
    ASSERT_TRUE(found->current);
    EXPECT_EQ(found->current->phase->id, "maintain");
    EXPECT_EQ(format_rfc3339(found->current->from), "2026-10-26T08:00:00Z");
    ASSERT_EQ(found->feelings.size(), 2U);
    EXPECT_EQ(found->feelings[0].mood, 1);
    EXPECT_EQ(found->phases[7].stated, 2);
    EXPECT_EQ(found->phases[7].mood, 0);
    EXPECT_EQ(found->recent.volume.size(), 56U);
    EXPECT_EQ(std::accumulate(found->recent.volume.begin(), found->recent.volume.end(), 0), 7);
    EXPECT_EQ(found->recent.spells.front().phase->id, "purchase") << "passing pages give way";
    ASSERT_TRUE(found->score);
    EXPECT_LT(found->score->value, 0) << "the younger answer weighs more";
}

TEST_F(View, SaysWhoPutATouchpointIntoItsPhase) {
    tickets(
        row(1, "message.sent", "A", 1) + "," + row(2, "order.placed", "A", 2) + "," +
        row(3, "message.sent", "A", 3)
    );
    const Timeline found = timeline_of_ana({});
    ASSERT_EQ(found.items.size(), 3U);
    EXPECT_EQ(
        found.items[0].item.phase->id + " by " + found.items[0].item.phase_by, "receive by rule"
    );
    EXPECT_EQ(
        found.items[1].item.phase->id + " by " + found.items[1].item.phase_by, "purchase by table"
    );
    EXPECT_EQ(
        found.items[2].item.phase->id + " by " + found.items[2].item.phase_by, "research by table"
    );
}

TEST_F(View, FindsWhoseCaseHasTheNumber) {
    tickets(row(1, "case.opened", "A-100", 1) + "," + row(2, "message.sent", "B-200", 2));
    const auto snapshot = reader();
    const identity::Normaliser normaliser(policy_);
    const auto matches = [&](const std::string& text) {
        return lookup(*snapshot, catalogue_, normaliser, text, 10)->matches.size();
    };
    EXPECT_EQ(matches("A-100"), 1U);
    EXPECT_EQ(matches("#a-100"), 1U);
    EXPECT_EQ(matches("B-200"), 0U) << "no case, order or invoice began with it";
}

TEST(TypingDistance, CountsSlipsOfTheFinger) {
    EXPECT_EQ(typing_distance("peeters", "peeters", 2), 0U);
    EXPECT_EQ(typing_distance("peters", "peeters", 2), 1U);
    EXPECT_EQ(typing_distance("petres", "peters", 2), 1U) << "two letters swapped";
    EXPECT_EQ(typing_distance("janssen", "jansens", 2), 2U);
    EXPECT_EQ(typing_distance("anna", "otto", 2), 3U) << "beyond the limit, however far";
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
