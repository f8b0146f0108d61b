#include "reading.hpp"

#include "touchline/config/yaml.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::rt_test {

namespace {

/// Keeps the records by the key that the manifest declares: "/id".
class RecordingSink final : public ingest::PageSink {
public:
    Result<void> page(const ingest::Page& page) override {
        std::string_view rest = page.bytes;
        while (!rest.empty()) {
            const auto line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            TOUCHLINE_TRY(const auto record, json::Document::parse(line));
            reading.records[std::string(record.root().get("id").value().as_string().value())] =
                line;
        }
        return {};
    }
    Result<void> bad_record(const ingest::BadRecord& record) override {
        return Error(Code::bad_data, std::string(record.reason));
    }
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override {
        reading.checkpoints.push_back(
            {checkpoint.version, std::string(checkpoint.state), reading.records}
        );
        return {};
    }

    Reading reading;
};

}  // namespace

Result<std::unique_ptr<Reader>> Reader::open(
    net::HttpClient& http, const std::string& url, const std::string& token
) {
    TOUCHLINE_TRY(
        auto library,
        host::PluginLibrary::load(std::string(TOUCHLINE_PLUGINS_DIR) + "/request-tracker.so")
    );
    std::string settings = "{\"url\": ";
    json::append_quoted(settings, url);
    settings += "}";
    std::unique_ptr<Reader> reader(new Reader(settings));
    host::ConnectionSetup setup;
    setup.id = "rt";
    setup.settings = settings;
    setup.credentials["api"] = net::HeaderKey{"Authorization", Secret(token), "token "};
    setup.send.allow_private_network = true;
    const net::TargetServices services{http, reader->clock_, *reader->sleeper_, [] { return 0.5; }};
    TOUCHLINE_TRY(
        reader->source_, host::make_source(std::move(library), std::move(setup), services)
    );
    return reader;
}

Result<Reading> Reader::read(std::string_view stream, const Point& from) {
    RecordingSink sink;
    ingest::ReadRequest request;
    request.stream = stream;
    request.state_version = from.version;
    request.state = from.state;
    TOUCHLINE_TRY(const auto end, source_->read(request, sink));
    if (end != ingest::ReadEnd::end) return Error(Code::internal, "the source stopped early");
    return std::move(sink.reading);
}

Result<Reading> Reader::read_on(std::string_view stream) {
    auto& point = reached_[std::string(stream)];
    TOUCHLINE_TRY(auto reading, read(stream, point));
    if (!reading.checkpoints.empty()) point = reading.checkpoints.back();
    return reading;
}

Result<mapping::Output> Reader::map(std::string_view stream, const Records& records) {
    const std::string path = std::string(TOUCHLINE_PLUGINS_DIR) + "/request-tracker/mappings/" +
                             std::string(stream) + ".yaml";
    TOUCHLINE_TRY(const auto file, config::read_yaml_file(path));
    std::vector<Error> problems;
    const auto mapping = mapping::Mapping::compile(file, problems);
    if (!mapping) return problems.front();
    TOUCHLINE_TRY(const auto settings, json::Document::parse(settings_));
    mapping::Runner runner;
    mapping::Output output;
    for (const auto& [id, text] : records) {
        TOUCHLINE_TRY(const auto record, json::Document::parse(text));
        model::Source source;
        source.connection = "rt";
        source.stream = stream;
        source.external_id = id;
        source.ingested_at = clock_.now();
        const mapping::Context context{
            .tenant = "test", .source = source, .settings = settings.root()};
        TOUCHLINE_CHECK(runner.run(*mapping, context, record.root(), output));
    }
    return output;
}

}  // namespace touchline::rt_test
