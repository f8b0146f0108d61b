// A connector on the host's bench: the built plugin with the host's own services, real HTTP to a
// real server, and a sink that commits like ingest.
#pragma once

#include "touchline/host/connection.hpp"
#include "touchline/mapping/runner.hpp"
#include "touchline/net/http_client.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::integration {

/// One configured use of a connector.
struct Configured {
    std::string plugin;
    std::string settings;  ///< JSON
    net::Credentials credentials;
};

using Records = std::map<std::string, std::string>;  ///< by external id, as JSON
using Streams = std::map<std::string, Records>;

/// Passes calls on. A test may do something at any of them, or end the connector's life there.
class WatchedHttp final : public net::HttpClient {
public:
    explicit WatchedHttp(net::HttpClient& real) : real_(real) {}
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
    ) override;

    int calls = 0;
    std::optional<int> dies_at;  ///< this call and all after it are never answered
    std::function<void(const net::Request&)> before_call;

private:
    net::HttpClient& real_;
};

/// The world's time, and what a test lets pass.
class ShiftedClock final : public Clock {
public:
    Time now() const override { return system_.now() + shift_; }
    std::chrono::steady_clock::time_point steady() const override {
        return system_.steady() + shift_;
    }
    void advance(std::chrono::microseconds by) { shift_ += by; }

private:
    SystemClock system_;
    std::chrono::microseconds shift_{0};
};

class ConnectorBench {
public:
    /// Throws std::runtime_error when anything of it cannot be had.
    explicit ConnectorBench(Configured configured);
    ~ConnectorBench();

    WatchedHttp& http() { return watched_; }
    void pass(std::chrono::seconds time) { clock_.advance(time); }

    /// The connector's sentence, or "error: …".
    std::string check();
    /// Reads all streams from their last checkpoints; what was not committed before an error is
    /// gone. The errors, by stream; none is empty.
    std::map<std::string, Error> run();
    /// The connector's process is gone; only what was committed is left.
    void restart();
    void forget();  ///< as a new connection

    const Streams& records() const { return committed_; }
    const Records& records(const std::string& stream) { return committed_[stream]; }
    /// What the last run handed over of a stream, repetitions included.
    std::size_t handed_over(const std::string& stream) { return handed_over_[stream]; }
    /// What the default mapping makes of a stream's records.
    mapping::Output mapped(const std::string& stream) const;
    /// The kinds of mapped() touchpoints with their directions, sorted: "inbound case.opened".
    std::vector<std::string> kinds(const std::string& stream) const;

private:
    class Sink;
    class FastSleeper;

    const Configured configured_;
    std::unique_ptr<net::HttpClient> real_;
    WatchedHttp watched_;
    ShiftedClock clock_;
    std::unique_ptr<net::Sleeper> sleeper_;
    std::shared_ptr<const host::PluginLibrary> library_;
    std::unique_ptr<ingest::Source> source_;
    std::map<std::string, std::pair<std::uint32_t, std::string>> checkpoints_;
    Streams committed_;
    std::map<std::string, std::size_t> handed_over_;
};

/// Credentials of the kind session, by the recipe of the connector's manifest.
net::Credentials in_session(
    const std::string& plugin, const std::string& user, const std::string& password
);

/// What is said when it fails: "issues: the server answered 401".
std::string said(const std::map<std::string, Error>& errors);

/// Reads everything again and again on `bench`, each time killed at a random one of its calls and
/// then begun anew, `kills` times. The first difference from one undisturbed reading, or empty.
std::string after_kills(ConnectorBench& bench, int kills, unsigned seed);

}  // namespace touchline::integration
