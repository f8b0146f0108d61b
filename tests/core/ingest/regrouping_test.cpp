#include "touchline/ingest/regrouping.hpp"

#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"

namespace touchline::ingest {
namespace {

class Regrouping : public Workbench {
protected:
    Regrouping() {
        std::string page;
        for (int i = 1; i <= 4; ++i) {
            const std::string id = "u" + std::to_string(i);
            page.append(page.empty() ? "[" : ",");
            page.append(
                R"({"id":"e)" + id + R"(","user":")" + id +
                R"(","email":"","phone":"+3225551234","at":"2026-10-01T08:00:00Z","subject":"x"})"
            );
        }
        run(plan("desk", k_events), {page + "]"});
    }
    /// Two holders at most.
    void tighten() {
        model::NamespaceSetting phone;
        phone.name = "phone";
        phone.max_customers = 2;
        policy_ = identity::Policy::make(std::vector{phone}).value();
    }
    std::string of(const std::string& user) { return customer_of("desk.user", user); }
};

TEST_F(Regrouping, ShowsWhatAChangedRuleWouldDoAndDoesNothing) {
    const std::string before = of("u1");
    EXPECT_EQ(of("u4"), before);
    tighten();
    const auto plan = plan_rules(environment_, 10);
    ASSERT_TRUE(plan) << plan.error().text();
    EXPECT_EQ(plan->splits, 1);
    EXPECT_EQ(plan->merges, 0);
    ASSERT_EQ(plan->changes.size(), 1U);
    EXPECT_EQ(plan->changes[0].before, std::vector{before});
    EXPECT_EQ(plan->changes[0].after.size(), 5U);
    EXPECT_EQ(plan->changes[0].touchpoints, 4);
    EXPECT_EQ(of("u4"), before);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(folder_)) ++files;
    EXPECT_LE(files, 3U) << "the copy is gone";
}

TEST_F(Regrouping, AppliesAChangedRuleAndItsReversal) {
    tighten();
    ASSERT_TRUE(apply_rules(environment_));
    EXPECT_NE(of("u1"), of("u4"));
    EXPECT_TRUE(plan_rules(environment_, 10)->changes.empty());
    policy_ = identity::Policy();
    EXPECT_EQ(plan_rules(environment_, 10)->merges, 1);
    ASSERT_TRUE(apply_rules(environment_));
    EXPECT_EQ(of("u1"), of("u4"));
}

TEST_F(Regrouping, KeepsWhatPeopleDecided) {
    const std::vector<std::string> apart{"desk.user:u4"};
    ASSERT_TRUE(split_customer(environment_, of("u1"), apart, {"eva", "somebody else"}));
    ASSERT_TRUE(apply_rules(environment_));
    EXPECT_NE(of("u1"), of("u4"));
    tighten();
    ASSERT_TRUE(apply_rules(environment_));
    policy_ = identity::Policy();
    ASSERT_TRUE(apply_rules(environment_));
    EXPECT_NE(of("u1"), of("u4"));
    EXPECT_EQ(of("u1"), of("u2"));
}

}  // namespace
}  // namespace touchline::ingest
