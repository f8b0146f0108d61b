// Which users were merged into one. RT itself cannot merge users; the extension MergeUsers can, and
// writes what it did into the surviving user's comments, line by line:
//
//     ana@old.example (30) merged into this user
//     ana@old.example (30) unmerged from this user
//
// People who merge by hand are asked to write the same line (see the README).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace request_tracker {

/// Ids whose last line says merged, in the order of the lines.
std::vector<std::string> merged_users(std::string_view comments);

}  // namespace request_tracker
