// Ending long work in good order when somebody presses Ctrl-C.
#pragma once

#include <csignal>
#include <ctime>
#include <stop_token>
#include <thread>

namespace touchline::app {

/// Turns the first interrupt into a polite stop while it lives. Before any thread starts, so that
/// all inherit the mask.
class StopOnInterrupt {
public:
    StopOnInterrupt() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, &before_);
        waiter_ = std::jthread([this](std::stop_token done) {
            const timespec pause{0, 200'000'000};
            while (!done.stop_requested()) {
                if (sigtimedwait(&signals_, nullptr, &pause) > 0) source_.request_stop();
            }
        });
    }
    ~StopOnInterrupt() {
        waiter_.request_stop();
        waiter_.join();
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    StopOnInterrupt(const StopOnInterrupt&) = delete;
    StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;
    std::stop_token token() const { return source_.get_token(); }

private:
    sigset_t signals_{}, before_{};
    std::stop_source source_;
    std::jthread waiter_;
};

}  // namespace touchline::app
