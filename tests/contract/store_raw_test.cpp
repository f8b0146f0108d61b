#include "store_contract.hpp"

namespace touchline::store::contract {
namespace {

RawRecord part_of(
    std::string_view page, std::string_view id, std::uint32_t from, std::uint32_t size
) {
    return {id, {}, hash_of(page.substr(from, size)), from, size};
}

TEST_P(StoreContract, TellsNewRecordsFromChangedAndUnchangedOnes) {
    write([](Transaction& t) {
        EXPECT_EQ(put_record(t, "1", "one").change, RecordChange::created);
        EXPECT_EQ(put_record(t, "1", "one").change, RecordChange::unchanged);
        EXPECT_EQ(put_record(t, "1", "two").change, RecordChange::changed);
        EXPECT_EQ(put_record(t, "2", "two").change, RecordChange::created);
    });
    write([](Transaction& t) {
        EXPECT_EQ(put_record(t, "1", "two").change, RecordChange::unchanged);
        EXPECT_EQ(put_record(t, "1", "one").change, RecordChange::changed);
    });
}

TEST_P(StoreContract, KeepsAnOlderVersionAsideWithoutMakingItTheLatest) {
    RecordKey key{};
    write([&](Transaction& t) {
        key = put_record(t, "1", "first", "9").key;
        EXPECT_EQ(put_record(t, "1", "late", "8").change, RecordChange::stale);
        EXPECT_EQ(put_record(t, "1", "late", "8").change, RecordChange::stale);
        EXPECT_EQ(put_record(t, "1", "second", "10").change, RecordChange::changed);
    });
    EXPECT_EQ(ok(read()->raw(key)), "second");
    EXPECT_EQ(ok(read()->previous_raw(key)), "first");
}

TEST_P(StoreContract, LearnsTheNewerVersionOfUnchangedBytes) {
    write([](Transaction& t) {
        put_record(t, "1", "same", "1");
        EXPECT_EQ(put_record(t, "1", "same", "5").change, RecordChange::unchanged);
        EXPECT_EQ(put_record(t, "1", "older", "3").change, RecordChange::stale);
    });
}

TEST_P(StoreContract, JudgesARecordThatOccursTwiceInAPageInOrder) {
    const std::string_view page = "aaabbbaaaccc";
    RecordKey key{};
    write([&](Transaction& t) {
        const SourceKey source = ok(t.source("crm", "contacts"));
        const std::vector<RawRecord> records = {
            part_of(page, "1", 0, 3),
            part_of(page, "1", 3, 3),
            part_of(page, "1", 3, 3),
            part_of(page, "2", 9, 3)};
        const auto states = ok(t.put_raw(source, page, records, at(0)));
        ASSERT_EQ(states.size(), 4U);
        EXPECT_EQ(states[0].change, RecordChange::created);
        EXPECT_EQ(states[1].change, RecordChange::changed);
        EXPECT_EQ(states[2].change, RecordChange::unchanged);
        EXPECT_EQ(states[3].change, RecordChange::created);
        EXPECT_EQ(states[0].key, states[2].key);
        EXPECT_NE(states[0].key, states[3].key);
        key = states[0].key;
    });
    EXPECT_EQ(ok(read()->raw(key)), "bbb");
    EXPECT_EQ(ok(read()->previous_raw(key)), "aaa");
}

TEST_P(StoreContract, GivesARecordsBytesBackExactly) {
    const std::string page = std::string(100'000, 'x') + std::string("a\0b\xff", 4);
    RecordKey key{};
    write([&](Transaction& t) {
        const RawRecord record = part_of(page, "1", 100'000, 4);
        key = ok(t.put_raw(ok(t.source("crm", "contacts")), page, {&record, 1}, at(0)))[0].key;
        EXPECT_EQ(ok(t.read().raw(key)), std::string("a\0b\xff", 4));
    });
    EXPECT_EQ(ok(read()->raw(key)), std::string("a\0b\xff", 4));
    EXPECT_EQ(ok(read()->previous_raw(key)), std::nullopt);
}

TEST_P(StoreContract, RefusesARecordThatReachesBeyondItsPage) {
    const auto transaction = ok(store_->begin());
    const RawRecord record{"1", {}, {}, 2, 2};
    const SourceKey source = ok(transaction->source("crm", "contacts"));
    const auto result = transaction->put_raw(source, "abc", {&record, 1}, at(0));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code(), Code::bad_data);
}

TEST_P(StoreContract, KeepsTheSameExternalIdOfTwoStreamsApart) {
    write([](Transaction& t) {
        const SourceKey contacts = ok(t.source("crm", "contacts"));
        const SourceKey deals = ok(t.source("crm", "deals"));
        EXPECT_NE(contacts, deals);
        EXPECT_EQ(contacts, ok(t.source("crm", "contacts")));
        const RawRecord record{"1", {}, hash_of("x"), 0, 1};
        const auto first = ok(t.put_raw(contacts, "x", {&record, 1}, at(0)));
        const auto second = ok(t.put_raw(deals, "x", {&record, 1}, at(0)));
        EXPECT_EQ(second[0].change, RecordChange::created);
        EXPECT_NE(first[0].key, second[0].key);
    });
    EXPECT_TRUE(ok(read()->find_source("crm", "deals")).has_value());
    EXPECT_FALSE(ok(read()->find_source("crm", "calls")).has_value());
}

}  // namespace
}  // namespace touchline::store::contract
