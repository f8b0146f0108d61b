#include "connection.hpp"

#include "status.hpp"

namespace touchline::store::sqlite {
namespace {

constexpr int k_busy_milliseconds = 5000;

// The map is file-backed and shared by the readers; the writer goes through its page cache.
constexpr const char* k_reading =
    "PRAGMA query_only = on; PRAGMA mmap_size = 134217728; PRAGMA temp_store = memory";
// The page size is that of a new file; one that exists keeps its own. Twice SQLite's: half as many
// writes to the log, and one level less in large trees.
constexpr const char* k_writing =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; "
    "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = memory; "
    "PRAGMA trusted_schema = off";

/// SQLite counts its memory under a lock that every allocation takes; nobody reads the count. It
/// refuses once it is in use by somebody else in this process, which then costs only speed.
void stop_counting_memory() {
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(once);
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(
    const std::filesystem::path& file, Use use, int cache_kib
) {
    stop_counting_memory();
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

Result<void> Connection::run(std::string_view sql) {
    TOUCHLINE_TRY(Query query, this->query(sql));
    return query.run();
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
