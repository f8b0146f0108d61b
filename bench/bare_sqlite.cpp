#include "bare_sqlite.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

namespace touchline::bench {
namespace {

constexpr const char* k_schema =
    "PRAGMA journal_mode = wal; PRAGMA synchronous = normal; PRAGMA wal_autocheckpoint = 16384;"
    "CREATE TABLE touchpoint(id INTEGER PRIMARY KEY, source INTEGER, external_id TEXT,"
    " identity INTEGER, occurred_at INTEGER, kind INTEGER, channel INTEGER, department INTEGER,"
    " direction INTEGER, data TEXT, UNIQUE(source, external_id));"
    "CREATE INDEX timeline ON touchpoint(identity, occurred_at)";

void bind(sqlite3_stmt* statement, int index, const std::string& text) {
    sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

}  // namespace

BareSqlite::BareSqlite(const std::filesystem::path& file, int cache_mib) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) std::abort();
    execute(("PRAGMA cache_size = -" + std::to_string(cache_mib * 1024)).c_str());
    execute(k_schema);
    sqlite3_prepare_v2(
        db_,
        "INSERT INTO touchpoint(source, external_id, identity, occurred_at, kind, channel,"
        " department, direction, data) VALUES (1, ?1, ?2, ?3, 4, 5, 6, 0, ?4)",
        -1,
        &insert_,
        nullptr
    );
}

BareSqlite::~BareSqlite() {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
}

void BareSqlite::insert(std::span<const SyntheticRecord> batch) {
    execute("BEGIN");
    for (const SyntheticRecord& record : batch) {
        bind(insert_, 1, record.external_id);
        sqlite3_bind_int64(insert_, 2, record.customer);
        sqlite3_bind_int64(insert_, 3, record.occurred_at);
        bind(insert_, 4, record.touchpoint);
        if (sqlite3_step(insert_) != SQLITE_DONE) std::abort();
        sqlite3_reset(insert_);
    }
    execute("COMMIT");
}

void BareSqlite::execute(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return;
    std::fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db_));
    std::abort();
}

}  // namespace touchline::bench
