#include "touchline/identity/evidence.hpp"

#include "cluster/disjoint_sets.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace touchline::identity {

namespace {

constexpr std::size_t k_fixed = 7;

std::string masked(const std::string& text) {
    if (text.empty()) return text;
    return text.substr(0, 1) + "… (" + std::to_string(text.size()) + ")";
}

std::string joined(std::initializer_list<std::string> parts, std::string_view between) {
    std::string text;
    for (const auto& part : parts) {
        if (part.empty()) continue;
        if (!text.empty()) text += between;
        text += part;
    }
    return text;
}

std::string birth_text(const BirthFeature& birth) {
    const auto part = [](int value) {
        return value == 0 ? std::string("??") : std::to_string(value);
    };
    return part(birth.year) + "-" + part(birth.month) + "-" + part(birth.day);
}

std::string address_text(const AddressFeature& address) {
    return joined(
        {joined({address.number.text, address.street.text}, " "),
         address.unit.text,
         address.postcode.text,
         address.city.text,
         address.state.text},
        ", "
    );
}

std::string mails_text(const Features& features) {
    std::string text;
    for (const auto& mail : features.mails)
        text.append(text.empty() ? "" : ", ").append(mail.address.text);
    return text;
}

std::string phones_text(const Features& features) {
    std::string text;
    for (const auto& phone : features.phones)
        text.append(text.empty() ? "" : ", ").append(phone.digits.text);
    return text;
}

/// What a comparison looks at.
std::string value_text(const Comparison& comparison, std::size_t index, const Features& features) {
    switch (comparison.aspect) {
        case Aspect::given_name:
            return features.given.text.text;
        case Aspect::surname:
            return features.surname.text.text;
        case Aspect::birth:
            return birth_text(features.birth);
        case Aspect::email:
            return mails_text(features);
        case Aspect::phone:
            return phones_text(features);
        case Aspect::address:
            return address_text(features.address);
        case Aspect::company:
            return joined({features.company.text, features.website.text}, ", ");
        case Aspect::exclusive_id:
        case Aspect::handle:
        case Aspect::text:
            return features.extras[index - k_fixed].text;
    }
    return {};
}

std::string plain_name(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name == "birth" ? "date of birth" : name == "email" ? "e-mail address" : name;
}

std::string in_words(const ComparisonEvidence& evidence) {
    std::array<char, 32> bits{};
    std::snprintf(bits.data(), bits.size(), "%+.1f", evidence.bits);
    auto text = "the " + plain_name(evidence.comparison) + " " + evidence.phrase;
    if (evidence.frequency > 0)
        text += ", a value of " + std::to_string(evidence.frequency) + " records";
    return text + " (" + bits.data() + ")";
}

std::string_view guard_sentence(Guard guard) {
    switch (guard) {
        case Guard::none:
            return "";
        case Guard::only_names:
            return "nothing but their names agrees";
        case Guard::suffix:
            return "one is the elder, the other the younger";
        case Guard::exclusive_id:
            return "each has a number of its own where a person has only one";
        case Guard::generation:
            return "they were born a generation apart";
    }
    return "";
}

}  // namespace

PairEvidence weigh(const Model& model, const Features& a, const Features& b, Values values) {
    const auto compared = compare(model.comparisons(), a, b);
    PairEvidence evidence;
    evidence.score = model.score(compared);
    evidence.prior_bits = model.prior_bits();
    double sum = evidence.prior_bits;
    for (std::size_t i = 0; i < model.comparisons().size(); ++i) {
        const auto at = compared.level[i];
        if (at == 0) continue;
        const auto& comparison = model.comparisons()[i];
        const auto& level = levels_of(comparison.aspect)[at];
        ComparisonEvidence entry;
        entry.comparison = comparison.name;
        entry.level = level.name;
        entry.phrase = level.phrase;
        entry.a = value_text(comparison, i, a);
        entry.b = value_text(comparison, i, b);
        if (values == Values::masked) {
            entry.a = masked(entry.a);
            entry.b = masked(entry.b);
        }
        if (level.by_frequency)
            entry.frequency = model.frequencies.count(i, compared.kind[i], compared.value[i]);
        entry.bits = model.weights(compared, i).same;
        entry.same = model.chances()[i].same[at];
        entry.unrelated = entry.same / std::exp2(entry.bits);
        sum += entry.bits;
        evidence.comparisons.push_back(std::move(entry));
    }
    evidence.related_bits = -std::log2(1 + std::exp2(std::min(evidence.score.related_bits, 500.0)));
    sum += evidence.related_bits;
    if (evidence.score.guard != Guard::none) evidence.guard_bits = evidence.score.bits - sum;
    return evidence;
}

std::string sentence_for(const PairEvidence& evidence) {
    auto sorted = evidence.comparisons;
    std::ranges::stable_sort(sorted, std::greater(), &ComparisonEvidence::bits);
    if (evidence.score.guard != Guard::none)
        return "They are held apart although much agrees: " +
               std::string(guard_sentence(evidence.score.guard)) + ".";
    if (sorted.empty()) return "They are apart: they tell nothing that could be compared.";
    if (evidence.score.bits >= 0) {
        std::string text = "They are one: " + in_words(sorted.front());
        for (std::size_t i = 1; i < sorted.size() && i < 3 && sorted[i].bits > 0; ++i)
            text += ", and " + in_words(sorted[i]);
        if (sorted.back().bits < 0) text += "; this outweighs that " + in_words(sorted.back());
        return text + ".";
    }
    if (evidence.related_bits < sorted.back().bits)
        return "They are apart: people of one household or company agree like this as well.";
    if (sorted.back().bits < 0)
        return "They are apart: " + in_words(sorted.back()) + " weighs most against it.";
    return "They are apart: what agrees is not rare enough, most of all that " +
           in_words(sorted.front()) + ".";
}

std::vector<Join> joins_of(
    std::uint32_t members, const std::function<double(std::uint32_t, std::uint32_t)>& bits
) {
    std::vector<Join> pairs;
    for (std::uint32_t a = 0; a < members; ++a)
        for (auto b = a + 1; b < members; ++b) pairs.push_back({a, b, bits(a, b)});
    std::ranges::stable_sort(pairs, std::greater(), &Join::bits);
    DisjointSets sets(members);
    std::vector<Join> joins;
    for (const auto& pair : pairs) {
        if (sets.find(pair.a) == sets.find(pair.b)) continue;
        sets.join(pair.a, pair.b);
        joins.push_back(pair);
    }
    return joins;
}

}  // namespace touchline::identity
