// Something wrong in a file that a person wrote, and how it is shown: file:line:column, the line
// itself, a caret and the cure. Used for the configuration and for mappings alike.
#pragma once

#include "touchline/base/error.hpp"

#include <string>
#include <string_view>

namespace touchline::config {

enum class Severity { error, warning };

struct Problem {
    Severity severity = Severity::error;
    Place place;
    int length = 1;       ///< how many characters the caret underlines
    std::string message;  ///< without a full stop
    std::string cure;     ///< stands after the caret: `did you mean "schedule"?`; may be empty
    std::string
        key;  ///< what `config explain` takes: "connections.*.streams.*.schedule"; may be empty
};

/// An error that has a place, as a problem.
Problem to_problem(const Error& error);

/// Two or three lines, each with a line end:
///     touchline.yaml:41:7  error  unknown key "shedule" in connections.zendesk-eu.streams.tickets
///       41 |       shedule: 5m
///          |       ^^^^^^^ did you mean "schedule"?
/// `source` is the text of the file that the place names. Without a line in it, the cure follows on
/// a line of its own.
std::string render(const Problem& problem, std::string_view source);

}  // namespace touchline::config
