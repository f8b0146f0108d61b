// The port through which another system adds facts to customers that are here already. The plugin
// host implements it for connectors.
#pragma once

#include "touchline/base/result.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::ingest {

/// Whom to ask about: no more of them than the enricher needs to find them.
struct Subject {
    std::string_view id;      ///< the asker's own, the same on every attempt
    std::string_view fields;  ///< a JSON object: {"email": "ana@example.org"}
};

struct Enrichment {
    enum class Outcome {
        answered,  ///< `facts` is all that is known; "{}" when nothing is
        retry,     ///< by the schedule, or after `retry_after`
        rejected,  ///< nobody can ever be found by these fields
    };
    Outcome outcome = Outcome::retry;
    std::string facts = "{}";  ///< a JSON object
    std::string message;       ///< for people
    std::optional<std::chrono::milliseconds> retry_after;
};

/// One configured enricher. One call at a time; the thread may differ between calls.
class Enricher {
public:
    Enricher() = default;
    Enricher(const Enricher&) = delete;
    Enricher& operator=(const Enricher&) = delete;
    virtual ~Enricher() = default;
    virtual Result<std::string> check(std::stop_token stop) = 0;
    /// One answer per subject, in order. An Error means that nothing is known of any.
    virtual Result<std::vector<Enrichment>> enrich(
        std::span<const Subject> subjects, std::stop_token stop
    ) = 0;
};

}  // namespace touchline::ingest
