#include "store_contract.hpp"

#include <array>

namespace touchline::store::contract {
namespace {

TEST_P(StoreContract, ReadsTheFeedInOrder) {
    write([](Transaction& t) {
        const auto customer = static_cast<CustomerKey>(3);
        const std::array entries{
            FeedWrite{"recorded", customer, static_cast<TouchpointKey>(7), ""},
            FeedWrite{"joined", customer, TouchpointKey::none, R"({"from":"x"})"}};
        ok(t.append_feed(entries, at(1)));
        ok(t.append_feed({entries.data(), 1}, at(2)));
    });
    const auto all = ok(read()->feed_after(0, 10));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].type, "recorded");
    EXPECT_EQ(all[0].touchpoint, static_cast<TouchpointKey>(7));
    EXPECT_EQ(all[1].data, R"({"from":"x"})");
    EXPECT_LT(all[0].position, all[1].position);
    EXPECT_EQ(all[2].at, at(2));
    EXPECT_EQ(ok(read()->feed_head()), all[2].position);
    EXPECT_EQ(ok(read()->feed_after(all[0].position, 1)).at(0).position, all[1].position);
    EXPECT_TRUE(ok(read()->feed_after(all[2].position, 1)).empty());
}

TEST_P(StoreContract, CountsTheSameFailureUpInsteadOfKeepingItTwice) {
    DeadLetterWrite letter{"crm", "contacts", "1", "map", "bad_data", "no date", "p", "c", "{}"};
    write([&](Transaction& t) { ok(t.put_dead_letters({&letter, 1}, at(1))); });
    letter.message = "no date either";
    write([&](Transaction& t) { ok(t.put_dead_letters({&letter, 1}, at(2))); });
    letter.raw = "{ }";
    write([&](Transaction& t) { ok(t.put_dead_letters({&letter, 1}, at(3))); });
    const auto letters = ok(read()->dead_letters("crm", 0, 10));
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters[0].attempts, 1);
    EXPECT_EQ(letters[0].raw_bytes, 3);
    EXPECT_EQ(letters[1].attempts, 2);
    EXPECT_EQ(letters[1].first_at, at(1));
    EXPECT_EQ(letters[1].last_at, at(2));
    EXPECT_EQ(letters[1].message, "no date either");
    EXPECT_EQ(ok(read()->dead_letter_raw(letters[1].key)), "{}");
    EXPECT_EQ(ok(read()->dead_letters("", 1, 10)).size(), 1U);
    EXPECT_TRUE(ok(read()->dead_letters("shop", 0, 10)).empty());
    EXPECT_EQ(ok(read()->counts()).dead_letters, 2);
}

TEST_P(StoreContract, ClearsAndDropsDeadLetters) {
    const std::array letters{
        DeadLetterWrite{"crm", "contacts", "1", "map", "bad_data", "m", "", "", "a"},
        DeadLetterWrite{"crm", "contacts", "1", "parse", "bad_data", "m", "", "", "b"},
        DeadLetterWrite{"crm", "contacts", "2", "map", "bad_data", "m", "", "", "c"}};
    write([&](Transaction& t) {
        ok(t.put_dead_letters(letters, at(1)));
        ok(t.clear_dead_letters("crm", "contacts", "1"));
    });
    const auto left = ok(read()->dead_letters("", 0, 10));
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].external_id, "2");
    write([&](Transaction& t) { ok(t.drop_dead_letter(left[0].key)); });
    EXPECT_FALSE(ok(read()->dead_letter(left[0].key)).has_value());
}

TEST_P(StoreContract, BringsDroppedDeadLettersBack) {
    const std::array letters{
        DeadLetterWrite{"crm", "contacts", "1", "map", "bad_data", "m", "p", "c", "a"},
        DeadLetterWrite{"crm", "contacts", "2", "map", "bad_data", "m", "", "", "b"}};
    DroppingKey first{};
    write([&](Transaction& t) { ok(t.put_dead_letters(letters, at(1))); });
    const auto keys = ok(read()->dead_letters("", 0, 10));
    write([&](Transaction& t) {
        first = ok(t.set_aside_dead_letters(std::array{keys[0].key, keys[1].key}, at(2)));
    });
    EXPECT_TRUE(ok(read()->dead_letters("", 0, 10)).empty());
    const auto droppings = ok(read()->droppings(5));
    ASSERT_EQ(droppings.size(), 1U);
    EXPECT_EQ(droppings[0].key, first);
    EXPECT_EQ(droppings[0].letters, 2);
    EXPECT_EQ(droppings[0].at, at(2));
    EXPECT_EQ(droppings[0].message, "m");
    // One of them fails again meanwhile: it stands once.
    write([&](Transaction& t) { ok(t.put_dead_letters({&letters[0], 1}, at(3))); });
    reopen();
    write([&](Transaction& t) { EXPECT_EQ(ok(t.restore_dead_letters(first)), 1); });
    const auto back = ok(read()->dead_letters("", 0, 10));
    ASSERT_EQ(back.size(), 2U);
    EXPECT_EQ(back[1].external_id, "2");
    EXPECT_EQ(back[1].first_at, at(1));
    EXPECT_EQ(ok(read()->dead_letter_raw(back[1].key)), "b");
    EXPECT_TRUE(ok(read()->droppings(5)).empty());
    const auto transaction = ok(store_->begin());
    EXPECT_FALSE(transaction->restore_dead_letters(first)) << "it is back already";
    EXPECT_FALSE(transaction->set_aside_dead_letters(std::array{DeadLetterKey{99}}, at(4)));
}

TEST_P(StoreContract, ForgetsWhatWasDroppedLongAgo) {
    const DeadLetterWrite letter{"crm", "contacts", "1", "map", "bad_data", "m", "", "", "a"};
    write([&](Transaction& t) { ok(t.put_dead_letters({&letter, 1}, at(1))); });
    const auto key = ok(read()->dead_letters("", 0, 1)).at(0).key;
    write([&](Transaction& t) { ok(t.set_aside_dead_letters({&key, 1}, at(2))); });
    write([](Transaction& t) { ok(t.forget_droppings(at(2))); });
    EXPECT_EQ(ok(read()->droppings(5)).size(), 1U);
    write([](Transaction& t) { ok(t.forget_droppings(at(3))); });
    EXPECT_TRUE(ok(read()->droppings(5)).empty());
}

TEST_P(StoreContract, KeepsCheckpoints) {
    EXPECT_EQ(ok(read()->checkpoint("crm", "contacts")).version, 0U);
    write([](Transaction& t) {
        ok(t.put_checkpoint(ok(t.source("crm", "contacts")), 2, R"({"after":"x"})", at(4)));
    });
    reopen();
    const Checkpoint checkpoint = ok(read()->checkpoint("crm", "contacts"));
    EXPECT_EQ(checkpoint.version, 2U);
    EXPECT_EQ(checkpoint.state, R"({"after":"x"})");
    EXPECT_EQ(checkpoint.at, at(4));
}

TEST_P(StoreContract, SumsUpAConnection) {
    EXPECT_EQ(ok(read()->connection_stats("crm")).records, 0);
    EXPECT_FALSE(ok(read()->connection_stats("crm")).newest_record.has_value());
    write([](Transaction& t) {
        const IdentityKey ana = identity(t, "ana@example.org");
        put_touchpoint(t, put_record(t, "1", "a").key, ana, at(20));
        put_touchpoint(t, put_record(t, "2", "b").key, ana, at(10));
        put_record(t, "1", "changed");
        ok(t.put_run({"crm", at(1), at(2), 2, 2, 0, "ok", "", ""}));
        ok(t.put_run({"crm", at(3), at(4), 0, 0, 0, "failed", "no network", ""}));
    });
    const ConnectionStats stats = ok(read()->connection_stats("crm"));
    EXPECT_EQ(stats.records, 2);
    EXPECT_EQ(stats.newest_record, at(20));
    EXPECT_EQ(stats.last_run->error, "no network");
    EXPECT_EQ(stats.last_success, at(2));
    const Counts counts = ok(read()->counts());
    EXPECT_EQ(counts.records, 2);
    EXPECT_EQ(counts.touchpoints, 2);
    EXPECT_EQ(counts.identities, 1);
}

TEST_P(StoreContract, HoldsTheInboxUntilItIsEmptied) {
    InboxKey first{};
    write([&](Transaction& t) {
        first = ok(t.put_inbox({InboxKey::none, "shop", "orders", "{}", "one", at(1)}));
        ok(t.put_inbox({InboxKey::none, "shop", "orders", "{}", "two", at(2)}));
    });
    const auto items = ok(read()->inbox("shop", 10));
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].key, first);
    EXPECT_EQ(items[0].body, "one");
    EXPECT_EQ(ok(read()->inbox("shop", 1)).size(), 1U);
    write([&](Transaction& t) { ok(t.remove_inbox(first)); });
    EXPECT_EQ(ok(read()->inbox("shop", 10)).at(0).body, "two");
    EXPECT_TRUE(ok(read()->inbox("crm", 10)).empty());
}

TEST_P(StoreContract, RemembersDestinationsAndWhatWaitsForThem) {
    EXPECT_TRUE(ok(read()->destination("hook")).enabled);
    EXPECT_EQ(ok(read()->destination("hook")).cursor, 0);
    write([](Transaction& t) {
        ok(t.set_destination("hook", {7, false, "gone"}));
        ok(t.park("hook", {6, static_cast<CustomerKey>(1), 1, at(9), "503"}));
        ok(t.park("hook", {5, static_cast<CustomerKey>(1), 1, at(9), "503"}));
        ok(t.park("hook", {6, static_cast<CustomerKey>(1), 2, at(10), "504"}));
    });
    EXPECT_EQ(ok(read()->destination("hook")).reason, "gone");
    EXPECT_FALSE(ok(read()->destination("hook")).enabled);
    const auto parked = ok(read()->parked("hook"));
    ASSERT_EQ(parked.size(), 2U);
    EXPECT_EQ(parked[0].position, 5);
    EXPECT_EQ(parked[1].attempts, 2U);
    EXPECT_EQ(parked[1].error, "504");
    write([](Transaction& t) { ok(t.unpark("hook", 5)); });
    EXPECT_EQ(ok(read()->parked("hook")).size(), 1U);
    EXPECT_TRUE(ok(read()->parked("other")).empty());
}

}  // namespace
}  // namespace touchline::store::contract
