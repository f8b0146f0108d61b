// The rows of one file from an offset on, in bounded memory whatever the file holds.
#pragma once

#include "options.hpp"

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace file_connector {

/// Where a row begins: the byte and the line, which counts from 1.
struct Position {
    std::uint64_t offset = 0;
    std::uint64_t line = 1;
};

struct Row {
    Position begin, end;
    std::string json;        ///< the record; empty when the row is bad
    std::string_view bytes;  ///< as they stand in the file (of a long bad row the beginning), until
                             ///< the next call
    std::string reason;      ///< why it is bad
};

class RowReader {
public:
    /// `complete`: nothing will be appended, so a row that the end of the file cuts is bad;
    /// otherwise it is left.
    RowReader(touchline::sdk::Job& job, const Options& options, std::string name, bool complete)
        : job_(&job), options_(&options), name_(std::move(name)), complete_(complete) {}

    /// Reads the header row, then goes to `from`. Once, before next().
    touchline::sdk::Result<void> open(Position from);
    /// Nothing at the end, or before a row that is not complete yet.
    touchline::sdk::Result<std::optional<Row>> next();
    /// After the last row that next() returned, or that was passed over because it was empty.
    Position position() const { return at_; }

private:
    struct Piece {
        std::size_t length = 0;  ///< 0: there is none yet
        std::vector<std::string> cells;
        std::string reason;
    };

    std::string_view rest() const { return std::string_view(buffer_).substr(used_); }
    touchline::sdk::Result<void> read_header();
    void go_to(Position position);
    touchline::sdk::Result<void> fill();
    touchline::sdk::Result<Piece> next_piece();
    Piece split() const;
    bool took_rows_after_it(const Piece& piece, const Row& row) const;
    Piece first_line_as_bad(std::string reason) const;
    touchline::sdk::Result<void> skip_line();
    bool is_empty(const Piece& piece) const;
    std::string record(const Piece& piece, std::string_view bytes, std::string& reason) const;
    std::string csv_record(const Piece& piece, std::string& reason) const;

    touchline::sdk::Job* job_;
    const Options* options_;
    std::string name_;
    bool complete_;
    std::vector<std::string> columns_;
    std::string buffer_;
    std::size_t used_ = 0;  ///< of the buffer; rest() begins at at_
    Position at_;
    bool file_ended_ = false;
};

}  // namespace file_connector
