#include "delivery.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/deliver/deliverer.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

/// How long at most until the feed is looked at again, whoever wrote to it.
constexpr std::chrono::seconds k_look{5};

}  // namespace

Delivery::Delivery(
    Installation& installation, std::vector<std::unique_ptr<OpenDestination>> destinations
)
    : installation_(installation), destinations_(std::move(destinations)) {
    for (const auto& destination : destinations_) {
        threads_.emplace_back([this, &one = *destination](std::stop_token stop) { run(one, stop); }
        );
    }
}

Delivery::~Delivery() {
    for (std::jthread& thread : threads_) thread.request_stop();
    wake_.notify_all();
    threads_.clear();
}

void Delivery::notify() {
    {
        const std::lock_guard lock(mutex_);
        ++news_;
    }
    wake_.notify_all();
}

void Delivery::run(OpenDestination& destination, std::stop_token stop) {
    deliver::DeliverOptions options;
    options.types = destination.types;
    deliver::Deliverer deliverer(
        destination.id,
        *destination.destination,
        installation_.store(),
        random_fraction,
        std::move(options)
    );
    std::uint64_t seen = 0;
    while (!stop.stop_requested()) {
        {
            const std::lock_guard lock(mutex_);
            seen = news_;
        }
        const auto report = deliverer.step(installation_.clock().now(), stop);
        std::chrono::microseconds pause = k_look;
        if (!report) {
            log(LogLevel::error,
                "delivery failed",
                {{"destination", destination.id}, {"error", report.error().text()}});
        } else {
            if (!report->problem.empty()) {
                log(LogLevel::warning,
                    "delivery",
                    {{"destination", destination.id}, {"problem", report->problem}});
            }
            if (report->more) continue;
            if (report->next_at) {
                pause = std::clamp<std::chrono::microseconds>(
                    *report->next_at - installation_.clock().now(),
                    std::chrono::milliseconds(10),
                    k_look
                );
            }
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, pause, [&] { return news_ != seen; });
    }
}

}  // namespace touchline::app
