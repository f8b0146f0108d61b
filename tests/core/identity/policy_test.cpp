#include "touchline/identity/policy.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {
namespace {

using testing::HasSubstr;

model::Namespace named(std::string name) {
    model::Namespace ns;
    ns.name = std::move(name);
    return ns;
}

TEST(Policy, ShipsEmailPhoneAndName) {
    const Policy policy;
    EXPECT_EQ(policy.find("email")->strength, model::Strength::strong);
    EXPECT_LT(policy.find("email")->order, policy.find("phone")->order);
    EXPECT_EQ(policy.find("phone")->max_per_customer, 8u);
    EXPECT_EQ(policy.find("name")->strength, model::Strength::weak);
}

TEST(Policy, TakesAnUnknownNamespaceForKeysOfASource) {
    const Policy policy;
    EXPECT_EQ(policy.find("crm.contact"), nullptr);
    EXPECT_EQ(policy.rule("crm.contact").strength, model::Strength::unique);
    EXPECT_EQ(policy.rule("crm.contact").max_per_customer, 50u);
}

TEST(Policy, ConfiguredRulesReplaceShippedOnesButKeepTheirBlockedValues) {
    auto email = named("email");
    email.normaliser = model::Normaliser::email;
    email.strength = model::Strength::strong;
    email.max_per_customer = 3;
    email.blocked = {"test@acme.example", "@trash.example"};
    const auto policy = Policy::make({email});
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->find("email")->max_per_customer, 3u);
    for (const auto* value : {"test@acme.example", "any@trash.example", "noreply@anywhere.example"})
        EXPECT_TRUE(policy->blocks("email", value)) << value;
    EXPECT_FALSE(policy->blocks("email", "ana@acme.example"));
    EXPECT_FALSE(policy->blocks("crm.contact", "noreply@anywhere.example"));
}

TEST(Policy, NamesTheNamespaceThatIsWrong) {
    const auto message = [](model::Namespace ns) {
        const auto policy = Policy::make({std::move(ns)});
        return policy ? std::string() : policy.error().message();
    };
    auto cap = named("crm.contact");
    cap.max_per_customer = 0;
    EXPECT_THAT(message(cap), HasSubstr("\"crm.contact\""));
    auto region = named("phone");
    region.region = "Belgium";
    EXPECT_THAT(message(region), HasSubstr("\"Belgium\" is not a region"));
    auto name = named("name");
    name.normaliser = model::Normaliser::name;
    EXPECT_THAT(message(name), HasSubstr("names cannot decide"));
    EXPECT_THAT(message(named("Not A Name")), HasSubstr("not a name for a namespace"));
    auto blocked = named("crm.contact");
    blocked.blocked = {""};
    EXPECT_THAT(message(blocked), HasSubstr("blocked value is empty"));
    const auto twice = Policy::make({named("crm.contact"), named("crm.contact")});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code(), Code::config);
    EXPECT_THAT(twice.error().message(), HasSubstr("twice"));
}

}  // namespace
}  // namespace touchline::identity
