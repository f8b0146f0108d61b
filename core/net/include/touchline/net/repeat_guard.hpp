// Notices a source that hands out the same page for ever.
#pragma once

#include "touchline/base/digest.hpp"
#include "touchline/base/result.hpp"

#include <string>
#include <string_view>

namespace touchline::net {

/// One per read of a stream. Not thread-safe.
class RepeatGuard {
public:
    /// Error bad_data when the same URL gave the same body for the third time in a row.
    Result<void> see(std::string_view url, std::string_view body);

private:
    std::string url_;
    Digest body_{};
    int seen_ = 0;
};

}  // namespace touchline::net
