#include "touchline/identity/names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace touchline::identity {

namespace {

constexpr std::size_t k_words_max = 12;
constexpr std::size_t k_typo_word_min = 5;

/// The words of a name and which of them are still without a partner.
struct Words {
    explicit Words(std::string_view name) {
        for (std::size_t begin = 0; begin < name.size() && count < k_words_max;) {
            const auto end = std::min(name.find(' ', begin), name.size());
            if (end > begin) word[count++] = name.substr(begin, end - begin);
            begin = end + 1;
        }
    }

    std::array<std::string_view, k_words_max> word;
    std::array<bool, k_words_max> taken{};
    std::size_t count = 0;
};

/// Pairs words off while `match` says so; returns how many pairs it made.
template <typename Match>
std::size_t pair_off(Words& few, Words& many, std::size_t limit, Match match) {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < few.count; ++i) {
        for (std::size_t j = 0; j < many.count && !few.taken[i] && pairs < limit; ++j) {
            if (many.taken[j] || !match(i, j)) continue;
            few.taken[i] = many.taken[j] = true;
            ++pairs;
        }
    }
    return pairs;
}

/// One letter more, less, other, or two neighbours swapped.
bool one_edit_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() < k_typo_word_min || b.size() - a.size() > 1) return false;
    const auto start = std::size_t(std::ranges::mismatch(a, b).in1 - a.begin());
    const auto rest_a = a.substr(start), rest_b = b.substr(start);
    if (a.size() != b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.empty() || rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

/// "a" or "alex" for "alexander". Where both stand last they are surnames, and Smith is not
/// Smithson.
bool begins(const Words& few, std::size_t i, const Words& many, std::size_t j) {
    const auto a = few.word[i], b = many.word[j];
    const bool surnames = i > 0 && j > 0 && i + 1 == few.count && j + 1 == many.count;
    return (a.starts_with(b) || b.starts_with(a)) && (!surnames || a.size() == 1 || b.size() == 1);
}

/// "de la cruz" and "delacruz".
bool same_letters(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (true) {
        while (i < a.size() && a[i] == ' ') ++i;
        while (j < b.size() && b[j] == ' ') ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (a[i++] != b[j++]) return false;
    }
}

}  // namespace

bool names_compatible(std::string_view a, std::string_view b) {
    if (a == b) return true;
    Words few(a), many(b);
    if (few.count > many.count) std::swap(few, many);
    if (few.count == 0) return true;
    const auto equal = pair_off(few, many, k_words_max, [&](auto i, auto j) {
        return few.word[i].size() > 1 && few.word[i] == many.word[j];
    });
    const auto typos = pair_off(few, many, 1, [&](auto i, auto j) {
        return one_edit_apart(few.word[i], many.word[j]);
    });
    // A beginning says something only beside a whole word that agrees.
    const auto beginnings = equal == 0 ? 0 : pair_off(few, many, k_words_max, [&](auto i, auto j) {
        return begins(few, i, many, j);
    });
    return equal + typos + beginnings == few.count || same_letters(a, b);
}

}  // namespace touchline::identity
