#include "row_reader.hpp"

#include "characters.hpp"
#include "json_check.hpp"

#include "touchline/sdk/csv.hpp"

#include <algorithm>

namespace file_connector {

using touchline::sdk::append_quoted;
using touchline::sdk::CsvRow;
using touchline::sdk::Error;
using touchline::sdk::Result;
using touchline::sdk::RowEnd;
using touchline::sdk::split_row;
using touchline::sdk::Status;

namespace {

constexpr std::string_view k_byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t k_shown_bytes = 64U << 10U;
const std::string k_unclosed = "a quoted cell is not closed";

std::uint64_t lines_in(std::string_view bytes) {
    return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

/// Empty names become column_3, repeated ones name_2: a file is not refused for its header.
void make_unique(std::vector<std::string>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].empty()) columns[i] = "column_" + std::to_string(i + 1);
        const std::string name = columns[i];
        const auto before = columns.begin() + static_cast<std::ptrdiff_t>(i);
        for (int n = 2; std::find(columns.begin(), before, columns[i]) != before; ++n) {
            columns[i] = name + "_" + std::to_string(n);
        }
    }
}

}  // namespace

Result<void> RowReader::open(Position from) {
    go_to({});
    TL_CHECK(fill());
    if (options_->encoding == Encoding::utf8 && rest().substr(0, 3) == k_byte_order_mark) {
        used_ = 3;
        at_.offset = 3;
    }
    if (options_->format == Format::csv) TL_CHECK(read_header());
    if (from.offset > at_.offset) go_to(from);
    return {};
}

Result<void> RowReader::read_header() {
    while (true) {
        TL_TRY(Piece header, next_piece());
        if (header.length == 0) return {};
        const std::string_view bytes = rest().substr(0, header.length);
        const bool empty = is_empty(header);
        const bool readable = options_->encoding == Encoding::latin1 || is_utf8(bytes);
        if (!empty && (!header.reason.empty() || !readable)) {
            return Error(Status::bad_data, name_ + " has no header row that can be read");
        }
        at_.line += lines_in(bytes);
        at_.offset += header.length;
        used_ += header.length;
        if (empty) continue;
        columns_ = std::move(header.cells);
        if (options_->encoding == Encoding::latin1) {
            for (std::string& column : columns_) column = latin1_to_utf8(column);
        }
        make_unique(columns_);
        return {};
    }
}

void RowReader::go_to(Position position) {
    // What is in the buffer already need not be read again.
    const std::uint64_t forward = position.offset - at_.offset;
    if (position.offset >= at_.offset && forward <= rest().size()) {
        used_ += forward;
    } else {
        buffer_.clear();
        used_ = 0;
        file_ended_ = false;
    }
    at_ = position;
}

Result<void> RowReader::fill() {
    buffer_.erase(0, used_);
    used_ = 0;
    TL_TRY(const auto body, job_->read_file(name_, at_.offset + buffer_.size(), k_chunk_bytes));
    TL_TRY(const auto bytes, body.view());
    buffer_ += bytes;
    file_ended_ = bytes.empty();
    return {};
}

Result<std::optional<Row>> RowReader::next() {
    while (true) {
        TL_TRY(Piece piece, next_piece());
        if (piece.length == 0) return std::optional<Row>();
        Row row;
        row.begin = at_;
        row.bytes = rest().substr(0, piece.length);
        row.reason = std::move(piece.reason);
        const bool empty = row.reason.empty() && is_empty(piece);
        if (row.reason.empty() && !empty) row.json = record(piece, row.bytes, row.reason);
        if (took_rows_after_it(piece, row)) {
            piece = first_line_as_bad(row.reason + "; probably " + k_unclosed);
            row.bytes = rest().substr(0, piece.length);
            row.reason = std::move(piece.reason);
        }
        at_.line += lines_in(row.bytes);
        at_.offset += piece.length;
        used_ += piece.length;
        // The line end of an over-long line may be far away: bounded memory means not to keep what
        // is between.
        if (!row.reason.empty() && row.bytes.back() != '\n' && !(file_ended_ && rest().empty())) {
            std::string shown(row.bytes);
            TL_CHECK(skip_line());
            buffer_.insert(0, shown);
            used_ += shown.size();
            row.bytes = std::string_view(buffer_).substr(0, shown.size());
        }
        if (row.bytes.size() > k_shown_bytes && !row.reason.empty())
            row.bytes = row.bytes.substr(0, k_shown_bytes);
        row.end = at_;
        if (!empty) return std::optional<Row>(std::move(row));
    }
}

Result<RowReader::Piece> RowReader::next_piece() {
    while (true) {
        Piece piece = split();
        if (piece.length > 0) return piece;
        if (rest().size() > k_row_bytes) {
            return first_line_as_bad("the row is longer than 512 KiB; probably " + k_unclosed);
        }
        if (file_ended_) {
            if (rest().empty() || !complete_) return Piece();
            return first_line_as_bad(k_unclosed + " before the end of the file");
        }
        TL_CHECK(fill());
    }
}

RowReader::Piece RowReader::split() const {
    const bool last = file_ended_ && complete_;
    Piece piece;
    if (options_->format == Format::jsonl) {
        const auto line_end = rest().find('\n');
        if (line_end != std::string_view::npos)
            piece.length = line_end + 1;
        else if (last)
            piece.length = rest().size();
        return piece;
    }
    CsvRow row = split_row(rest(), options_->delimiter, last);
    if (row.end == RowEnd::open) return piece;
    piece.length = row.length;
    piece.cells = std::move(row.cells);
    piece.reason = std::move(row.reason);
    return piece;
}

/// A quote that is left open swallows whole rows until the next stray quote closes it.
bool RowReader::took_rows_after_it(const Piece& piece, const Row& row) const {
    return options_->format == Format::csv && !row.reason.empty() &&
           piece.cells.size() != columns_.size() && lines_in(row.bytes) > 1;
}

/// Only the first line is given up: the rows after it may be whole.
RowReader::Piece RowReader::first_line_as_bad(std::string reason) const {
    Piece piece;
    const auto line_end = rest().find('\n');
    if (line_end == std::string_view::npos && options_->format == Format::jsonl) {
        reason = "the line is longer than 512 KiB";
    }
    piece.length = line_end == std::string_view::npos ? rest().size() : line_end + 1;
    piece.reason = std::move(reason);
    return piece;
}

Result<void> RowReader::skip_line() {
    while (true) {
        const auto line_end = rest().find('\n');
        const std::size_t length =
            line_end == std::string_view::npos ? rest().size() : line_end + 1;
        at_.offset += length;
        used_ += length;
        if (line_end != std::string_view::npos) {
            ++at_.line;
            return {};
        }
        if (file_ended_) return {};
        TL_CHECK(fill());
    }
}

bool RowReader::is_empty(const Piece& piece) const {
    const std::string_view bytes = rest().substr(0, piece.length);
    return bytes.find_first_not_of(options_->format == Format::csv ? "\r\n" : " \t\r\n") ==
           std::string_view::npos;
}

std::string RowReader::record(const Piece& piece, std::string_view bytes, std::string& reason)
    const {
    if (options_->encoding == Encoding::utf8 && !is_utf8(bytes)) {
        reason = "it is not valid UTF-8; if the file is in Latin-1, say so with encoding: latin-1";
        return {};
    }
    if (options_->format == Format::csv) return csv_record(piece, reason);
    std::string line =
        options_->encoding == Encoding::latin1 ? latin1_to_utf8(bytes) : std::string(bytes);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (is_json_object(line)) return line;
    reason = complete_ && file_ended_ && rest().size() == piece.length && bytes.back() != '\n'
                 ? "the file ends in the middle of it"
                 : "it is not a JSON object";
    return {};
}

std::string RowReader::csv_record(const Piece& piece, std::string& reason) const {
    if (piece.cells.size() != columns_.size()) {
        reason = "it has " + std::to_string(piece.cells.size()) + " cells, and the header has " +
                 std::to_string(columns_.size());
        if (complete_ && file_ended_ && rest().size() == piece.length && rest().back() != '\n') {
            reason += "; the file ends in the middle of it";
        }
        return {};
    }
    std::string json = "{";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0) json += ',';
        append_quoted(json, columns_[i]);
        json += ':';
        append_quoted(
            json,
            options_->encoding == Encoding::latin1 ? latin1_to_utf8(piece.cells[i]) : piece.cells[i]
        );
    }
    return json += '}';
}

}  // namespace file_connector
