#include "connector_bench.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/json/records.hpp"
#include "touchline/net/session.hpp"

#include <algorithm>
#include <iostream>
#include <random>
#include <stdexcept>

namespace touchline::integration {

namespace {

template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

std::string text_of(json::View value) {
    const auto string = value.as_string();
    return string ? std::string(*string) : value.text();
}

std::string plugin_file(const std::string& plugin) {
    return std::string(TOUCHLINE_PLUGINS_DIR) + "/" + plugin + ".so";
}

}  // namespace

Result<net::Response> WatchedHttp::send(
    const net::Request& request, const net::SendOptions& options, std::stop_token stop
) {
    if (dies_at && calls >= *dies_at) return Error(Code::cancelled, "the process is gone");
    ++calls;
    if (before_call) before_call(request);
    return real_.send(request, options, std::move(stop));
}

/// Sleeps in no time; the clock goes on as if it had.
class ConnectorBench::FastSleeper final : public net::Sleeper {
public:
    explicit FastSleeper(ShiftedClock& clock) : clock_(clock) {}
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override {
        clock_.advance(duration);
        return !stop.stop_requested();
    }

private:
    ShiftedClock& clock_;
};

/// Keeps what comes until a checkpoint commits it.
class ConnectorBench::Sink final : public ingest::PageSink {
public:
    explicit Sink(ConnectorBench& bench) : bench_(bench) {}

    Result<void> page(const ingest::Page& page) override {
        std::vector<std::string_view> records = json::split_lines(page.bytes);
        if (page.format == ingest::Format::json) {
            TOUCHLINE_TRY(records, json::split_records(page.bytes, page.records));
        }
        for (const auto& stream : bench_.source_->streams()) {
            if (stream.name != page.stream) continue;
            for (const std::string_view text : records) TOUCHLINE_CHECK(keep(stream, text));
            return {};
        }
        return Error(Code::bad_data, "no stream " + std::string(page.stream));
    }
    Result<void> bad_record(const ingest::BadRecord& record) override {
        return Error(Code::bad_data, std::string(record.reason));
    }
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override {
        commit();
        bench_.checkpoints_[std::string(checkpoint.stream)] = {
            checkpoint.version, std::string(checkpoint.state)};
        return {};
    }
    /// A read that ends well commits what is left.
    void commit() {
        for (auto& [stream, id, text] : pending_) bench_.committed_[stream][id] = std::move(text);
        pending_.clear();
    }

private:
    struct Pending {
        std::string stream, id, text;
    };

    Result<void> keep(const ingest::StreamInfo& stream, std::string_view text) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        const auto key = json::find(record.root(), stream.key);
        if (!key) return Error(Code::bad_data, "a record without " + stream.key);
        pending_.push_back({stream.name, text_of(*key), std::string(text)});
        ++bench_.handed_over_[stream.name];
        return {};
    }

    ConnectorBench& bench_;
    std::vector<Pending> pending_;
};

ConnectorBench::ConnectorBench(Configured configured)
    : configured_(std::move(configured)),
      real_(must(net::make_http_client())),
      watched_(*real_),
      sleeper_(std::make_unique<FastSleeper>(clock_)),
      library_(must(host::PluginLibrary::load(plugin_file(configured_.plugin)))) {
    restart();
}

ConnectorBench::~ConnectorBench() = default;

void ConnectorBench::restart() {
    host::ConnectionSetup setup;
    setup.id = configured_.plugin;
    setup.settings = must(host::complete_settings(library_->manifest(), configured_.settings));
    for (const auto& target : library_->manifest().targets)
        setup.credentials[target.name] = configured_.credentials;
    setup.send.allow_private_network = true;
    const net::TargetServices services{watched_, clock_, *sleeper_, [] { return 0.5; }};
    source_ = must(host::make_source(library_, std::move(setup), services));
}

void ConnectorBench::forget() {
    checkpoints_.clear();
    committed_.clear();
    restart();
}

std::string ConnectorBench::check() {
    const auto said = source_->check({});
    return said ? *said : "error: " + said.error().text();
}

std::map<std::string, Error> ConnectorBench::run() {
    std::map<std::string, Error> errors;
    handed_over_.clear();
    for (const auto& stream : source_->streams()) {
        for (;;) {
            Sink sink(*this);
            ingest::ReadRequest request;
            request.stream = stream.name;
            request.state_version = checkpoints_[stream.name].first;
            request.state = checkpoints_[stream.name].second;
            const auto end = source_->read(request, sink);
            if (!end) {
                errors.emplace(stream.name, end.error());
                break;
            }
            sink.commit();
            if (*end == ingest::ReadEnd::end) break;
        }
    }
    return errors;
}

mapping::Output ConnectorBench::mapped(const std::string& stream) const {
    const std::string path = std::string(TOUCHLINE_PLUGINS_DIR) + "/" + configured_.plugin +
                             "/mappings/" + stream + ".yaml";
    const auto file = must(config::read_yaml_file(path));
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(file, problems);
    if (!mapping) throw std::runtime_error(problems.front().text());
    const auto settings = must(json::Document::parse(
        must(host::complete_settings(library_->manifest(), configured_.settings))
    ));
    mapping::Runner runner;
    mapping::Output output;
    const auto records = committed_.find(stream);
    if (records == committed_.end()) return output;
    for (const auto& [id, text] : records->second) {
        const auto record = must(json::Document::parse(text));
        model::Source source;
        source.connection = configured_.plugin;
        source.stream = stream;
        source.external_id = id;
        source.ingested_at = clock_.now();
        const mapping::Context context{
            .tenant = "test", .source = source, .settings = settings.root()};
        const auto ran = runner.run(*mapping, context, record.root(), output);
        if (!ran) throw std::runtime_error(id + ": " + ran.error().text());
    }
    return output;
}

std::vector<std::string> ConnectorBench::kinds(const std::string& stream) const {
    std::vector<std::string> kinds;
    for (const auto& touchpoint : mapped(stream).touchpoints)
        kinds.push_back(
            std::string(model::to_string(touchpoint.direction)) + " " + touchpoint.kind
        );
    std::ranges::sort(kinds);
    return kinds;
}

net::Credentials in_session(
    const std::string& plugin, const std::string& user, const std::string& password
) {
    const auto library = must(host::PluginLibrary::load(plugin_file(plugin)));
    return net::InSession{std::make_shared<net::Session>(
        library->manifest().session.value(), user, Secret(password)
    )};
}

std::string said(const std::map<std::string, Error>& errors) {
    std::string text;
    for (const auto& [stream, error] : errors) text += stream + ": " + error.text() + "\n";
    return text;
}

std::string after_kills(ConnectorBench& bench, int kills, unsigned seed) {
    bench.forget();
    bench.http().calls = 0;
    if (const auto errors = bench.run(); !errors.empty()) return said(errors);
    const int calls = bench.http().calls;
    const Streams whole = bench.records();
    std::mt19937 random(seed);
    for (int kill = 0; kill < kills; ++kill) {
        const int at = std::uniform_int_distribution(0, calls - 1)(random);
        bench.forget();
        bench.http().calls = 0;
        bench.http().dies_at = at;
        bench.run();
        bench.http().dies_at.reset();
        bench.restart();
        const std::string where = "killed at call " + std::to_string(at) + ": ";
        if (const auto errors = bench.run(); !errors.empty()) return where + said(errors);
        if (bench.records() != whole) return where + "another end state";
    }
    std::cout << kills << " kills at random ones of " << calls << " calls, identical end state\n";
    return {};
}

}  // namespace touchline::integration
