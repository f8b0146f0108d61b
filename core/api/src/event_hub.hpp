// Sends the feed to everyone who listens at /api/v1/events, from where each of them left off.
#pragma once

#include "touchline/net/http_server.hpp"
#include "touchline/store/store.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace touchline::api {

/// One thread serves all listeners; it looks at the store when told that something was committed,
/// and every second while anybody listens.
class EventHub {
public:
    explicit EventHub(store::Store& store);
    ~EventHub();
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    /// Events after `position`.
    void listen(std::shared_ptr<net::EventSink> sink, store::FeedPosition position);
    void notify();

private:
    struct Listener {
        std::shared_ptr<net::EventSink> sink;
        store::FeedPosition position = 0;
        std::chrono::steady_clock::time_point last_sent{};
    };

    void run(std::stop_token stop);
    void serve(std::vector<Listener>& listeners);
    Result<void> send_news(store::Reader& reader, Listener& listener);

    store::Store& store_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool news_ = false;               // guarded by mutex_
    std::vector<Listener> arriving_;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace touchline::api
