#include "stage.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/host/settings.hpp"
#include "touchline/json/records.hpp"

#include <algorithm>
#include <fstream>

namespace touchline::check {

namespace {

namespace fs = std::filesystem;

/// Writes down what comes, and refuses pages that ingest would refuse.
class KeepingSink final : public ingest::PageSink {
public:
    KeepingSink(Stage& stage, std::vector<Emission>& kept) : stage_(stage), kept_(kept) {}

    Result<void> page(const ingest::Page& page) override {
        TOUCHLINE_CHECK(planned());
        Emission emission{Emission::Kind::page, std::string(page.stream), {}, {}, {}};
        if (page.format == ingest::Format::ndjson) {
            // A line that is no JSON is a dead letter by itself, not the end of the page.
            for (const std::string_view line : json::split_lines(page.bytes))
                emission.records.emplace_back(line);
        } else {
            TOUCHLINE_TRY(const auto records, json::split_records(page.bytes, page.records));
            emission.records.assign(records.begin(), records.end());
        }
        kept_.push_back(std::move(emission));
        return {};
    }
    Result<void> bad_record(const ingest::BadRecord& record) override {
        TOUCHLINE_CHECK(planned());
        kept_.push_back(
            {Emission::Kind::bad_record,
             std::string(record.stream),
             {},
             std::string(record.bytes),
             {}}
        );
        return {};
    }
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override {
        TOUCHLINE_CHECK(planned());
        kept_.push_back(
            {Emission::Kind::checkpoint,
             std::string(checkpoint.stream),
             {},
             {},
             {checkpoint.version, std::string(checkpoint.state)}}
        );
        return {};
    }

private:
    Result<void> planned() {
        const std::size_t nth = stage_.emissions++;
        return stage_.on_emission ? stage_.on_emission(nth) : Result<void>();
    }

    Stage& stage_;
    std::vector<Emission>& kept_;
};

/// The first kind of credentials that the manifest names, made of the canary.
net::Credentials canary_credentials(const host::Manifest& manifest) {
    const Secret secret{std::string(k_canary)};
    const std::string kind = manifest.auth.empty() ? "none" : manifest.auth.front();
    // Cassettes hold no login, so the session is one that has begun already.
    if (kind == "session" && manifest.session)
        return net::HeaderKey{manifest.session->header, secret, manifest.session->scheme + " "};
    if (kind == "bearer") return net::BearerToken{secret};
    if (kind == "bearer-proof") return net::ProvedToken{secret, secret};
    if (kind == "basic-key") return net::BasicLogin{std::string(k_canary), Secret("X")};
    if (kind == "basic") return net::BasicLogin{"touchline", secret};
    if (kind == "header" || kind == "token")
        return net::HeaderKey{"Authorization", secret, "token "};
    if (kind == "query") return net::QueryKey{"key", secret};
    if (kind == "standard-webhooks")
        return net::WebhookSigning{{Secret("whsec_" + to_base64(k_canary))}};
    return net::NoCredentials{};
}

}  // namespace

std::vector<std::string> Reading::records() const {
    std::vector<std::string> all;
    for (const Emission& emission : emissions)
        all.insert(all.end(), emission.records.begin(), emission.records.end());
    return all;
}

std::optional<State> Reading::last_state() const {
    for (auto it = emissions.rbegin(); it != emissions.rend(); ++it) {
        if (it->kind == Emission::Kind::checkpoint) return it->state;
    }
    return std::nullopt;
}

bool VirtualSleeper::sleep(std::chrono::milliseconds duration, std::stop_token stop) {
    if (stop.stop_requested()) return false;
    slept += duration;
    clock_->advance(duration);
    return true;
}

Stage::Stage(std::shared_ptr<const host::PluginLibrary> library, Cassette cassette)
    : library_(std::move(library)), cassette_(std::move(cassette)) {}

Stage::~Stage() {
    close();
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<std::unique_ptr<Stage>> Stage::make(
    std::shared_ptr<const host::PluginLibrary> library,
    Cassette cassette,
    std::optional<host::Isolation> isolation
) {
    std::unique_ptr<Stage> stage(new Stage(std::move(library), std::move(cassette)));
    if (isolation) {
        stage->isolation_ = std::move(isolation);
        TOUCHLINE_TRY(stage->file_, host::PluginFile::open(stage->library_->file()));
    }
    TOUCHLINE_CHECK(stage->lay_out_files().with("cassette " + stage->cassette_.name));
    return stage;
}

Result<void> Stage::lay_out_files() {
    const host::Manifest& manifest = library_->manifest();
    TOUCHLINE_TRY(const auto settings, host::complete_settings(manifest, cassette_.settings));
    if (manifest.files.empty()) return {};
    std::string name = (fs::temp_directory_path() / "touchline-check-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        return Error(Code::unavailable, "no folder can be made for the cassette's files");
    folder_ = name;
    TOUCHLINE_TRY(const auto document, json::Document::parse(settings));
    TOUCHLINE_TRY(const std::string below, host::expand(manifest.files, document.root()));
    const auto age = std::chrono::system_clock::now() - cassette_.now + std::chrono::hours(1);
    for (const CassetteFile& file : cassette_.files) {
        const fs::path path = folder_ / below / file.name;
        std::error_code failure;
        fs::create_directories(path.parent_path(), failure);
        std::ofstream(path, std::ios::binary) << file.bytes;
        fs::last_write_time(
            path,
            fs::file_time_type::clock::now() -
                std::chrono::duration_cast<fs::file_time_type::duration>(age),
            failure
        );
        if (failure) return Error(Code::unavailable, path.string() + " cannot be written");
    }
    return {};
}

host::ConnectionSetup Stage::setup() const {
    host::ConnectionSetup setup;
    setup.id = "check";
    setup.settings = cassette_.settings;
    setup.base_directory = folder_;
    for (const host::TargetDeclaration& target : library_->manifest().targets)
        setup.credentials[target.name] = canary_credentials(library_->manifest());
    return setup;
}

net::TargetServices Stage::services() {
    return {*http_, *clock_, *sleeper_, [] { return 0.5; }, http_.get(), http_.get()};
}

void Stage::close() {
    source_.reset();
    destination_.reset();
    enricher_.reset();
}

Result<void> Stage::open() {
    close();
    clock_ = std::make_unique<ManualClock>(cassette_.now);
    sleeper_ = std::make_unique<VirtualSleeper>(*clock_);
    http_ = std::make_unique<Replay>(
        cassette_, sleeper_.get(), canary_credentials(library_->manifest())
    );
    emissions = 0;
    stop = {};
    on_emission = nullptr;
    if (!library_->manifest().can("tl.source/1")) return {};
    TOUCHLINE_TRY(
        source_,
        isolation_ ? host::make_source(file_, *isolation_, setup(), services())
                   : host::make_source(library_, setup(), services())
    );
    return {};
}

Result<void> Stage::open_destination() {
    TOUCHLINE_CHECK(open());
    TOUCHLINE_TRY(
        destination_,
        isolation_ ? host::make_destination(file_, *isolation_, setup(), services())
                   : host::make_destination(library_, setup(), services())
    );
    return {};
}

Result<void> Stage::open_enricher() {
    TOUCHLINE_CHECK(open());
    TOUCHLINE_TRY(
        enricher_,
        isolation_ ? host::make_enricher(file_, *isolation_, setup(), services())
                   : host::make_enricher(library_, setup(), services())
    );
    return {};
}

std::vector<std::string> Stage::streams() const {
    std::vector<std::string> names;
    for (const ingest::StreamInfo& stream : source_->streams()) {
        const bool wanted =
            cassette_.streams.empty() || std::ranges::count(cassette_.streams, stream.name) > 0;
        if (wanted) names.push_back(stream.name);
    }
    return names;
}

Result<std::string> Stage::check() {
    if (source_) return source_->check(stop.get_token());
    return destination_ ? destination_->check(stop.get_token())
                        : enricher_->check(stop.get_token());
}

Reading Stage::read(const std::string& stream, State from, int most_calls) {
    Reading reading;
    KeepingSink sink(*this, reading.emissions);
    for (int call = 0; call < most_calls; ++call) {
        ingest::ReadRequest request;
        request.stream = stream;
        request.state_version = from.version;
        request.state = from.bytes;
        request.stop = stop.get_token();
        auto end = source_->read(request, sink);
        if (!end) {
            reading.error = std::move(end).error();
            break;
        }
        if (*end == ingest::ReadEnd::end) {
            reading.ended = true;
            break;
        }
        if (const auto state = reading.last_state()) from = *state;
    }
    return reading;
}

Reading Stage::webhook(const CassetteWebhook& webhook) {
    Reading reading;
    KeepingSink sink(*this, reading.emissions);
    ingest::ReceivedWebhook received;
    received.stream = webhook.stream;
    for (const net::Header& header : webhook.headers)
        received.headers.emplace_back(header.name, header.value);
    received.body = webhook.body;
    auto taken = source_->webhook(received, sink);
    if (!taken) reading.error = std::move(taken).error();
    reading.ended = !reading.error;
    return reading;
}

Result<std::vector<deliver::ItemResult>> Stage::write(const std::vector<CassetteEvent>& events) {
    std::vector<deliver::Event> batch;
    for (const CassetteEvent& event : events)
        batch.push_back({event.id, event.subject, event.type, event.body});
    return destination_->write(batch, stop.get_token());
}

Result<std::vector<ingest::Enrichment>> Stage::enrich(const std::vector<CassetteEvent>& customers) {
    std::vector<ingest::Subject> subjects;
    for (const CassetteEvent& customer : customers)
        subjects.push_back({customer.id, customer.body});
    return enricher_->enrich(subjects, stop.get_token());
}

}  // namespace touchline::check
