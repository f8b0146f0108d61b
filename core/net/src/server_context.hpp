// What all sessions of one server share.
#pragma once

#include "answer_channel.hpp"
#include "worker_pool.hpp"

#include "touchline/net/http_server.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace touchline::net {

/// Owns the open sessions. Thread-safe.
class SessionList {
public:
    /// False when there are as many as may be.
    bool add(std::shared_ptr<SessionPort> session, std::size_t most);
    void remove(const SessionPort* session);
    void wind_down();
    void abort();
    /// True once none is left.
    bool wait_until_empty(std::chrono::milliseconds limit);

private:
    std::vector<std::shared_ptr<SessionPort>> copy();

    std::mutex mutex_;
    std::condition_variable emptied_;
    std::unordered_map<const SessionPort*, std::shared_ptr<SessionPort>> sessions_;
};

struct ServerContext {
    ServerContext(ServerOptions server_options, Handler server_handler)
        : options(std::move(server_options)),
          handler(std::move(server_handler)),
          workers(options.workers, options.max_waiting) {}

    /// First, so that it goes after everything that has a socket or a timer.
    boost::asio::io_context io;
    const ServerOptions options;
    const Handler handler;
    std::atomic<bool> stopping{false};
    SessionList sessions;
    WorkerPool workers;
};

}  // namespace touchline::net
