// The latest requests to a connection's targets, as anybody may see them: what credentials put on
// them is not there, and what looks like a secret in a query is starred.
#pragma once

#include "touchline/base/guarded.hpp"
#include "touchline/base/time.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::net {

struct SeenRequest {
    Time at{};           ///< when it was sent
    std::string target;  ///< by the connector's name for it
    std::string method, url;
    std::string credentials;      ///< how it said who calls: "bearer token", or empty
    std::int64_t sent_bytes = 0;  ///< of the body
    int status = 0;               ///< 0: there was no answer
    std::int64_t received_bytes = 0;
    std::chrono::milliseconds took{0};
    std::string error;   ///< why there was no answer
    std::string answer;  ///< the beginning of what a refusal said
};

/// Keeps as many as people look through, and no more. Any thread.
class RequestLog {
public:
    void add(SeenRequest request);
    /// Newest first.
    std::vector<SeenRequest> latest() const;

private:
    Guarded<std::deque<SeenRequest>> requests_;  // oldest first
};

/// The URL with stars for the values of parameters that are called like secrets ("access_token",
/// "sig"), and no longer than people read.
std::string starred_url(std::string_view url);

}  // namespace touchline::net
