// A connector on the host's bench: the built plugin with the host's own services, real HTTP to a
// simulator, a clock that only moves when somebody sleeps, and a sink that commits like ingest.
#pragma once

#include "simulator.hpp"

#include "touchline/host/connection.hpp"
#include "touchline/mapping/runner.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::simulated {

/// A connector, and how a connection to its simulator is configured.
struct Subject {
    std::string plugin;  ///< id; the simulator has the same name
    net::Credentials credentials;
    std::string settings;  ///< JSON; "$URL" stands for the simulator's address
    std::string secret;    ///< must never be seen anywhere
    std::string marker;    ///< JSON pointer to what changes with a record; some have none
};

std::ostream& operator<<(std::ostream& out, const Subject& subject);

using Records = std::map<std::string, std::string>;  ///< by external id, as JSON
using Streams = std::map<std::string, Records>;

/// Passes calls on; a test may end the connector's life at any of them, as a crash would.
class MortalHttp final : public net::HttpClient {
public:
    explicit MortalHttp(net::HttpClient& real) : real_(real) {}
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
    ) override;

    int calls = 0;
    std::optional<int> dies_at;  ///< this call and all after it are never answered

private:
    net::HttpClient& real_;
};

/// Sleeps in no time; the clock goes on as if it had.
class FastSleeper final : public net::Sleeper {
public:
    explicit FastSleeper(ManualClock& clock) : clock_(clock) {}
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override;

    std::chrono::milliseconds slept{0};

private:
    ManualClock& clock_;
};

/// Where the connector's code runs.
enum class Housing { in_process, isolated };

class Bench {
public:
    /// Throws std::runtime_error when anything of it cannot be had.
    explicit Bench(const Subject& subject, Housing housing = Housing::in_process);

    const std::string& secret() const { return subject_.secret; }
    Simulator& simulator() { return *simulator_; }
    MortalHttp& http() { return mortal_; }
    std::chrono::milliseconds slept() const { return sleeper_.slept; }

    std::string check();
    /// Reads all streams from their last checkpoints; what was not committed before an error is
    /// gone. Returns the errors, by stream.
    std::map<std::string, Error> run();
    /// A webhook call that the host has verified.
    Result<void> webhook(
        std::vector<std::pair<std::string, std::string>> headers, std::string_view body
    );
    /// The connector's process is gone; only what was committed is left.
    void restart();
    void forget();  ///< as a new connection

    const Streams& records() const { return committed_; }
    /// All that was handed over, repetitions included.
    std::size_t handed_over() const { return handed_over_; }
    /// What the simulator holds, as {stream: {id: version}}.
    std::map<std::string, std::map<std::string, std::string>> truth();
    /// The same of what was read.
    std::map<std::string, std::map<std::string, std::string>> seen() const;
    /// What the default mappings make of a stream's records.
    Result<mapping::Output> mapped(const std::string& stream) const;

private:
    class Sink;

    Subject subject_;
    const Housing housing_;
    std::string settings_;
    std::unique_ptr<net::HttpClient> real_;
    MortalHttp mortal_;
    ManualClock clock_;
    FastSleeper sleeper_{clock_};
    std::unique_ptr<Simulator> simulator_;
    std::shared_ptr<const host::PluginLibrary> library_;
    std::unique_ptr<ingest::Source> source_;
    std::map<std::string, std::pair<std::uint32_t, std::string>> checkpoints_;
    Streams committed_;
    std::size_t handed_over_ = 0;
};

}  // namespace touchline::simulated
