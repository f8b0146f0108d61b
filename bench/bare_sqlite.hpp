// What anybody would write by hand: the same touchpoint rows into one SQLite table with the same
// two indexes, in the same batches, nothing else.
#pragma once

#include "synthetic.hpp"

#include <filesystem>
#include <span>

struct sqlite3;
struct sqlite3_stmt;

namespace touchline::bench {

class BareSqlite {
public:
    BareSqlite(const std::filesystem::path& file, int cache_mib);
    ~BareSqlite();
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;

    void insert(std::span<const SyntheticRecord> batch);

private:
    void execute(const char* sql);

    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

}  // namespace touchline::bench
