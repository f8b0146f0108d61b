#include "likeness.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

std::string spoken(const identity::Comparison& comparison) {
    if (comparison.aspect == identity::Aspect::birth) return "date of birth";
    std::string name = comparison.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

void add(std::string& list, const std::string& entry) {
    list.append(list.empty() ? "" : ", ").append(entry);
}

}  // namespace

std::string likeness_text(
    const identity::Model& model, const identity::Compared& compared, const identity::Score& score
) {
    std::string for_it, against_it;
    for (std::size_t i = 0; i < model.comparisons().size(); ++i) {
        if (compared.level[i] == 0) continue;
        const identity::Comparison& comparison = model.comparisons()[i];
        const auto& level = identity::levels_of(comparison.aspect)[compared.level[i]];
        add(model.weight(compared, i) > 0 ? for_it : against_it,
            spoken(comparison) + " " + std::string(level.phrase));
    }
    std::string text = for_it;
    if (!against_it.empty()) text.append(text.empty() ? "" : "; but ").append(against_it);
    if (score.guard == identity::Guard::only_names) text.append("; nothing but names agrees");
    return text;
}

}  // namespace touchline::ingest
