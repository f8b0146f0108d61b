// Which given names are forms of one another: Bill and William, Sascha and Alexander.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace touchline::identity {

/// Groups of given names, each around one formal name. Numbers from 1, ascending; unused places are
/// 0. "bert" stands in several: Albert's, Herbert's, Robert's.
struct NameGroups {
    static constexpr std::size_t k_max = 6;
    std::array<std::uint16_t, k_max> number{};

    bool empty() const { return number[0] == 0; }
    bool share_with(const NameGroups& other) const;
};

/// `given` is a lower-case ASCII word.
NameGroups name_groups_of(std::string_view given);

}  // namespace touchline::identity
