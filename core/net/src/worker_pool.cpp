#include "worker_pool.hpp"

namespace touchline::net {

WorkerPool::WorkerPool(std::size_t threads, std::size_t max_waiting) : max_waiting_(max_waiting) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() {
    stop();
}

bool WorkerPool::offer(Task task) {
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || offered_.size() >= max_waiting_) return false;
        offered_.push_back(std::move(task));
    }
    changed_.notify_one();
    return true;
}

void WorkerPool::insist(Task task) {
    {
        std::lock_guard lock(mutex_);
        insisted_.push_back(std::move(task));
    }
    changed_.notify_one();
}

void WorkerPool::stop() {
    std::deque<Task> dropped;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(offered_);
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void WorkerPool::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return stopping_ || !offered_.empty() || !insisted_.empty(); });
        std::deque<Task>& queue = insisted_.empty() ? offered_ : insisted_;
        if (queue.empty()) return;
        Task task = std::move(queue.front());
        queue.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

}  // namespace touchline::net
