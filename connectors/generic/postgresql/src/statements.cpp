#include "statements.hpp"

namespace postgresql {

namespace {

/// Transaction numbers of rows have 32 bits and come round; half of them are older. Those below 3
/// are of no transaction: older than all.
std::string changed_since(const std::string& parameter) {
    const std::string xmin = "xmin::text::bigint";
    return "(" + xmin + " >= 3 AND ((" + xmin + " - (" + parameter +
           "::text::bigint % 4294967296) + 4294967296) % 4294967296) < 2147483648)";
}

/// What a page is cut out of: conditions and their parameters, one after the other.
class Conditions {
public:
    void add(const std::string& condition) {
        text_ += (text_.empty() ? " WHERE " : " AND ") + condition;
    }
    /// "$3", which stands for the value from now on.
    std::string parameter(const std::string& value) {
        parameters_.push_back(value);
        return "$" + std::to_string(parameters_.size());
    }
    /// "(cursor, key) > ($1, $2)"
    void compare(const Table& table, const char* how, const Position& position) {
        if (table.cursor.empty()) {
            add(quote_name(table.key) + " " + how + " " + parameter(position.key));
            return;
        }
        const std::string cursor = quote_name(table.cursor);
        // A position without a key is before all rows with its cursor.
        if (position.key.empty()) {
            add(cursor + " >= " + parameter(position.cursor));
            return;
        }
        const std::string at = parameter(position.cursor), key = parameter(position.key);
        add("(" + cursor + ", " + quote_name(table.key) + ") " + how + " (" + at + ", " + key + ")"
        );
    }
    const std::string& text() const { return text_; }
    const std::vector<std::string>& parameters() const { return parameters_; }

private:
    std::string text_;
    std::vector<std::string> parameters_;
};

Conditions after(const Table& table, const Position& from, const std::string& horizon) {
    Conditions conditions;
    if (!from.empty()) conditions.compare(table, ">", from);
    if (!horizon.empty()) conditions.add(changed_since(conditions.parameter(horizon)));
    if (!table.cursor.empty()) conditions.add(quote_name(table.cursor) + " IS NOT NULL");
    return conditions;
}

std::string order(const Table& table) {
    const std::string key = quote_name(table.key);
    return " ORDER BY " + (table.cursor.empty() ? key : quote_name(table.cursor) + ", " + key);
}

}  // namespace

std::string quote_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

std::string quote_table(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return quote_name(name);
    return quote_name(name.substr(0, dot)) + "." + quote_name(name.substr(dot + 1));
}

Statement glance(const Table& table) {
    // A view has no xmin, which is then what the database says.
    const std::string condition =
        table.cursor.empty() ? "xmin IS NULL" : quote_name(table.cursor) + " IS NULL";
    const std::string name = quote_table(table.name);
    return {
        "SELECT EXISTS (SELECT " + quote_name(table.key) + " FROM " + name + " WHERE " + condition +
            ") AS unread",
        {}};
}

Statement page_end(
    const Table& table, const Position& from, const std::string& horizon, std::int64_t count
) {
    const Conditions conditions = after(table, from, horizon);
    const std::string key = quote_name(table.key);
    const std::string cursor = table.cursor.empty() ? key : quote_name(table.cursor);
    return {
        "SELECT c::text AS cursor, k::text AS key FROM (SELECT " + cursor + " AS c, " + key +
            " AS k FROM " + quote_table(table.name) + conditions.text() + order(table) + " LIMIT " +
            std::to_string(count) + ") AS page ORDER BY c DESC, k DESC LIMIT 1",
        conditions.parameters()};
}

Statement page_rows(
    const Table& table, const Position& from, const Position& end, const std::string& horizon
) {
    Conditions conditions = after(table, from, horizon);
    conditions.compare(table, "<=", end);
    return {
        "SELECT * FROM " + quote_table(table.name) + conditions.text() + order(table),
        conditions.parameters()};
}

Statement stepped_back(const Table& table, const Position& position) {
    const std::string cursor = quote_name(table.cursor);
    // The column's own type, also when the table is empty.
    return {
        "SELECT CASE WHEN pg_typeof(c)::text LIKE 'timestamp%' THEN "
        "(c::text::timestamptz - make_interval(secs => " +
            std::to_string(table.overlap_seconds) + "))::text ELSE '' END AS cursor FROM (SELECT " +
            cursor + " AS c FROM " + quote_table(table.name) +
            " WHERE false UNION ALL SELECT $1) AS position",
        {position.cursor}};
}

Statement current_horizon() {
    return {"SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin", {}};
}

}  // namespace postgresql
