// Reads a server through the connector as the daemon would: the built plugin, the host's services,
// the default mappings.
#pragma once

#include "touchline/host/connection.hpp"
#include "touchline/mapping/runner.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::rt_test {

using Records = std::map<std::string, std::string>;  ///< by external id

struct Point {
    std::uint32_t version = 0;
    std::string state;
    Records before;  ///< of this read, up to here
};
/// What one read has brought.
struct Reading {
    Records records;
    std::vector<Point> checkpoints;
};

class Reader {
public:
    static Result<std::unique_ptr<Reader>> open(
        net::HttpClient& http, const std::string& url, const std::string& token
    );

    Result<std::string> check() { return source_->check({}); }
    /// From a checkpoint; a default one is the beginning.
    Result<Reading> read(std::string_view stream, const Point& from = {});
    /// From where the last call of this left off.
    Result<Reading> read_on(std::string_view stream);
    /// What the records become by the stream's default mapping.
    Result<mapping::Output> map(std::string_view stream, const Records& records);

private:
    explicit Reader(std::string settings) : settings_(std::move(settings)) {}

    std::string settings_;
    SystemClock clock_;
    std::unique_ptr<net::Sleeper> sleeper_ = net::make_sleeper();
    std::unique_ptr<ingest::Source> source_;
    std::map<std::string, Point, std::less<>> reached_;
};

}  // namespace touchline::rt_test
