// How vendors ask, before they send anything, whether an address is really ours.
#pragma once

#include "touchline/base/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchline::host {

struct ChallengeAnswer {
    std::string content_type, body;
};

/// The answer to a GET with this query. Nothing: the vendor asks in no such way, or this is not
/// how.
///
/// meta: the number in hub.challenge comes back; the verify token may be anything, because nothing
/// follows from the answer: a call is taken for its signature. x: the HMAC of crc_token by the
/// app's secret, which is asked for again each hour.
std::optional<ChallengeAnswer> answer_challenge(
    std::string_view vendor, const Secret& secret, std::string_view query
);

}  // namespace touchline::host
