#include "touchline/config/problem.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::config {
namespace {

std::string_view line_of(std::string_view source, int number) {
    for (int line = 1; line < number; ++line) {
        const auto end = source.find('\n');
        if (end == std::string_view::npos) return {};
        source.remove_prefix(end + 1);
    }
    std::string_view line = source.substr(0, source.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// As wide as the text before the column: a tab stays a tab, everything else is a space.
std::string indent_of(std::string_view line, int column) {
    std::string indent;
    int seen = 1;
    for (const char c : line) {
        const bool is_continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (is_continuation) continue;
        if (seen++ >= column) break;
        indent += c == '\t' ? '\t' : ' ';
    }
    return indent;
}

std::string padded(int number, std::size_t width) {
    std::string text = number > 0 ? std::to_string(number) : std::string();
    text.insert(0, width > text.size() ? width - text.size() : 0, ' ');
    return text;
}

/// A sentence as it reads after a caret: no capital, no full stop.
std::string as_remark(std::string sentence) {
    if (sentence.ends_with('.') && !sentence.ends_with("..")) sentence.pop_back();
    const bool is_word = sentence.size() > 1 && (sentence[1] < 'A' || sentence[1] > 'Z');
    if (is_word && sentence[0] >= 'A' && sentence[0] <= 'Z') {
        sentence[0] = static_cast<char>(sentence[0] - 'A' + 'a');
    }
    return sentence;
}

}  // namespace

Problem to_problem(const Error& error) {
    Problem problem;
    if (error.place()) problem.place = *error.place();
    problem.message = error.text();
    problem.cure = as_remark(error.cure());
    return problem;
}

std::string render(const Problem& problem, std::string_view source) {
    const Place& place = problem.place;
    std::string out = place.file;
    if (place.line > 0)
        out += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    if (!out.empty()) out += "  ";
    out += problem.severity == Severity::error ? "error  " : "warning  ";
    out += problem.message + "\n";

    const std::string_view line = place.line > 0 ? line_of(source, place.line) : std::string_view();
    if (line.empty()) {
        if (!problem.cure.empty()) out += "     | " + problem.cure + "\n";
        return out;
    }
    const std::size_t width = std::max<std::size_t>(4, std::to_string(place.line).size() + 2);
    out += padded(place.line, width) + " | " + std::string(line) + "\n";
    out += padded(0, width) + " | " + indent_of(line, place.column);
    const int left = static_cast<int>(count_code_points(line)) - place.column + 1;
    out.append(static_cast<std::size_t>(std::clamp(problem.length, 1, std::max(1, left))), '^');
    if (!problem.cure.empty()) out += " " + problem.cure;
    return out + "\n";
}

}  // namespace touchline::config
