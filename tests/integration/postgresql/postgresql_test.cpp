// The connector for PostgreSQL against a real server, in this process and in a runner.
#include "touchline/rows/postgresql.hpp"

#include "eventually.hpp"
#include "postgresql_server.hpp"
#include "reading.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace touchline::postgresql_test {
namespace {

using integration::Configured;
using integration::ConnectorBench;
using integration::Housing;
using integration::Reading;
using integration::Records;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

#define ASSERT_FINE(...)                                        \
    do {                                                        \
        const auto fine_ = (__VA_ARGS__);                       \
        ASSERT_TRUE(fine_.has_value()) << fine_.error().text(); \
    } while (false)

/// One server for all tests: each has a table of its own.
class Rows : public testing::TestWithParam<Housing> {
protected:
    static void SetUpTestSuite() {
        if (!PostgresqlServer::is_installed()) return;
        auto server = PostgresqlServer::start();
        ASSERT_TRUE(server) << server.error().text();
        server_ = std::move(*server);
        client_ = rows::make_postgresql_client();
    }
    static void TearDownTestSuite() {
        client_.reset();
        server_.reset();
    }
    void SetUp() override {
        if (!PostgresqlServer::is_installed())
            GTEST_SKIP() << "PostgreSQL is not installed: scripts/prepare test";
        ASSERT_TRUE(server_);
        static int number = 0;
        table_ = "orders_" + std::to_string(++number);
        sql("CREATE TABLE " + table_ +
            " (id bigint PRIMARY KEY, note text, deleted boolean NOT NULL DEFAULT false,"
            " updated timestamptz NOT NULL DEFAULT clock_timestamp());"
            "GRANT SELECT ON " +
            table_ + " TO reader");
    }

    void sql(const std::string& statements) {
        const auto done = server_->sql(statements);
        ASSERT_TRUE(done) << done.error().text();
    }
    /// So many rows from an id on, all with one time.
    void insert(int first, int count, const std::string& updated = "'2026-10-01 00:00:00+00'") {
        sql("INSERT INTO " + table_ + " SELECT i, 'note ' || i, false, " + updated +
            " FROM generate_series(" + std::to_string(first) + ", " +
            std::to_string(first + count - 1) + ") AS i");
    }
    Configured setup(
        const std::string& more = R"(, "cursor": "updated")",
        std::string_view password = PostgresqlServer::k_password
    ) const {
        Configured setup;
        setup.plugin = "postgresql";
        setup.settings =
            R"({"host": "127.0.0.1", "database": "postgres", "key": "id", "page": 100, "port": )" +
            std::to_string(server_->port()) + R"(, "table": "public.)" + table_ + "\"" + more + "}";
        setup.credentials = net::BasicLogin{"reader", Secret(std::string(password))};
        setup.world.rows = client_.get();
        setup.housing = GetParam();
        return setup;
    }
    static Result<std::unique_ptr<ConnectorBench>> open(Configured setup) {
        return ConnectorBench::open(std::move(setup));
    }
    std::unique_ptr<ConnectorBench> open_with(const std::string& more) const {
        auto reader = open(setup(more));
        if (!reader) ADD_FAILURE() << reader.error().text();
        return reader ? std::move(*reader) : nullptr;
    }
    static Records news(ConnectorBench& reader) {
        auto records = reader.news("rows");
        if (!records) ADD_FAILURE() << records.error().text();
        return records ? std::move(*records) : Records();
    }
    static std::string ids(const Records& records) {
        std::string all;
        for (const auto& [id, text] : records) all += (all.empty() ? "" : " ") + id;
        return all;
    }
    Result<std::unique_ptr<net::RowSession>> session() const {
        net::RowTarget target;
        target.name = "database";
        target.address = {"127.0.0.1", server_->port(), "postgres"};
        target.credentials =
            net::BasicLogin{"reader", Secret(std::string(PostgresqlServer::k_password))};
        target.send.allow_private_network = true;
        return client_->connect(target, {});
    }

    static inline std::unique_ptr<PostgresqlServer> server_;
    static inline std::unique_ptr<net::RowClient> client_;
    std::string table_;
};

constexpr const char* k_no_overlap = R"(, "cursor": "updated", "overlap_seconds": 0)";

TEST_P(Rows, AreReadWholeThoughTheirTimesAreEqualAndThenOnlyWhatIsNew) {
    insert(1, 350);
    const auto reader = open_with(k_no_overlap);
    ASSERT_TRUE(reader);
    const auto sentence = reader->checked();
    ASSERT_TRUE(sentence) << sentence.error().text();
    EXPECT_THAT(*sentence, HasSubstr("can be read"));
    EXPECT_THAT(news(*reader), SizeIs(350)) << "three pages and a half with one time";
    EXPECT_THAT(news(*reader), IsEmpty());
    insert(351, 2);
    EXPECT_EQ(ids(news(*reader)), "351 352") << "also with the time that was read already";
    sql("UPDATE " + table_ + " SET note = 'other', updated = now() WHERE id = 7");
    const Records changed = news(*reader);
    ASSERT_THAT(changed, SizeIs(1));
    EXPECT_THAT(changed.at("7"), HasSubstr("\"note\":\"other\""));
    sql("UPDATE " + table_ + " SET deleted = true, updated = now() WHERE id = 8");
    EXPECT_THAT(news(*reader).at("8"), HasSubstr("\"deleted\":true"));
    EXPECT_THAT(news(*reader), IsEmpty());
}

TEST_P(Rows, WhoseTransactionsEndLateAreReadWithinTheOverlap) {
    insert(1, 10, "now() - interval '30 seconds'");
    sql("BEGIN; INSERT INTO " + table_ +
        " (id, note, updated) VALUES (100, 'late', now() - interval '20 seconds');"
        "PREPARE TRANSACTION 'late_" +
        table_ + "'");
    insert(11, 1, "now()");
    const auto reader = open_with(R"(, "cursor": "updated", "overlap_seconds": 120)");
    ASSERT_TRUE(reader);
    EXPECT_THAT(news(*reader), SizeIs(11));
    sql("COMMIT PREPARED 'late_" + table_ + "'");
    EXPECT_THAT(news(*reader), testing::Contains(testing::Key("100")));
}

TEST_P(Rows, WithoutACursorAreFollowedByTheirTransactions) {
    insert(1, 250);
    sql("BEGIN; INSERT INTO " + table_ +
        " (id, note) VALUES (900, 'late'); PREPARE TRANSACTION 'late_" + table_ + "'");
    const auto reader = open_with("");
    ASSERT_TRUE(reader);
    ASSERT_FINE(reader->checked());
    EXPECT_THAT(news(*reader), SizeIs(250));
    sql("UPDATE " + table_ + " SET note = 'new' WHERE id IN (3, 240)");
    // A transaction that is open holds the horizon back: rows after it come again, none is missed.
    EXPECT_THAT(news(*reader), testing::IsSupersetOf({testing::Key("3"), testing::Key("240")}));
    sql("COMMIT PREPARED 'late_" + table_ + "'");
    EXPECT_THAT(news(*reader), testing::Contains(testing::Key("900")));
    static_cast<void>(news(*reader));
    EXPECT_THAT(news(*reader), IsEmpty());
    insert(5, 0);
    sql("INSERT INTO " + table_ + " (id) VALUES (1000)");
    EXPECT_EQ(ids(news(*reader)), "1000");
}

TEST_P(Rows, AreFollowedByANumberToo) {
    insert(1, 150);
    const auto reader = open_with(R"(, "cursor": "id")");
    ASSERT_TRUE(reader);
    EXPECT_THAT(news(*reader), SizeIs(150));
    EXPECT_THAT(news(*reader), IsEmpty()) << "numbers have no overlap";
    insert(151, 3);
    EXPECT_EQ(ids(news(*reader)), "151 152 153");
}

TEST_P(Rows, OfAViewCanTellOfDeletions) {
    insert(1, 3);
    sql("CREATE TABLE gone_" + table_ +
        " (id bigint, at timestamptz DEFAULT clock_timestamp());"
        "CREATE VIEW all_" +
        table_ + " AS SELECT id, note, updated, false AS gone FROM " + table_ +
        " UNION ALL SELECT id, NULL, at, true FROM gone_" + table_ +
        ";"
        "GRANT SELECT ON all_" +
        table_ +
        " TO reader;"
        "CREATE RULE keep AS ON DELETE TO " +
        table_ + " DO ALSO INSERT INTO gone_" + table_ + " (id) VALUES (old.id)");
    table_ = "all_" + table_;
    const auto reader = open_with(k_no_overlap);
    ASSERT_TRUE(reader);
    EXPECT_THAT(news(*reader), SizeIs(3));
    sql("DELETE FROM " + table_.substr(4) + " WHERE id = 2");
    const Records gone = news(*reader);
    ASSERT_THAT(gone, SizeIs(1));
    EXPECT_THAT(gone.at("2"), HasSubstr("\"gone\":true"));
}

TEST_P(Rows, GiveTheSameFromEveryCheckpoint) {
    insert(1, 450);
    for (const char* more : {k_no_overlap, ""}) {
        const auto reader = open_with(more);
        ASSERT_TRUE(reader);
        const auto whole = integration::read(reader->source(), "rows");
        ASSERT_TRUE(whole) << whole.error().text();
        ASSERT_THAT(whole->records, SizeIs(450));
        ASSERT_THAT(whole->checkpoints, SizeIs(6));
        for (const auto& [point, before] : whole->checkpoints) {
            const auto rest = integration::read(reader->source(), "rows", point);
            ASSERT_TRUE(rest) << rest.error().text();
            Records both = before;
            for (const auto& [id, text] : rest->records) both[id] = text;
            EXPECT_EQ(both, whole->records);
        }
    }
}

TEST_P(Rows, AreReadTheSameHoweverOftenTheReaderIsKilled) {
    insert(1, 3000);
    for (const std::string more : {k_no_overlap, ""}) {
        const auto reader = open_with(more);
        ASSERT_TRUE(reader);
        const auto whole = integration::read(reader->source(), "rows");
        ASSERT_TRUE(whole) << whole.error().text();
        ASSERT_THAT(whole->records, SizeIs(3000));
        const auto killed = integration::read_with_kills([&] { return open(setup(more)); }, "rows");
        ASSERT_TRUE(killed) << killed.error().text();
        EXPECT_GT(killed->killed, 0);
        EXPECT_EQ(killed->records, whole->records);
    }
}

TEST_P(Rows, KeepTheirTypes) {
    sql("ALTER TABLE " + table_ +
        " ADD price numeric(12,2) DEFAULT 1234567890.10, ADD tags text[] DEFAULT '{a,b}',"
        " ADD about jsonb DEFAULT '{\"x\": [1, null]}', ADD bytes bytea DEFAULT '\\x00ff';"
        "INSERT INTO " +
        table_ +
        " (id, note, updated) VALUES (1, 'Größe \"1\" \\ ☹', '2026-10-01 00:00:00.123456+02')");
    const auto reader = open_with(k_no_overlap);
    ASSERT_TRUE(reader);
    EXPECT_EQ(
        news(*reader).at("1"),
        R"({"id":1,"note":"Größe \"1\" \\ ☹","deleted":false,"updated":"2026-09-30T22:00:00.123456+00:00",)"
        R"("price":1234567890.10,"tags":["a","b"],"about":{"x": [1, null]},"bytes":"\\x00ff"})"
    );
}

TEST_P(Rows, OfManyMebibytesComeInPagesThatFit) {
    sql("INSERT INTO " + table_ +
        " (id, note, updated) SELECT i, repeat('x', 2000000), now() FROM generate_series(1, 20) AS "
        "i");
    const auto reader = open_with(k_no_overlap);
    ASSERT_TRUE(reader);
    EXPECT_THAT(news(*reader), SizeIs(20));
    EXPECT_THAT(news(*reader), IsEmpty());
}

TEST_P(Rows, SayWhatIsWrong) {
    const auto error_of = [&](Configured setup) {
        auto reader = open(std::move(setup));
        auto checked = reader ? (*reader)->checked() : Result<std::string>(reader.error());
        return checked ? Error(Code::internal, "nothing is wrong") : checked.error();
    };
    const Error password = error_of(setup("", "wr0ng-and-secret"));
    EXPECT_EQ(password.code(), Code::auth) << password.text();
    EXPECT_THAT(password.text(), Not(HasSubstr("wr0ng")));

    auto elsewhere = setup();
    elsewhere.settings.replace(elsewhere.settings.find("\"postgres\""), 10, "\"nowhere\"");
    EXPECT_EQ(error_of(elsewhere).code(), Code::config) << error_of(elsewhere).text();

    EXPECT_EQ(error_of(setup(R"(, "cursor": "nothing")")).code(), Code::config);
    EXPECT_THAT(error_of(setup(R"(, "cursor": "nothing")")).text(), HasSubstr("nothing"));
    sql("REVOKE SELECT ON " + table_ + " FROM reader");
    EXPECT_EQ(error_of(setup()).code(), Code::denied);
    EXPECT_THAT(error_of(setup()).cure(), HasSubstr("Grant SELECT"));

    auto outside = setup();
    outside.private_network = false;
    EXPECT_EQ(error_of(outside).code(), Code::denied);
}

TEST_P(Rows, CannotBeWrittenWhateverIsAsked) {
    insert(1, 2);
    sql("GRANT ALL ON " + table_ + " TO reader; CREATE SEQUENCE s_" + table_ +
        "; GRANT ALL ON SEQUENCE s_" + table_ + " TO reader");
    const auto rows = session();
    ASSERT_TRUE(rows) << rows.error().text();
    const std::vector<std::string> wicked_statements{
        "SELECT nextval('s_" + table_ + "')",
        "SELECT 1) q; DELETE FROM " + table_ + "; --",
        "DELETE FROM " + table_ + " RETURNING id",
        "WITH d AS (DELETE FROM " + table_ + " RETURNING id) SELECT * FROM d",
        "SELECT set_config('transaction_read_only', 'off', true)"};
    for (const std::string& wicked : wicked_statements) {
        auto fresh = session();
        ASSERT_TRUE(fresh);
        EXPECT_FALSE((*fresh)->query({wicked, {}}, {})) << wicked;
    }
    const auto left = server_->sql("SELECT count(*) FROM " + table_);
    ASSERT_TRUE(left);
    EXPECT_EQ(*left, "2\n");
}

TEST_P(Rows, ThatTakeLongAreGivenUpWhenNobodyWaits) {
    const auto rows = session();
    ASSERT_TRUE(rows) << rows.error().text();
    std::stop_source stop;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.request_stop();
    });
    const auto page = (*rows)->query({"SELECT pg_sleep(3600)", {}}, stop.get_token());
    stopper.join();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code(), Code::cancelled);
    EXPECT_TRUE(integration::eventually([&] {
        const auto running = server_->sql(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(3600)%' AND state = "
            "'active' AND pid <> pg_backend_pid()"
        );
        return running && *running == "0\n";
    })) << "the server goes on for nobody";
}

INSTANTIATE_TEST_SUITE_P(
    Both,
    Rows,
    testing::Values(Housing::in_process, Housing::isolated),
    [](const auto& mode) { return mode.param == Housing::isolated ? "Isolated" : "InProcess"; }
);

}  // namespace
}  // namespace touchline::postgresql_test
