// The tests that a mapping file carries: records, and what they are to become.
#pragma once

#include "touchline/mapping/mapping.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::mapping {

/// One place where an output is not as expected; both sides are JSON text, or "(absent)".
struct Difference {
    std::string pointer;  ///< "refs[0].rel"; "out[1].kind" where several outputs are expected
    std::string expected;
    std::string got;
};

struct CaseResult {
    std::string name;
    Place place;  ///< of the case in the mapping file
    std::vector<Difference> differences;
    std::optional<Error> error;  ///< the case could not be run, or the mapping refused its record

    bool passed() const { return differences.empty() && !error; }
};

/// Reads what `in: {file: path}` names; relative paths are for the caller to resolve.
using Loader = std::function<Result<std::string>(std::string_view path)>;

/// Every case in the order of the file. Expected objects are a subset of what must come out, arrays
/// compare element by element; with `exact: true` nothing else may be there either. Touchpoints
/// come first, then facts, then links.
std::vector<CaseResult> run_tests(const Mapping& mapping, const Loader& load);

}  // namespace touchline::mapping
