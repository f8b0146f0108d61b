// Reading what has changed by (time, id): no offsets, which lose rows when others move; no times
// alone, which lose rows that share one.
#pragma once

#include <cstdint>
#include <string>

namespace touchline::sdk {

/// Where a keyset reader stands. Pages are sorted by time, or inside a tie by id.
struct Keyset {
    std::int64_t time_ms = 0;
    /// More rows share `time_ms` than fit one page: ask for those alone, sorted by id, after
    /// `after` (empty: from the first).
    bool in_tie = false;
    std::string after;
};

/// What the connector saw of the page that it asked for at a keyset.
struct KeysetPage {
    std::size_t rows = 0;
    bool is_full = false;  ///< as many rows as were asked for: there may be more
    std::int64_t first_time_ms = 0, last_time_ms = 0;
    std::string last_id;
};

/// Where to ask next. Outside of a tie the next page begins at the last row's time, so that rows of
/// that time are read again rather than lost (ids make that harmless). `tick_ms` is the resolution
/// of the source's times.
inline Keyset next_keyset(const Keyset& at, const KeysetPage& page, std::int64_t tick_ms) {
    if (at.in_tie) {
        if (page.is_full) return {at.time_ms, true, page.last_id};
        return {at.time_ms + tick_ms, false, {}};
    }
    if (page.rows == 0) return at;
    // A full page of one time: there is no later time to ask from. Which ids it holds is chance, so
    // the tie is read from its first id.
    const bool is_tie = page.is_full && page.first_time_ms == page.last_time_ms;
    return {page.last_time_ms, is_tie, {}};
}

/// Whether the reader has come to the end with this page.
inline bool keyset_ends(const Keyset& at, const KeysetPage& page) {
    return !at.in_tie && !page.is_full;
}

/// Where the next run begins: a little before the last time, because rows become visible after
/// later ones (long transactions, search indexes that lag).
inline Keyset with_overlap(const Keyset& reached, std::int64_t overlap_ms) {
    if (reached.in_tie) return reached;
    return {reached.time_ms > overlap_ms ? reached.time_ms - overlap_ms : 0, false, {}};
}

}  // namespace touchline::sdk
