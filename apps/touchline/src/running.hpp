// Starting a daemon from a command, and waiting until somebody ends it.
#pragma once

#include "daemon.hpp"
#include "loading.hpp"

#include <csignal>

namespace touchline::app {

/// Blocks SIGINT and SIGTERM for this thread and all that it starts; made before any thread.
class BlockedSignals {
public:
    BlockedSignals() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    }
    ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

    /// Until one of them arrives.
    void wait() const {
        int signal = 0;
        sigwait(&signals_, &signal);
    }

private:
    sigset_t signals_{}, before_{};
};

struct Started {
    std::unique_ptr<Daemon> daemon;  ///< null: what is wrong has been said
};
Started start_daemon(Terminal& terminal, Opened& opened, const DaemonOptions& options);

}  // namespace touchline::app
