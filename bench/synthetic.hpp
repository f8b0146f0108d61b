// Records such as a helpdesk sends, the same on every run: customers by a Zipf-like law, e-mail and
// source key for each, about one kilobyte of JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace touchline::bench {

struct SyntheticRecord {
    std::string external_id, email, user, bytes, touchpoint;
    std::int64_t occurred_at = 0;  ///< microseconds since 1970
    std::int64_t customer = 0;
};

class Synthetic {
public:
    explicit Synthetic(std::int64_t customers) : customers_(customers) {}
    /// The n-th record; n from 0.
    SyntheticRecord record(std::int64_t n);

private:
    std::uint64_t random();

    std::int64_t customers_;
    std::uint64_t state_ = 88172645463325252U;
};

/// CPU time of this process so far, in microseconds.
double cpu_microseconds();
/// Most memory that this process had resident so far, in MiB.
double peak_mib();

}  // namespace touchline::bench
