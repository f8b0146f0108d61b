// The embedded store: one SQLite file in WAL mode.
#pragma once

#include "touchline/store/store.hpp"

#include <filesystem>

namespace touchline::store {

struct SqliteOptions {
    std::filesystem::path file;
    /// Page cache of the writer; readers take a part of it.
    int cache_mib = 64;
    /// Off: a power cut may lose the last commits, never the file. On: every commit is on the disk.
    bool synchronous_full = false;
};

/// Opens or makes the file and brings its schema up to date. Errors: config (not a Touchline file,
/// or one of a newer version, with the numbers), unavailable (cannot be opened, disk full, locked
/// by another process).
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options);

}  // namespace touchline::store
