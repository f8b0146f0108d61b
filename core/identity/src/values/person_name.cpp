#include "person_name.hpp"

#include "words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace touchline::identity {

namespace {

using Words = std::vector<std::string>;

constexpr auto k_titles = std::to_array<std::string_view>({
    "baron",    "baroness", "bart",   "bishop", "capt",         "captain",  "col",    "colonel",
    "count",    "countess", "dame",   "dipl",   "doctor",       "dott",     "dr",     "dra",
    "duchess",  "duke",     "earl",   "esq",    "father",       "frau",     "gen",    "general",
    "herr",     "hon",      "ing",    "lady",   "lord",         "lt",       "madame", "maj",
    "major",    "marquess", "master", "md",     "mademoiselle", "miss",     "mlle",   "mme",
    "monsieur", "mr",       "mrs",    "ms",     "mx",           "phd",      "prof",   "professor",
    "rev",      "reverend", "senor",  "senora", "sgt",          "sig",      "signor", "signora",
    "sir",      "sister",   "sra",    "srta",   "st",           "viscount",
});

/// Written before a surname and often left out: "van der Meer", "de la Cruz".
constexpr auto k_particles = std::to_array<std::string_view>({
    "abu", "al",  "af",    "av",  "ben", "bin", "bint", "da",  "das", "de",  "degli",
    "dei", "del", "della", "den", "der", "des", "di",   "do",  "dos", "du",  "e",
    "el",  "ibn", "la",    "las", "le",  "les", "lo",   "los", "of",  "ten", "ter",
    "the", "van", "vom",   "von", "y",   "zu",  "zum",  "zur",
});

struct Suffix {
    std::string_view written, meant;
};
constexpr auto k_suffixes = std::to_array<Suffix>({
    {"jr", "jr"},
    {"jnr", "jr"},
    {"junior", "jr"},
    {"sr", "sr"},
    {"snr", "sr"},
    {"senior", "sr"},
    {"ii", "ii"},
    {"iii", "iii"},
    {"iv", "iv"},
    {"2nd", "ii"},
    {"3rd", "iii"},
    {"4th", "iv"},
});

constexpr WordHint k_title_hint(k_titles), k_particle_hint(k_particles),
    k_suffix_hint(k_suffixes, &Suffix::written);

template <typename Range>
bool contains(const Range& range, std::string_view word) {
    return std::ranges::find(range, word) != std::ranges::end(range);
}

bool is_title(std::string_view word) {
    return k_title_hint.may_contain(word) && contains(k_titles, word);
}

bool is_particle(std::string_view word) {
    return k_particle_hint.may_contain(word) && contains(k_particles, word);
}

std::string_view suffix_meant_by(std::string_view word) {
    if (!k_suffix_hint.may_contain(word)) return {};
    const auto* found = std::ranges::find(k_suffixes, word, &Suffix::written);
    return found == k_suffixes.end() ? std::string_view() : found->meant;
}

/// Takes the suffix out of a name's words; the first word is a name whatever it looks like.
void take_suffix(Words& words, std::string& suffix) {
    for (std::size_t i = words.size(); i-- > 1;) {
        const auto meant = suffix_meant_by(words[i]);
        if (meant.empty()) continue;
        suffix = meant;
        words.erase(words.begin() + std::ptrdiff_t(i));
    }
}

void drop_titles(Words& words) {
    if (!std::ranges::all_of(words, is_title)) std::erase_if(words, is_title);
}

Words read_words(std::string_view text, std::string& suffix) {
    auto words = split_words(text);
    take_suffix(words, suffix);
    drop_titles(words);
    return words;
}

/// Two words that mean one name, however written: "van der Meer" and "Vandermeer".
std::string joined_surname(std::span<const std::string> words) {
    std::string text;
    for (const auto& word : words) text += word;
    return text;
}

std::size_t surname_begin(const Words& words) {
    auto begin = words.size() - 1;
    while (begin > 1 && is_particle(words[begin - 1])) --begin;
    return begin;
}

void set_surname(PersonName& name, std::span<const std::string> words) {
    name.surname = joined_surname(words);
    if (words.size() < 2) return;
    for (const auto& word : words)
        if (!is_particle(word)) name.others.push_back(word);
}

/// The words of a given-name field or part: the first is the given name.
void set_given(PersonName& name, std::span<const std::string> words) {
    if (words.empty()) return;
    name.given = words.front();
    name.others.insert(name.others.end(), words.begin() + 1, words.end());
}

PersonName read_full(std::string_view text) {
    PersonName name;
    const auto comma = text.find(',');
    if (comma != std::string_view::npos) {
        const auto before = read_words(text.substr(0, comma), name.suffix);
        auto after = read_words(text.substr(comma + 1), name.suffix);
        const bool only_suffix = after.size() == 1 && !suffix_meant_by(after.front()).empty();
        if (only_suffix) name.suffix = suffix_meant_by(after.front());
        if (!before.empty() && !after.empty() && !only_suffix) {
            set_surname(name, before);
            set_given(name, after);
            return name;
        }
        auto rest = read_full(text.substr(0, comma));
        if (rest.suffix.empty()) rest.suffix = name.suffix;
        return rest;
    }
    const auto words = read_words(text, name.suffix);
    if (words.empty()) return name;
    if (words.size() == 1) {
        name.surname = words.front();
        return name;
    }
    const std::span all(words);
    const auto begin = surname_begin(words);
    set_given(name, all.first(begin));
    set_surname(name, all.subspan(begin));
    return name;
}

/// What the full name tells beyond its parts: "1st Baron Clifford of Chudleigh".
void add_other_words(PersonName& name, std::string_view full) {
    auto words = split_words(full);
    drop_titles(words);
    for (auto& word : words) {
        const bool known =
            word == name.given || word == name.surname || contains(name.others, word);
        const bool a_name =
            !is_digit(word.front()) && !is_particle(word) && suffix_meant_by(word).empty();
        if (!known && a_name) name.others.push_back(std::move(word));
    }
}

}  // namespace

PersonName read_person_name(const NameTexts& texts) {
    PersonName name;
    const auto given = read_words(texts.given, name.suffix);
    const auto surname = read_words(texts.surname, name.suffix);
    const auto middle = read_words(texts.middle, name.suffix);
    set_given(name, given);
    name.others.insert(name.others.end(), middle.begin(), middle.end());
    if (!surname.empty()) set_surname(name, surname);
    if (!texts.full.empty()) {
        auto full = read_full(texts.full);
        if (name.suffix.empty()) name.suffix = full.suffix;
        if (name.empty()) {
            name = std::move(full);
        } else {
            if (name.given.empty() && full.surname == name.surname) name.given = full.given;
            if (name.surname.empty() && full.given == name.given) name.surname = full.surname;
            add_other_words(name, texts.full);
        }
    }
    if (const auto meant = suffix_meant_by(squeeze(texts.suffix)); !meant.empty())
        name.suffix = meant;
    return name;
}

}  // namespace touchline::identity
