// Where a command speaks: data to standard output, everything else to standard error.
#pragma once

#include "exit_code.hpp"

#include "touchline/base/error.hpp"
#include "touchline/config/problem.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace touchline::app {

/// "1 file", "2 files".
std::string counted(std::int64_t number, std::string_view noun);

/// What is wrong, after the place where that is known: "mine/text.so: this is not …".
std::string located(const Error& error);

class Terminal {
public:
    Terminal(std::ostream& out, std::ostream& err, bool err_is_terminal)
        : out_(out), err_(err), err_is_terminal_(err_is_terminal) {}

    bool json = false;
    bool quiet = false;

    /// Data: a line of text, or with --json the document.
    void print(std::string_view line);
    /// Talk: not with --quiet.
    void say(std::string_view line);
    /// A line that replaces the one before it on a terminal, and is left out elsewhere.
    void progress(std::string_view line);
    /// The error, how to mend it, and what to type next. Returns the exit code to end with.
    ExitCode fail(const Error& error, std::string_view next = {});
    void show(const config::Problem& problem, std::string_view source);

private:
    void end_progress();

    std::ostream& out_;
    std::ostream& err_;
    const bool err_is_terminal_;
    bool in_progress_ = false;
};

/// A cell of a column: filled up with spaces, or cut, to the width.
std::string padded(std::string_view text, std::size_t width);

}  // namespace touchline::app
