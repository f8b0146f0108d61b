#include "touchline/ingest/regrouping.hpp"

#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/ingest/matching.hpp"

#include <random>

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

/// Departments whose people share mailboxes, numbers and names, each in a few spellings: what one
/// record ties together, the next one calls in doubt. Several records speak of each contact.
class NothingChanged : public Regrouping {
protected:
    static constexpr const char* k_people = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =contact}, {ns: email, value: =email}, {ns: phone, value: =phone}, {ns: name, value: =name}, {ns: birth_date, value: =birth}]
  observed_at: =updated
fields: {name.full: =name, email: =email, phone: =phone, birth_date: =birth, address.street: =street, address.city: =city}
)";

    int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

    /// Every second record says again what another one said.
    std::string contact(int people) {
        const std::string id = R"({"id":"r)" + std::to_string(pick(8 * people)) + "\"";
        if (said_.empty() || pick(2) == 0) said_.push_back(statement(people));
        return id + said_[std::size_t(pick(int(said_.size())))];
    }

    std::string statement(int people) {
        constexpr const char* k_given[] = {"Ana", "Bob", "Robert", "Chloe", "Dirk", "Eva", "A"};
        constexpr const char* k_family[] = {"Silva", "Jones", "Martin", "Maes"};
        const int person = pick(people);
        std::mt19937 own{unsigned(person)};
        const std::string name = std::string(k_given[pick(5) == 0 ? pick(7) : int(own() % 7)]) +
                                 " " + k_family[own() % 4];
        const std::string email =
            pick(3) == 0 ? "office" + std::to_string(pick(people)) : "p" + std::to_string(person);
        const int line = pick(3) == 0 ? pick(people) : 100 + person;
        return R"(,"contact":"k)" + std::to_string(2 * person + pick(2)) + R"(","name":")" +
               (pick(6) == 0 ? "" : name) + R"(","email":")" +
               (pick(5) == 0 ? "" : email + "@acme.example") + R"(","phone":")" +
               (pick(4) == 0 ? "" : "+32481122" + std::to_string(1000 + line)) + R"(","birth":")" +
               (pick(3) == 0 ? "" : "197" + std::to_string(own() % 10) + "-05-17") +
               R"(","street":")" + std::to_string(own() % 30) +
               R"( Kerkstraat","city":"Gent","updated":"2026-01-0)" + std::to_string(1 + pick(9)) +
               R"(T00:00:00Z"})";
    }

    std::string event(int people) {
        const int person = pick(people);
        return R"({"id":"e)" + std::to_string(next_++) + R"(","user":")" +
               (pick(3) == 0 ? "" : "u" + std::to_string(person)) + R"(","email":")" +
               (pick(4) == 0 ? "office" + std::to_string(pick(3)) : "p" + std::to_string(person)) +
               R"(@acme.example","phone":")" +
               (pick(2) == 0 ? "" : "+32481122" + std::to_string(1000 + pick(5))) +
               R"(","at":"2026-10-01T08:00:00Z","subject":"x"})";
    }

    void live(int people, int pages) {
        for (int page = 0; page < pages; ++page) {
            const bool contacts = pick(2) == 0;
            std::string rows;
            for (int i = pick(8); i >= 0; --i)
                rows.append(rows.empty() ? "[" : ",")
                    .append(contacts ? contact(people) : event(people));
            run(contacts ? plan("crm", k_people) : plan("desk", k_events), {rows + "]"});
        }
    }

    std::mt19937 random_{20261128};
    std::vector<std::string> said_;
    int next_ = 0;
};

TEST_F(NothingChanged, FollowsWhoeverSaysItMostOften) {
    const auto row = [](int id, const char* contact, const char* name) {
        return R"([{"id":")" + std::to_string(id) + R"(","contact":")" + contact + R"(","name":")" +
               name +
               R"(","email":"desk@acme.example","phone":"","updated":"2026-01-01T00:00:00Z"}])";
    };
    run(plan("crm", k_people), {row(1, "ana", "Ana Silva")});
    run(plan("crm", k_people), {row(2, "bob", "Bob Jones")});
    const std::string ana = customer_of("crm.contact", "ana");
    EXPECT_EQ(customer_of("email", "desk@acme.example"), ana);
    run(plan("crm", k_people), {row(3, "bob", "Bob Jones")});
    EXPECT_EQ(customer_of("email", "desk@acme.example"), customer_of("crm.contact", "bob"));
    EXPECT_TRUE(plan_rules(environment_, 10)->changes.empty());
}

TEST_F(NothingChanged, ChangesNothing) {
    for (int round = 0; round < 3; ++round) {
        live(10 + 6 * round, 20);
        const auto plan = plan_rules(environment_, 10);
        ASSERT_TRUE(plan) << plan.error().text();
        EXPECT_EQ(plan->merges, 0) << "round " << round;
        EXPECT_EQ(plan->splits, 0) << "round " << round;
        for (const Regrouped& one : plan->changes)
            ADD_FAILURE() << testing::PrintToString(one.before) << " -> "
                          << testing::PrintToString(one.after);
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace touchline::ingest
