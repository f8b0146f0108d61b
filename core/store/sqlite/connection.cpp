#include "connection.hpp"

#include "status.hpp"

namespace touchline::store::sqlite {
namespace {

constexpr int k_busy_milliseconds = 5000;

// The map is file-backed and shared by the readers; the writer goes through its page cache.
constexpr const char* k_reading =
    "PRAGMA query_only = on; PRAGMA mmap_size = 268435456; PRAGMA temp_store = memory";
constexpr const char* k_writing =
    "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; "
    "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = memory; "
    "PRAGMA trusted_schema = off";

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(
    const std::filesystem::path& file, Use use, int cache_kib
) {
    sqlite3* db = nullptr;
    const int create = use == Use::write ? SQLITE_OPEN_CREATE : 0;
    const int status = sqlite3_open_v2(
        file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | create, nullptr
    );
    std::unique_ptr<Connection> connection(new Connection(db));
    if (status != SQLITE_OK) return to_error(db, status);
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, k_busy_milliseconds);
    TOUCHLINE_CHECK(
        connection->execute(("PRAGMA cache_size = -" + std::to_string(cache_kib)).c_str())
    );
    TOUCHLINE_CHECK(connection->execute(use == Use::write ? k_writing : k_reading));
    return connection;
}

Result<Query> Connection::query(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) {
        return Query(found->second.get());
    }
    sqlite3_stmt* statement = nullptr;
    const int status = sqlite3_prepare_v3(
        db_.get(),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        nullptr
    );
    if (status != SQLITE_OK) return to_error(db_.get(), status);
    statements_.emplace(std::string(sql), statement);
    return Query(statement);
}

Result<void> Connection::execute(const char* sql) {
    const int status = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) return to_error(db_.get(), status);
    return {};
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
    TOUCHLINE_TRY(Query query, this->query(sql));
    TOUCHLINE_TRY(const bool found, query.next());
    return found ? query.integer(0) : 0;
}

}  // namespace touchline::store::sqlite
