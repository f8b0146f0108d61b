#include "touchline/check/record.hpp"

#include "scrub.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/host/connection.hpp"
#include "touchline/net/retry.hpp"

#include <algorithm>

namespace touchline::check {

namespace {

/// Between the host and the network: keeps every exchange as it is on the wire.
class Recorder final : public net::HttpClient {
public:
    Recorder(net::HttpClient& inner, std::size_t most, const Scrubber& secrets)
        : inner_(inner), most_(most), secrets_(secrets) {}

    Result<net::Response> send(
        const net::Request& request, const net::SendOptions& options, std::stop_token stop
    ) override {
        // The host signing in: no request of the connector's, and nothing to be kept.
        if (secrets_.has_secret(request.body)) return inner_.send(request, options, stop);
        if (exchanges.size() >= most_)
            return Error(Code::denied, "the recording is full")
                .cure("Ask for fewer records, or allow more with --requests.");
        TOUCHLINE_TRY(auto response, inner_.send(request, options, stop));
        Exchange exchange;
        exchange.method = request.method;
        exchange.url = request.url;
        if (!request.body.empty()) exchange.body = request.body;
        exchange.answer = {response.status, steering_headers(response.headers), response.body};
        exchanges.push_back(std::move(exchange));
        return response;
    }

    std::vector<Exchange> exchanges;

private:
    net::HttpClient& inner_;
    std::size_t most_;
    const Scrubber& secrets_;
};

/// Takes everything and remembers where to go on.
class LastState final : public ingest::PageSink {
public:
    Result<void> page(const ingest::Page&) override { return {}; }
    Result<void> bad_record(const ingest::BadRecord&) override { return {}; }
    Result<void> checkpoint(const ingest::Checkpoint& checkpoint) override {
        version = checkpoint.version;
        state = checkpoint.state;
        return {};
    }
    std::uint32_t version = 0;
    std::string state;
};

Result<void> read_to_the_end(ingest::Source& source, const std::string& stream, LastState& last) {
    for (;;) {
        ingest::ReadRequest request;
        request.stream = stream;
        request.state_version = last.version;
        request.state = last.state;
        TOUCHLINE_TRY(const auto end, source.read(request, last));
        if (end == ingest::ReadEnd::end) return {};
    }
}

Result<void> use(ingest::Source& source, const std::vector<std::string>& wanted) {
    TOUCHLINE_CHECK(source.check({}));
    for (const ingest::StreamInfo& stream : source.streams()) {
        if (!wanted.empty() && std::ranges::count(wanted, stream.name) == 0) continue;
        LastState last;
        TOUCHLINE_CHECK(read_to_the_end(source, stream.name, last).with("reading " + stream.name));
        // A second read belongs on the cassette: it has to find nothing new.
        TOUCHLINE_CHECK(
            read_to_the_end(source, stream.name, last).with("reading " + stream.name + " again")
        );
    }
    return {};
}

}  // namespace

Result<Recording> record(const RecordOptions& options, net::HttpClient& http) {
    TOUCHLINE_TRY(const auto library, host::PluginLibrary::load(options.plugin));
    Scrubber scrubber(options.secrets, options.replace, options.keep_addresses);
    Recorder recorder(http, options.most_requests, scrubber);
    const SystemClock clock;
    const auto sleeper = net::make_sleeper();
    host::ConnectionSetup setup;
    setup.id = "record";
    setup.settings = options.settings;
    setup.send.allow_private_network = options.allow_private_network;
    for (const host::TargetDeclaration& target : library->manifest().targets)
        setup.credentials[target.name] = options.credentials;
    TOUCHLINE_TRY(
        const auto source,
        host::make_source(library, std::move(setup), {recorder, clock, *sleeper, random_fraction})
    );
    Recording recording;
    recording.cassette.name = options.name;
    recording.cassette.now = std::chrono::floor<std::chrono::seconds>(clock.now());
    recording.cassette.streams = options.streams;
    TOUCHLINE_CHECK(use(*source, options.streams));

    recording.cassette.settings = scrubber.clean(options.settings);
    for (Exchange& exchange : recorder.exchanges) {
        for (const Secret& secret : options.secrets)
            exchange.url = without_secret_parameter(std::move(exchange.url), secret.reveal());
        exchange.url = scrubber.clean(std::move(exchange.url));
        if (exchange.body) exchange.body = scrubber.clean(*std::move(exchange.body));
        net::Headers clean;
        for (const net::Header& header : exchange.answer.headers)
            clean.add(header.name, scrubber.clean(header.value));
        exchange.answer.headers = std::move(clean);
        exchange.answer.body = scrubber.clean(std::move(exchange.answer.body));
        recording.cassette.exchanges.push_back(std::move(exchange));
    }
    if (scrubber.has_secret(cassette_text(recording.cassette)))
        return Error(Code::denied, "a secret is still on the cassette, so it is not written");
    recording.secrets_removed = scrubber.secrets_removed();
    recording.addresses_masked = scrubber.addresses_masked();
    return recording;
}

}  // namespace touchline::check
