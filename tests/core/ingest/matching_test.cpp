#include "touchline/ingest/matching.hpp"

#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/ingest/explanation.hpp"
#include "touchline/ingest/regrouping.hpp"

#include <algorithm>
#include <random>
#include <set>

namespace touchline::ingest {
namespace {

struct Person {
    std::string id, name, email, phone, birth, city, street;
    int version = 1;
};

std::string json_of(const Person& person) {
    const auto member = [](const char* name, const std::string& value) {
        return value.empty() ? std::string() : ",\"" + std::string(name) + "\":\"" + value + "\"";
    };
    return "{\"id\":\"" + person.id + "\"" + member("name", person.name) +
           member("email", person.email) + member("phone", person.phone) +
           member("birth", person.birth) + member("city", person.city) +
           member("street", person.street) + ",\"version\":\"" + std::to_string(person.version) +
           "\",\"updated\":\"2026-01-0" + std::to_string(person.version) + "T00:00:00Z\"}";
}

class Matching : public Workbench {
protected:
    static constexpr const char* k_people = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =id}, {ns: email, value: =email}, {ns: phone, value: =phone}, {ns: name, value: =name}, {ns: birth_date, value: =birth}]
  observed_at: =updated
fields: {name.full: =name, email: =email, phone: =phone, birth_date: =birth, address.street: =street, address.city: =city}
)";

    void read(const Environment& environment, const std::vector<Person>& people) {
        ConnectionPlan crm = plan("crm", k_people);
        crm.streams[0].info.version = "/version";
        std::string page;
        for (const Person& person : people)
            page.append(page.empty() ? "[" : ",").append(json_of(person));
        Ingestor ingestor(environment, crm);
        EXPECT_TRUE(ingestor.page({"rows", page + "]", "", Format::json, model::Via::poll}));
        const auto done = ingestor.finish();
        EXPECT_TRUE(done) << done.error().text();
    }
    MatchingReport match(const Environment& environment) {
        const auto report = match_due(environment);
        EXPECT_TRUE(report) << report.error().text();
        return *report;
    }
    MatchingReport arrive(const std::vector<Person>& people) {
        read(environment_, people);
        return match(environment_);
    }
    std::string of(const std::string& contact) { return customer_of("crm.contact", contact); }

    const Person ana_{
        "a1", "Ana Silva", "ana.silva@example.org", "", "1980-05-17", "Gent", "12 Kerkstraat"};
    const Person typo_{
        "a2", "Anna Silva", "ana.silva@exampel.org", "", "1980-05-17", "Gent", "12 Kerkstraat"};
};

TEST_F(Matching, JoinsOnePersonWhomNoIdentifierJoins) {
    arrive({ana_, typo_});
    EXPECT_EQ(of("a1"), of("a2"));
    const auto why =
        explain(*reader(), policy_, of("a1"), std::pair("crm.contact:a1", "crm.contact:a2"));
    ASSERT_TRUE(why) << why.error().text();
    EXPECT_NE(why->reasons.at(0).find("date of birth is equal"), std::string::npos)
        << why->reasons[0];
}

TEST_F(Matching, KeepsPeopleApartWhoWereBornOnOtherDays) {
    Person father = ana_, son = ana_;
    father.name = "Rui Silva Sr";
    son.name = "Rui Silva Jr";
    son.id = "a2";
    son.birth = "2004-11-02";
    arrive({father, son});
    EXPECT_NE(of("a1"), of("a2"));
}

TEST_F(Matching, TakesALikenessBackWhenTheFactsChange) {
    arrive({ana_, typo_});
    Person other = typo_;
    other.name = "Bob Jones";
    other.email = "bob@elsewhere.example";
    other.birth = "1955-01-30";
    other.version = 2;
    EXPECT_EQ(arrive({other}).withdrawn, 1);
    EXPECT_NE(of("a1"), of("a2"));
}

TEST_F(Matching, IsCaughtUpByARunThatBringsNothingNew) {
    // A run that was killed between its commit and its likenesses.
    read(environment_, {ana_, typo_});
    EXPECT_NE(of("a1"), of("a2"));
    run(plan("crm", k_people), {"[]"});
    EXPECT_EQ(of("a1"), of("a2"));
}

TEST_F(Matching, HoldsToItsLimitsUntilChangedOnesAreApplied) {
    environment_.limits = {90, 80};
    arrive({ana_, typo_});
    EXPECT_NE(of("a1"), of("a2")) << "the configured ones hold from the beginning";
    environment_.limits = {1, 0};
    Person again = typo_;
    again.version = 2;
    arrive({again});
    EXPECT_NE(of("a1"), of("a2")) << "changed ones change nothing by themselves";
    EXPECT_EQ(limits_in_force(*reader(), environment_.limits).value(), (MatchingLimits{90, 80}));
    const auto plan = plan_rules(environment_, 10);
    ASSERT_TRUE(plan) << plan.error().text();
    EXPECT_EQ(plan->merges, 1);
    EXPECT_NE(of("a1"), of("a2"));
    ASSERT_TRUE(apply_rules(environment_));
    EXPECT_EQ(of("a1"), of("a2"));
    EXPECT_EQ(limits_in_force(*reader(), {}).value(), environment_.limits);
}

TEST_F(Matching, SaysWhatIsAlikeAlsoWhereALowerLimitMakesItAQuestion) {
    environment_.limits = {90, 80};
    arrive({ana_, typo_});
    environment_.limits = {90, 0};
    ASSERT_TRUE(apply_rules(environment_));
    const auto reviews = reader()->reviews(store::ReviewState::open, 0, 10);
    ASSERT_TRUE(reviews);
    ASSERT_EQ(reviews->size(), 1U);
    EXPECT_NE(reviews->front().reason.find("date of birth is equal"), std::string::npos)
        << reviews->front().reason;
}

TEST_F(Matching, DoesNothingTwice) {
    arrive({ana_, typo_});
    const store::FeedPosition head = *reader()->feed_head();
    const MatchingReport again = arrive({ana_, typo_});
    EXPECT_EQ(again.profiles, 0);
    EXPECT_EQ(*reader()->feed_head(), head);
}

TEST_F(Matching, NeverOverrulesAPerson) {
    arrive({ana_, typo_});
    const std::vector<std::string> apart{"crm.contact:a2", "email:ana.silva@exampel.org"};
    const auto split = split_customer(environment_, of("a1"), apart, {"eva", "two sisters"});
    ASSERT_TRUE(split) << split.error().text();
    EXPECT_NE(of("a1"), of("a2"));
    Person again = typo_;
    again.version = 2;
    arrive({again});
    EXPECT_NE(of("a1"), of("a2"));
    const auto reader_now = reader();
    ASSERT_TRUE(use_model(environment_, *matching_model(*reader_now)));
    match(environment_);
    EXPECT_NE(of("a1"), of("a2"));
    ASSERT_TRUE(undo_decision(environment_, split->undo_token, {"eva", "my mistake"}));
    EXPECT_EQ(of("a1"), of("a2"));
}

TEST_F(Matching, AsksAboutAPairThatIsNotSureEnough) {
    environment_.limits.review_from = -4;
    Person namesake = ana_;
    namesake.id = "a2";
    namesake.email = "silva@elsewhere.example";
    namesake.birth = "";
    namesake.street = "";
    arrive({ana_, namesake});
    EXPECT_NE(of("a1"), of("a2"));
    const auto reviews = reader()->reviews(store::ReviewState::open, 0, 10);
    ASSERT_TRUE(reviews);
    ASSERT_EQ(reviews->size(), 1U);
    EXPECT_FALSE(reviews->front().reason.empty());
}

/// Twenty people with two records each, many of them spoilt.
std::vector<Person> town(std::mt19937& random) {
    const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    constexpr const char* k_given[] = {"Ana", "Bob", "Chloe", "Dirk", "Eva", "Finn"};
    constexpr const char* k_family[] = {"Silva", "Jones", "Martin", "Maes", "Roth", "Berg"};
    std::vector<Person> people;
    for (int i = 0; i < 20; ++i) {
        Person person;
        const std::string given = k_given[pick(6)], family = k_family[pick(6)];
        person.name = given + " " + family;
        person.email = given + std::to_string(pick(20)) + "@acme.example";
        person.phone = "+324811223" + std::to_string(10 + pick(30));
        person.birth = "19" + std::to_string(50 + pick(40)) + "-0" + std::to_string(1 + pick(9)) +
                       "-1" + std::to_string(pick(9));
        person.city = pick(2) == 0 ? "Gent" : "Brugge";
        person.street = std::to_string(1 + pick(40)) + " Kerkstraat";
        for (int copy = 0; copy < 2; ++copy) {
            Person record = person;
            record.id = "k" + std::to_string(2 * i + copy);
            if (pick(2) == 0) record.email = "x" + record.id + "@acme.example";
            if (pick(2) == 0) record.phone = "";
            if (pick(3) == 0) record.birth = "";
            if (pick(4) == 0) record.name = given.substr(0, 1) + " " + family;
            if (pick(3) == 0) record.street = "";
            people.push_back(record);
        }
    }
    return people;
}

class MatchingNeutrality : public Matching {
protected:
    using Customers = std::set<std::set<std::string>>;

    Customers after(
        const std::vector<Person>& people,
        std::size_t together,
        std::size_t match_every,
        const std::vector<Person>& shown
    ) {
        const auto folder = folder_ / std::to_string(++stores_);
        std::filesystem::create_directories(folder);
        auto store = open(folder);
        const Environment environment{*store, policy_, clock_, "default"};
        std::size_t pages = 0;
        for (std::size_t i = 0; i < people.size(); i += together) {
            const auto first = people.begin() + static_cast<std::ptrdiff_t>(i);
            const auto last =
                people.begin() + static_cast<std::ptrdiff_t>(std::min(i + together, people.size()));
            read(environment, {first, last});
            if (++pages % match_every == 0) match(environment);
        }
        match(environment);
        std::map<std::string, std::set<std::string>> by_customer;
        const auto snapshot = std::move(*store->reader());
        for (const Person& person : shown) {
            const auto identity = *snapshot->find_identity("crm.contact", person.id);
            by_customer[snapshot->resolve(identity->customer)->id].insert(person.id);
        }
        Customers out;
        for (auto& [id, set] : by_customer) out.insert(std::move(set));
        return out;
    }

private:
    int stores_ = 0;
};

TEST_F(MatchingNeutrality, IsNotAffectedByOrderBatchesOrWhenItIsDone) {
    std::mt19937 random(7);
    auto people = town(random);
    const Customers at_once = after(people, people.size(), 1, people);
    EXPECT_LT(at_once.size(), people.size() - 3);
    EXPECT_EQ(after(people, 1, 1, people), at_once);
    for (int i = 0; i < 2; ++i) {
        auto shuffled = people;
        std::ranges::shuffle(shuffled, random);
        EXPECT_EQ(after(shuffled, 1 + random() % 9, 1 + random() % 4, people), at_once);
    }
}

TEST_F(MatchingNeutrality, EndsWhereAFreshLoadOfTheLastStateEnds) {
    std::mt19937 random(11);
    const auto first = town(random), other = town(random);
    std::vector<Person> story = first, state;
    for (std::size_t i = 0; i < first.size(); ++i) {
        state.push_back(first[i]);
        if (i % 4 != 0) continue;
        state.back() = other[i];
        state.back().version = 2;
        story.push_back(state.back());
    }
    EXPECT_EQ(after(story, 6, 2, state), after(state, state.size(), 1, state));
}

}  // namespace
}  // namespace touchline::ingest
