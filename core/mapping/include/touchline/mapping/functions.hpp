// What an expression can call, as documentation: `touchline mapping functions` and the reference
// print this table.
#pragma once

#include <string_view>
#include <vector>

namespace touchline::mapping {

struct FunctionDoc {
    std::string_view name;
    /// "truncate(text, count)"
    std::string_view signature;
    /// One sentence.
    std::string_view summary;
    /// An expression that needs no input, and the JSON it yields; a test evaluates each.
    std::string_view example;
    std::string_view result;
    /// Part of JMESPath; otherwise ours.
    bool standard = false;
};

/// Sorted by name.
std::vector<FunctionDoc> functions();

}  // namespace touchline::mapping
