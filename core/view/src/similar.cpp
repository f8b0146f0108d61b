#include "similar.hpp"

#include <algorithm>

namespace touchline::view {
namespace {

constexpr std::size_t k_letters_taken_as_right = 2;
constexpr std::size_t k_terms_looked_at = 20'000;
constexpr std::size_t k_terms_meant = 3;

/// Short words are too close to one another for two mistakes.
std::size_t mistakes_in(std::string_view term) {
    return term.size() < 4 ? 0 : term.size() < 7 ? 1 : 2;
}

}  // namespace

// Optimal string alignment, three rows of the matrix at a time.
std::size_t typing_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

Result<std::vector<std::string>> meant_by(store::Reader& reader, std::string_view term) {
    const std::size_t limit = mistakes_in(term);
    if (limit == 0) return std::vector<std::string>();
    TOUCHLINE_TRY(
        const auto terms,
        reader.terms_from(term.substr(0, k_letters_taken_as_right), k_terms_looked_at)
    );
    std::vector<std::pair<std::size_t, std::string>> close;
    for (const std::string& known : terms) {
        const std::size_t distance = typing_distance(term, known, limit);
        if (distance <= limit) close.emplace_back(distance, known);
    }
    std::sort(close.begin(), close.end());
    if (close.size() > k_terms_meant) close.resize(k_terms_meant);
    std::vector<std::string> meant;
    for (auto& [distance, known] : close) meant.push_back(std::move(known));
    return meant;
}

}  // namespace touchline::view
