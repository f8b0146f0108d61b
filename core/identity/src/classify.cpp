#include "touchline/identity/classify.hpp"

#include "unicode.hpp"

#include "touchline/base/text.hpp"

namespace touchline::identity {

namespace {

constexpr std::size_t k_partial_digits_min = 6;
constexpr std::size_t k_partial_digits_max = 15;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void add(std::vector<Candidate>& found, Candidate candidate) {
    if (std::ranges::find(found, candidate) == found.end()) found.push_back(std::move(candidate));
}

/// The exact values that `text` has in the namespaces of one kind.
void add_exact(
    std::vector<Candidate>& found,
    const Normaliser& normaliser,
    model::Normaliser kind,
    std::string_view text,
    std::string_view region
) {
    for (const auto& ns : normaliser.policy().namespaces()) {
        if (ns.normaliser != kind) continue;
        const model::Claim claim{.ns = ns.name, .value = std::string(text)};
        const auto value =
            normaliser.normalise(claim, region.empty() ? std::string_view(ns.region) : region);
        if (value && !value->value.empty()) add(found, {Lookup::exact, ns.name, value->value});
    }
}

/// The digits of a text that can be part of a phone number: "470 12 34 56", "(02) 555-12.34".
std::string partial_phone(std::string_view ascii) {
    std::string digits;
    for (const char c : ascii) {
        if (is_digit(c)) {
            digits += c;
        } else if (std::string_view(" +()-./").find(c) == std::string_view::npos) {
            return {};
        }
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits.size() < k_partial_digits_min || digits.size() > k_partial_digits_max
               ? std::string()
               : digits;
}

void add_phones(
    std::vector<Candidate>& found,
    const Normaliser& normaliser,
    std::string_view text,
    std::string_view region
) {
    const auto digits = partial_phone(text);
    if (digits.empty()) return;
    add_exact(found, normaliser, model::Normaliser::phone, text, region);
    for (const auto& ns : normaliser.policy().namespaces())
        if (ns.normaliser == model::Normaliser::phone) add(found, {Lookup::term, ns.name, digits});
}

bool is_namespace(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '.' || c == '-';
    };
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(text, allowed);
}

/// "crm.contact:7" names its namespace; one word with a digit in it, "#1001" or "ORD-22", may be a
/// key of any.
void add_references(
    std::vector<Candidate>& found, const Normaliser& normaliser, std::string_view text
) {
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && is_namespace(text.substr(0, colon))) {
        const model::Claim claim{
            .ns = std::string(text.substr(0, colon)), .value = std::string(text.substr(colon + 1))};
        const auto value = normaliser.normalise(claim);
        if (value && !value->value.empty()) add(found, {Lookup::exact, claim.ns, value->value});
        return;
    }
    if (text.starts_with('#')) text.remove_prefix(1);
    const bool one_word = text.find(' ') == std::string_view::npos;
    if (one_word && std::ranges::any_of(text, is_digit))
        add(found, {Lookup::exact, "", std::string(text)});
}

void add_name_words(
    std::vector<Candidate>& found, const Normaliser& normaliser, std::string_view text
) {
    for (const auto& ns : normaliser.policy().namespaces()) {
        if (ns.normaliser != model::Normaliser::name) continue;
        const auto name = normaliser.normalise({.ns = ns.name, .value = std::string(text)});
        if (!name) continue;
        for (const auto& word : name->search_terms) add(found, {Lookup::term, ns.name, word});
    }
}

/// What a link holds: "tel:+3227926333" and "mailto:ana@example.org" are the number and the
/// address.
std::string_view without_scheme(std::string_view text) {
    for (const std::string_view scheme : {"tel:", "callto:", "mailto:"}) {
        if (lower_ascii(text.substr(0, scheme.size())) == scheme) return text.substr(scheme.size());
    }
    return text;
}

}  // namespace

std::vector<Candidate> classify_query(
    const Normaliser& normaliser, std::string_view text, std::string_view region
) {
    std::vector<Candidate> found;
    if (!is_utf8(text)) return found;
    const std::string trimmed(without_scheme(trim_unicode(text)));
    const auto plain = to_nfkc(trimmed);
    if (!plain || plain->empty()) return found;
    if (plain->find('@') != std::string::npos)
        add_exact(found, normaliser, model::Normaliser::email, *plain, region);
    if (!found.empty()) return found;
    add_phones(found, normaliser, *plain, region);
    add_references(found, normaliser, *plain);
    if (found.empty()) add_name_words(found, normaliser, *plain);
    return found;
}

}  // namespace touchline::identity
