// The daemon: schedule, delivery, API and web app of one installation, until it is told to stop.
#pragma once

#include "connections.hpp"

#include "touchline/base/secret.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace touchline::app {

struct DaemonOptions {
    /// No sign-in; only on a loopback address.
    bool without_sign_in = false;
    /// Instead of the configuration's; empty: that one.
    std::string listen;
    /// Where the configuration is, so that changes of it can be planned; and its text now.
    std::filesystem::path config_file{};
    std::string config_source{};
};

class Daemon {
public:
    /// Everything runs when this returns. Errors: config, unavailable (the address is in use).
    static Result<std::unique_ptr<Daemon>> start(
        Installation& installation,
        std::unique_ptr<Connector> connector,
        std::vector<std::unique_ptr<OpenConnection>> connections,
        std::vector<std::unique_ptr<OpenDestination>> destinations,
        const DaemonOptions& options
    );
    /// Stops accepting, lets work in hand finish, keeps what is committed.
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    /// "http://127.0.0.1:8420"
    const std::string& url() const;

private:
    struct State;
    explicit Daemon(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace touchline::app
