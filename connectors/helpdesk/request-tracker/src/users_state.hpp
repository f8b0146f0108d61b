// How far the users are read: the time of the latest change, what was seen of that very second,
// and, while a sweep over the pages is under way, where it is.
//
// RT cannot filter users by time, only sort by it. So a read goes from the latest change backwards
// until it meets what it knows. A second is the finest that RT tells, so within the last second
// users are compared by a fingerprint.
#pragma once

#include "touchline/sdk/plugin.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace request_tracker {

/// The newest second that was read. Times compare as texts.
struct Watermark {
    std::string time;
    std::map<std::string, std::string> seen;  ///< user id to fingerprint, of that second

    void see(const std::string& user, const std::string& changed, const std::string& fingerprint);
    bool knows(const std::string& user, const std::string& changed, const std::string& fingerprint)
        const;
};

struct UsersState {
    static constexpr std::uint32_t k_version = 1;

    Watermark done;
    /// The sweep under way; page 0 is none.
    std::uint64_t next_page = 0;
    std::int64_t total = 0;
    Watermark pending;

    /// An empty text is the beginning of all. Error config: not a state of this connector.
    static touchline::sdk::Result<UsersState> parse(
        touchline::sdk::Job& job, const std::string& text
    );
    std::string text() const;
};

/// FNV-1a of the text, in hexadecimal. It tells two states of one user apart; it protects nothing.
std::string fingerprint(const std::string& text);

}  // namespace request_tracker
