#include "touchline/ingest/curation.hpp"

#include "workbench.hpp"

namespace touchline::ingest {
namespace {

class Curation : public Workbench {
protected:
    Curation() {
        run(plan("desk", k_events),
            {R"([{"id":1,"user":"1","email":"ana@example.org","at":"2026-10-01T08:00:00Z"},
                 {"id":2,"user":"2","email":"a.silva@example.net","at":"2026-10-02T08:00:00Z"}])"});
    }
    DecisionOptions options(bool dry_run = false) {
        return {"Clara", "same voice on the phone", dry_run};
    }
};

TEST_F(Curation, MergesAndSplitsAndTakesBoth) {
    const std::string a = customer_of("desk.user", "1"), b = customer_of("desk.user", "2");
    ASSERT_NE(a, b);
    const auto merged = merge_customers(environment_, a, b, options());
    ASSERT_TRUE(merged) << merged.error().text();
    EXPECT_EQ(merged->before.size(), 2U);
    ASSERT_EQ(merged->after.size(), 1U);
    EXPECT_EQ(merged->after[0].touchpoints, 2);
    EXPECT_EQ(customer_of("desk.user", "1"), customer_of("desk.user", "2"));

    ASSERT_TRUE(undo_decision(environment_, merged->undo_token, options()));
    EXPECT_EQ(customer_of("desk.user", "1"), a);
    EXPECT_EQ(customer_of("desk.user", "2"), b);
}

TEST_F(Curation, DryRunsTellTheOutcomeAndChangeNothing) {
    const std::string a = customer_of("desk.user", "1"), b = customer_of("desk.user", "2");
    const auto trial = merge_customers(environment_, a, b, options(true));
    ASSERT_TRUE(trial);
    EXPECT_EQ(trial->after.size(), 1U);
    EXPECT_TRUE(trial->undo_token.empty());
    EXPECT_EQ(customer_of("desk.user", "2"), b);
}

TEST_F(Curation, SplitsStayThroughWhatSourcesSayLater) {
    const std::string a = customer_of("desk.user", "1");
    const std::vector<std::string> apart{"email:ana@example.org"};
    const auto split = split_customer(environment_, a, apart, options());
    ASSERT_TRUE(split) << split.error().text();
    EXPECT_EQ(split->after.size(), 2U);
    EXPECT_NE(customer_of("desk.user", "1"), customer_of("email", "ana@example.org"));
    run(plan("desk", k_events),
        {R"([{"id":9,"user":"1","email":"ana@example.org","at":"2026-10-05T08:00:00Z"}])"});
    EXPECT_NE(customer_of("desk.user", "1"), customer_of("email", "ana@example.org"));

    ASSERT_TRUE(undo_decision(environment_, split->undo_token, options()));
    EXPECT_EQ(customer_of("desk.user", "1"), customer_of("email", "ana@example.org"));
}

TEST_F(Curation, RefusesWhatMakesNoSense) {
    const std::string a = customer_of("desk.user", "1");
    EXPECT_EQ(merge_customers(environment_, a, a, options()).error().code(), Code::conflict);
    EXPECT_EQ(
        merge_customers(environment_, a, "cu_nobody", options()).error().code(), Code::not_found
    );
    const std::vector<std::string> all{"desk.user:1", "email:ana@example.org"};
    EXPECT_EQ(split_customer(environment_, a, all, options()).error().code(), Code::bad_data);
    const std::vector<std::string> foreign{"desk.user:2"};
    EXPECT_EQ(split_customer(environment_, a, foreign, options()).error().code(), Code::bad_data);
    EXPECT_EQ(undo_decision(environment_, "undo_99999", options()).error().code(), Code::not_found);
    EXPECT_EQ(undo_decision(environment_, "nonsense", options()).error().code(), Code::bad_data);
}

}  // namespace
}  // namespace touchline::ingest
