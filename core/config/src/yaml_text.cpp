#include "yaml_text.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::config {

YamlText::YamlText(std::string_view text, std::string file_name)
    : text_(text), file_name_(std::move(file_name)), starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\n') starts_.push_back(i + 1);
    }
}

std::string_view YamlText::line(int number) const {
    if (number < 1 || static_cast<std::size_t>(number) > starts_.size()) return {};
    std::string_view rest = text_.substr(starts_[static_cast<std::size_t>(number) - 1]);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    return rest;
}

Place YamlText::place(int line_from_0, int byte_column) const {
    const int number = std::max(line_from_0, 0) + 1;
    const std::string_view before =
        line(number).substr(0, static_cast<std::size_t>(std::max(byte_column, 0)));
    return {file_name_, number, static_cast<int>(count_code_points(before)) + 1};
}

std::size_t YamlText::offset(int line_from_0, int byte_column) const {
    const auto index = static_cast<std::size_t>(std::max(line_from_0, 0));
    if (index >= starts_.size()) return text_.size();
    return std::min(
        text_.size(), starts_[index] + static_cast<std::size_t>(std::max(byte_column, 0))
    );
}

Place YamlText::end() const {
    const auto last = text_.find_last_not_of(" \t\r\n");
    return place_of_offset(last == std::string_view::npos ? 0 : last + 1);
}

Place YamlText::place_of_offset(std::size_t offset) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line_from_0 = next - starts_.begin() - 1;
    return place(static_cast<int>(line_from_0), static_cast<int>(offset - *(next - 1)));
}

}  // namespace touchline::config
