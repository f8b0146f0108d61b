#include "store_contract.hpp"

#include <array>

namespace touchline::store::contract {
namespace {

std::vector<std::string> ids_of(const std::vector<StoredRecord>& records) {
    std::vector<std::string> ids;
    for (const StoredRecord& record : records) ids.push_back(record.external_id);
    return ids;
}

/// A page of records that are each their own id's text.
void put_page(
    Transaction& t, std::string_view connection, std::span<const std::string> ids, Time when
) {
    std::string page;
    std::vector<RawRecord> records;
    for (const std::string& id : ids) {
        RawRecord record;
        record.external_id = id;
        record.hash = hash_of(id);
        record.offset = static_cast<std::uint32_t>(page.size());
        record.length = static_cast<std::uint32_t>(id.size());
        page += id;
        records.push_back(record);
    }
    ok(t.put_raw(ok(t.source(connection, "rows")), page, records, when));
}

TEST_P(StoreContract, GivesStoredRecordsAgainInTheOrderTheyFirstCame) {
    write([](Transaction& t) {
        const std::array first{std::string("a"), std::string("bb"), std::string("ccc")};
        const std::array second{std::string("d"), std::string("a")};
        put_page(t, "crm", first, at(0));
        put_page(t, "desk", second, at(7200));
    });
    const auto reader = read();
    const auto all = ok(reader->stored_records({}, RecordKey::none, 10, 1000));
    EXPECT_THAT(ids_of(all), testing::ElementsAre("a", "bb", "ccc", "d", "a"));
    EXPECT_EQ(all[1].bytes, "bb");
    EXPECT_EQ(all[1].connection, "crm");
    EXPECT_EQ(all[1].received_at, at(0));
    EXPECT_EQ(all[1].hash, hash_of("bb"));
    EXPECT_EQ(ok(reader->stored_records({}, RecordKey::none, 2, 1000)).size(), 2U);
    EXPECT_EQ(ok(reader->stored_records({}, RecordKey::none, 10, 3)).size(), 2U) << "enough bytes";
    EXPECT_THAT(
        ids_of(ok(reader->stored_records({}, all[2].key, 10, 1000))), testing::ElementsAre("d", "a")
    );
    RawSelection desk;
    desk.connection = "desk";
    EXPECT_EQ(ok(reader->count_records(desk)), 2);
    RawSelection late;
    late.from = at(1);
    EXPECT_THAT(
        ids_of(ok(reader->stored_records(late, RecordKey::none, 10, 1000))),
        testing::ElementsAre("d", "a")
    );
    RawSelection early;
    early.until = at(7200);
    EXPECT_EQ(ok(reader->count_records(early)), 3);
    EXPECT_EQ(ok(reader->latest_hash(all[0].key)), hash_of("a"));
    EXPECT_FALSE(ok(reader->latest_hash(RecordKey{99})));
}

TEST_P(StoreContract, CountsWhatArrivedByHour) {
    write([](Transaction& t) {
        const std::array two{std::string("a"), std::string("b")};
        put_page(t, "crm", two, at(0));
        put_page(t, "crm", two, at(60));  // the same again is not kept
        const std::array third{std::string("c")};
        put_page(t, "desk", third, at(7200));
    });
    const auto volume = ok(read()->raw_volume({}));
    ASSERT_EQ(volume.size(), 2U);
    EXPECT_EQ(volume[0].records, 2);
    EXPECT_EQ(volume[0].hour, std::chrono::floor<std::chrono::hours>(at(0)));
    EXPECT_EQ(volume[1].connection, "desk");
    RawSelection crm;
    crm.connection = "crm";
    EXPECT_EQ(ok(read()->raw_volume(crm)).size(), 1U);
    RawSelection early;
    early.until = at(3600);
    EXPECT_EQ(ok(read()->raw_volume(early)).size(), 1U);
}

TEST_P(StoreContract, KnowsWhichLinksARecordAsserts) {
    RecordKey record{};
    LinkKey first{}, second{};
    write([&](Transaction& t) {
        record = put_record(t, "1", "x").key;
        const IdentityKey a = identity(t, "a"), b = identity(t, "b"), c = identity(t, "c");
        const std::array links{link_between(a, b), link_between(a, c)};
        const auto written = ok(t.put_links(links, at(0)));
        first = written[0].key;
        second = written[1].key;
        const std::array both{first, second};
        ok(t.put_assertions(record, both));
        EXPECT_EQ(ok(t.read().find_link(links[0])), first);
    });
    EXPECT_EQ(ok(read()->assertions_of(record)).size(), 2U);
    write([&](Transaction& t) {
        ok(t.put_assertions(record, {&second, 1}));
        ok(t.retract_link(first, "wrong", at(1)));
    });
    const auto left = ok(read()->assertions_of(record));
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].key, second);
    write([&](Transaction& t) { ok(t.retract_link(second, "wrong", at(2))); });
    EXPECT_TRUE(ok(read()->assertions_of(record)).empty()) << "it does not hold any more";
}

TEST_P(StoreContract, RemembersDoubtsUntilTheyAreSettled) {
    write([](Transaction& t) {
        ok(t.doubt_link(LinkKey{4}));
        ok(t.doubt_link(LinkKey{2}));
        ok(t.doubt_link(LinkKey{4}));
    });
    EXPECT_THAT(ok(read()->doubted_links(10)), testing::ElementsAre(LinkKey{2}, LinkKey{4}));
    write([](Transaction& t) { ok(t.settle_doubt(LinkKey{2})); });
    EXPECT_THAT(ok(read()->doubted_links(10)), testing::ElementsAre(LinkKey{4}));
}

TEST_P(StoreContract, KeepsWhereAReplayStands) {
    Replay replay;
    replay.selection.connection = "crm";
    replay.selection.from = at(5);
    replay.selection.share = 0.5;
    replay.where = "a == 'b'";
    replay.started_at = at(9);
    write([&](Transaction& t) { replay.key = ok(t.put_replay(replay)); });
    replay.after = RecordKey{17};
    replay.counts.changed = 3;
    replay.state = ReplayState::cancelled;
    replay.finished_at = at(10);
    write([&](Transaction& t) {
        EXPECT_EQ(ok(t.put_replay(replay)), replay.key);
        ok(t.put_replay({}));
    });
    const auto all = ok(read()->replays(10));
    ASSERT_EQ(all.size(), 2U);
    const Replay& kept = all[1];
    EXPECT_EQ(kept.selection.connection, "crm");
    EXPECT_EQ(kept.selection.from, at(5));
    EXPECT_FALSE(kept.selection.until);
    EXPECT_EQ(kept.selection.share, 0.5);
    EXPECT_EQ(kept.where, "a == 'b'");
    EXPECT_EQ(kept.after, RecordKey{17});
    EXPECT_EQ(kept.counts.changed, 3);
    EXPECT_EQ(kept.state, ReplayState::cancelled);
    EXPECT_EQ(kept.finished_at, at(10));
    EXPECT_FALSE(ok(read()->replay(ReplayKey{99})));
}

TEST_P(StoreContract, GivesTheLatestRunsWithWhatTheyWereMadeWith) {
    for (int i = 0; i < 3; ++i) {
        store::Run run;
        run.connection = "crm";
        run.started_at = at(i);
        run.outcome = "ok";
        run.setup = R"({"connector":"x@)" + std::to_string(i) + "\"}";
        write([&](Transaction& t) { ok(t.put_run(run)); });
    }
    const auto runs = ok(read()->runs("crm", 2));
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_EQ(runs[0].setup, R"({"connector":"x@2"})");
    EXPECT_EQ(runs[1].started_at, at(1));
    EXPECT_TRUE(ok(read()->runs("desk", 2)).empty());
}

TEST_P(StoreContract, CountsNewAndClearedDeadLetters) {
    const std::array letters{
        DeadLetterWrite{"crm", "rows", "1", "map", "bad_data", "m", "", "", "a"},
        DeadLetterWrite{"crm", "rows", "", "parse", "bad_data", "m", "", "", "b"}};
    write([&](Transaction& t) {
        EXPECT_EQ(ok(t.put_dead_letters(letters, at(1))), 2);
        EXPECT_EQ(ok(t.put_dead_letters(letters, at(2))), 0);
    });
    const auto without = ok(read()->recordless_dead_letters({}, DeadLetterKey::none, 10));
    ASSERT_EQ(without.size(), 1U);
    EXPECT_EQ(without[0].stage, "parse");
    write([&](Transaction& t) {
        EXPECT_EQ(ok(t.clear_dead_letters("crm", "rows", "1")), 1);
        EXPECT_EQ(ok(t.clear_dead_letters("crm", "rows", "1")), 0);
    });
}

}  // namespace
}  // namespace touchline::store::contract
