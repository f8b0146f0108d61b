// Values with units, as people write them in configurations: "5m", "64 MiB", "400/min",
// "2024-01-01".
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/time.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace touchline::config {

/// So many in each period: "400/min", "10/s".
struct Rate {
    std::uint32_t count = 0;
    std::chrono::seconds per{1};
    bool operator==(const Rate&) const = default;
};

/// A whole number and ms, s, m, h, d or w; several may follow each other ("1h30m"). At most 100
/// years.
Result<std::chrono::milliseconds> parse_duration(std::string_view text);
/// Bytes: a whole number and B, kB, MB, GB, KiB, MiB or GiB; a space may stand between.
Result<std::uint64_t> parse_size(std::string_view text);
/// A count from 1 and s, min, h or d after a slash.
Result<Rate> parse_rate(std::string_view text);
/// A date (its first moment in UTC) or a point in time as in RFC 3339.
Result<Time> parse_since(std::string_view text);
/// host:port; the host may be an IPv6 address in brackets. The port may be 0.
Result<void> check_address(std::string_view text);

}  // namespace touchline::config
