#include "connector_bench.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/net/session.hpp"

#include <algorithm>
#include <iostream>
#include <random>
#include <stdexcept>
#include <utility>

namespace touchline::integration {

namespace {

template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

std::string plugin_file(const std::string& plugin) {
    return std::string(TOUCHLINE_PLUGINS_DIR) + "/" + plugin + ".so";
}

}  // namespace

/// Sleeps in no time; the clock goes on as if it had.
class ConnectorBench::FastSleeper final : public net::Sleeper {
public:
    explicit FastSleeper(BenchClock& clock) : clock_(clock) {}
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override {
        slept += duration;
        clock_.advance(duration);
        return !stop.stop_requested();
    }

    std::chrono::milliseconds slept{0};

private:
    BenchClock& clock_;
};

Result<std::unique_ptr<ConnectorBench>> ConnectorBench::open(Configured configured) {
    try {
        return std::make_unique<ConnectorBench>(std::move(configured));
    } catch (const std::runtime_error& error) {
        return Error(Code::unavailable, error.what());
    }
}

ConnectorBench::ConnectorBench(Configured configured)
    : configured_(std::move(configured)),
      world_(door_, configured_.world),
      clock_(configured_.still_at),
      sleeper_(std::make_unique<FastSleeper>(clock_)),
      library_(must(host::PluginLibrary::load(plugin_file(configured_.plugin)))) {
    restart();
}

ConnectorBench::~ConnectorBench() = default;

std::chrono::milliseconds ConnectorBench::slept() const {
    return sleeper_->slept;
}

void ConnectorBench::restart() {
    source_.reset();
    host::ConnectionSetup setup;
    setup.id = configured_.plugin;
    setup.settings = must(host::complete_settings(library_->manifest(), configured_.settings));
    for (const auto& target : library_->manifest().targets)
        setup.credentials[target.name] = configured_.credentials;
    setup.send.allow_private_network = configured_.private_network;
    const net::TargetServices services{
        world_.http(), clock_, *sleeper_, [] { return 0.5; }, world_.streams(), world_.rows()};
    if (configured_.housing == Housing::in_process) {
        source_ = must(host::make_source(library_, std::move(setup), services));
        return;
    }
    host::Isolation isolation;
    isolation.runner = TOUCHLINE_RUNNER;
    auto file = must(host::PluginFile::open(plugin_file(configured_.plugin)));
    source_ = must(host::make_source(std::move(file), isolation, std::move(setup), services));
}

void ConnectorBench::restart(net::Credentials credentials) {
    configured_.credentials = std::move(credentials);
    restart();
}

void ConnectorBench::forget() {
    checkpoints_.clear();
    committed_.clear();
    restart();
}

std::string ConnectorBench::check() {
    const auto said = checked();
    return said ? *said : "error: " + said.error().text();
}

void ConnectorBench::commit(RecordSink& sink) {
    for (auto& [stream, records] : sink.pending) {
        for (auto& [id, text] : records) committed_[stream][id] = std::move(text);
    }
    sink.pending.clear();
}

void ConnectorBench::listen(RecordSink& sink) {
    sink.comes = [this] { return door_.enter(); };
    sink.reached = [this, &sink](const std::string& stream, Point reached) {
        commit(sink);
        checkpoints_[stream] = std::move(reached);
    };
}

Result<void> ConnectorBench::run(const std::string& stream) {
    handed_over_[stream] = 0;
    for (auto end = ingest::ReadEnd::more; end == ingest::ReadEnd::more;) {
        RecordSink sink(*source_);
        listen(sink);
        ingest::ReadRequest request;
        request.stream = stream;
        request.state_version = checkpoints_[stream].version;
        request.state = checkpoints_[stream].state;
        const auto read = source_->read(request, sink);
        for (const auto& [name, count] : sink.handed_over) handed_over_[name] += count;
        if (!read) return read.error();
        commit(sink);
        end = *read;
    }
    return {};
}

std::map<std::string, Error> ConnectorBench::run() {
    std::map<std::string, Error> errors;
    for (const auto& stream : source_->streams()) {
        if (auto ran = run(stream.name); !ran) errors.emplace(stream.name, std::move(ran).error());
    }
    return errors;
}

Result<Records> ConnectorBench::news(const std::string& stream) {
    const Records before = std::exchange(committed_[stream], {});
    auto ran = run(stream);
    Records fresh = committed_[stream];
    for (const auto& [id, text] : before) committed_[stream].emplace(id, text);
    if (!ran) return std::move(ran).error();
    return fresh;
}

Result<void> ConnectorBench::webhook(
    std::vector<std::pair<std::string, std::string>> headers, std::string_view body
) {
    RecordSink sink(*source_);
    listen(sink);
    const auto first = source_->streams().front().name;
    auto taken = source_->webhook({first, std::move(headers), body}, sink);
    if (taken) commit(sink);
    return taken;
}

std::size_t ConnectorBench::handed_over() const {
    std::size_t all = 0;
    for (const auto& [stream, count] : handed_over_) all += count;
    return all;
}

Result<mapping::Output> ConnectorBench::map(const std::string& stream, const Records& records)
    const {
    const std::string path = std::string(TOUCHLINE_PLUGINS_DIR) + "/" + configured_.plugin +
                             "/mappings/" + stream + ".yaml";
    TOUCHLINE_TRY(const auto file, config::read_yaml_file(path));
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(file, problems);
    if (!mapping) return problems.front();
    TOUCHLINE_TRY(
        const std::string complete,
        host::complete_settings(library_->manifest(), configured_.settings)
    );
    TOUCHLINE_TRY(const auto settings, json::Document::parse(complete));
    mapping::Runner runner;
    mapping::Output output;
    for (const auto& [id, text] : records) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        model::Source source;
        source.connection = configured_.plugin;
        source.stream = stream;
        source.external_id = id;
        source.ingested_at = clock_.now();
        const mapping::Context context{
            .tenant = "test", .source = source, .settings = settings.root()};
        TOUCHLINE_CHECK(runner.run(*mapping, context, record.root(), output).with(id));
    }
    return output;
}

mapping::Output ConnectorBench::mapped(const std::string& stream) const {
    const auto records = committed_.find(stream);
    return records == committed_.end() ? mapping::Output() : must(map(stream, records->second));
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
    bench.door().calls = 0;
    if (const auto errors = bench.run(); !errors.empty()) return said(errors);
    const int calls = bench.door().calls;
    const Streams whole = bench.records();
    std::mt19937 random(seed);
    for (int kill = 0; kill < kills; ++kill) {
        const int at = std::uniform_int_distribution(0, calls - 1)(random);
        bench.forget();
        bench.door().calls = 0;
        bench.door().dies_at = at;
        bench.run();
        bench.door().dies_at.reset();
        bench.restart();
        const std::string where = "killed at call " + std::to_string(at) + ": ";
        if (const auto errors = bench.run(); !errors.empty()) return where + said(errors);
        if (bench.records() != whole) return where + "another end state";
    }
    std::cout << kills << " kills at random ones of " << calls << " calls, identical end state\n";
    return {};
}

}  // namespace touchline::integration
