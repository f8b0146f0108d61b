#include "touchline/identity/evidence.hpp"

#include "cluster/disjoint_sets.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

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

/// A weight that is worth a word.
constexpr double k_told_bits = 1;
constexpr std::size_t k_told_most = 3;
constexpr std::uint32_t k_rare = 2;

std::string plain_name(std::string name) {
    std::ranges::replace(name, '_', ' ');
    if (name == "birth") return "date of birth";
    if (name == "email") return "e-mail address";
    return name == "phone" ? "phone number" : name;
}

std::string in_words(const ComparisonEvidence& evidence) {
    auto text = "the " + plain_name(evidence.comparison) + " " + evidence.phrase;
    if (evidence.frequency <= k_rare || evidence.bits <= 0) return text;
    return text + " (" + std::to_string(evidence.frequency) + " records have it)";
}

/// "this, that and the other"; `evidence` begins with what matters most.
std::string listed(std::span<const ComparisonEvidence> evidence) {
    std::string text;
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        if (i > 0) text += i + 1 == evidence.size() ? " and " : ", ";
        text += in_words(evidence[i]);
    }
    return text;
}

/// The comparisons that speak for the two being one, or against it: those that weigh most first.
struct Sides {
    std::vector<ComparisonEvidence> for_it, against;

    explicit Sides(const PairEvidence& evidence) {
        for (const auto& one : evidence.comparisons)
            if (std::abs(one.bits) >= k_told_bits) (one.bits > 0 ? for_it : against).push_back(one);
        std::ranges::stable_sort(for_it, std::greater(), &ComparisonEvidence::bits);
        std::ranges::stable_sort(against, std::less(), &ComparisonEvidence::bits);
        for (auto* side : {&for_it, &against})
            if (side->size() > k_told_most) side->erase(side->begin() + k_told_most, side->end());
    }
};

std::string_view guard_sentence(Guard guard) {
    switch (guard) {
        case Guard::none:
            return "";
        case Guard::only_names:
            return "only their names agree, and namesakes are common";
        case Guard::suffix:
            return "one is the elder, the other the younger of one name";
        case Guard::exclusive_id:
            return "each has a number of its own where a person has only one";
        case Guard::generation:
            return "they were born a generation apart";
        case Guard::organisation:
            return "one is a person, the other the organisation that the person belongs to";
    }
    return "";
}

std::string sentence_for_one(const Sides& sides) {
    if (sides.for_it.empty()) return "They are one: nothing speaks against it.";
    auto text = "They are one: " + listed(sides.for_it);
    if (!sides.against.empty())
        text += "; that " + listed(sides.against) + " does not outweigh this";
    return text + ".";
}

std::string sentence_for_two(const PairEvidence& evidence, const Sides& sides) {
    const double worst = sides.against.empty() ? 0 : sides.against.front().bits;
    if (!sides.for_it.empty() && evidence.related_bits < std::min(worst, -k_told_bits)) {
        const auto against = sides.against.empty() ? "" : listed(sides.against) + "; ";
        return "They are apart: " + against + "that " + listed(sides.for_it) +
               " is what people of one household or company have in common.";
    }
    if (sides.against.empty())
        return "They are apart: " +
               (sides.for_it.empty()
                    ? std::string("what they have in common tells nothing.")
                    : "that " + listed(sides.for_it) + " is not rare enough to join them.");
    auto text = "They are apart: " + listed(sides.against);
    if (!sides.for_it.empty()) text += "; that " + listed(sides.for_it) + " does not outweigh this";
    return text + ".";
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
    if (evidence.score.guard != Guard::none)
        return "They are apart: " + std::string(guard_sentence(evidence.score.guard)) + ".";
    if (evidence.comparisons.empty())
        return "They are apart: they tell nothing that could be compared.";
    const Sides sides(evidence);
    return evidence.score.bits >= 0 ? sentence_for_one(sides) : sentence_for_two(evidence, sides);
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
