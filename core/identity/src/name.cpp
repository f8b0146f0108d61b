#include "name.hpp"

#include "unicode.hpp"

#include "touchline/base/text.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <span>

namespace touchline::identity {

namespace {

// The BGN tables first: passports and agents write Юлия as Yuliya, which Any-Latin alone does not.
constexpr const char* k_rules = "Russian-Latin/BGN; Greek-Latin/BGN; Any-Latin; Latin-ASCII";

constexpr auto k_titles = std::to_array<std::string_view>({
    "dipl",   "dott",         "dr",     "dra",     "frau", "herr",      "ing",      "madame",
    "md",     "mademoiselle", "miss",   "mlle",    "mme",  "mons",      "monsieur", "mr",
    "mrs",    "ms",           "mx",     "phd",     "prof", "professor", "rev",      "senor",
    "senora", "sig",          "signor", "signora", "sir",  "sra",       "srta",
});

bool is_title(std::string_view word) {
    return std::ranges::find(k_titles, word) != k_titles.end();
}

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
/// O'Brien is one word.
bool is_joiner(char c) {
    return c == '\'' || c == '`';
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : text) {
        if (is_joiner(c)) continue;
        if (is_word_char(c)) {
            if (!inside) words.emplace_back();
            words.back() += c;
        }
        inside = is_word_char(c);
    }
    return words;
}

/// "Silva, Ana" but not "Ana Silva, PhD".
std::vector<std::string> in_speaking_order(std::string_view text) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return words_of(text);
    auto words = words_of(text.substr(0, comma));
    auto after = words_of(text.substr(comma + 1));
    const bool given_after = !words.empty() && !std::ranges::all_of(after, is_title);
    words.insert(given_after ? words.begin() : words.end(), after.begin(), after.end());
    return words;
}

void drop_titles(std::vector<std::string>& words) {
    if (!std::ranges::all_of(words, is_title)) std::erase_if(words, is_title);
}

}  // namespace

class NameNormaliser::Latin {
public:
    static Result<std::unique_ptr<Latin>> make() {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> rules(
            icu::Transliterator::createInstance(icu::UnicodeString(k_rules), UTRANS_FORWARD, status)
        );
        if (U_FAILURE(status) || !rules)
            return Error(
                Code::internal, std::string("ICU has no transliteration: ") + u_errorName(status)
            );
        return std::make_unique<Latin>(std::move(rules));
    }

    explicit Latin(std::unique_ptr<icu::Transliterator> rules) : rules_(std::move(rules)) {}

    std::string operator()(std::string_view text) const {
        auto unicode =
            icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), std::int32_t(text.size())));
        rules_->transliterate(unicode);
        std::string out;
        unicode.toUTF8String(out);
        return out;
    }

private:
    std::unique_ptr<icu::Transliterator> rules_;
};

NameNormaliser::NameNormaliser() = default;
NameNormaliser::~NameNormaliser() = default;

Result<std::string> NameNormaliser::to_latin(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    if (!latin_) {
        TOUCHLINE_TRY(latin_, Latin::make());
    }
    return (*latin_)(text);
}

Result<Value> NameNormaliser::normalise(std::string_view text) {
    TOUCHLINE_TRY(const auto plain, to_nfkc(text));
    TOUCHLINE_TRY(const auto latin, to_latin(plain));
    const auto lower = is_ascii(latin) ? lower_ascii(latin) : fold_case(latin);
    auto words = in_speaking_order(lower);
    drop_titles(words);
    if (words.empty()) return Value::not_valid("it has no letters");
    Value value;
    for (const auto& word : words) value.text.append(value.text.empty() ? "" : " ").append(word);
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    value.terms = std::move(words);
    return value;
}

}  // namespace touchline::identity
