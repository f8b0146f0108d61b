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

/// Waits as long as it is asked to, and moves the recording's clock by that.
class RecordingSleeper final : public net::Sleeper {
public:
    explicit RecordingSleeper(ManualClock& clock) : clock_(clock), real_(net::make_sleeper()) {}
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override {
        clock_.advance(duration);
        return real_->sleep(duration, std::move(stop));
    }

private:
    ManualClock& clock_;
    std::unique_ptr<net::Sleeper> real_;
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

Result<void> call(ingest::Source& source, const CassetteWebhook& webhook) {
    ingest::ReceivedWebhook received;
    received.stream = webhook.stream;
    for (const net::Header& header : webhook.headers)
        received.headers.emplace_back(header.name, header.value);
    received.body = webhook.body;
    LastState ignored;
    return source.webhook(received, ignored).with("the webhook for " + webhook.stream);
}

Result<void> use(ingest::Source& source, const RecordOptions& options) {
    TOUCHLINE_CHECK(source.check({}));
    for (const ingest::StreamInfo& stream : source.streams()) {
        const auto& wanted = options.streams;
        if (!wanted.empty() && std::ranges::count(wanted, stream.name) == 0) continue;
        LastState last;
        TOUCHLINE_CHECK(read_to_the_end(source, stream.name, last).with("reading " + stream.name));
        // A second read belongs on the cassette: it has to find nothing new.
        TOUCHLINE_CHECK(
            read_to_the_end(source, stream.name, last).with("reading " + stream.name + " again")
        );
    }
    for (const CassetteWebhook& webhook : options.webhooks) TOUCHLINE_CHECK(call(source, webhook));
    return {};
}

net::Headers clean(Scrubber& scrubber, const net::Headers& headers) {
    net::Headers clean;
    for (const net::Header& header : headers) clean.add(header.name, scrubber.clean(header.value));
    return clean;
}

/// What was recorded, as it may be shown to anybody.
Cassette scrubbed(
    const RecordOptions& options, Time now, std::vector<Exchange> exchanges, Scrubber& scrubber
) {
    Cassette cassette;
    cassette.name = options.name;
    cassette.about = options.about;
    cassette.now = now;
    cassette.streams = options.streams;
    cassette.settings = scrubber.clean(options.settings);
    for (Exchange& exchange : exchanges) {
        exchange.url = without_credentials(std::move(exchange.url), options.credentials);
        exchange.url = scrubber.clean(std::move(exchange.url));
        if (exchange.body) exchange.body = scrubber.clean(*std::move(exchange.body));
        exchange.answer.headers = clean(scrubber, exchange.answer.headers);
        exchange.answer.body = scrubber.clean(std::move(exchange.answer.body));
        cassette.exchanges.push_back(std::move(exchange));
    }
    for (const CassetteWebhook& webhook : options.webhooks) {
        cassette.webhooks.push_back(
            {webhook.stream, clean(scrubber, webhook.headers), scrubber.clean(webhook.body)}
        );
    }
    return cassette;
}

}  // namespace

Result<Recording> record(const RecordOptions& options, net::HttpClient& http) {
    TOUCHLINE_TRY(const auto library, host::PluginLibrary::load(options.plugin));
    Scrubber scrubber(options.secrets, options.replace, options.keep_addresses);
    Recorder recorder(http, options.most_requests, scrubber);
    const Time now =
        std::chrono::floor<std::chrono::seconds>(options.now.value_or(SystemClock().now()));
    ManualClock clock(now);
    RecordingSleeper sleeper(clock);
    host::ConnectionSetup setup;
    setup.id = "record";
    setup.settings = options.settings;
    setup.send.allow_private_network = options.allow_private_network;
    for (const host::TargetDeclaration& target : library->manifest().targets)
        setup.credentials[target.name] = options.credentials;
    TOUCHLINE_TRY(
        const auto source,
        host::make_source(library, std::move(setup), {recorder, clock, sleeper, random_fraction})
    );
    TOUCHLINE_CHECK(use(*source, options));

    Recording recording;
    recording.cassette = scrubbed(options, now, std::move(recorder.exchanges), scrubber);
    if (scrubber.has_secret(cassette_text(recording.cassette)))
        return Error(Code::denied, "a secret is still on the cassette, so it is not written");
    recording.secrets_removed = scrubber.secrets_removed();
    recording.addresses_masked = scrubber.addresses_masked();
    return recording;
}

}  // namespace touchline::check
