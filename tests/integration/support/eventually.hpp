// Waits for what another process brings about.
#pragma once

#include <chrono>
#include <thread>

namespace touchline::integration {

/// Asks until the answer is yes, for a minute at most.
template <typename Condition>
bool eventually(Condition met) {
    constexpr int k_attempts = 600;
    for (int i = 0; i < k_attempts; ++i) {
        if (met()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return met();
}

}  // namespace touchline::integration
