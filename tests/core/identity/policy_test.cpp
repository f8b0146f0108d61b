#include "touchline/identity/policy.hpp"

#include <gmock/gmock.h>

namespace touchline::identity {
namespace {

using testing::HasSubstr;

model::NamespaceSetting named(std::string name) {
    model::NamespaceSetting setting;
    setting.name = std::move(name);
    return setting;
}

Result<Policy> make(std::vector<model::NamespaceSetting> settings) {
    return Policy::make(settings);
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

TEST(Policy, LeavesAsItShipsWhatIsNotConfigured) {
    auto email = named("email");
    email.max_per_customer = 3;
    email.blocked = {"test@acme.example", "@trash.example"};
    const auto policy = make({email});
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->find("email")->max_per_customer, 3u);
    EXPECT_EQ(policy->find("email")->strength, model::Strength::strong);
    EXPECT_EQ(policy->find("email")->normaliser, model::Normaliser::email);
    EXPECT_EQ(policy->find("email")->order, Policy().find("email")->order);
    for (const auto* value : {"test@acme.example", "any@trash.example", "noreply@anywhere.example"})
        EXPECT_TRUE(policy->blocks("email", value)) << value;
    EXPECT_FALSE(policy->blocks("email", "ana@acme.example"));
    EXPECT_FALSE(policy->blocks("crm.contact", "noreply@anywhere.example"));
}

TEST(Policy, GivesPhonesWithoutARegionTheDefaultOne) {
    auto office = named("office.phone");
    office.normaliser = model::Normaliser::phone;
    auto desk = office;
    desk.name = "desk.phone";
    desk.region = "PT";
    const auto policy = Policy::make(std::vector{office, desk}, "BE");
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->find("phone")->region, "BE");
    EXPECT_EQ(policy->find("office.phone")->region, "BE");
    EXPECT_EQ(policy->find("desk.phone")->region, "PT");
}

TEST(Policy, LetsAMailboxWithARoleHaveOneHolder) {
    const Policy policy;
    EXPECT_EQ(policy.max_holders("email", "ana@acme.example"), 5u);
    EXPECT_EQ(policy.max_holders("email", "info@acme.example"), 1u);
    EXPECT_EQ(policy.max_holders("phone", "+3225551234"), 5u);
}

TEST(Policy, NamesTheNamespaceThatIsWrong) {
    const auto message = [](model::NamespaceSetting setting) {
        const auto policy = make({std::move(setting)});
        return policy ? std::string() : policy.error().message();
    };
    auto cap = named("crm.contact");
    cap.max_per_customer = 0;
    EXPECT_THAT(message(cap), HasSubstr("\"crm.contact\""));
    auto region = named("phone");
    region.region = "Belgium";
    EXPECT_THAT(message(region), HasSubstr("\"Belgium\" is not a region"));
    auto holders = named("phone");
    holders.max_customers = 0;
    EXPECT_THAT(message(holders), HasSubstr("never have a holder"));
    auto name = named("name");
    name.strength = model::Strength::strong;
    EXPECT_THAT(message(name), HasSubstr("names cannot decide"));
    EXPECT_THAT(message(named("Not A Name")), HasSubstr("not a name for a namespace"));
    auto blocked = named("crm.contact");
    blocked.blocked = {""};
    EXPECT_THAT(message(blocked), HasSubstr("blocked value is empty"));
    const auto twice = make({named("crm.contact"), named("crm.contact")});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code(), Code::config);
    EXPECT_THAT(twice.error().message(), HasSubstr("twice"));
}

}  // namespace
}  // namespace touchline::identity
