#include "kind_filter.hpp"

#include <algorithm>

namespace touchline::store::sqlite {
namespace {

/// Words from `first` on and before `end`.
Result<void> add_words(
    Connection& db, std::string_view first, std::string_view end, std::string& keys
) {
    TOUCHLINE_TRY(Query query, db.query("SELECT id FROM word WHERE text >= ?1 AND text < ?2"));
    query.bind(first, end);
    return query.each([&] {
        if (keys.size() > 1) keys += ',';
        keys += std::to_string(query.integer(0));
    });
}

Result<void> add_matches(Connection& db, std::string_view entry, std::string& keys) {
    const std::string text(entry);
    const bool is_beginning = text.back() == '.';
    if (!is_beginning) TOUCHLINE_CHECK(add_words(db, text, text + '\0', keys));
    if (!is_beginning && text.find('.') != std::string::npos) return {};
    // '/' is the character after the dot: everything in between begins with the text and a dot.
    const std::string stem = is_beginning ? text.substr(0, text.size() - 1) : text;
    return add_words(db, stem + '.', stem + '/', keys);
}

}  // namespace

Result<std::string> kinds_matching(Connection& db, std::string_view list) {
    std::string keys = "[";
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (comma > 0) TOUCHLINE_CHECK(add_matches(db, list.substr(0, comma), keys));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    keys += ']';
    return keys;
}

}  // namespace touchline::store::sqlite
