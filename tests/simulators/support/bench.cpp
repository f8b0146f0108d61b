#include "bench.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/json/records.hpp"

#include <iterator>
#include <ostream>
#include <stdexcept>

namespace touchline::simulated {

namespace {

template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

std::string with_url(std::string settings, const std::string& url) {
    for (std::size_t at = 0; (at = settings.find("$URL", at)) != std::string::npos;)
        settings.replace(at, 4, url);
    return settings;
}

std::string text_of(json::View value) {
    const auto string = value.as_string();
    return string ? std::string(*string) : value.text();
}

std::filesystem::path plugin_file(const Subject& subject) {
    return std::string(TOUCHLINE_PLUGINS_DIR) + "/" + subject.plugin + ".so";
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Subject& subject) {
    return out << subject.plugin;
}

Result<net::Response> MortalHttp::send(
    const net::Request& request, const net::SendOptions& options, std::stop_token stop
) {
    if (dies_at && calls >= *dies_at) return Error(Code::cancelled, "the process is gone");
    ++calls;
    return real_.send(request, options, std::move(stop));
}

bool FastSleeper::sleep(std::chrono::milliseconds duration, std::stop_token stop) {
    slept += duration;
    clock_.advance(duration);
    return !stop.stop_requested();
}

/// Keeps what comes until a checkpoint commits it.
class Bench::Sink final : public ingest::PageSink {
public:
    explicit Sink(Bench& bench) : bench_(bench) {}

    Result<void> page(const ingest::Page& page) override {
        const auto& stream = stream_named(page.stream);
        std::vector<std::string_view> records = json::split_lines(page.bytes);
        if (page.format == ingest::Format::json) {
            TOUCHLINE_TRY(records, json::split_records(page.bytes, page.records));
        }
        for (const std::string_view record : records) TOUCHLINE_CHECK(keep(stream, record));
        return {};
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
    /// A read or webhook that ends well commits what is left.
    void commit() {
        for (auto& [stream, id, text] : pending_) bench_.committed_[stream][id] = std::move(text);
        pending_.clear();
    }

private:
    struct Pending {
        std::string stream, id, text;
    };

    const ingest::StreamInfo& stream_named(std::string_view name) const {
        for (const auto& stream : bench_.source_->streams()) {
            if (stream.name == name) return stream;
        }
        throw std::runtime_error("no stream " + std::string(name));
    }
    Result<void> keep(const ingest::StreamInfo& stream, std::string_view text) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        const auto key = json::find(record.root(), stream.key);
        if (!key) return Error(Code::bad_data, "a record without " + stream.key);
        pending_.push_back({stream.name, text_of(*key), std::string(text)});
        ++bench_.handed_over_;
        return {};
    }

    Bench& bench_;
    std::vector<Pending> pending_;
};

Bench::Bench(const Subject& subject, Housing housing)
    : subject_(subject),
      housing_(housing),
      real_(must(net::make_http_client())),
      mortal_(*real_),
      clock_(Time(std::chrono::seconds(1'790'000'000))),
      simulator_(must(Simulator::start(*real_, subject.plugin))),
      library_(must(host::PluginLibrary::load(plugin_file(subject)))) {
    settings_ = with_url(subject.settings, simulator_->url());
    restart();
}

void Bench::restart() {
    host::ConnectionSetup setup;
    setup.id = subject_.plugin;
    setup.settings = settings_;
    for (const auto& target : library_->manifest().targets)
        setup.credentials[target.name] = subject_.credentials;
    setup.send.allow_private_network = true;
    const net::TargetServices services{mortal_, clock_, sleeper_, [] { return 0.5; }};
    if (housing_ == Housing::in_process) {
        source_ = must(host::make_source(library_, std::move(setup), services));
        return;
    }
    host::Isolation isolation;
    isolation.runner = TOUCHLINE_RUNNER;
    auto file = must(host::PluginFile::open(plugin_file(subject_)));
    source_ = must(host::make_source(std::move(file), isolation, std::move(setup), services));
}

void Bench::forget() {
    checkpoints_.clear();
    committed_.clear();
    handed_over_ = 0;
    restart();
}

std::string Bench::check() {
    const auto said = source_->check({});
    return said ? *said : "error: " + said.error().text();
}

std::map<std::string, Error> Bench::run() {
    std::map<std::string, Error> errors;
    // The simulator's clock is the world's.
    const auto now = simulator_->tell("now");
    const Time theirs{std::chrono::seconds(now.root().get("now")->as_int().value())};
    if (theirs > clock_.now()) clock_.advance(theirs - clock_.now());
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

Result<void> Bench::webhook(
    std::vector<std::pair<std::string, std::string>> headers, std::string_view body
) {
    Sink sink(*this);
    const auto first = source_->streams().front().name;
    auto taken = source_->webhook({first, std::move(headers), body}, sink);
    if (taken) sink.commit();
    return taken;
}

std::map<std::string, std::map<std::string, std::string>> Bench::truth() {
    std::map<std::string, std::map<std::string, std::string>> truth;
    const auto told = simulator_->tell("truth");
    for (const auto& [stream, records] : told.root().members()) {
        for (const auto& [id, version] : records.members())
            truth[std::string(stream)][std::string(id)] = text_of(version);
    }
    return truth;
}

std::map<std::string, std::map<std::string, std::string>> Bench::seen() const {
    std::map<std::string, std::map<std::string, std::string>> seen;
    for (const auto& stream : source_->streams()) {
        const auto found = committed_.find(stream.name);
        if (found == committed_.end()) continue;
        for (const auto& [id, text] : found->second) {
            const auto record = must(json::Document::parse(text));
            const auto version = json::find(record.root(), subject_.marker);
            seen[stream.name][id] = version ? text_of(*version) : "";
        }
    }
    return seen;
}

Result<mapping::Output> Bench::mapped(const std::string& stream) const {
    const std::string path = std::string(TOUCHLINE_PLUGINS_DIR) + "/" + subject_.plugin +
                             "/mappings/" + stream + ".yaml";
    TOUCHLINE_TRY(const auto file, config::read_yaml_file(path));
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(file, problems);
    if (!mapping) return problems.front();
    TOUCHLINE_TRY(
        const std::string complete, host::complete_settings(library_->manifest(), settings_)
    );
    TOUCHLINE_TRY(const auto settings, json::Document::parse(complete));
    mapping::Runner runner;
    mapping::Output output;
    const auto records = committed_.find(stream);
    if (records == committed_.end()) return output;
    for (const auto& [id, text] : records->second) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        model::Source source;
        source.connection = subject_.plugin;
        source.stream = stream;
        source.external_id = id;
        source.ingested_at = clock_.now();
        const mapping::Context context{
            .tenant = "test", .source = source, .settings = settings.root()};
        TOUCHLINE_CHECK(runner.run(*mapping, context, record.root(), output));
    }
    return output;
}

}  // namespace touchline::simulated
