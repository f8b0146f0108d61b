// Splits CSV text into rows and cells (RFC 4180): quoted cells may hold delimiters, line ends and
// doubled quotes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk {

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

namespace detail {

inline constexpr auto k_none = std::string_view::npos;

/// A cell that begins with a quote: its characters go to `cell`. Returns where it ends (after the
/// closing quote).
inline std::size_t quoted_cell(std::string_view text, std::size_t at, std::string& cell) {
    ++at;
    while (true) {
        const auto quote = text.find('"', at);
        if (quote == k_none) return k_none;
        cell += text.substr(at, quote - at);
        if (quote + 1 < text.size() && text[quote + 1] == '"') {
            cell += '"';
            at = quote + 2;
        } else {
            return quote + 1;
        }
    }
}

inline bool is_line_end(std::string_view text, std::size_t at) {
    return text[at] == '\n' || (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n');
}

inline CsvRow spoilt(std::string_view text, std::size_t at, bool last, std::string reason) {
    CsvRow row;
    const auto line_end = text.find('\n', at);
    if (line_end == k_none && !last) return row;
    row.end = RowEnd::bad;
    row.length = line_end == k_none ? text.size() : line_end + 1;
    row.reason = std::move(reason);
    return row;
}

}  // namespace detail

/// The first row of `text`. `last`: nothing comes after the text, so its last row needs no line
/// end. A row ends in LF or CRLF. A quote inside an unquoted cell stands for itself, as many
/// programs write it.
inline CsvRow split_row(std::string_view text, char delimiter, bool last) {
    CsvRow row;
    if (text.empty()) return row;
    const char stops[] = {delimiter, '\n', '\0'};
    std::size_t at = 0;
    while (true) {
        std::string& cell = row.cells.emplace_back();
        if (at < text.size() && text[at] == '"') {
            at = detail::quoted_cell(text, at, cell);
            // A quote at the very end may be the first half of a doubled one.
            if (at == detail::k_none || (at == text.size() && !last)) return row;
        } else {
            const auto stop = text.find_first_of(std::string_view(stops, 2), at);
            if (stop == detail::k_none && !last) return row;
            std::size_t end = stop == detail::k_none ? text.size() : stop;
            const bool crlf =
                end > at && text[end - 1] == '\r' && (stop == detail::k_none || text[end] == '\n');
            if (crlf) --end;
            cell = text.substr(at, end - at);
            at = end;
        }
        if (at < text.size() && text[at] == delimiter) {
            ++at;
            continue;
        }
        if (last && (at == text.size() || text.substr(at) == "\r")) {
            row.end = RowEnd::complete;
            row.length = text.size();
            return row;
        }
        if (at < text.size() && detail::is_line_end(text, at)) {
            row.end = RowEnd::complete;
            row.length = at + (text[at] == '\r' ? 2 : 1);
            return row;
        }
        if (text.substr(at) == "\r" && !last) return row;
        return detail::spoilt(
            text, at, last, "there is text between a closing quote and the next delimiter"
        );
    }
}

}  // namespace touchline::sdk
