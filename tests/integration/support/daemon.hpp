// The built program as a child process that serves one configuration, and its API.
#pragma once

#include "scratch_folder.hpp"

#include "touchline/base/result.hpp"
#include "touchline/json/view.hpp"
#include "touchline/net/http_client.hpp"

#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::integration {

class Daemon {
public:
    /// Serves `folder`/touchline.yaml, whose store is in `folder`/data; what it logs goes to
    /// `folder`/daemon.log. Returns when it listens. Error unavailable: it ended before.
    static Result<std::unique_ptr<Daemon>> start(
        net::HttpClient& http, const std::filesystem::path& folder
    );
    /// kill()
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    /// Without a warning. Returns when the process is gone. One thread at a time, also another one.
    void kill();
    /// Asks it to stop, and waits. Its exit code, or -1.
    int stop();
    bool is_running() const { return pid_ > 0; }
    /// Everything that daemons of this folder have logged.
    std::string log() const;

    /// An answer of the API. `path` is below /api/v1/. Error unavailable: its status is not 200.
    Result<json::Document> get(std::string_view path) const;
    /// The customer that an e-mail address leads to; empty when there is none or more than one.
    std::string customer_of(std::string_view email) const;
    /// The kinds of the customer's touchpoints, sorted.
    std::vector<std::string> kinds_of(std::string_view customer) const;

private:
    Daemon(net::HttpClient& http, std::filesystem::path folder)
        : http_(http), folder_(std::move(folder)) {}
    Result<void> launch();
    /// What waitpid says.
    int end_with(int signal);

    net::HttpClient& http_;
    const std::filesystem::path folder_;
    std::string url_, token_;
    std::atomic<pid_t> pid_ = -1;
};

}  // namespace touchline::integration
