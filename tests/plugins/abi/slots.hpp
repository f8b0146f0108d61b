// The members of the ABI's structs and the values of its constants, read from header texts, and
// what a later header may not do to them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::abi_gate {

struct Declarations {
    std::map<std::string, std::vector<std::string>> structs;  ///< each member as it is written
    std::map<std::string, std::string> constants;             ///< enumerators and #defines
};

Declarations read_declarations(std::string_view header);

/// One sentence for each promise of `old` that `now` breaks: a member that moved, changed or went,
/// a constant with another value, a struct without a size that grew.
std::vector<std::string> broken_promises(const Declarations& old, const Declarations& now);

}  // namespace touchline::abi_gate
