// How often somebody may try to sign in. Failures are counted for the pair of account and address
// (nobody guesses on and on), for the address (nobody tries one password on all accounts), and,
// higher, for the account (many addresses do not help either); a stranger locks nobody out of their
// own address.
#pragma once

#include "touchline/base/time.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::access {

/// Any thread.
class Attempts {
public:
    /// How long to wait before another try, or nothing.
    std::optional<std::chrono::seconds> wait_for(
        std::string_view account, std::string_view address, Time now
    );
    void failed(std::string_view account, std::string_view address, Time now);
    /// The account's failures from there are forgiven.
    void succeeded(std::string_view account, std::string_view address);

private:
    struct Count {
        int failures = 0;
        Time last{};
    };
    void forget_old(Time now);  // mutex_ is held

    std::mutex mutex_;
    std::map<std::string, Count, std::less<>> counts_;  // guarded by mutex_
};

}  // namespace touchline::access
