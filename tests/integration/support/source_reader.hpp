// Reads a real server through a connector as the daemon would: the built plugin, the host's
// services, the default mappings; in this process or in a runner.
#pragma once

#include "touchline/host/connection.hpp"
#include "touchline/mapping/runner.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::net {
class RowClient;
class StreamClient;
}  // namespace touchline::net

namespace touchline::integration {

using Records = std::map<std::string, std::string>;  ///< by external id

struct Point {
    std::uint32_t version = 0;
    std::string state;
};
/// What one read has brought, and each checkpoint with the records before it.
struct Reading {
    Records records;
    Point last;
    std::vector<std::pair<Point, Records>> checkpoints;
};

/// What an installation gives to a connector.
struct World {
    net::HttpClient* http = nullptr;  ///< null: none is needed
    net::StreamClient* streams = nullptr;
    net::RowClient* rows = nullptr;
};

class SourceReader {
public:
    /// `plugin` is the library's id.
    static Result<std::unique_ptr<SourceReader>> open(
        const std::string& plugin, host::ConnectionSetup setup, World world, bool isolated
    );

    Result<std::string> check() { return source_->check({}); }
    /// From a point; a default one is the beginning.
    Result<Reading> read(std::string_view stream, const Point& from = {});
    /// From where the last call of this left off; what is new since.
    Result<Records> news(std::string_view stream);
    /// A read that stays until `until` says so, asked at each page and checkpoint, and every now
    /// and then.
    Result<Reading> stay(
        std::string_view stream, const Point& from, std::function<bool(const Reading&)> until
    );
    /// What the records become by the stream's default mapping.
    Result<mapping::Output> map(std::string_view stream, const Records& records);
    ingest::Source& source() { return *source_; }

private:
    SourceReader(std::string plugin, std::string settings, World world)
        : plugin_(std::move(plugin)), settings_(std::move(settings)), world_(world) {}

    const std::string plugin_, settings_;
    const World world_;
    SystemClock clock_;
    std::unique_ptr<net::Sleeper> sleeper_ = net::make_sleeper();
    std::unique_ptr<net::HttpClient> no_http_;
    std::unique_ptr<ingest::Source> source_;
    std::map<std::string, Point, std::less<>> reached_;
};

/// Reads a stream in child processes that are killed (SIGKILL) at random moments, until one comes
/// to its end; each goes on from what the last one had stored, as a store would: records and
/// checkpoint in one step. The records at the end, and how many were killed.
struct KilledReading {
    Records records;
    int killed = 0;
};
Result<KilledReading> read_with_kills(
    const std::function<Result<std::unique_ptr<SourceReader>>()>& open,
    std::string_view stream,
    std::optional<Reading> from = {}
);

}  // namespace touchline::integration
