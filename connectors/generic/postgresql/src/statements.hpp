// The SQL that the connector asks: pure functions of the settings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postgresql {

struct Table {
    std::string name, key, cursor;  ///< as in the settings
    std::int64_t overlap_seconds = 0;
};

struct Statement {
    std::string sql;
    std::vector<std::string> parameters;
};

/// Where a page ends and the next one begins. Empty: before the first row.
struct Position {
    std::string cursor, key;  ///< as text; without a cursor column only the key
    bool empty() const { return cursor.empty() && key.empty(); }
};

/// `shop.orders` as "shop"."orders".
std::string quote_name(std::string_view name);
std::string quote_table(std::string_view name);

/// Whether the table can be read as the settings say, and whether rows are left out: {unread}.
Statement glance(const Table& table);
/// The position of the last of the first `count` rows after `from`, as one row {cursor, key}; no
/// row: there are none. `horizon`: only rows of this transaction or later ones; empty: all.
Statement page_end(
    const Table& table, const Position& from, const std::string& horizon, std::int64_t count
);
/// All rows after `from` up to `end`, whole.
Statement page_rows(
    const Table& table, const Position& from, const Position& end, const std::string& horizon
);
/// As far back from the position as the overlap says, as one row {cursor}; empty when the cursor is
/// no time.
Statement stepped_back(const Table& table, const Position& position);
/// The oldest transaction that may still change something, as one row {xmin}.
Statement current_horizon();

}  // namespace postgresql
