// What is particular to the SQLite file: whose it is, which version, and what a full disk does.
#include "touchline/store/sqlite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <memory>

namespace touchline::store {
namespace {

class SqliteFile : public testing::Test {
protected:
    SqliteFile() { std::filesystem::create_directories(folder_); }
    ~SqliteFile() override { std::filesystem::remove_all(folder_); }

    Result<std::unique_ptr<Store>> open() { return open_sqlite({file_, 4, false}); }
    /// As another program would.
    void execute(const std::string& sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(file_.c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(db);
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("touchline-file-" + std::to_string(::getpid()));
    std::filesystem::path file_ = folder_ / "touchline.db";
};

TEST_F(SqliteFile, IsReadableByItsOwnerAlone) {
    ASSERT_TRUE(open().has_value());
    const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    EXPECT_EQ(std::filesystem::status(file_).permissions() & others, std::filesystem::perms::none);
}

TEST_F(SqliteFile, OfAnotherProgramIsLeftAlone) {
    execute("CREATE TABLE song(title TEXT)");
    const auto store = open();
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().code(), Code::config);
    EXPECT_THAT(store.error().message(), testing::HasSubstr("not a Touchline store"));
}

TEST_F(SqliteFile, OfANewerVersionIsRefusedWithBothNumbers) {
    ASSERT_TRUE(open().has_value());
    execute("PRAGMA user_version = 99");
    const auto store = open();
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().code(), Code::config);
    EXPECT_THAT(store.error().message(), testing::HasSubstr("99"));
    EXPECT_THAT(store.error().message(), testing::HasSubstr("up to 7"));
}

TEST_F(SqliteFile, InAMissingFolderIsUnavailable) {
    file_ = folder_ / "missing" / "touchline.db";
    const auto store = open();
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().code(), Code::unavailable);
    EXPECT_FALSE(store.error().cure().empty());
}

TEST_F(SqliteFile, SeesWhatAnotherProcessWroteBetweenTransactions) {
    const auto one = std::move(open()).value();
    const auto two = std::move(open()).value();
    const IdentityName name{"email", "ana", model::Strength::unique, {}};
    const auto intern = [&](Store& store) {
        const auto transaction = std::move(store.begin()).value();
        const Interned interned = std::move(transaction->intern({&name, 1}, Time())).value().at(0);
        EXPECT_TRUE(transaction->commit().has_value());
        return interned;
    };
    const Interned first = intern(*one);
    {
        const auto transaction = std::move(two->begin()).value();
        const auto customer = transaction->create_customer("cu_1", first.key, Time());
        const Transaction::Membership membership{first.key, customer.value()};
        EXPECT_TRUE(transaction->set_memberships({&membership, 1}).has_value());
        EXPECT_TRUE(transaction->commit().has_value());
    }
    EXPECT_EQ(intern(*one).customer, static_cast<CustomerKey>(1));
}

}  // namespace
}  // namespace touchline::store
