#include "workbench.hpp"

#include "touchline/ingest/explanation.hpp"

namespace touchline::ingest {
namespace {

using Identity = Workbench;

std::string contact(
    const std::string& id,
    const std::string& email,
    const std::string& phone,
    const std::string& name,
    const std::string& updated = "2026-01-01T00:00:00Z"
) {
    return R"({"id":")" + id + R"(","email":")" + email + R"(","phone":")" + phone +
           R"(","name":")" + name + R"(","updated":")" + updated + R"("})";
}

std::string event(
    const std::string& id,
    const std::string& user,
    const std::string& email,
    const std::string& phone
) {
    return R"({"id":")" + id + R"(","user":")" + user + R"(","email":")" + email +
           R"(","phone":")" + phone + R"(","at":"2026-10-01T08:00:00Z","subject":"x"})";
}

TEST_F(Identity, JoinsOnePersonAcrossSystems) {
    run(plan("crm", k_contacts),
        {"[" + contact("7", "Ana@Example.org", "+32458112233", "Ana Silva") + "]"});
    run(plan("desk", k_events), {"[" + event("1", "55", "ana@example.org", "") + "]"});
    run(plan("calls", k_events), {"[" + event("2", "90", "", "+32 458 11 22 33") + "]"});
    EXPECT_EQ(customer_of("crm.contact", "7"), customer_of("desk.user", "55"));
    EXPECT_EQ(customer_of("crm.contact", "7"), customer_of("desk.user", "90"));
    EXPECT_EQ(touchpoints_of("crm.contact", "7"), 2);
    const auto why = explain(*reader(), policy_, customer_of("crm.contact", "7"));
    ASSERT_TRUE(why) << why.error().text();
    EXPECT_GE(why->reasons.size(), 4U);
}

TEST_F(Identity, IsTheSameWhateverSystemCameFirst) {
    run(plan("desk", k_events), {"[" + event("1", "55", "ana@example.org", "") + "]"});
    run(plan("calls", k_events), {"[" + event("2", "90", "", "+32 458 11 22 33") + "]"});
    EXPECT_NE(customer_of("desk.user", "55"), customer_of("desk.user", "90"));
    const std::string older = customer_of("desk.user", "55");
    const std::string younger = customer_of("desk.user", "90");
    run(plan("crm", k_contacts),
        {"[" + contact("7", "ana@example.org", "+32458112233", "Ana Silva") + "]"});
    EXPECT_EQ(customer_of("desk.user", "55"), customer_of("desk.user", "90"));
    // Both ids that were handed out lead to the one customer.
    const auto snapshot = reader();
    for (const std::string& id : {older, younger}) {
        EXPECT_EQ(
            snapshot->resolve(snapshot->customer(id)->value().key)->id,
            customer_of("crm.contact", "7")
        );
    }
    bool announced = false;
    for (const store::FeedEntry& entry : *snapshot->feed_after(0, 100)) {
        announced = announced || entry.type == "touchline.customer.merged";
    }
    EXPECT_TRUE(announced);
}

TEST_F(Identity, DoesNotJoinAFamilyOverItsTelephone) {
    run(plan("crm", k_contacts),
        {"[" + contact("1", "ana@example.org", "+32458112233", "Ana Silva") + "," +
         contact("2", "rui@example.org", "+32458112233", "Rui Moreira") + "]"});
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("crm.contact", "2"));
}

TEST_F(Identity, TellsHoldersOfOneTelephoneApartByTheNamesThatFactsState) {
    // As most mappings have it: the name is a fact, and nothing that the record is known by.
    const char* const mapping = R"(
version: 1
emit: fact
set:
  observed_at: =updated
  identities: [{ns: crm.contact, value: =id, trust: verified}, {ns: email, value: =email}, {ns: phone, value: =phone}]
fields: {name.full: =name}
)";
    run(plan("crm", mapping),
        {"[" + contact("1", "ana@example.org", "+32458112233", "Ana Silva") + "," +
         contact("2", "rui@example.org", "+32458112233", "Rui Moreira") + "]"});
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("crm.contact", "2"));
}

TEST_F(Identity, TakesBackWhatAContactNoLongerSays) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    run(crm, {"[" + contact("1", "ana@example.org", "", "Ana Silva") + "]"});
    run(plan("desk", k_events), {"[" + event("1", "55", "ana@example.org", "") + "]"});
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("desk.user", "55"));
    // The address was somebody else's all along.
    run(crm,
        {"[" + contact("1", "silva@example.org", "", "Ana Silva", "2026-02-01T00:00:00Z") + "]"});
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("desk.user", "55"));
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("email", "silva@example.org"));
}

TEST_F(Identity, TakesBackWhatWasSaidBeforeSeveralChangesInOneBatch) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    run(crm, {"[" + contact("1", "ana@example.org", "", "Ana Silva") + "]"});
    run(crm,
        {"[" + contact("1", "typo@example.org", "", "Ana Silva", "2026-02-01T00:00:00Z") + "," +
         contact("1", "silva@example.org", "", "Ana Silva", "2026-03-01T00:00:00Z") + "]"});
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("email", "silva@example.org"));
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("email", "ana@example.org"));
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("email", "typo@example.org"));
}

TEST_F(Identity, TakesBackEverythingThatAnEmptiedContactSaid) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    run(crm, {"[" + contact("1", "ana@example.org", "", "Ana Silva") + "]"});
    run(crm, {"[" + contact("1", "", "", "Ana Silva", "2026-02-01T00:00:00Z") + "]"});
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("email", "ana@example.org"));
}

TEST_F(Identity, KeepsWhatAChangedContactStillSays) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    run(crm, {"[" + contact("1", "ana@example.org", "", "Ana Silva") + "]"});
    run(crm,
        {"[" + contact("1", "ana@example.org", "", "Ana Silva Peeters", "2026-02-01T00:00:00Z") +
         "]"});
    run(crm,
        {"[" + contact("1", "ana@example.org", "", "Ana Peeters", "2026-03-01T00:00:00Z") + "]"});
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("email", "ana@example.org"));
}

TEST_F(Identity, EndsTheSameInManySmallBatchesAsInOneLarge) {
    std::vector<std::string> pages;
    for (int i = 0; i < 40; ++i) {
        const std::string person = std::to_string(i % 10);
        pages.push_back(
            "[" +
            contact("c" + std::to_string(i), "p" + person + "@example.org", "", "Name " + person) +
            "]"
        );
    }
    run(plan("crm", k_contacts), pages);
    EXPECT_EQ(reader()->counts()->customers, 10);
    for (int i = 10; i < 40; ++i) {
        EXPECT_EQ(
            customer_of("crm.contact", "c" + std::to_string(i)),
            customer_of("crm.contact", "c" + std::to_string(i % 10))
        );
    }
}

std::string crowd(int first, int count, const std::string& phone) {
    std::string page = "[";
    for (int i = first; i < first + count; ++i) {
        page.append(i == first ? "" : ",");
        page.append(event("e" + std::to_string(i), "u" + std::to_string(i), "", phone));
    }
    return page + "]";
}

TEST_F(Identity, JoinsNobodyOverASwitchboardHoweverTheRecordsCame) {
    const ConnectionPlan desk = plan("desk", k_events);
    run(desk, {crowd(0, 3, "+3225551234")});
    EXPECT_EQ(customer_of("desk.user", "u0"), customer_of("desk.user", "u2"));
    run(desk, {crowd(3, 300, "+3225551234"), crowd(303, 1, "+3225551234")});
    EXPECT_EQ(reader()->counts()->customers, 305);
    EXPECT_NE(customer_of("desk.user", "u0"), customer_of("desk.user", "u2"));
    EXPECT_NE(customer_of("desk.user", "u0"), customer_of("phone", "+3225551234"));
    const auto why = explain(*reader(), policy_, customer_of("desk.user", "u0"));
    ASSERT_TRUE(why) << why.error().text();
    EXPECT_NE(why->reasons.back().find("is shared by too many"), std::string::npos);
}

/// Six contacts, of which the first two keep their number.
std::string six(const std::string& phone, const std::string& updated) {
    std::string page;
    for (int i = 1; i <= 6; ++i) {
        const std::string id = std::to_string(i);
        const std::string number = i <= 2 ? "+3225551234" : phone;
        page.append(page.empty() ? "[" : ",");
        page.append(contact(id, "p" + id + "@example.org", number, "", updated));
    }
    return page + "]";
}

TEST_F(Identity, JoinsOverANumberAgainOnceFewHoldIt) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    run(crm, {six("+3225551234", "2026-01-01T00:00:00Z")});
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("crm.contact", "2"));
    run(crm, {six("", "2026-02-01T00:00:00Z")});
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("crm.contact", "2"));
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("phone", "+3225551234"));
}

TEST_F(Identity, JoinsOverAMailboxAgainOnceTheNamesAgree) {
    const ConnectionPlan crm = plan("crm", k_contacts);
    const auto page = [](const std::string& name, const std::string& updated) {
        std::string text;
        for (int i = 1; i <= 6; ++i)
            text.append(text.empty() ? "[" : ",")
                .append(contact(std::to_string(i), "ana@example.org", "", name, updated));
        return text + "]";
    };
    run(crm, {page("", "2026-01-01T00:00:00Z")});
    EXPECT_NE(customer_of("crm.contact", "1"), customer_of("crm.contact", "2"));
    run(crm, {page("Ana Silva", "2026-02-01T00:00:00Z")});
    EXPECT_EQ(customer_of("crm.contact", "1"), customer_of("crm.contact", "6"));
}

TEST_F(Identity, DoesNotTakeTheAccountOfAFirmForAName) {
    const ConnectionPlan plain = plan("crm", k_contacts);
    policy_ = [] {
        model::NamespaceSetting account;
        account.name = "billing.account";
        account.strength = model::Strength::weak;
        return identity::Policy::make(std::vector{account}).value();
    }();
    constexpr const char* k_invoices = R"(
emit: fact
set:
  identities: [{ns: email, value: =email}, {ns: billing.account, value: =account}]
  observed_at: =updated
fields: {company.name: =account}
)";
    run(plan("billing", k_invoices),
        {R"([{"id":"1","email":"ana@example.org","account":"AC 77","updated":"2026-01-01T00:00:00Z"}])"}
    );
    run(plain, {"[" + contact("7", "ana@example.org", "", "Ana Silva") + "]"});
    EXPECT_EQ(customer_of("crm.contact", "7"), customer_of("email", "ana@example.org"));
}

}  // namespace
}  // namespace touchline::ingest
