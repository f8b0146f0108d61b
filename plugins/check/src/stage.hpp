// A connector on a stage: the real host in this process, the connector here or in a runner, the
// world of a cassette around it, and everything that it hands over written down.
#pragma once

#include "replay.hpp"

#include "touchline/host/connection.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace touchline::check {

struct State {
    std::uint32_t version = 0;
    std::string bytes;
    bool operator==(const State&) const = default;
};
using States = std::map<std::string, State>;  ///< by stream

/// What came over one call of the sink.
struct Emission {
    enum class Kind { page, bad_record, checkpoint };
    Kind kind = Kind::page;
    std::string stream;
    std::vector<std::string> records;  ///< of a page: each record's bytes
    std::string bytes;                 ///< of a bad record
    State state;                       ///< of a checkpoint
    bool operator==(const Emission&) const = default;
};

/// All that a read of one stream gave.
struct Reading {
    std::vector<Emission> emissions;
    std::optional<Error> error;
    bool ended = false;  ///< the connector said that this was everything

    std::vector<std::string> records() const;
    std::optional<State> last_state() const;
};

/// A clock that only waiting moves.
class VirtualSleeper final : public net::Sleeper {
public:
    explicit VirtualSleeper(ManualClock& clock) : clock_(&clock) {}
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override;
    std::chrono::milliseconds slept{0};

private:
    ManualClock* clock_;
};

/// One cassette, one folder with its files, any number of connections to it, one after the other.
class Stage {
public:
    /// Makes the folder. With `isolation` the connector lives in a runner. Errors: the cassette's
    /// settings do not fit the manifest; the file is not to be trusted.
    static Result<std::unique_ptr<Stage>> make(
        std::shared_ptr<const host::PluginLibrary> library,
        Cassette cassette,
        std::optional<host::Isolation> isolation = {}
    );
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// A new instance of the connector, with a world from the beginning.
    Result<void> open();
    Result<void> open_destination();
    Result<void> open_enricher();
    /// Takes the instance down.
    void close();

    /// Names of the streams that this cassette is for. After open().
    std::vector<std::string> streams() const;
    Result<std::string> check();
    /// Reads until the connector says END or fails, at most `most_calls` calls.
    Reading read(const std::string& stream, State from = {}, int most_calls = 2000);
    Reading webhook(const CassetteWebhook& webhook);
    Result<std::vector<deliver::ItemResult>> write(const std::vector<CassetteEvent>& events);
    Result<std::vector<ingest::Enrichment>> enrich(const std::vector<CassetteEvent>& customers);

    /// Whether the connector knows at once what became of what it hands over. In a runner it goes
    /// on meanwhile, and the host stores no checkpoint after a refusal.
    bool answers_at_once() const { return !isolation_; }
    ingest::Source& source() { return *source_; }
    Replay& http() { return *http_; }
    const Cassette& cassette() const { return cassette_; }
    const host::PluginLibrary& library() const { return *library_; }
    VirtualSleeper& sleeper() { return *sleeper_; }

    std::stop_source stop;
    /// Before each emission, by its number (from 0); an Error is what the sink then says.
    std::function<Result<void>(std::size_t nth)> on_emission;
    std::size_t emissions = 0;

private:
    Stage(std::shared_ptr<const host::PluginLibrary> library, Cassette cassette);
    Result<void> lay_out_files();
    host::ConnectionSetup setup() const;
    net::TargetServices services();

    std::shared_ptr<const host::PluginLibrary> library_;
    std::optional<host::Isolation> isolation_;
    std::shared_ptr<const host::PluginFile> file_;  ///< what a runner loads
    Cassette cassette_;
    std::filesystem::path folder_;
    std::unique_ptr<ManualClock> clock_;
    std::unique_ptr<VirtualSleeper> sleeper_;
    std::unique_ptr<Replay> http_;
    std::unique_ptr<ingest::Source> source_;
    std::unique_ptr<deliver::Destination> destination_;
    std::unique_ptr<ingest::Enricher> enricher_;
};

}  // namespace touchline::check
