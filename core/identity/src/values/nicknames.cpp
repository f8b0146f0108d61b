#include "nicknames.hpp"

#include "given_name_forms.hpp"

#include <algorithm>
#include <unordered_map>

namespace touchline::identity {

namespace {

using Groups = std::unordered_map<std::string_view, NameGroups>;

void add(NameGroups& groups, std::uint16_t number) {
    const auto free = std::ranges::find(groups.number, std::uint16_t{0});
    if (free != groups.number.end() &&
        std::ranges::find(groups.number, number) == groups.number.end())
        *free = number;
}

Groups read_table() {
    Groups groups;
    std::uint16_t number = 0;
    for (std::string_view forms : k_given_name_forms) {
        ++number;
        while (!forms.empty()) {
            const auto end = std::min(forms.find(' '), forms.size());
            add(groups[forms.substr(0, end)], number);
            forms.remove_prefix(std::min(end + 1, forms.size()));
        }
    }
    return groups;
}

}  // namespace

bool NameGroups::share_with(const NameGroups& other) const {
    return std::ranges::any_of(number, [&](std::uint16_t mine) {
        return mine != 0 && std::ranges::find(other.number, mine) != other.number.end();
    });
}

NameGroups name_groups_of(std::string_view given) {
    static const Groups groups = read_table();
    const auto found = groups.find(given);
    return found == groups.end() ? NameGroups{} : found->second;
}

}  // namespace touchline::identity
