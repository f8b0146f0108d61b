// Kept connections, ready for the next request to the same origin.
#pragma once

#include "stream.hpp"

#include "touchline/base/guarded.hpp"
#include "touchline/net/http_client.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace touchline::net {

/// Thread-safe.
class ConnectionPool {
public:
    using Instant = std::chrono::steady_clock::time_point;

    explicit ConnectionPool(const ClientOptions& options);

    /// The one used last, or null. `key` is the origin and what was allowed when it was opened.
    std::unique_ptr<Stream> take(const std::string& key, Instant now);
    /// Closes it instead when there are enough.
    void put(std::string key, std::unique_ptr<Stream> stream, Instant now);

private:
    struct Kept {
        std::string key;
        std::unique_ptr<Stream> stream;
        Instant since;
    };

    std::size_t per_key_;
    std::size_t total_;
    std::chrono::milliseconds idle_timeout_;
    Guarded<std::vector<Kept>> kept_;
};

}  // namespace touchline::net
