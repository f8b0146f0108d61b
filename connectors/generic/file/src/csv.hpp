// Splits CSV text into rows and cells (RFC 4180): quoted cells may hold delimiters, line ends and
// doubled quotes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace file_connector {

enum class RowEnd {
    complete,  ///< a row, `length` bytes with its line end
    bad,       ///< `length` bytes with its line end that are no row; `reason` says why
    open,      ///< the text ends in the middle of a row
};

struct CsvRow {
    RowEnd end = RowEnd::open;
    std::size_t length = 0;
    std::vector<std::string> cells;
    std::string reason;
};

/// The first row of `text`. `last`: nothing comes after the text, so its last row needs no line
/// end. A row ends in LF or CRLF. A quote inside an unquoted cell stands for itself, as many
/// programs write it.
CsvRow split_row(std::string_view text, char delimiter, bool last);

}  // namespace file_connector
