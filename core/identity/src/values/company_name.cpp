#include "company_name.hpp"

#include "words.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>

namespace touchline::identity {

namespace {

constexpr auto k_legal_forms = std::to_array<std::string_view>({
    "ab",           "ag",   "as",   "asa",     "bv",    "co",      "company",  "corp",
    "corporation",  "eg",   "ev",   "gmbh",    "group", "holding", "holdings", "inc",
    "incorporated", "kg",   "kgaa", "limited", "llc",   "llp",     "ltd",      "mbh",
    "nv",           "ohg",  "oy",   "oyj",     "plc",   "pte",     "pty",      "pvt",
    "sa",           "sarl", "sas",  "se",      "sl",    "sp",      "spa",      "srl",
    "the",          "ug",   "und",  "and",
});

bool is_legal_form(const std::string& word) {
    return std::ranges::find(k_legal_forms, word) != k_legal_forms.end();
}

/// "S.p.A." comes as three words of one letter.
std::string with_initials_joined(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool after_single = i >= 1 &&
                                  (i < 2 || !(is_letter(text[i - 2]) || is_digit(text[i - 2]))) &&
                                  is_letter(text[i - 1]);
        if (text[i] == '.' && after_single) continue;
        out += text[i];
    }
    return out;
}

}  // namespace

std::string read_company_name(std::string_view latin) {
    auto words = split_words(with_initials_joined(latin));
    auto kept = words;
    std::erase_if(kept, is_legal_form);
    return join_words(kept.empty() ? words : kept);
}

bool has_legal_form(std::string_view latin) {
    // Those that are no names of people.
    constexpr auto k_unmistakable = std::to_array<std::string_view>(
        {"ag",
         "bv",
         "corp",
         "corporation",
         "gmbh",
         "inc",
         "incorporated",
         "limited",
         "llc",
         "llp",
         "ltd",
         "plc",
         "sarl",
         "srl"}
    );
    return std::ranges::any_of(
        split_words(with_initials_joined(latin)),
        [&](const std::string& word) {
            return std::ranges::find(k_unmistakable, word) != k_unmistakable.end();
        }
    );
}

std::string read_domain(std::string_view text) {
    auto lower = lower_ascii(trim(text));
    std::string_view rest = lower;
    if (const auto scheme = rest.find("://"); scheme != std::string_view::npos)
        rest.remove_prefix(scheme + 3);
    if (rest.starts_with("www.")) rest.remove_prefix(4);
    rest = rest.substr(0, rest.find_first_of("/?#:"));
    return rest.find('.') == std::string_view::npos ? std::string() : std::string(rest);
}

}  // namespace touchline::identity
