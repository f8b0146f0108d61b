#include "postal_address.hpp"

#include "words.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace touchline::identity {

namespace {

using Words = std::vector<std::string>;

struct Short {
    std::string_view written, meant;
};
constexpr auto k_short = std::to_array<Short>({
    {"avenue", "ave"},      {"av", "ave"},       {"boulevard", "blvd"}, {"circle", "cir"},
    {"circuit", "cct"},     {"close", "cl"},     {"court", "ct"},       {"crescent", "cres"},
    {"crt", "ct"},          {"drive", "dr"},     {"drv", "dr"},         {"east", "e"},
    {"expressway", "expy"}, {"freeway", "fwy"},  {"gardens", "gdns"},   {"grove", "gr"},
    {"heights", "hts"},     {"highway", "hwy"},  {"hill", "hl"},        {"hills", "hls"},
    {"lane", "ln"},         {"loop", "lp"},      {"mount", "mt"},       {"north", "n"},
    {"northeast", "ne"},    {"northwest", "nw"}, {"parade", "pde"},     {"parkway", "pkwy"},
    {"place", "pl"},        {"plaza", "plz"},    {"point", "pt"},       {"road", "rd"},
    {"route", "rte"},       {"saint", "st"},     {"south", "s"},        {"so", "s"},
    {"southeast", "se"},    {"southwest", "sw"}, {"square", "sq"},      {"str", "st"},
    {"strasse", "st"},      {"street", "st"},    {"terrace", "ter"},    {"trail", "trl"},
    {"turnpike", "tpke"},   {"way", "wy"},       {"west", "w"},         {"no", "n"},
});

constexpr auto k_unit_words = std::to_array<std::string_view>({
    "apartment",
    "apt",
    "fl",
    "flat",
    "floor",
    "lot",
    "no",
    "number",
    "num",
    "rm",
    "room",
    "spc",
    "ste",
    "suite",
    "trlr",
    "unit",
});

constexpr WordHint k_short_hint(k_short, &Short::written);

std::string shortened(std::string_view word) {
    if (!k_short_hint.may_contain(word)) return std::string(word);
    const auto* found = std::ranges::find(k_short, word, &Short::written);
    return std::string(found == k_short.end() ? word : found->meant);
}

bool has_digit(std::string_view text) {
    return std::ranges::any_of(text, is_digit);
}
bool has_letter(std::string_view text) {
    return std::ranges::any_of(text, is_letter);
}

/// The number may stand before the street (English) or after it (German).
void take_number(Words& words, std::string& number) {
    if (!number.empty() || words.size() < 2) return;
    if (is_digit(words.front().front())) {
        number = words.front();
        words.erase(words.begin());
    } else if (is_digit(words.back().front())) {
        number = words.back();
        words.pop_back();
    }
}

std::string read_unit(std::string_view text) {
    auto words = split_words(text);
    std::erase_if(words, [](const std::string& word) {
        return std::ranges::find(k_unit_words, word) != k_unit_words.end();
    });
    return join_words(words, "");
}

}  // namespace

PostalAddress read_postal_address(const AddressTexts& texts) {
    PostalAddress address;
    address.number = squeeze(texts.number);
    if (address.number.starts_with('0'))
        address.number.erase(
            0, std::min(address.number.find_first_not_of('0'), address.number.size())
        );
    auto words = split_words(texts.street.empty() ? texts.line : texts.street);
    take_number(words, address.number);
    for (auto& word : words) word = shortened(word);
    address.street = join_words(words);
    if (address.street.empty()) {
        auto extra = split_words(texts.extra);
        take_number(extra, address.number);
        address.street = join_words(extra);
    }
    address.unit = read_unit(texts.unit);
    if (has_letter(texts.city)) address.city = squeeze(texts.city);
    address.state = squeeze(texts.state);
    address.postcode = squeeze(texts.postcode);
    if (!has_digit(address.postcode)) address.postcode.clear();
    return address;
}

}  // namespace touchline::identity
