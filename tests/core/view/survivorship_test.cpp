// Which value of a field counts, and what is shown beside it.
#include "touchline/view/survivorship.hpp"

#include "touchline/base/time.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace touchline::view {
namespace {

using model::FieldRule;
using model::Survival;
using model::Survivorship;
using store::FieldChoice;
using store::StoredFact;

StoredFact fact(
    const std::string& record,  // "crm/1"
    const std::string& field,
    const std::string& value,
    const std::string& day,
    model::Trust trust = model::Trust::claimed
) {
    StoredFact one;
    one.field = field;
    one.value = "\"" + value + "\"";
    one.observed_at = *parse_rfc3339("2026-01-" + day + "T00:00:00Z");
    one.connection = record.substr(0, record.find('/'));
    one.stream = "rows";
    one.external_id = record.substr(record.find('/') + 1);
    one.trust = trust;
    return one;
}

Survivorship by(Survival strategy, std::vector<std::string> sources = {}) {
    return Survivorship(std::vector{FieldRule{"*", strategy, std::move(sources)}});
}

std::string value_of(const std::map<std::string, Field>& fields, const std::string& name) {
    const auto& current = fields.at(name).current;
    return current ? plain_text(current->value) : "nothing";
}

class SurvivingFields : public testing::Test {
protected:
    std::string segment(const Survivorship& rules) {
        return value_of(surviving_fields(facts_, {}, rules), "segment");
    }

    std::vector<StoredFact> facts_{
        fact("crm/1", "segment", "gold", "03", model::Trust::inferred),
        fact("shop/7", "segment", "silver", "09"),
        fact("desk/4", "segment", "bronze", "02", model::Trust::verified),
        fact("mail/4", "segment", "gold", "01")};
};

TEST_F(SurvivingFields, FollowTheStrategy) {
    EXPECT_EQ(segment(by(Survival::most_recent)), "silver");
    EXPECT_EQ(segment(by(Survival::oldest)), "gold");
    EXPECT_EQ(segment(by(Survival::most_frequent)), "gold");
    EXPECT_EQ(segment(by(Survival::most_trusted)), "bronze");
    EXPECT_EQ(segment(by(Survival::source_order, {"desk", "crm"})), "bronze");
    EXPECT_EQ(segment(by(Survival::source_order, {"erp", "shop"})), "silver");
}

TEST_F(SurvivingFields, ShowWhereTheValueIsFromAndWhatLost) {
    const Field field = surviving_fields(facts_, {}, by(Survival::most_recent)).at("segment");
    EXPECT_EQ(field.current->from, "shop/rows/7");
    EXPECT_EQ(format_rfc3339(field.current->observed_at), "2026-01-09T00:00:00Z");
    EXPECT_EQ(field.rule, "most_recent");
    ASSERT_EQ(field.rivals.size(), 2U) << "each value once";
    EXPECT_EQ(field.rivals[0].from, "crm/rows/1") << "who says gold last";
    EXPECT_EQ(field.rivals[1].value, R"("bronze")");
}

TEST_F(SurvivingFields, CountSystemsBeforeRecords) {
    facts_ = {
        fact("shop/1", "name.full", "ana silva", "09"),
        fact("shop/2", "name.full", "ana silva", "08"),
        fact("shop/3", "name.full", "ana silva", "07"),
        fact("crm/1", "name.full", "Ana Silva", "01"),
        fact("desk/1", "name.full", "Ana Silva", "02")};
    EXPECT_EQ(value_of(surviving_fields(facts_, {}, {}), "name.full"), "Ana Silva");
}

TEST_F(SurvivingFields, TakeAnAddressFromOneRecord) {
    facts_ = {
        fact("crm/1", "address.city", "Gent", "05"),
        fact("shop/1", "address.city", "Brugge", "01"),
        fact("shop/1", "address.street", "Kerkstraat 12", "01")};
    const auto fields = surviving_fields(facts_, {}, {});
    EXPECT_EQ(value_of(fields, "address.city"), "Gent");
    EXPECT_EQ(value_of(fields, "address.street"), "nothing");
    ASSERT_EQ(fields.at("address.street").rivals.size(), 1U);
    EXPECT_EQ(fields.at("address.street").rivals[0].value, R"("Kerkstraat 12")");
}

TEST_F(SurvivingFields, KeepTogetherWhatASourceGroups) {
    facts_ = {
        fact("crm/1", "plan", "pro", "05"),
        fact("billing/1", "plan", "basic", "01"),
        fact("billing/1", "price", "10", "01")};
    for (StoredFact& one : facts_) one.group = "contract";
    const auto fields = surviving_fields(facts_, {}, {});
    EXPECT_EQ(value_of(fields, "plan"), "pro");
    EXPECT_EQ(value_of(fields, "price"), "nothing");
}

TEST_F(SurvivingFields, PutAPersonsWordAboveAll) {
    const auto at = *parse_rfc3339("2026-02-01T00:00:00Z");
    const FieldChoice choice{{}, "segment", R"("bronze")", "eva", "asked her", at};
    const FieldChoice older{{}, "segment", R"("gold")", "tom", "", at - std::chrono::hours(1)};
    const Field field =
        surviving_fields(facts_, {choice, older}, by(Survival::most_recent)).at("segment");
    EXPECT_EQ(field.current->value, R"("bronze")");
    EXPECT_EQ(field.current->from, "agent/eva");
    EXPECT_EQ(field.rule, "manual");
    EXPECT_EQ(field.reason, "asked her");
    ASSERT_EQ(field.rivals.size(), 2U);
    EXPECT_EQ(field.rivals[0].value, R"("silver")") << "what would count without";
}

TEST_F(SurvivingFields, MayBeOnesThatNoSourceHas) {
    const FieldChoice choice{{}, "vip", "true", "eva", "", {}};
    EXPECT_EQ(surviving_fields({}, {choice}, {}).at("vip").current->value, "true");
}

TEST_F(SurvivingFields, AreTheSameWhateverCameFirst) {
    std::mt19937 random(20261128);
    const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    constexpr Survival k_all[] = {
        Survival::most_recent,
        Survival::oldest,
        Survival::most_frequent,
        Survival::most_trusted,
        Survival::source_order};
    const auto text = [](const std::map<std::string, Field>& fields) {
        std::string all;
        for (const auto& [name, field] : fields) {
            all += name + "=" + (field.current ? field.current->value + field.current->from : "-");
            for (const FieldValue& rival : field.rivals) all += "," + rival.value + rival.from;
            all += "\n";
        }
        return all;
    };
    for (int round = 0; round < 400; ++round) {
        std::vector<StoredFact> facts;
        for (int i = 0; i < 8; ++i) {
            const char* const fields[] = {"name.full", "address.city", "address.street", "segment"};
            facts.push_back(fact(
                std::string(pick(2) == 0 ? "crm/" : "shop/") + std::to_string(i),
                fields[pick(4)],
                std::string(1, static_cast<char>('a' + pick(3))),
                "0" + std::to_string(1 + pick(3)),
                static_cast<model::Trust>(pick(3))
            ));
        }
        const Survivorship rules = by(k_all[round % 5], {"shop"});
        const std::string expected = text(surviving_fields(facts, {}, rules));
        for (int order = 0; order < 10; ++order) {
            std::ranges::shuffle(facts, random);
            ASSERT_EQ(text(surviving_fields(facts, {}, rules)), expected) << "round " << round;
        }
    }
}

TEST(SurvivorshipRules, AreFoundByFieldThenBeginningThenForEveryOther) {
    const Survivorship rules(std::vector{
        FieldRule{"name.full", Survival::oldest},
        FieldRule{"address", Survival::source_order, {"crm"}}});
    EXPECT_EQ(rules.rule_for("name.full").strategy, Survival::oldest);
    EXPECT_EQ(rules.rule_for("name.given").strategy, Survival::most_frequent);
    EXPECT_EQ(rules.rule_for("address.postal.city").strategy, Survival::source_order);
    EXPECT_FALSE(rules.rule_for("address.city").together) << "the shipped rule is replaced whole";
    EXPECT_EQ(rules.rule_for("nameless").strategy, Survival::most_recent);
}

}  // namespace
}  // namespace touchline::view
