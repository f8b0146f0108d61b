#include "source_reader.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/config/yaml.hpp"
#include "touchline/json/records.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <sstream>

namespace touchline::integration {

namespace {

class NoHttp final : public net::HttpClient {
public:
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions&, std::stop_token
    ) override {
        return Error(Code::denied, "no request was expected: " + request.url);
    }
};

/// Keeps the records by the key that the stream declares.
class RecordingSink final : public ingest::PageSink {
public:
    explicit RecordingSink(std::string key) : key_(std::move(key)) {}

    Result<void> page(const ingest::Page& page) override {
        std::vector<std::string_view> records;
        if (page.format == ingest::Format::ndjson) {
            records = json::split_lines(page.bytes);
        } else {
            TOUCHLINE_TRY(records, json::split_records(page.bytes, page.records));
        }
        for (const std::string_view bytes : records) {
            TOUCHLINE_TRY(const auto record, json::Document::parse(bytes));
            const auto id = json::find(record.root(), key_);
            if (!id) return Error(Code::bad_data, "no " + key_ + " in " + std::string(bytes));
            const auto text = id->as_string();
            reading.records[text ? std::string(*text) : id->text()] = bytes;
        }
        if (changed) changed();
        return {};
    }
    Result<void> bad_record(const ingest::BadRecord& record) override {
        return Error(Code::bad_data, std::string(record.reason));
    }
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override {
        reading.last = {checkpoint.version, std::string(checkpoint.state)};
        if (keep_all) reading.checkpoints.emplace_back(reading.last, reading.records);
        if (on_checkpoint) on_checkpoint();
        if (changed) changed();
        return {};
    }

    Reading reading;
    bool keep_all = true;
    std::function<void()> changed, on_checkpoint;

private:
    const std::string key_;
};

std::string key_of(const ingest::Source& source, std::string_view stream) {
    for (const ingest::StreamInfo& info : source.streams()) {
        if (info.name == stream) return info.key;
    }
    return {};
}

ingest::ReadRequest request_of(std::string_view stream, const Point& from) {
    ingest::ReadRequest request;
    request.stream = stream;
    request.state_version = from.version;
    request.state = from.state;
    return request;
}

/// Version, state and records in one file, which is there whole or not at all.
void store(const std::filesystem::path& file, const Reading& reading) {
    const std::filesystem::path fresh = file.string() + ".new";
    {
        std::ofstream out(fresh, std::ios::binary);
        out << reading.last.version << ' ' << to_base64(reading.last.state) << ".\n";
        for (const auto& [id, text] : reading.records)
            out << to_base64(id) << ' ' << to_base64(text) << '\n';
    }
    std::filesystem::rename(fresh, file);
}

Reading load(const std::filesystem::path& file) {
    Reading reading;
    std::ifstream in(file, std::ios::binary);
    std::string state, id, text;
    if (!(in >> reading.last.version >> state)) return reading;
    state.pop_back();
    reading.last.state = from_base64(state).value_or("");
    while (in >> id >> text)
        reading.records[from_base64(id).value_or("")] = from_base64(text).value_or("");
    return reading;
}

/// In the child: reads on, and stores at each checkpoint. Its exit code.
int read_and_store(
    const std::function<Result<std::unique_ptr<SourceReader>>()>& open,
    std::string_view stream,
    const std::filesystem::path& file
) {
    auto reader = open();
    if (!reader) return 3;
    RecordingSink sink(key_of((*reader)->source(), stream));
    sink.keep_all = false;
    sink.reading = load(file);
    sink.on_checkpoint = [&] { store(file, sink.reading); };
    const auto end = (*reader)->source().read(request_of(stream, sink.reading.last), sink);
    if (end) return *end == ingest::ReadEnd::end ? 0 : 1;
    std::ofstream(file.string() + ".error") << end.error().text();
    return 2;
}

}  // namespace

Result<std::unique_ptr<SourceReader>> SourceReader::open(
    const std::string& plugin, host::ConnectionSetup setup, World world, bool isolated
) {
    std::unique_ptr<SourceReader> reader(new SourceReader(plugin, setup.settings, world));
    reader->no_http_ = std::make_unique<NoHttp>();
    net::HttpClient& http = world.http != nullptr ? *world.http : *reader->no_http_;
    const net::TargetServices services{
        http, reader->clock_, *reader->sleeper_, [] { return 0.5; }, world.streams, world.rows};
    const std::string file = std::string(TOUCHLINE_PLUGINS_DIR) + "/" + plugin + ".so";
    if (isolated) {
        TOUCHLINE_TRY(auto opened, host::PluginFile::open(file));
        host::Isolation isolation;
        isolation.runner = TOUCHLINE_RUNNER;
        TOUCHLINE_TRY(
            reader->source_,
            host::make_source(std::move(opened), std::move(isolation), std::move(setup), services)
        );
    } else {
        TOUCHLINE_TRY(auto library, host::PluginLibrary::load(file));
        TOUCHLINE_TRY(
            reader->source_, host::make_source(std::move(library), std::move(setup), services)
        );
    }
    return reader;
}

Result<Reading> SourceReader::read(std::string_view stream, const Point& from) {
    RecordingSink sink(key_of(*source_, stream));
    sink.reading.last = from;
    while (true) {
        TOUCHLINE_TRY(const auto end, source_->read(request_of(stream, sink.reading.last), sink));
        if (end == ingest::ReadEnd::end) return std::move(sink.reading);
    }
}

Result<Records> SourceReader::news(std::string_view stream) {
    Point& point = reached_[std::string(stream)];
    TOUCHLINE_TRY(auto reading, read(stream, point));
    point = reading.last;
    return std::move(reading.records);
}

Result<Reading> SourceReader::stay(
    std::string_view stream, const Point& from, std::function<bool(const Reading&)> until
) {
    RecordingSink sink(key_of(*source_, stream));
    sink.reading.last = from;
    std::stop_source stop;
    sink.changed = [&] {
        if (until(sink.reading)) stop.request_stop();
    };
    ingest::ReadRequest request = request_of(stream, from);
    request.stays = true;
    request.stop = stop.get_token();
    const auto end = source_->read(request, sink);
    if (!end && end.error().code() != Code::cancelled) return end.error();
    return std::move(sink.reading);
}

Result<mapping::Output> SourceReader::map(std::string_view stream, const Records& records) {
    const std::string path = std::string(TOUCHLINE_PLUGINS_DIR) + "/" + plugin_ + "/mappings/" +
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
        source.connection = "test";
        source.stream = stream;
        source.external_id = id;
        source.ingested_at = clock_.now();
        const mapping::Context context{
            .tenant = "test", .source = source, .settings = settings.root()};
        TOUCHLINE_CHECK(runner.run(*mapping, context, record.root(), output));
    }
    return output;
}

Result<KilledReading> read_with_kills(
    const std::function<Result<std::unique_ptr<SourceReader>>()>& open,
    std::string_view stream,
    std::optional<Reading> from
) {
    constexpr int k_most_kills = 25;
    std::string folder =
        (std::filesystem::temp_directory_path() / "touchline-kill-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return Error(Code::unavailable, "no folder");
    const std::filesystem::path file = std::filesystem::path(folder) / "store";
    if (from) store(file, *from);
    // The same moments in every run of the test, as far as the machine allows.
    std::mt19937 random(20260101);
    KilledReading result;
    int code = -1;
    for (int attempt = 0; code != 0; ++attempt) {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(read_and_store(open, stream, file));
        int status = 0;
        if (attempt < k_most_kills) {
            ::usleep(static_cast<useconds_t>(random() % 150'000));
            ::kill(child, SIGKILL);
        }
        ::waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) {
            ++result.killed;
            continue;
        }
        code = WEXITSTATUS(status);
        if (code > 1) {
            std::ifstream in(file.string() + ".error");
            std::stringstream text;
            text << in.rdbuf();
            return Error(Code::internal, "a read has failed: " + text.str());
        }
    }
    result.records = load(file).records;
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return result;
}

}  // namespace touchline::integration
