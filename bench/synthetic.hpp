// Records such as a helpdesk sends, the same on every run: customers by a Zipf-like law, e-mail and
// source key for each, about one kilobyte of JSON.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
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
/// CPU microseconds that each named step of a job took, in order of their first time.
class Steps {
public:
    template <typename F>
    decltype(auto) time(const char* step, F&& work) {
        struct Stop {
            double& spent;
            double start = cpu_microseconds();
            ~Stop() { spent += cpu_microseconds() - start; }
        };
        const Stop stop{spent_on(step)};
        return work();
    }
    void print(double records) const;

private:
    double& spent_on(const char* step);

    std::deque<std::pair<const char*, double>> steps_;
};

/// Most memory that this process had resident so far, in MiB.
double peak_mib();

}  // namespace touchline::bench
