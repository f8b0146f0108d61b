// What people decided about pairs of records, as a file.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/identity/linkage.hpp"
#include "touchline/identity/stream.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace touchline::app {

struct Decision {
    std::string a, b;  ///< record ids
    identity::Verdict verdict = identity::Verdict::same;
    std::string author, reason;  ///< may be empty
};

/// CSV with the header id_a,id_b,decision and, if you like, author and reason; a decision is `same`
/// or `not_same`. A later line about the same pair takes the place of an earlier one. Error:
/// bad_data, with the line, for a decision that others contradict (a is b, b is c, but a is not c).
Result<std::vector<Decision>> read_decision_file(const std::filesystem::path& path);

/// By place in `ids`, which are sorted. A decision about a record that is not there waits for it.
identity::Constraints constraints_of(
    const std::vector<Decision>& decisions, const std::vector<std::string>& ids
);

/// "Mia decided that they are not the same: other birthday." Null when nothing was decided about
/// the two.
const Decision* decision_about(
    const std::vector<Decision>& decisions, const std::string& a, const std::string& b
);
std::string sentence_for(const Decision& decision);

}  // namespace touchline::app
