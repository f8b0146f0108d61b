// Every position of a timeline holds what a reading of the whole would put there, under every
// filter, and also while things arrive and go.
#include "workbench.hpp"

#include "touchline/view/timeline.hpp"

#include <algorithm>
#include <functional>

namespace touchline::view {
namespace {

using namespace std::chrono_literals;

constexpr const char* k_told = R"(
emit: touchpoint
set:
  kind: =kind
  channel: web
  direction: inbound
  occurred_at: =at
  subject: =subject
  identities: [{ns: desk.user, value: =user}, {ns: email, value: =email}]
  owner: {department: =department}
  privacy: {class: =class}
  experience:
    when: [["=stars", [{measure: csat, value: =stars, min: 1, max: 5, by: customer}]]]
)";

struct Event {
    int id = 0;
    Time at{};
    std::string kind, subject, department, privacy;
    int stars = 0;

    bool is_quiet() const { return kind == "page.viewed"; }
    std::string json() const {
        return R"({"id":)" + std::to_string(id) + R"(,"kind":")" + kind + R"(","subject":")" +
               subject + R"(","department":")" + department + R"(","at":")" + format_rfc3339(at) +
               R"(","user":")" + std::to_string(id % 3) + R"(","email":"ana@example.org")" +
               (privacy.empty() ? "" : R"(,"class":")" + privacy + "\"") +
               (stars == 0 ? "" : R"(,"stars":)" + std::to_string(stars)) + "}";
    }
};

/// Runs of pages with other things between them, in an order that is not that of their times.
Event event(int id) {
    Event one;
    one.id = id;
    one.at = parse_rfc3339("2026-01-01T00:00:00Z").value() + (id * 37 % 400) * 7min;
    one.kind = id * 37 % 400 % 11 < 6 ? "page.viewed" : id % 2 == 0 ? "case.opened" : "call.missed";
    one.subject = id % 5 == 0 ? "a \\\"bell\\\" is gone" : "number " + std::to_string(id);
    one.department = id % 4 == 0 ? "billing" : "support";
    one.privacy = id % 7 == 0 ? "sensitive" : id % 13 == 0 ? "normal" : "";
    if (!one.is_quiet() && id % 3 == 0) one.stars = 1 + id % 5;
    return one;
}

using Fits = std::function<bool(const Event&)>;

class Positions : public ingest::Workbench {
protected:
    void arrive(const std::vector<Event>& events) {
        std::string rows;
        for (const Event& one : events) {
            rows += (rows.empty() ? "" : ",") + one.json();
            std::erase_if(known_, [&one](const Event& other) { return other.id == one.id; });
            known_.push_back(one);
        }
        run(plan("desk", k_told), {"[" + rows + "]"});
        std::ranges::sort(known_, std::ranges::greater(), &Event::at);
    }

    /// When each row is, and how many touchpoints it holds, by the whole of it.
    std::vector<std::pair<std::string, std::int64_t>> expected(const Fits& fits, bool fold) const {
        std::vector<Event> all;
        std::ranges::copy_if(known_, std::back_inserter(all), fits);
        std::vector<std::pair<std::string, std::int64_t>> rows;
        for (std::size_t first = 0; first < all.size();) {
            std::size_t end = first + 1;
            while (fold && end < all.size() && all[first].is_quiet() && all[end].is_quiet() &&
                   all[end].department == all[first].department &&
                   all[end - 1].at - all[end].at <= 30min)
                ++end;
            if (end - first < 3) end = first + 1;
            rows.emplace_back(format_rfc3339(all[first].at), end - first);
            first = end;
        }
        return rows;
    }

    void expect(const TimelineQuery& asked, const Fits& fits, const char* what) {
        const auto snapshot = reader();
        const auto rows = expected(fits, asked.fold);
        const std::string customer = customer_of("email", "ana@example.org");
        TimelineQuery query = asked;
        query.limit = 7;
        for (query.offset = 0; query.offset < std::ssize(rows) + 3; query.offset += 5) {
            const auto found = timeline(*snapshot, catalogue_, customer, query);
            ASSERT_TRUE(found) << found.error().text();
            ASSERT_EQ(found->total, std::ssize(rows)) << what;
            for (std::size_t n = 0; n < found->items.size(); ++n) {
                const auto& [at, count] = rows[static_cast<std::size_t>(query.offset) + n];
                const TimelineRow& row = found->items[n];
                EXPECT_EQ(format_rfc3339(row.item.touchpoint.occurred_at), at) << what;
                EXPECT_EQ(row.burst ? row.burst->count : 1, count) << what << " at " << at;
            }
        }
    }

    void expect_all() {
        const Fits any = [](const Event&) { return true; };
        TimelineQuery query;
        expect(query, any, "everything");
        query.fold = true;
        expect(query, any, "folded");
        query.people_only = true;
        expect(
            query, [](const Event& one) { return !one.is_quiet(); }, "people only"
        );
        query = {};
        query.fold = true;
        query.filter.department = "support";
        expect(
            query, [](const Event& one) { return one.department == "support"; }, "department"
        );
        query = {};
        query.filter.text = "\"BELL\"";
        expect(
            query, [](const Event& one) { return one.id % 5 == 0; }, "search"
        );
        query = {};
        query.mood = MoodFilter::low;
        expect(
            query, [](const Event& one) { return one.stars > 0 && one.stars < 3; }, "unhappy"
        );
        query = {};
        query.filter.kind = "case,call";
        query.reading.up_to = PrivacyClass::normal;
        query.reading.departments = {"support"};
        const Fits may_read = [](const Event& one) {
            return !one.is_quiet() && one.privacy != "sensitive" && one.department == "support";
        };
        expect(query, may_read, "for who reads less");
    }

    Catalogue catalogue_;
    std::vector<Event> known_;  ///< newest first
};

TEST_F(Positions, AreThoseOfTheWholeAlsoWhileThingsArrive) {
    std::vector<Event> events;
    for (int id = 1; id < 300; ++id) events.push_back(event(id));
    arrive(events);
    expect_all();
    for (int id = 300; id < 303; ++id) {
        arrive({event(id)});
        expect_all();
    }
    // What is told anew stands elsewhere, and may be read by others.
    Event moved = event(42);
    moved.at += 100 * 24h;
    moved.privacy = "";
    Event hidden = event(46);
    hidden.privacy = "sensitive";
    arrive({moved, hidden});
    expect_all();
}

TEST_F(Positions, HoldForWhoBeganToReadBeforeSomethingCame) {
    arrive({event(1), event(2), event(3)});
    const auto snapshot = reader();
    const std::string customer = customer_of("email", "ana@example.org");
    const auto before = timeline(*snapshot, catalogue_, customer, {});
    arrive({event(4)});
    const auto after = timeline(*snapshot, catalogue_, customer, {});
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->total, 3);
    EXPECT_EQ(after->total, 3);
    EXPECT_EQ(timeline(*reader(), catalogue_, customer, {})->total, 4);
}

}  // namespace
}  // namespace touchline::view
