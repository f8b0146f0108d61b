#include "touchline/journey/vocabulary.hpp"

#include <array>
#include <optional>

namespace touchline::journey {
namespace {

constexpr std::array k_stages = {Stage::pre_purchase, Stage::purchase, Stage::post_purchase};
constexpr std::array k_conditions = {
    When::always, When::first, When::prospect, When::order_open, When::customer, When::positive};

/// The choice whose word this is; `what` and the choices are named when it is none.
template <typename E, std::size_t N>
Result<E> choice(const std::array<E, N>& choices, const json::Node& word, std::string_view what) {
    std::string known;
    for (const E one : choices) {
        if (to_string(one) == word.text) return one;
        known.append(known.empty() ? "" : ", ").append(to_string(one));
    }
    return Error(Code::config, "\"" + word.text + "\" is not " + std::string(what))
        .at(word.place())
        .cure("Use one of: " + known + ".");
}

Result<const json::Node*> wanted(const json::Node& mapping, std::string_view key) {
    const json::Node* member = mapping.get(key);
    if (member != nullptr && member->is_scalar() && !member->text.empty()) return member;
    return Error(Code::config, "an entry lacks `" + std::string(key) + "`").at(mapping.place());
}

Result<Phase> read_phase(const json::Node& node) {
    Phase phase;
    TOUCHLINE_TRY(const json::Node* id, wanted(node, "id"));
    TOUCHLINE_TRY(const json::Node* name, wanted(node, "name"));
    TOUCHLINE_TRY(const json::Node* stage, wanted(node, "stage"));
    phase.id = id->text;
    phase.name = name->text;
    TOUCHLINE_TRY(phase.stage, choice(k_stages, *stage, "a stage"));
    if (const json::Node* question = node.get("question")) phase.question = question->text;
    return phase;
}

Result<PhaseRule> read_rule(const json::Node& node, const Vocabulary& vocabulary) {
    PhaseRule rule;
    TOUCHLINE_TRY(const json::Node* kind, wanted(node, "kind"));
    TOUCHLINE_TRY(const json::Node* phase, wanted(node, "phase"));
    if (vocabulary.find(phase->text) == nullptr) {
        return Error(Code::config, "there is no phase \"" + phase->text + "\"")
            .at(phase->place())
            .cure("Name one of the phases above.");
    }
    rule.kind = kind->text;
    rule.phase = phase->text;
    if (const json::Node* when = node.get("when")) {
        TOUCHLINE_TRY(rule.when, choice(k_conditions, *when, "a condition"));
    }
    return rule;
}

Result<const json::Node*> list(const json::Node& node, std::string_view key) {
    const json::Node* member = node.get(key);
    if (member != nullptr && member->is_sequence() && !member->items.empty()) return member;
    return Error(Code::config, "a vocabulary needs the list `" + std::string(key) + "`")
        .at(node.place());
}

}  // namespace

Result<Vocabulary> Vocabulary::read(const json::Node& node) {
    Vocabulary vocabulary;
    TOUCHLINE_TRY(const json::Node* phases, list(node, "phases"));
    for (const json::Node& item : phases->items) {
        TOUCHLINE_TRY(Phase phase, read_phase(item));
        if (vocabulary.find(phase.id) != nullptr) {
            return Error(Code::config, "the phase \"" + phase.id + "\" is given twice")
                .at(item.place());
        }
        vocabulary.phases_.push_back(std::move(phase));
    }
    TOUCHLINE_TRY(const json::Node* rules, list(node, "rules"));
    for (const json::Node& item : rules->items) {
        TOUCHLINE_TRY(PhaseRule rule, read_rule(item, vocabulary));
        vocabulary.rules_.push_back(std::move(rule));
    }
    return vocabulary;
}

}  // namespace touchline::journey
