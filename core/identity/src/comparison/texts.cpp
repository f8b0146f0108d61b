#include "aspects.hpp"
#include "levels.hpp"
#include "text/similarity.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace touchline::identity {

namespace {

constexpr double k_close = 0.92;
constexpr double k_most = 0.6;
constexpr std::size_t k_words_max = 24;

/// The distinct words of a text, sorted, without copying them.
class WordSet {
public:
    explicit WordSet(std::string_view text) {
        while (!text.empty() && count_ < k_words_max) {
            const auto end = std::min(text.find(' '), text.size());
            words_[count_++] = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        const auto begin = words_.begin();
        std::sort(begin, begin + std::ptrdiff_t(count_));
        count_ = std::size_t(std::unique(begin, begin + std::ptrdiff_t(count_)) - begin);
    }
    std::size_t size() const { return count_; }
    std::size_t common_with(const WordSet& other) const {
        std::size_t common = 0;
        for (std::size_t i = 0, j = 0; i < count_ && j < other.count_;) {
            const int order = words_[i].compare(other.words_[j]);
            common += order == 0;
            i += order <= 0;
            j += order >= 0;
        }
        return common;
    }

private:
    std::array<std::string_view, k_words_max> words_;
    std::size_t count_ = 0;
};

bool close_texts(const FeatureText& first, const FeatureText& second) {
    const auto &a = first.text, &b = second.text;
    const auto shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
    // A number that differs is another number.
    const bool letters = std::ranges::any_of(a, [](char c) { return c >= 'a' && c <= 'z'; });
    return letters && shorter >= 4 && shorter * 2 > longer &&
           may_be_alike(first, second, k_close) && jaro_winkler(a, b) >= k_close;
}

/// Common words by the shorter text: an abbreviation leaves words out.
double shared_words(const std::string& a, const std::string& b) {
    if (a.find(' ') == std::string::npos && b.find(' ') == std::string::npos) return 0;
    const WordSet first(a), second(b);
    return double(first.common_with(second)) /
           double(std::max<std::size_t>(1, std::min(first.size(), second.size())));
}

}  // namespace

Agreement compare_texts(const FeatureText& a, const FeatureText& b) {
    using namespace text_level;
    if (a.empty() || b.empty()) return {};
    if (a == b) return {equal, value_kind::own, a.hash};
    if (close_texts(a, b)) return {close, 0, 0};
    const double shared = shared_words(a.text, b.text);
    return {shared >= k_most ? most_words : shared > 0 ? some_words : different, 0, 0};
}

Agreement compare_companies(const Features& a, const Features& b) {
    using namespace company_level;
    if (!a.website.empty() && a.website == b.website)
        return {equal, value_kind::domain, a.website.hash};
    if (a.company.empty() || b.company.empty()) return {};
    if (a.company == b.company) return {equal, value_kind::own, a.company.hash};
    if (close_texts(a.company, b.company)) return {close, 0, 0};
    return {shared_words(a.company.text, b.company.text) > 0 ? part : different, 0, 0};
}

}  // namespace touchline::identity
