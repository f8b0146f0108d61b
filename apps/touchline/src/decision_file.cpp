#include "decision_file.hpp"

#include "record_files.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace touchline::app {
namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"id_a", "id_b", "decision", "author", "reason"});
constexpr std::size_t k_columns_required = 3;

struct Line {
    Decision decision;
    int number = 0;
};

/// Records that are said to be the same, by the name of one of them.
class SameSets {
public:
    std::string find(const std::string& id) {
        auto name = id;
        for (auto at = parent_.find(name); at != parent_.end(); at = parent_.find(name))
            name = at->second;
        return name;
    }
    void join(const std::string& a, const std::string& b) {
        const auto first = find(a), second = find(b);
        if (first != second) parent_[std::max(first, second)] = std::min(first, second);
    }

private:
    std::map<std::string, std::string> parent_;
};

Result<std::array<std::optional<std::size_t>, k_columns.size()>> columns_of(
    const std::vector<std::string>& header, const std::filesystem::path& path
) {
    std::array<std::optional<std::size_t>, k_columns.size()> columns;
    for (std::size_t i = 0; i < k_columns.size(); ++i) {
        const auto found = std::ranges::find(header, k_columns[i]);
        if (found != header.end()) columns[i] = std::size_t(found - header.begin());
        if (!columns[i] && i < k_columns_required)
            return Error(Code::bad_data, "there is no column " + std::string(k_columns[i]))
                .at({path.string(), 1, 1})
                .cure("The first line is id_a,id_b,decision, with author and reason if you like.");
    }
    return columns;
}

std::optional<identity::Verdict> verdict_of(std::string_view text) {
    if (text == "same") return identity::Verdict::same;
    if (text == "not_same" || text == "different") return identity::Verdict::different;
    return std::nullopt;
}

Result<void> check(const std::vector<Line>& lines, const std::filesystem::path& path) {
    SameSets sets;
    for (const auto& [decision, number] : lines)
        if (decision.verdict == identity::Verdict::same) sets.join(decision.a, decision.b);
    for (const auto& [decision, number] : lines) {
        const bool apart = decision.verdict == identity::Verdict::different;
        if (!apart || sets.find(decision.a) != sets.find(decision.b)) continue;
        return Error(
                   Code::bad_data,
                   decision.a + " and " + decision.b +
                       " are said to be not the same, but other lines say that they are"
        )
            .at({path.string(), number, 1})
            .cure("Take one of the lines out.");
    }
    return {};
}

}  // namespace

Result<std::vector<Decision>> read_decision_file(const std::filesystem::path& path) {
    TOUCHLINE_TRY(const auto text, read_whole_file(path));
    const auto rows = csv_rows(text);
    if (rows.empty()) return std::vector<Decision>();
    TOUCHLINE_TRY(const auto columns, columns_of(rows[0], path));
    std::map<std::pair<std::string, std::string>, Line> latest;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto cell = [&](std::size_t column) {
            const auto at = columns[column];
            return at && *at < rows[i].size() ? rows[i][*at] : std::string();
        };
        const int number = int(i) + 1;
        Line line{{cell(0), cell(1), {}, cell(3), cell(4)}, number};
        const auto verdict = verdict_of(cell(2));
        if (!verdict || line.decision.a.empty() || line.decision.b.empty())
            return Error(Code::bad_data, "a line has two ids, and a decision: same or not_same")
                .at({path.string(), number, 1});
        line.decision.verdict = *verdict;
        latest[std::minmax(cell(0), cell(1))] = std::move(line);
    }
    std::vector<Line> lines;
    for (auto& [pair, line] : latest) lines.push_back(std::move(line));
    TOUCHLINE_CHECK(check(lines, path));
    std::vector<Decision> decisions;
    for (auto& line : lines) decisions.push_back(std::move(line.decision));
    return decisions;
}

identity::Constraints constraints_of(
    const std::vector<Decision>& decisions, const std::vector<std::string>& ids
) {
    identity::Constraints constraints;
    const auto place_of = [&](const std::string& id) {
        return std::ranges::lower_bound(ids, id) - ids.begin();
    };
    const auto known = [&](const std::string& id) { return std::ranges::binary_search(ids, id); };
    for (const auto& one : decisions) {
        if (one.a == one.b || !known(one.a) || !known(one.b)) continue;
        auto& pairs =
            one.verdict == identity::Verdict::same ? constraints.same : constraints.different;
        pairs.emplace_back(std::uint32_t(place_of(one.a)), std::uint32_t(place_of(one.b)));
    }
    return constraints;
}

const Decision* decision_about(
    const std::vector<Decision>& decisions, const std::string& a, const std::string& b
) {
    const auto found = std::ranges::find_if(decisions, [&](const Decision& one) {
        return std::minmax(one.a, one.b) == std::minmax(a, b);
    });
    return found == decisions.end() ? nullptr : &*found;
}

std::string sentence_for(const Decision& decision) {
    auto text = (decision.author.empty() ? "Somebody" : decision.author) +
                " decided that they are " +
                (decision.verdict == identity::Verdict::same ? "" : "not ") + "the same";
    if (!decision.reason.empty()) text += ": " + decision.reason;
    return text + ".";
}

}  // namespace touchline::app
