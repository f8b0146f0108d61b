#include "user_merges.hpp"

#include <algorithm>

namespace request_tracker {

namespace {

constexpr std::string_view k_merged = ") merged into this user";
constexpr std::string_view k_unmerged = ") unmerged from this user";

/// The digits in "… (30) merged into this user"; empty when the line does not say so.
std::string_view id_before(std::string_view line, std::string_view ending) {
    if (line.size() <= ending.size() || line.substr(line.size() - ending.size()) != ending)
        return {};
    line.remove_suffix(ending.size());
    const auto open = line.rfind('(');
    if (open == std::string_view::npos) return {};
    const auto id = line.substr(open + 1);
    const bool digits =
        std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? id : std::string_view();
}

}  // namespace

std::vector<std::string> merged_users(std::string_view comments) {
    std::vector<std::string> ids;
    while (!comments.empty()) {
        const auto end = std::min(comments.find('\n'), comments.size());
        auto line = comments.substr(0, end);
        comments.remove_prefix(std::min(end + 1, comments.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (const auto merged = id_before(line, k_merged); !merged.empty()) {
            if (std::find(ids.begin(), ids.end(), merged) == ids.end()) ids.emplace_back(merged);
        } else if (const auto unmerged = id_before(line, k_unmerged); !unmerged.empty()) {
            ids.erase(std::remove(ids.begin(), ids.end(), unmerged), ids.end());
        }
    }
    return ids;
}

}  // namespace request_tracker
