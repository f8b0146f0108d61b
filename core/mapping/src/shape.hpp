// Which keys a rule may set, and what they hold.
#pragma once

#include "plan.hpp"

#include <span>
#include <string_view>

namespace touchline::mapping {

struct Shape {
    std::string_view key;
    /// The keys of the object, or of each object of the list; empty: anything goes.
    std::span<const std::string_view> members = {};
    bool list = false;
    /// What to write, if the key has to be there: "a touchpoint needs a kind, like case.opened".
    std::string_view required = {};
    /// The words allowed; empty: any.
    std::span<const std::string_view> words = {};
};

std::span<const Shape> shapes(Emit emit);

}  // namespace touchline::mapping
