// One SQLite connection and its prepared statements. One thread at a time.
#pragma once

#include "query.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace touchline::store::sqlite {

class Connection {
public:
    enum class Use { read, write };
    /// A reading connection refuses to write.
    static Result<std::unique_ptr<Connection>> open(
        const std::filesystem::path& file, Use use, int cache_kib
    );

    /// Prepared once per text. The same text must not be in use twice at the same time.
    Result<Query> query(std::string_view sql);
    /// Runs one statement that has no parameters; prepared once, as with query().
    Result<void> run(std::string_view sql);
    /// Runs statements that have no parameters and whose rows do not matter.
    Result<void> execute(const char* sql);
    Result<std::int64_t> integer(std::string_view sql);

    std::int64_t last_key() const { return sqlite3_last_insert_rowid(db_.get()); }
    /// Rows that the last statement touched.
    int changes() const { return sqlite3_changes(db_.get()); }
    bool in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
    sqlite3* native() { return db_.get(); }

private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    explicit Connection(sqlite3* db) : db_(db) {}

    std::unique_ptr<sqlite3, Close> db_;
    std::unordered_map<
        std::string,
        std::unique_ptr<sqlite3_stmt, Finalize>,
        TextHash,
        std::equal_to<>>
        statements_;
};

}  // namespace touchline::store::sqlite
