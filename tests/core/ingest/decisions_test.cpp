// What people decide holds whatever sources, rules and models do afterwards, and can be taken back.
#include "workbench.hpp"

#include "touchline/ingest/curation.hpp"
#include "touchline/ingest/explanation.hpp"
#include "touchline/ingest/field_choice.hpp"
#include "touchline/ingest/regrouping.hpp"

#include <functional>
#include <set>

namespace touchline::ingest {
namespace {

using Customers = std::set<std::set<std::string>>;

/// Two contacts that share a mailbox, one more that shares nothing, and two that are alike.
class Decisions : public Workbench {
protected:
    static constexpr const char* k_people = R"(
emit: fact
set:
  identities: [{ns: crm.contact, value: =id}, {ns: email, value: =email}, {ns: phone, value: =phone}, {ns: name, value: =name}, {ns: birth_date, value: =birth}]
  observed_at: =updated
fields: {name.full: =name, email: =email, phone: =phone, birth_date: =birth, address.street: =street, address.city: =city}
)";

    Decisions() { sync(1); }

    /// Everything comes again, each time as a new version of every record.
    void sync(int version, bool force = false) {
        const std::string end = R"(,"version":")" + std::to_string(version) +
                                R"(","updated":"2026-01-0)" + std::to_string(version) +
                                R"(T00:00:00Z"})";
        const std::string page =
            R"([{"id":"a1","name":"Ana Silva","email":"home@example.org","phone":"+32481122301")" +
            end + R"(,{"id":"a2","name":"Ana Silva","email":"home@example.org")" + end +
            R"(,{"id":"b1","name":"Bob Jones","email":"bob@example.org")" + end +
            R"(,{"id":"c1","name":"Chloe Martin","email":"cmartin80@example.org",)"
            R"("birth":"1980-05-17","city":"Gent","street":"12 Kerkstraat")" +
            end +
            R"(,{"id":"c2","name":"Chloé Martin","email":"cmartin80@exampel.org",)"
            R"("birth":"1980-05-17","city":"Gent","street":"12 Kerkstraat")" +
            end + "]";
        ConnectionPlan crm = plan("crm", k_people);
        crm.streams[0].info.version = "/version";
        Ingestor ingestor(environment_, crm, {}, force);
        ASSERT_TRUE(ingestor.page({"rows", page, "", Format::json, model::Via::poll}));
        ASSERT_TRUE(ingestor.finish());
        ASSERT_TRUE(match_due(environment_));
    }

    std::string of(const std::string& contact) { return customer_of("crm.contact", contact); }
    Customers customers() {
        std::map<std::string, std::set<std::string>> by_id;
        for (const char* contact : {"a1", "a2", "b1", "c1", "c2"})
            by_id[of(contact)].insert(contact);
        Customers all;
        for (auto& [id, contacts] : by_id) all.insert(std::move(contacts));
        return all;
    }

    /// Each changes everything but what people said.
    std::map<std::string, std::function<void()>> upheavals() {
        return {
            {"the records come again", [this] { sync(2); }},
            {"a replay", [this] { sync(1, true); }},
            {"a changed rule",
             [this] {
                 model::NamespaceSetting email;
                 email.name = "email";
                 email.order = 900;
                 email.max_customers = 50;
                 policy_ = identity::Policy::make(std::vector{email}).value();
                 ASSERT_TRUE(apply_rules(environment_));
             }},
            {"another model",
             [this] {
                 auto model = *matching_model(*reader());
                 model.same_share = 0.2;
                 ASSERT_TRUE(use_model(environment_, model));
                 ASSERT_TRUE(match_due(environment_));
             }},
            {"other limits", [this] {
                 environment_.limits = {1, 1};
                 ASSERT_TRUE(apply_rules(environment_));
             }}};
    }
    void expect_through_upheavals(const Customers& expected) {
        for (const auto& [what, upheave] : upheavals()) {
            upheave();
            EXPECT_EQ(customers(), expected) << "after " << what;
        }
    }

    const DecisionOptions eva_{"eva", "spoke to both", false};
    const Customers before_{{"a1", "a2"}, {"b1"}, {"c1", "c2"}};
};

TEST_F(Decisions, StandOnWhatTheRecordsSay) {
    EXPECT_EQ(customers(), before_);
}

TEST_F(Decisions, KeepASplitThroughEverything) {
    const std::vector<std::string> apart{"crm.contact:a2"};
    const auto split = split_customer(environment_, of("a1"), apart, eva_);
    ASSERT_TRUE(split) << split.error().text();
    const Customers after{{"a1"}, {"a2"}, {"b1"}, {"c1", "c2"}};
    EXPECT_EQ(customers(), after);
    expect_through_upheavals(after);
    ASSERT_TRUE(undo_decision(environment_, split->undo_token, eva_));
    EXPECT_EQ(customers(), before_);
}

TEST_F(Decisions, KeepASplitOfTwoWhoAreAlikeThroughEverything) {
    const std::vector<std::string> apart{"crm.contact:c2", "email:cmartin80@exampel.org"};
    const auto split = split_customer(environment_, of("c1"), apart, eva_);
    ASSERT_TRUE(split) << split.error().text();
    const Customers after{{"a1", "a2"}, {"b1"}, {"c1"}, {"c2"}};
    EXPECT_EQ(customers(), after);
    expect_through_upheavals(after);
    ASSERT_TRUE(undo_decision(environment_, split->undo_token, eva_));
    EXPECT_EQ(customers(), before_);
}

TEST_F(Decisions, KeepAMergeThroughEverything) {
    const auto merged = merge_customers(environment_, of("a1"), of("b1"), eva_);
    ASSERT_TRUE(merged) << merged.error().text();
    const Customers after{{"a1", "a2", "b1"}, {"c1", "c2"}};
    EXPECT_EQ(customers(), after);
    expect_through_upheavals(after);
    ASSERT_TRUE(undo_decision(environment_, merged->undo_token, eva_));
    EXPECT_EQ(customers(), before_);
}

TEST_F(Decisions, AreTakenBackOneByOne) {
    const std::vector<std::string> apart{"crm.contact:a2"};
    const auto split = split_customer(environment_, of("a1"), apart, eva_);
    const auto merged = merge_customers(environment_, of("a2"), of("b1"), eva_);
    ASSERT_TRUE(split && merged);
    EXPECT_EQ(customers(), (Customers{{"a1"}, {"a2", "b1"}, {"c1", "c2"}}));
    ASSERT_TRUE(undo_decision(environment_, split->undo_token, eva_));
    EXPECT_EQ(customers(), (Customers{{"a1", "a2", "b1"}, {"c1", "c2"}}));
    ASSERT_TRUE(undo_decision(environment_, merged->undo_token, eva_));
    EXPECT_EQ(customers(), before_);
}

TEST_F(Decisions, ThatSayTheSameTwiceAreTakenBackTwice) {
    const std::vector<std::string> apart{"crm.contact:a2"};
    const auto first = split_customer(environment_, of("a1"), apart, eva_);
    ASSERT_TRUE(first);
    ASSERT_TRUE(undo_decision(environment_, first->undo_token, eva_));
    const std::vector<std::string> rest{
        "crm.contact:a1", "email:home@example.org", "phone:+32481122301"};
    const auto one = split_customer(environment_, of("a1"), rest, eva_);
    ASSERT_TRUE(one) << one.error().text();
    const std::vector<std::string> phone{"phone:+32481122301"};
    const auto other = split_customer(environment_, of("a1"), phone, eva_);
    ASSERT_TRUE(other) << other.error().text();
    ASSERT_TRUE(undo_decision(environment_, other->undo_token, eva_));
    EXPECT_EQ(customer_of("phone", "+32481122301"), of("a1"));
    EXPECT_NE(of("a1"), of("a2")) << "the first one still holds";
}

TEST_F(Decisions, KeepTheIdsThatWereHandedOut) {
    const std::string ana = of("a1"), bob = of("b1");
    const auto merged = merge_customers(environment_, ana, bob, eva_);
    ASSERT_TRUE(merged);
    for (const std::string& id : {ana, bob}) {
        const auto found = reader()->customer(id);
        ASSERT_TRUE(found && *found) << id;
        EXPECT_EQ(reader()->resolve((*found)->key)->id, of("a1"));
    }
    ASSERT_TRUE(undo_decision(environment_, merged->undo_token, eva_));
    EXPECT_EQ(of("a1"), ana);
    EXPECT_EQ(of("b1"), bob);
}

TEST_F(Decisions, OnFieldsHoldUntilTheyAreTakenBack) {
    const std::string ana = of("a1");
    ASSERT_TRUE(choose_field(environment_, ana, "name.full", R"("Ana Lima Silva")", eva_));
    sync(2);
    const auto identity = *reader()->find_identity("crm.contact", "a1");
    std::vector<store::IdentityKey> keys;
    for (const auto& one : *reader()->identities_of(reader()->resolve(identity->customer)->key))
        keys.push_back(one.key);
    const auto choices = *reader()->choices_of(keys);
    ASSERT_EQ(choices.size(), 1U);
    EXPECT_EQ(choices[0].author, "eva");
    ASSERT_TRUE(release_field(environment_, ana, "name.full"));
    EXPECT_TRUE(reader()->choices_of(keys)->empty());
    EXPECT_EQ(release_field(environment_, ana, "name.full").error().code(), Code::not_found);
    EXPECT_EQ(
        choose_field(environment_, ana, "name.full", "not JSON", eva_).error().code(),
        Code::bad_data
    );
}

TEST_F(Decisions, OnFieldsStayWithWhoSaysSo) {
    ASSERT_TRUE(choose_field(environment_, of("c1"), "name.full", R"("Chloé Martin")", eva_));
    const std::vector<std::string> apart{"crm.contact:c2", "email:cmartin80@exampel.org"};
    ASSERT_TRUE(split_customer(environment_, of("c1"), apart, eva_));
    const auto identity = *reader()->find_identity("crm.contact", "c2");
    EXPECT_EQ(reader()->choices_of({&identity->key, 1})->size(), 1U);
}

TEST_F(Decisions, AreHistoryThatCanBeAskedFor) {
    const std::string ana = of("a1");
    const Time at_first = clock_.now();
    clock_.advance(std::chrono::hours(1));
    const std::vector<std::string> apart{"crm.contact:a2"};
    ASSERT_TRUE(split_customer(environment_, ana, apart, eva_));
    const auto then = explain_at(*reader(), policy_, ana, at_first);
    ASSERT_TRUE(then) << then.error().text();
    EXPECT_EQ(
        then->identities,
        (std::vector<std::string>{
            "crm.contact:a1", "crm.contact:a2", "email:home@example.org", "phone:+32481122301"})
    );
    const auto now = explain_at(*reader(), policy_, ana, clock_.now());
    ASSERT_TRUE(now);
    EXPECT_EQ(now->identities.size(), 3U);
    EXPECT_EQ(now->identities, explain(*reader(), policy_, ana)->identities);
    EXPECT_EQ(
        explain_at(*reader(), policy_, ana, at_first - std::chrono::hours(24)).error().code(),
        Code::not_found
    );
}

}  // namespace
}  // namespace touchline::ingest
