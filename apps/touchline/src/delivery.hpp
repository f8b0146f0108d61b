// Keeps every destination supplied: one thread each, so that none slows another.
#pragma once

#include "connections.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace touchline::app {

class Delivery {
public:
    Delivery(
        Installation& installation, std::vector<std::unique_ptr<OpenDestination>> destinations
    );
    ~Delivery();
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;

    /// The feed may have grown. Any thread.
    void notify();

private:
    void run(OpenDestination& destination, std::stop_token stop);

    Installation& installation_;
    std::vector<std::unique_ptr<OpenDestination>> destinations_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::uint64_t news_ = 0;  // guarded by mutex_; grows with every notify()
    std::vector<std::jthread> threads_;
};

}  // namespace touchline::app
