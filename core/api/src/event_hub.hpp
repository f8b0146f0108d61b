// Sends the feed to everyone who listens at /api/v1/events, from where each of them left off.
#pragma once

#include "touchline/net/http_server.hpp"
#include "touchline/store/store.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
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

    /// Who listens.
    struct Audience {
        bool with_details = true;  ///< hears what a change says, not only that there is one
        /// Asked now and then; when it is false, the stream ends. Empty: always.
        std::function<bool()> is_welcome;
    };
    /// Events after `position`.
    void listen(
        std::shared_ptr<net::EventSink> sink, store::FeedPosition position, Audience audience
    );
    void notify();

private:
    struct Listener {
        std::shared_ptr<net::EventSink> sink;
        store::FeedPosition position = 0;
        Audience audience;
        std::chrono::steady_clock::time_point last_sent{}, last_asked{};
    };

    void run(std::stop_token stop);
    void serve(std::vector<Listener>& listeners);
    static bool is_welcome(Listener& listener);
    Result<void> send_news(store::Reader& reader, Listener& listener);

    store::Store& store_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool news_ = false;               // guarded by mutex_
    std::vector<Listener> arriving_;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace touchline::api
