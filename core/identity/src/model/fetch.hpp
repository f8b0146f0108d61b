// Memory asked for before it is needed: pairs of records lie all over it, and waiting for it takes
// longer than comparing them.
#pragma once

#include <cstddef>

namespace touchline::identity {

/// Has all of a value in the cache a little later.
template <typename Value>
void fetch(const Value& value) {
    constexpr std::size_t k_line = 64;
    const auto* begin = reinterpret_cast<const char*>(&value);
    for (std::size_t at = 0; at < sizeof(Value); at += k_line) __builtin_prefetch(begin + at);
}

/// `use(i)` for each of `count`, with the values of the next few, `value(i)`, on their way.
template <typename ValueAt, typename Use>
void fetch_each(std::size_t count, ValueAt value, Use use) {
    constexpr std::size_t k_ahead = 8;
    for (std::size_t i = 0; i < count; ++i) {
        if (i + k_ahead < count) fetch(value(i + k_ahead));
        use(i);
    }
}

}  // namespace touchline::identity
