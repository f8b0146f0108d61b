// What went wrong, in a form that decides what happens next. Messages are written for people: what
// failed, where, and what to do about it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline {

/// Each code stands for one behaviour of the caller; the plugin ABI's `tl_status` carries the same
/// set.
enum class Code {
    retry,         ///< Failed for now: try again with backoff.
    rate_limited,  ///< Try again after `retry_after`.
    auth,          ///< Credentials are missing, wrong or expired.
    config,        ///< The configuration has to change first.
    bad_data,      ///< This record can never be processed as it is.
    denied,        ///< Refused by a rule or a permission.
    cancelled,     ///< Stopped on request.
    timeout,       ///< A step took longer than it may.
    not_found,     ///< The named thing does not exist.
    conflict,      ///< The state changed, or forbids the request.
    unavailable,   ///< A part that is needed cannot be reached.
    internal,      ///< A defect of ours.
};

/// Stable lower-case name, as in JSON output and logs: "rate_limited".
std::string_view to_string(Code code);

/// A place in a text that a person wrote or a system sent. Line and column count from 1; 0 means
/// unknown.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
};

class [[nodiscard]] Error {
public:
    Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}

    Code code() const { return code_; }
    const std::string& message() const { return message_; }
    /// Outermost first: "reading page 3 of contacts".
    const std::vector<std::string>& context() const { return context_; }
    std::optional<std::chrono::milliseconds> retry_after() const { return retry_after_; }
    const std::optional<Place>& place() const { return place_; }
    /// How to mend it, one sentence; empty when the message says all.
    const std::string& cure() const { return cure_; }

    Error with(std::string context) &&;
    Error after(std::chrono::milliseconds delay) &&;
    Error at(Place place) &&;
    Error cure(std::string sentence) &&;

    /// "reading page 3 of contacts: the server closed the connection"
    std::string text() const;

private:
    Code code_;
    std::string message_;
    std::vector<std::string> context_;
    std::optional<std::chrono::milliseconds> retry_after_;
    std::optional<Place> place_;
    std::string cure_;
};

}  // namespace touchline
