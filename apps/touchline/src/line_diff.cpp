#include "line_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace touchline::app {
namespace {

constexpr std::size_t k_around = 3;
/// Beyond this many lines in the part that differs, all of it is shown as replaced.
constexpr std::size_t k_most_lines = 3'000;

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

struct Line {
    char mark;  // ' ', '-' or '+'
    std::string_view text;
};

/// By the longest common subsequence of the part between what both texts begin and end with.
std::vector<Line> compare(
    const std::vector<std::string_view>& a, const std::vector<std::string_view>& b
) {
    std::size_t head = 0, tail = 0;
    while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
    while (tail < std::min(a.size(), b.size()) - head &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    const std::size_t n = a.size() - head - tail, m = b.size() - head - tail;
    std::vector<Line> lines;
    for (std::size_t i = 0; i < head; ++i) lines.push_back({' ', a[i]});
    std::size_t i = 0, j = 0;
    if (n <= k_most_lines && m <= k_most_lines) {
        const std::size_t width = m + 1;
        std::vector<std::uint16_t> longest((n + 1) * width, 0);
        for (std::size_t x = n; x-- > 0;) {
            for (std::size_t y = m; y-- > 0;) {
                const bool same = a[head + x] == b[head + y];
                longest[x * width + y] =
                    same ? static_cast<std::uint16_t>(longest[(x + 1) * width + y + 1] + 1)
                         : std::max(longest[(x + 1) * width + y], longest[x * width + y + 1]);
            }
        }
        while (i < n && j < m) {
            if (a[head + i] == b[head + j]) {
                lines.push_back({' ', a[head + i]});
                ++i;
                ++j;
            } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
                lines.push_back({'-', a[head + i++]});
            } else {
                lines.push_back({'+', b[head + j++]});
            }
        }
    }
    for (; i < n; ++i) lines.push_back({'-', a[head + i]});
    for (; j < m; ++j) lines.push_back({'+', b[head + j]});
    for (std::size_t k = a.size() - tail; k < a.size(); ++k) lines.push_back({' ', a[k]});
    return lines;
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name) {
    if (before == after) return {};
    const std::vector<Line> lines = compare(lines_of(before), lines_of(after));
    std::string diff = "--- " + std::string(name) + "\n+++ " + std::string(name) + "\n";
    std::size_t before_line = 1, after_line = 1;
    for (std::size_t at = 0; at < lines.size();) {
        if (lines[at].mark == ' ') {
            ++before_line;
            ++after_line;
            ++at;
            continue;
        }
        const std::size_t first = at - std::min(at, k_around);
        std::size_t last = at;  // of the changes that are near each other
        for (std::size_t next = at; next < lines.size() && next <= last + 2 * k_around; ++next) {
            if (lines[next].mark != ' ') last = next;
        }
        const std::size_t end = std::min(lines.size(), last + k_around + 1);
        std::size_t removed = 0, added = 0;
        std::string body;
        for (std::size_t i = first; i < end; ++i) {
            removed += lines[i].mark != '+';
            added += lines[i].mark != '-';
            body.append(1, lines[i].mark).append(lines[i].text).append(1, '\n');
        }
        const std::size_t lead = at - first;
        diff.append("@@ -").append(std::to_string(before_line - lead)).append(",");
        diff.append(std::to_string(removed)).append(" +");
        diff.append(std::to_string(after_line - lead)).append(",");
        diff.append(std::to_string(added)).append(" @@\n").append(body);
        for (; at < end; ++at) {
            before_line += lines[at].mark != '+';
            after_line += lines[at].mark != '-';
        }
    }
    return diff;
}

}  // namespace touchline::app
