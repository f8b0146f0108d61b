#include "touchline/journey/phases.hpp"

namespace touchline::journey {
namespace {

constexpr double k_positive = 0.2;

/// "case" fits every "case.opened"; "case.opened" fits itself.
bool fits(std::string_view rule, std::string_view kind) {
    return kind.starts_with(rule) && (kind.size() == rule.size() || kind[rule.size()] == '.');
}

bool holds(When when, const Moment& moment, Standing standing) {
    switch (when) {
        case When::always:
            return true;
        case When::first:
            return moment.is_first;
        case When::prospect:
            return standing == Standing::prospect;
        case When::order_open:
            return standing == Standing::order_open;
        case When::customer:
            return standing == Standing::customer;
        case When::positive:
            return moment.mood && *moment.mood >= k_positive;
    }
    return false;
}

}  // namespace

PhaseFound phase_of(
    const Vocabulary& vocabulary, const Moment& moment, const Standings& standings
) {
    if (!moment.stated_phase.empty()) {
        if (const Phase* stated = vocabulary.find(moment.stated_phase)) {
            return {stated, moment.stated_by.empty() ? "mapping" : moment.stated_by};
        }
    }
    const Standing standing = standings.at(moment.at);
    const PhaseRule* plain = nullptr;
    for (const PhaseRule& rule : vocabulary.rules()) {
        if (!fits(rule.kind, moment.kind)) continue;
        if (rule.when == When::always) {
            if (plain == nullptr) plain = &rule;
        } else if (holds(rule.when, moment, standing)) {
            return {vocabulary.find(rule.phase), "rule"};
        }
    }
    if (plain == nullptr) return {};
    return {vocabulary.find(plain->phase), "table"};
}

}  // namespace touchline::journey
