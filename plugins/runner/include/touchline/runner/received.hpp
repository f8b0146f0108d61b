// What a connector hands over in a struct, whichever minor of the ABI it was built for: a receiver
// reads only the members that lie inside its `size`, and the others are zero, which is what members
// that were added later mean by nothing. Both ends of the service tables go through here.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace touchline::runner {

/// A copy of `from`, whole.
template <typename T>
T received(const T& from) {
    static_assert(std::is_trivially_copyable_v<T>);
    T copy{};
    std::memcpy(&copy, &from, std::min<std::size_t>(from.size, sizeof(T)));
    copy.size = sizeof(T);
    return copy;
}

/// Writes the members of `from` that `to` has room for.
template <typename T>
void hand_back(T& to, const T& from) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto size = to.size;
    std::memcpy(&to, &from, std::min<std::size_t>(size, sizeof(T)));
    to.size = size;
}

}  // namespace touchline::runner
