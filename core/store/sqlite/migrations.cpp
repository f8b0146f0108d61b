#include "migrations.hpp"

#include "schema.hpp"
#include "schema_replay.hpp"
#include "schema_set_aside.hpp"

#include <iterator>
#include <string>

namespace touchline::store::sqlite {
namespace {

constexpr std::int64_t k_application = 0x544c4e45;  // "TLNE"
/// The n-th brings a file of version n to n + 1. Published ones never change.
constexpr const char* k_migrations[] = {
    k_schema_1,
    k_schema_2,
    k_schema_3,
    k_schema_replay,
    k_schema_5,
    k_schema_set_aside,
    k_schema_7};

Error foreign_file(Connection& db) {
    const char* file = sqlite3_db_filename(db.native(), "main");
    return Error(
               Code::config,
               std::string(file) + " is a database of another program, not a Touchline store"
    )
        .cure("Name another file, or move this one away.");
}

Error newer_file(Connection& db, std::int64_t version) {
    const char* file = sqlite3_db_filename(db.native(), "main");
    return Error(
               Code::config,
               std::string(file) + " has schema version " + std::to_string(version) +
                   ", and this Touchline knows versions up to " +
                   std::to_string(std::size(k_migrations))
    )
        .cure("Start the newer Touchline that made the file, or put back a backup from before.");
}

Result<void> step(Connection& db, std::size_t version) {
    TOUCHLINE_CHECK(db.execute("BEGIN IMMEDIATE"));
    const std::string mark = "PRAGMA application_id = " + std::to_string(k_application) +
                             "; PRAGMA user_version = " + std::to_string(version + 1);
    auto done = db.execute(k_migrations[version]);
    if (done) done = db.execute(mark.c_str());
    if (done) done = db.execute("COMMIT");
    if (!done && db.in_transaction()) {
        // The first error says more than that of the rollback.
        static_cast<void>(db.execute("ROLLBACK").has_value());
    }
    return done;
}

}  // namespace

Result<void> migrate(Connection& db) {
    TOUCHLINE_TRY(const auto application, db.integer("PRAGMA application_id"));
    TOUCHLINE_TRY(const auto version, db.integer("PRAGMA user_version"));
    TOUCHLINE_TRY(const auto tables, db.integer("SELECT count(*) FROM sqlite_schema"));
    if (application != k_application && (application != 0 || version != 0 || tables != 0)) {
        return foreign_file(db);
    }
    if (version > std::ssize(k_migrations)) return newer_file(db, version);
    for (auto next = static_cast<std::size_t>(version); next < std::size(k_migrations); ++next) {
        TOUCHLINE_CHECK(step(db, next));
    }
    return {};
}

}  // namespace touchline::store::sqlite
