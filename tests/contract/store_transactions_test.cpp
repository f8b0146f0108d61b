#include "store_contract.hpp"

#include <future>

namespace touchline::store::contract {
namespace {

TEST_P(StoreContract, LeavesNothingOfATransactionThatIsNotCommitted) {
    {
        const auto transaction = ok(store_->begin());
        const IdentityKey ana = identity(*transaction, "ana@example.org");
        put_touchpoint(*transaction, put_record(*transaction, "1", "{}").key, ana, at(1));
    }
    EXPECT_FALSE(ok(read()->find_identity("email", "ana@example.org")).has_value());
    EXPECT_EQ(ok(read()->counts()).records, 0);
    // What was remembered of it is forgotten as well.
    write([](Transaction& t) {
        const IdentityKey bo = identity(t, "bo@example.org");
        EXPECT_NE(identity(t, "ana@example.org"), bo);
        put_touchpoint(t, put_record(t, "1", "{}").key, bo, at(1));
    });
    const Counts counts = ok(read()->counts());
    EXPECT_EQ(counts.identities, 2);
    EXPECT_EQ(counts.touchpoints, 1);
}

TEST_P(StoreContract, ReadsOneSnapshotUntilTheReaderGoes) {
    const auto before = read();
    const auto transaction = ok(store_->begin());
    identity(*transaction, "ana@example.org");
    EXPECT_FALSE(ok(read()->find_identity("email", "ana@example.org")).has_value());
    ok(transaction->commit());
    EXPECT_FALSE(ok(before->find_identity("email", "ana@example.org")).has_value());
    EXPECT_TRUE(ok(read()->find_identity("email", "ana@example.org")).has_value());
}

TEST_P(StoreContract, TakesNoMoreCallsAfterACommitOrAFailure) {
    auto transaction = ok(store_->begin());
    ok(transaction->commit());
    EXPECT_FALSE(transaction->source("crm", "contacts").has_value());
    transaction = ok(store_->begin());
    identity(*transaction, "ana@example.org");
    EXPECT_FALSE(transaction->drop_dead_letter(static_cast<DeadLetterKey>(1)).has_value());
    EXPECT_FALSE(transaction->source("crm", "contacts").has_value());
    EXPECT_FALSE(transaction->commit().has_value());
    transaction.reset();
    EXPECT_EQ(ok(read()->counts()).identities, 0);
}

TEST_P(StoreContract, LetsTheNextWriterWaitForItsTurn) {
    auto first = ok(store_->begin());
    auto second = std::async(std::launch::async, [&] {
        const auto transaction = ok(store_->begin());
        const bool sees = ok(transaction->read().find_identity("email", "a")).has_value();
        identity(*transaction, "b");
        ok(transaction->commit());
        return sees;
    });
    identity(*first, "a");
    ok(first->commit());
    first.reset();
    EXPECT_TRUE(second.get());
    EXPECT_EQ(ok(read()->counts()).identities, 2);
}

TEST_P(StoreContract, KeepsEverythingOverAReopening) {
    write([](Transaction& t) {
        put_touchpoint(t, put_record(t, "1", "{}").key, identity(t, "a"), at(1));
    });
    reopen();
    const auto reader = read();
    const IdentityKey key = ok(reader->find_identity("email", "a"))->key;
    EXPECT_EQ(ok(reader->timeline({&key, 1}, {}, 0, 9)).total, 1);
}

}  // namespace
}  // namespace touchline::store::contract
