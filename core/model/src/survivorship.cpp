#include "touchline/model/survivorship.hpp"

#include <algorithm>
#include <array>

namespace touchline::model {
namespace {

constexpr std::string_view k_every_other = "*";

std::vector<FieldRule> shipped() {
    return {
        {std::string(k_every_other), Survival::most_recent},
        {"address", Survival::most_recent, {}, true},
        {"email", Survival::most_trusted},
        {"name", Survival::most_frequent},
        {"phone", Survival::most_trusted}};
}

}  // namespace

std::string_view to_string(Survival strategy) {
    constexpr std::array<std::string_view, 5> k_names = {
        "most_recent", "oldest", "most_frequent", "most_trusted", "source_order"};
    return k_names[static_cast<std::size_t>(strategy)];
}

Survivorship::Survivorship(std::vector<FieldRule> configured) : rules_(shipped()) {
    for (FieldRule& rule : configured) {
        const auto known = std::ranges::find(rules_, rule.field, &FieldRule::field);
        known == rules_.end() ? rules_.push_back(std::move(rule)) : void(*known = std::move(rule));
    }
    std::ranges::sort(rules_, {}, &FieldRule::field);
}

const FieldRule& Survivorship::rule_for(std::string_view field) const {
    for (std::string_view beginning = field;;) {
        const auto rule = std::ranges::lower_bound(rules_, beginning, {}, &FieldRule::field);
        if (rule != rules_.end() && rule->field == beginning) return *rule;
        const auto dot = beginning.rfind('.');
        if (dot == std::string_view::npos) break;
        beginning = beginning.substr(0, dot);
    }
    return *std::ranges::lower_bound(rules_, k_every_other, {}, &FieldRule::field);
}

}  // namespace touchline::model
