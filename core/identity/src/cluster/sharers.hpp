// Who uses an e-mail address or a phone number: told apart by initials, which typing errors,
// nicknames and swapped names mostly leave alone.
#pragma once

#include "touchline/identity/features.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_map>

namespace touchline::identity {

using Initials = std::uint32_t;

/// In any order; 0 without a name.
inline Initials initials_of(const Features& features) {
    const auto first = [](const NameFeature& name) {
        return name.text.empty() ? Initials{0}
                                 : Initials(static_cast<unsigned char>(name.text.text.front()));
    };
    const auto given = first(features.given), surname = first(features.surname);
    return std::min(given, surname) * 256 + std::max(given, surname);
}

class Sharers {
public:
    void add(std::uint64_t value, Initials initials) {
        if (initials != 0) ++users_[value][initials];
    }
    void remove(std::uint64_t value, Initials initials) {
        const auto found = users_.find(value);
        if (found == users_.end()) return;
        const auto user = found->second.find(initials);
        if (user != found->second.end() && --user->second == 0) found->second.erase(user);
    }
    bool more_than(std::uint64_t value, std::size_t limit) const {
        const auto found = users_.find(value);
        return found != users_.end() && found->second.size() > limit;
    }

private:
    std::unordered_map<std::uint64_t, std::map<Initials, std::uint32_t>> users_;
};

}  // namespace touchline::identity
