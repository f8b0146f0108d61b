// A connector on the host's bench: the built plugin with the host's own services, in this process
// or in a runner, against a system that is real or simulated, and a sink that commits like ingest.
#pragma once

#include "record_sink.hpp"
#include "watched_world.hpp"

#include "touchline/host/connection.hpp"
#include "touchline/mapping/runner.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::integration {

/// Where the connector's code runs.
enum class Housing { in_process, isolated };

/// One configured use of a connector.
struct Configured {
    std::string plugin;
    std::string settings;          ///< JSON
    net::Credentials credentials;  ///< of every target
    Housing housing = Housing::in_process;
    World world = {};
    bool private_network = true;  ///< whether the operator allows it
    /// Where the clock stands still, but for what is slept and passed; nothing: it is the world's.
    std::optional<Time> still_at = {};
};

/// The world's time or one that stands still, and what a test lets pass.
class BenchClock final : public Clock {
public:
    explicit BenchClock(std::optional<Time> still_at) : still_at_(still_at) {}
    Time now() const override { return still_at_.value_or(system_.now()) + shift_; }
    std::chrono::steady_clock::time_point steady() const override {
        const std::chrono::steady_clock::time_point still{
            still_at_.value_or(Time()).time_since_epoch()};
        return (still_at_ ? still : system_.steady()) + shift_;
    }
    void advance(std::chrono::microseconds by) { shift_ += by; }

private:
    SystemClock system_;
    const std::optional<Time> still_at_;
    std::chrono::microseconds shift_{0};
};

/// One thread at a time.
class ConnectorBench {
public:
    static Result<std::unique_ptr<ConnectorBench>> open(Configured configured);
    /// Throws std::runtime_error when anything of it cannot be had.
    explicit ConnectorBench(Configured configured);
    ~ConnectorBench();

    Door& door() { return door_; }
    void pass(std::chrono::seconds time) { clock_.advance(time); }
    /// At least until `time`.
    void pass_until(Time time) {
        if (time > clock_.now()) clock_.advance(time - clock_.now());
    }
    /// How long the host waited, which took no time.
    std::chrono::milliseconds slept() const;
    ingest::Source& source() { return *source_; }

    Result<std::string> checked() { return source_->check({}); }
    /// The connector's sentence, or "error: …".
    std::string check();
    /// Reads all streams from their last checkpoints; what was not committed before an error is
    /// gone. The errors, by stream; none is empty.
    std::map<std::string, Error> run();
    /// The same of one stream.
    Result<void> run(const std::string& stream);
    /// run(stream), and what it has committed.
    Result<Records> news(const std::string& stream);
    /// A webhook call that the host has verified.
    Result<void> webhook(
        std::vector<std::pair<std::string, std::string>> headers, std::string_view body
    );
    /// The connector's process is gone; only what was committed is left.
    void restart();
    /// The same, with credentials that somebody has put in the place of the old ones.
    void restart(net::Credentials credentials);
    void forget();  ///< as a new connection

    const Streams& records() const { return committed_; }
    const Records& records(const std::string& stream) { return committed_[stream]; }
    const std::map<std::string, Point>& checkpoints() const { return checkpoints_; }
    /// What the last run handed over of a stream, repetitions included.
    std::size_t handed_over(const std::string& stream) { return handed_over_[stream]; }
    /// The same of all streams.
    std::size_t handed_over() const;
    /// What the default mapping makes of records of a stream.
    Result<mapping::Output> map(const std::string& stream, const Records& records) const;
    /// The same of all that was committed. Throws std::runtime_error.
    mapping::Output mapped(const std::string& stream) const;
    /// The kinds of mapped() touchpoints with their directions, sorted: "inbound case.opened".
    std::vector<std::string> kinds(const std::string& stream) const;

private:
    class FastSleeper;

    /// Commits what a sink gathers, checkpoint by checkpoint.
    void listen(RecordSink& sink);
    void commit(RecordSink& sink);

    Configured configured_;
    Door door_;
    WatchedWorld world_;
    BenchClock clock_;
    std::unique_ptr<FastSleeper> sleeper_;
    std::shared_ptr<const host::PluginLibrary> library_;
    std::unique_ptr<ingest::Source> source_;
    std::map<std::string, Point> checkpoints_;
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
