// A store that an earlier version made: everything in it is there after the upgrade, and what is
// new has what it needs.
#include "schema.hpp"

#include "touchline/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <memory>
#include <string>

namespace touchline::store {
namespace {

/// Two records of one customer in the words of schema 1: a contact with a name, and a case that
/// begins with a number and an answer to a survey.
constexpr const char* k_installation = R"sql(
PRAGMA application_id = 0x544c4e45;
PRAGMA user_version = 1;
INSERT INTO word VALUES (1, 'email'), (2, 'crm.contact'), (3, 'case.opened'), (4, 'mail'),
    (5, 'support'), (6, 'name.full'), (7, 'same_record@1'), (8, 'crm');
INSERT INTO source(id, connection, stream, records, touchpoints, checkpoint_version, checkpoint)
    VALUES (1, 'crm', 'contacts', 2, 1, 3, 'page 7');
INSERT INTO record VALUES (1, 1, '17', x'00', '', 0, 0, 0), (2, 1, '18', x'00', '', 0, 0, 0);
INSERT INTO customer VALUES (1, 'cu_ana', 2, 0, 5);
INSERT INTO identity VALUES (1, 1, 'ana@example.org', 1, 1, 5, 9), (2, 2, '17', 0, 1, 5, 9);
INSERT INTO identity_source VALUES (2, 8);
INSERT INTO search_term VALUES ('ana', 1);
INSERT INTO fact VALUES (4096, 2, 6, '"Ana Silva"', '', 1000000);
INSERT INTO link(id, a, b, polarity, author, rule, evidence, asserted_at, recorded_at, reason)
    VALUES (1, 1, 2, 0, 0, 7, 1, 5, 5, '');
UPDATE total SET value = 1 WHERE name = 'links';
INSERT INTO touchpoint VALUES (8192, 1, 2000000, 3, 4, 5, 0, NULL,
    '{"kind":"case.opened","refs":[{"rel":"case","id":"T-48211"}],"experience":[{"measure":"csat"}],
     "privacy":{"class":"sensitive"}}');
INSERT INTO touchpoint_part VALUES (2, '', 0);
INSERT INTO timeline VALUES (1, 2000000, 8192, 5, 3, 4);
INSERT INTO timeline_length VALUES (1, 1);
)sql";

class Upgrade : public testing::Test {
protected:
    Upgrade() { std::filesystem::create_directories(folder_); }
    ~Upgrade() override { std::filesystem::remove_all(folder_); }

    /// A file as the program of that version left it.
    void make_file(std::initializer_list<const char*> steps) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
        for (const char* sql : steps)
            ASSERT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK)
                << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    std::unique_ptr<Store> open() {
        auto store = open_sqlite({file_, 4, false});
        EXPECT_TRUE(store) << store.error().text();
        return std::move(store).value();
    }

    std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                    ("touchline-upgrade-" + std::to_string(::getpid()));
    std::filesystem::path file_ = folder_ / "touchline.db";
};

TEST_F(Upgrade, KeepsWhatTheFirstVersionStored) {
    make_file({sqlite::k_schema_1, k_installation});
    const auto store = open();
    const auto reader = std::move(store->reader()).value();
    const auto identity = reader->find_identity("email", "ana@example.org").value();
    ASSERT_TRUE(identity);
    EXPECT_FALSE(identity->shared);
    const auto customer = reader->customer("cu_ana").value();
    ASSERT_TRUE(customer);
    const auto identities = reader->identities_of(customer->key).value();
    ASSERT_EQ(identities.size(), 2U);
    const std::vector<IdentityKey> keys{identities[0].key, identities[1].key};
    EXPECT_EQ(reader->timeline(keys, {}, 0, 10)->total, 1);
    const auto facts = reader->facts_of(keys).value();
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].value, R"("Ana Silva")");
    EXPECT_EQ(facts[0].trust, model::Trust::claimed);
    EXPECT_EQ(reader->component(keys)->links.size(), 1U);
    EXPECT_EQ(reader->counts()->links, 1);
    EXPECT_EQ(reader->checkpoint("crm", "contacts")->state, "page 7");
}

TEST_F(Upgrade, FillsTheTablesThatTheFirstVersionDidNotHave) {
    make_file({sqlite::k_schema_1, k_installation});
    const auto store = open();
    const auto reader = std::move(store->reader()).value();
    const auto identity = reader->find_identity("email", "ana@example.org").value();
    EXPECT_EQ(reader->annotated({&identity->key, 1})->size(), 1U);
    EXPECT_EQ(reader->classified({&identity->key, 1})->at(0).privacy, "sensitive");
    const auto about = reader->identities_about("t-48211", 5).value();
    ASSERT_EQ(about.size(), 1U);
    EXPECT_EQ(about[0].key, identity->key);
    EXPECT_TRUE(reader->choices_of({&identity->key, 1})->empty());
    EXPECT_FALSE(reader->matching_limits().value()) << "no likeness was found by any yet";
}

TEST_F(Upgrade, TakesNewRecordsAfterwards) {
    make_file({sqlite::k_schema_1, k_installation});
    const auto store = open();
    const auto transaction = std::move(store->begin()).value();
    ASSERT_TRUE(transaction->make_all_profiles_due());
    EXPECT_EQ(transaction->read().due_profiles(5)->size(), 1U);
    const IdentityName name{"email", "ana@example.org", model::Strength::strong, {}};
    const auto known = transaction->intern({&name, 1}, Time()).value();
    const FactWrite fact{
        RecordKey{1},
        known[0].key,
        "name.full",
        R"("Ana Lima")",
        "",
        Time(),
        model::Trust::verified};
    ASSERT_TRUE(transaction->put_facts(RecordKey{1}, {&fact, 1}, Time()));
    ASSERT_TRUE(transaction->commit());
    const auto reader = std::move(store->reader()).value();
    EXPECT_EQ(reader->facts_of({&known[0].key, 1})->at(0).value, R"("Ana Lima")");
}

TEST_F(Upgrade, DecidesLikenessesAnewByTheMeanOfAllPairs) {
    make_file(
        {sqlite::k_schema_1,
         k_installation,
         sqlite::k_schema_2,
         sqlite::k_schema_3,
         "PRAGMA user_version = 3; INSERT INTO profile VALUES (2, 'name', x'')"}
    );
    const auto store = open();
    const auto limits = std::move(store->reader()).value()->matching_limits().value();
    ASSERT_TRUE(limits);
    EXPECT_EQ(limits->join_from, 1);
    EXPECT_EQ(limits->review_from, 0);
    EXPECT_EQ(std::move(store->reader()).value()->due_profiles(5)->size(), 1U);
}

}  // namespace
}  // namespace touchline::store
