#include "new_identities.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace touchline::store::sqlite {
namespace {

constexpr std::size_t k_most_terms = 8;
constexpr std::size_t k_longest_term = 40;

/// At most 40 bytes, not cut inside a UTF-8 sequence.
std::string_view cut_term(std::string_view term) {
    if (term.size() <= k_longest_term) return term;
    std::size_t end = k_longest_term;
    while (end > 0 && (static_cast<unsigned char>(term[end]) & 0xc0U) == 0x80U) --end;
    return term.substr(0, end);
}

}  // namespace

Result<IdentityKey> NewIdentities::make(NewIdentityRow row, std::span<const std::string> terms) {
    if (rows_.empty()) {
        TOUCHLINE_TRY(const auto last, db_.integer("SELECT max(id) FROM identity"));
        first_key_ = last + 1;
    }
    const auto key = static_cast<IdentityKey>(first_key_ + std::ssize(rows_));
    rows_.push_back(std::move(row));
    for (const std::string& term : terms.first(std::min(terms.size(), k_most_terms))) {
        terms_.push_back({std::string(cut_term(term)), key});
    }
    return key;
}

NewIdentityRow* NewIdentities::find(IdentityKey key) {
    const std::int64_t place = static_cast<std::int64_t>(key) - first_key_;
    if (place < 0 || place >= std::ssize(rows_)) return nullptr;
    return &rows_[static_cast<std::size_t>(place)];
}

Result<void> NewIdentities::write() {
    if (rows_.empty()) return {};
    TOUCHLINE_CHECK(write_rows());
    TOUCHLINE_CHECK(write_terms());
    rows_.clear();
    terms_.clear();
    return {};
}

Result<void> NewIdentities::write_rows() {
    std::vector<std::uint32_t> order(rows_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t x, std::uint32_t y) {
        return std::tie(rows_[x].ns, rows_[x].value) < std::tie(rows_[y].ns, rows_[y].value);
    });
    TOUCHLINE_TRY(
        Query insert, db_.query("INSERT INTO identity VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)")
    );
    for (const std::uint32_t place : order) {
        const NewIdentityRow& row = rows_[place];
        insert.bind(
            first_key_ + place,
            row.ns,
            std::string_view(row.value),
            row.strength,
            row.customer,
            row.seen,
            row.shared
        );
        TOUCHLINE_CHECK(insert.run());
    }
    return {};
}

Result<void> NewIdentities::write_terms() {
    std::sort(terms_.begin(), terms_.end(), [](const Term& x, const Term& y) {
        return std::tie(x.text, x.identity) < std::tie(y.text, y.identity);
    });
    TOUCHLINE_TRY(Query insert, db_.query("INSERT OR IGNORE INTO search_term VALUES (?1, ?2)"));
    for (const Term& term : terms_) {
        TOUCHLINE_CHECK(insert.bind(std::string_view(term.text), term.identity).run());
    }
    return {};
}

}  // namespace touchline::store::sqlite
