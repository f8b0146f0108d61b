// The text behind a YAML tree: turns the byte positions of the parser into places that people
// count.
#pragma once

#include "touchline/base/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::config {

class YamlText {
public:
    /// `text` has to outlive this.
    YamlText(std::string_view text, std::string file_name);

    /// From a line and a column in bytes, both from 0, as the parser has them.
    Place place(int line, int byte_column) const;
    Place place_of_offset(std::size_t offset) const;
    std::size_t offset(int line, int byte_column) const;
    /// Behind the last character that is not white space.
    Place end() const;
    std::string_view text() const { return text_; }
    /// Line from 1, without its line end; empty when there is none.
    std::string_view line(int number) const;
    const std::string& file_name() const { return file_name_; }

private:
    std::string_view text_;
    std::string file_name_;
    std::vector<std::size_t> starts_;
};

}  // namespace touchline::config
