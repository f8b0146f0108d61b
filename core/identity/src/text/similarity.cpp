#include "similarity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace touchline::identity {

namespace {

constexpr std::size_t k_bits = 64;
constexpr std::size_t k_prefix_max = 4;
constexpr double k_prefix_gain = 0.1;

using Mask = std::uint64_t;

/// The shorter text first, then the lesser one: what is computed below is not symmetric by itself.
struct Ordered {
    Ordered(std::string_view a, std::string_view b)
        : first(a.substr(0, k_bits)), second(b.substr(0, k_bits)) {
        if (first.size() > second.size() || (first.size() == second.size() && first > second))
            std::swap(first, second);
    }
    std::string_view first, second;
};

/// Letters in one half, digits and signs in the other. Signs that share a place (a space and an @)
/// hardly ever meet in one text.
std::size_t sign_of(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x60 ? byte & 0x1FU : 32U + (byte & 0x1FU);
}

/// Where each byte stands in a text. Small enough to be cleared for every pair.
class Places {
public:
    explicit Places(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) mask_[slot(text[i])] |= Mask{1} << i;
    }
    Mask of(char c) const { return mask_[slot(c)]; }

private:
    static std::size_t slot(char c) { return sign_of(c); }
    std::array<Mask, k_bits> mask_{};
};

Mask lowest(std::size_t count) {
    return count >= k_bits ? ~Mask{0} : (Mask{1} << count) - 1;
}

/// Processors of the baseline have no instruction for it, and the library's looks up a table.
constexpr int count_bits(Mask x) {
    x -= (x >> 1) & 0x5555555555555555ULL;
    x = (x & 0x3333333333333333ULL) + ((x >> 2) & 0x3333333333333333ULL);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
    return int((x * 0x0101010101010101ULL) >> 56);
}

double jaro(std::string_view a, std::string_view b) {
    const auto reach = std::max(b.size() / 2, std::size_t{1}) - 1;
    const Places places(b);
    Mask from_a = 0, from_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const Mask window = lowest(i + reach + 1) & ~(i > reach ? lowest(i - reach) : Mask{0});
        const Mask found = places.of(a[i]) & window & ~from_b;
        if (found == 0) continue;
        from_b |= found & (~found + 1);
        from_a |= Mask{1} << i;
    }
    const int matches = count_bits(from_a);
    if (matches == 0) return 0;
    int moved = 0;
    for (; from_a != 0; from_a &= from_a - 1, from_b &= from_b - 1)
        moved +=
            a[std::size_t(std::countr_zero(from_a))] != b[std::size_t(std::countr_zero(from_b))];
    const double m = matches;
    return (m / double(a.size()) + m / double(b.size()) + (m - moved / 2.0) / m) / 3;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
    if (a == b) return a.empty() ? 0 : 1;
    const Ordered texts(a, b);
    if (texts.first.empty()) return 0;
    const double alike = jaro(texts.first, texts.second);
    const auto end = std::min(texts.first.size(), k_prefix_max);
    std::size_t prefix = 0;
    while (prefix < end && texts.first[prefix] == texts.second[prefix]) ++prefix;
    return alike + double(prefix) * k_prefix_gain * (1 - alike);
}

int edit_distance(std::string_view a, std::string_view b) {
    const Ordered texts(a, b);
    const auto pattern = texts.first, text = texts.second;
    if (pattern.empty()) return int(text.size());
    const Places places(pattern);
    Mask up = ~Mask{0}, down = 0, diagonal = 0, before = 0;
    const Mask last = Mask{1} << (pattern.size() - 1);
    int distance = int(pattern.size());
    for (const char c : text) {
        const Mask here = places.of(c);
        const Mask swapped = (((~diagonal) & here) << 1) & before;
        diagonal = (((here & up) + up) ^ up) | here | down | swapped;
        Mask right_up = down | ~(diagonal | up);
        const Mask right_down = diagonal & up;
        distance += (right_up & last) != 0;
        distance -= (right_down & last) != 0;
        right_up = (right_up << 1) | 1;
        up = (right_down << 1) | ~(diagonal | right_up);
        down = right_up & diagonal;
        before = here;
    }
    return distance;
}

bool within_one_edit(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t begin = 0;
    while (begin < a.size() && a[begin] == b[begin]) ++begin;
    a.remove_prefix(begin);
    b.remove_prefix(begin);
    if (a.size() != b.size()) return a == b.substr(1);
    if (a.empty() || a.substr(1) == b.substr(1)) return true;
    return a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
}

std::uint64_t signs_of(std::string_view text) {
    constexpr std::size_t k_letters = 26, k_digits = 10, k_digits_end = k_letters + 3 * k_digits;
    std::uint64_t signs = 0;
    for (const char c : text) {
        std::size_t place = k_digits_end + static_cast<unsigned char>(c) % (k_bits - k_digits_end);
        if (c >= 'a' && c <= 'z') place = std::size_t(c - 'a');
        if (c >= '0' && c <= '9') {
            place = k_letters + std::size_t(c - '0');
            while ((signs >> place & 1) != 0 && place + k_digits < k_digits_end) place += k_digits;
        }
        signs |= Mask{1} << place;
    }
    return signs;
}

bool may_be_alike(const FeatureText& a, const FeatureText& b, double limit) {
    const double length_a = double(a.text.size()), length_b = double(b.text.size());
    const double matches = std::min(
        length_a - count_bits(a.signs & ~b.signs), length_b - count_bits(b.signs & ~a.signs)
    );
    const double jaro_most = (matches / length_a + matches / length_b + 1) / 3;
    // The longest common beginning does not help either.
    if (jaro_most + k_prefix_max * k_prefix_gain * (1 - jaro_most) < limit) return false;
    const auto end = std::min({a.text.size(), b.text.size(), k_prefix_max});
    std::size_t prefix = 0;
    while (prefix < end && a.text[prefix] == b.text[prefix]) ++prefix;
    return jaro_most + double(prefix) * k_prefix_gain * (1 - jaro_most) >= limit;
}

bool may_be_within(const FeatureText& a, const FeatureText& b, int edits) {
    const auto longer = std::max(a.text.size(), b.text.size());
    const auto shorter = std::min(a.text.size(), b.text.size());
    return longer - shorter <= std::size_t(edits) && count_bits(a.signs ^ b.signs) <= 2 * edits;
}

}  // namespace touchline::identity
