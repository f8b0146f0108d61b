#include "store_contract.hpp"

#include <array>

namespace touchline::store::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<IdentityKey> keys_of(const std::vector<Identity>& identities) {
    std::vector<IdentityKey> keys;
    for (const Identity& one : identities) keys.push_back(one.key);
    return keys;
}

IdentityKey named(Transaction& t, std::string_view value, const std::vector<std::string>& terms) {
    const IdentityName name{"name", value, model::Strength::weak, terms};
    return ok(t.intern({&name, 1}, at(0))).at(0).key;
}

TEST_P(StoreContract, FindsTheSameIdentityEveryTime) {
    IdentityKey key{};
    write([&](Transaction& t) {
        key = identity(t, "ana@example.org");
        EXPECT_EQ(identity(t, "ana@example.org"), key);
        EXPECT_NE(identity(t, "ana@example.org", model::Strength::unique, "login"), key);
    });
    reopen();
    write([&](Transaction& t) { EXPECT_EQ(identity(t, "ana@example.org"), key); });
    const auto found = ok(read()->find_identity("email", "ana@example.org"));
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->key, key);
    EXPECT_EQ(found->ns, "email");
    EXPECT_FALSE(ok(read()->find_identity("email", "bo@example.org")).has_value());
    EXPECT_FALSE(ok(read()->find_identity("fax", "ana@example.org")).has_value());
}

TEST_P(StoreContract, RemembersWhenAnIdentityWasSeenFirstAndLast) {
    const IdentityName name{"email", "ana@example.org", model::Strength::unique, {}};
    const auto day = [](int n) { return at(n * 86'400); };
    write([&](Transaction& t) { ok(t.intern({&name, 1}, day(2))); });
    write([&](Transaction& t) {
        ok(t.intern({&name, 1}, day(3)));
        ok(t.intern({&name, 1}, day(1)));
    });
    const auto found = ok(read()->find_identity("email", "ana@example.org"));
    EXPECT_EQ(found->first_seen, day(1));
    EXPECT_EQ(found->last_seen, day(3));
}

TEST_P(StoreContract, TakesOverTheStrengthThatANamespaceHasNow) {
    write([](Transaction& t) { identity(t, "x", model::Strength::strong); });
    write([](Transaction& t) { identity(t, "x", model::Strength::weak); });
    EXPECT_EQ(ok(read()->find_identity("email", "x"))->strength, model::Strength::weak);
}

TEST_P(StoreContract, SearchesByWholeTermsAndTheBeginningOfTheLast) {
    IdentityKey lima{}, lind{};
    write([&](Transaction& t) {
        lima = named(t, "ana lima", {"ana", "lima"});
        lind = named(t, "ana lind", {"ana", "lind"});
        named(t, "anabel stone", {"anabel", "stone"});
    });
    const auto search = [&](std::vector<std::string> terms, std::size_t limit = 10) {
        return keys_of(ok(read()->search(terms, limit)));
    };
    EXPECT_THAT(search({"ana", "li"}), ElementsAre(lima, lind));
    EXPECT_THAT(search({"lind", "ana"}), ElementsAre(lind));
    EXPECT_THAT(search({"ana", "stone"}), ElementsAre());
    EXPECT_EQ(search({"an"}).size(), 3U);
    EXPECT_THAT(search({"an"}, 1), ElementsAre(lima));
    EXPECT_THAT(search({}), ElementsAre());
}

TEST_P(StoreContract, ResolvesAliasesThroughAChain) {
    std::array<CustomerKey, 3> keys{};
    IdentityKey ana{};
    write([&](Transaction& t) {
        ana = identity(t, "ana@example.org");
        const IdentityKey bo = identity(t, "bo@example.org");
        keys = {
            ok(t.create_customer("cu_1", ana, at(1))),
            ok(t.create_customer("cu_2", bo, at(2))),
            ok(t.create_customer("cu_3", bo, at(3)))};
        const Transaction::Membership membership{ana, keys[0]};
        ok(t.set_memberships({&membership, 1}));
        ok(t.set_alias(keys[0], keys[1]));
        ok(t.set_alias(keys[1], keys[2]));
    });
    EXPECT_EQ(ok(read()->resolve(keys[0])).id, "cu_3");
    EXPECT_EQ(ok(read()->customer("cu_1"))->alias_of, keys[1]);
    EXPECT_EQ(ok(read()->aliases(keys[2])).size(), 2U);
    EXPECT_THAT(keys_of(ok(read()->identities_of(keys[2]))), ElementsAre(ana));
    write([&](Transaction& t) { ok(t.set_alias(keys[0], CustomerKey::none)); });
    EXPECT_EQ(ok(read()->resolve(keys[0])).id, "cu_1");
    EXPECT_FALSE(ok(read()->customer("cu_9")).has_value());
}

TEST_P(StoreContract, LetsNoCustomerBecomeItsOwnAlias) {
    CustomerKey one{}, two{};
    write([&](Transaction& t) {
        one = ok(t.create_customer("cu_1", IdentityKey::none, at(1)));
        two = ok(t.create_customer("cu_2", IdentityKey::none, at(1)));
        ok(t.set_alias(one, two));
    });
    const auto transaction = ok(store_->begin());
    const auto circle = transaction->set_alias(two, one);
    ASSERT_FALSE(circle.has_value());
    EXPECT_EQ(circle.error().code(), Code::conflict);
}

TEST_P(StoreContract, TellsAnInternedIdentitysCustomer) {
    const IdentityName name{"email", "ana@example.org", model::Strength::unique, {}};
    CustomerKey customer{};
    write([&](Transaction& t) {
        const Interned first = ok(t.intern({&name, 1}, at(0))).at(0);
        EXPECT_EQ(first.customer, CustomerKey::none);
        customer = ok(t.create_customer("cu_1", first.key, at(0)));
        const Transaction::Membership membership{first.key, customer};
        ok(t.set_memberships({&membership, 1}));
        EXPECT_EQ(ok(t.intern({&name, 1}, at(0))).at(0).customer, customer);
    });
    reopen();
    write([&](Transaction& t) {
        EXPECT_EQ(ok(t.intern({&name, 1}, at(0))).at(0).customer, customer);
    });
}

TEST_P(StoreContract, ReplacesTheFactsOfARecord) {
    IdentityKey ana{};
    RecordKey record{};
    const auto fact = [&](std::string_view field, std::string_view value) {
        return FactWrite{record, ana, field, value, "name", at(1)};
    };
    write([&](Transaction& t) {
        ana = identity(t, "ana@example.org");
        record = put_record(t, "1", "{}").key;
        const std::array facts{fact("name.full", R"("Ana")"), fact("email", R"("a")")};
        ok(t.put_facts(record, facts, at(1)));
        const std::array later{fact("name.full", R"("Ana Lima")")};
        ok(t.put_facts(record, later, at(2)));
    });
    const auto facts = ok(read()->facts_of({&ana, 1}));
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].value, R"("Ana Lima")");
    EXPECT_EQ(facts[0].field, "name.full");
    EXPECT_EQ(facts[0].group, "name");
    EXPECT_EQ(
        facts[0].connection + "/" + facts[0].stream + "/" + facts[0].external_id, "crm/contacts/1"
    );
    EXPECT_THAT(ok(read()->sources_of(ana)), ElementsAre("crm"));
    write([&](Transaction& t) { ok(t.put_facts(record, {}, at(3))); });
    EXPECT_TRUE(ok(read()->facts_of({&ana, 1})).empty());
}

class RetractionContract : public StoreContract {
protected:
    /// The values of the identity's e-mail address that stand, as JSON.
    std::vector<std::string> standing() {
        std::vector<std::string> values;
        for (const StoredFact& fact : ok(read()->facts_of({&ana_, 1})))
            values.push_back(fact.value);
        return values;
    }
    void say(
        std::string_view record, std::string_view value, std::int64_t time, bool retracts = false
    ) {
        write([&](Transaction& t) {
            ana_ = identity(t, "ana@example.org");
            const RecordKey key = put_record(t, record, record).key;
            FactWrite fact{key, ana_, "email", value, "", at(time)};
            fact.trust = model::Trust::verified;
            fact.retracts = retracts;
            ok(t.put_facts(key, {&fact, 1}, at(time)));
        });
    }

    IdentityKey ana_{};
};

TEST_P(RetractionContract, TakeBackWhatTheSourceSaidUntilThen) {
    say("1", R"("a")", 1);
    say("2", R"("b")", 2);
    say("3", R"("a")", 3, true);
    EXPECT_THAT(standing(), ElementsAre(R"("b")"));
    say("4", R"("a")", 4);
    EXPECT_THAT(standing(), ElementsAre(R"("b")", R"("a")")) << "said again since";
    say("5", "null", 5, true);
    EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(RetractionContract, HoldWhateverComesFirstAndForNoOtherSource) {
    say("3", R"("a")", 3, true);
    say("1", R"("a")", 1);
    EXPECT_THAT(standing(), IsEmpty());
    write([&](Transaction& t) {
        const SourceKey shop = ok(t.source("shop", "customers"));
        const RawRecord raw{"9", {}, hash_of("9"), 0, 1};
        const RecordKey key = ok(t.put_raw(shop, "9", {&raw, 1}, at(1))).at(0).key;
        const FactWrite fact{key, ana_, "email", R"("a")", "", at(1)};
        ok(t.put_facts(key, {&fact, 1}, at(1)));
    });
    EXPECT_THAT(standing(), ElementsAre(R"("a")"));
}

TEST_P(RetractionContract, KeepHowFarAFactIsTrusted) {
    say("1", R"("a")", 1);
    EXPECT_EQ(ok(read()->facts_of({&ana_, 1})).at(0).trust, model::Trust::verified);
}

INSTANTIATE_TEST_SUITE_P(Store, RetractionContract, testing::ValuesIn(factories()));

TEST_P(StoreContract, KeepsWhatPeopleDecideOnFieldsUntilItEnds) {
    IdentityKey ana{};
    write([&](Transaction& t) {
        ana = identity(t, "ana@example.org");
        ok(t.put_choice({ana, "name.full", R"("Ana")", "eva", "asked", at(1)}));
        ok(t.put_choice({ana, "name.full", R"("Ana Lima")", "eva", "asked again", at(2)}));
    });
    const auto choices = ok(read()->choices_of({&ana, 1}));
    ASSERT_EQ(choices.size(), 1U);
    EXPECT_EQ(choices[0].value, R"("Ana Lima")");
    EXPECT_EQ(choices[0].author + ", " + choices[0].reason, "eva, asked again");
    EXPECT_EQ(choices[0].at, at(2));
    write([&](Transaction& t) {
        EXPECT_TRUE(ok(t.end_choice(ana, "name.full", at(3))));
        EXPECT_FALSE(ok(t.end_choice(ana, "name.full", at(4))));
    });
    EXPECT_TRUE(ok(read()->choices_of({&ana, 1})).empty());
}

}  // namespace
}  // namespace touchline::store::contract
