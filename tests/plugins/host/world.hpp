// A world for a connection: scripted answers instead of a network, a sink that keeps what comes.
#pragma once

#include "touchline/host/connection.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace touchline::host {

class ScriptedHttp final : public net::HttpClient {
public:
    void answer(const std::string& line, int status, std::string body, net::Headers headers = {}) {
        answers_[line].push_back({status, std::move(headers), std::move(body), ""});
    }
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
    ) override {
        requests.push_back(request);
        timeouts.push_back(options.timeouts);
        if (on_send) on_send();
        if (stop.stop_requested()) return Error(Code::cancelled, "the call was cancelled");
        const auto found = answers_.find(request.method + " " + request.url);
        if (found == answers_.end())
            return Error(Code::unavailable, "no answer for " + request.method + " " + request.url);
        net::Response response = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        return response;
    }

    std::vector<net::Request> requests;
    std::vector<net::Timeouts> timeouts;  ///< of the requests
    std::function<void()> on_send;

private:
    std::map<std::string, std::deque<net::Response>> answers_;
};

class NoSleep final : public net::Sleeper {
public:
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override {
        slept += duration;
        return !stop.stop_requested();
    }
    std::chrono::milliseconds slept{0};
};

class KeepingSink final : public ingest::PageSink {
public:
    Result<void> page(const ingest::Page& page) override {
        if (fail) return *fail;
        pages.emplace_back(page.stream, page.bytes);
        via = page.via;
        return {};
    }
    Result<void> bad_record(const ingest::BadRecord& record) override {
        bad.emplace_back(record.reason);
        return {};
    }
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override {
        states.emplace_back(checkpoint.state);
        if (on_checkpoint) on_checkpoint();
        return {};
    }

    std::vector<std::pair<std::string, std::string>> pages;
    std::vector<std::string> bad, states;
    std::optional<Error> fail;
    std::function<void()> on_checkpoint;
    model::Via via = model::Via::manual;
};

struct World {
    ScriptedHttp http;
    ManualClock clock{Time(std::chrono::seconds(1'790'000'000))};
    NoSleep sleeper;
    net::TargetServices services() {
        return {http, clock, sleeper, [] { return 0.5; }};
    }
};

/// Where the connector under test lives: whatever a test says has to hold in both.
enum class Mode { in_process, isolated };

inline std::string name_of(const ::testing::TestParamInfo<Mode>& info) {
    return info.param == Mode::in_process ? "InProcess" : "Isolated";
}

inline Isolation isolation() {
    Isolation isolation;
    isolation.runner = TOUCHLINE_RUNNER;
    return isolation;
}

template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return *std::move(result);
}

inline Result<std::unique_ptr<ingest::Source>> open_source(
    Mode mode, const std::string& file, ConnectionSetup setup, net::TargetServices services
) {
    if (mode == Mode::in_process)
        return make_source(must(PluginLibrary::load(file)), std::move(setup), services);
    return make_source(must(PluginFile::open(file)), isolation(), std::move(setup), services);
}

inline Result<std::unique_ptr<deliver::Destination>> open_destination(
    Mode mode, const std::string& file, ConnectionSetup setup, net::TargetServices services
) {
    if (mode == Mode::in_process)
        return make_destination(must(PluginLibrary::load(file)), std::move(setup), services);
    return make_destination(must(PluginFile::open(file)), isolation(), std::move(setup), services);
}

inline Result<std::unique_ptr<ingest::Enricher>> open_enricher(
    Mode mode, const std::string& file, ConnectionSetup setup, net::TargetServices services
) {
    if (mode == Mode::in_process)
        return make_enricher(must(PluginLibrary::load(file)), std::move(setup), services);
    return make_enricher(must(PluginFile::open(file)), isolation(), std::move(setup), services);
}

inline ConnectionSetup acme(std::string settings = R"({"url": "https://acme.example/api"})") {
    ConnectionSetup setup;
    setup.id = "acme";
    setup.settings = std::move(settings);
    return setup;
}

}  // namespace touchline::host
