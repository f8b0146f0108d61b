// The threads that run handlers, so that a slow one does not hold up the others' bytes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace touchline::net {

/// Thread-safe. Tasks must not throw.
class WorkerPool {
public:
    using Task = std::function<void()>;

    WorkerPool(std::size_t threads, std::size_t max_waiting);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when too many wait, or after `stop`.
    bool offer(Task task);
    /// Never refused before `stop`, and run even when `stop` comes first: the last word to somebody
    /// who was promised it.
    void insist(Task task);
    /// Drops what was offered and has not begun, runs what was insisted on, waits for the threads.
    /// Idempotent.
    void stop();

private:
    void run();

    std::size_t max_waiting_;
    // Two members and a condition belong to one mutex, which Guarded cannot express.
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> offered_;
    std::deque<Task> insisted_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace touchline::net
