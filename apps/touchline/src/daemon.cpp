#include "daemon.hpp"

#include "delivery.hpp"
#include "entrance.hpp"
#include "scheduler.hpp"
#include "workshop.hpp"

#include "touchline/api/api.hpp"
#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/deliver/recovery.hpp"
#include "touchline/host/vendor_signatures.hpp"
#include "touchline/host/webhook_challenge.hpp"
#include "touchline/host/webhook_verification.hpp"
#include "touchline/web/assets.hpp"

#include <charconv>
#include <fstream>
#include <functional>
#include <system_error>

namespace touchline::app {
namespace {

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

Result<Address> parse_address(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    Address address;
    const char* end = text.data() + text.size();
    if (colon == std::string::npos ||
        std::from_chars(text.data() + colon + 1, end, address.port).ptr != end) {
        return Error(Code::config, "\"" + text + "\" is not an address like 127.0.0.1:8420");
    }
    address.host = text.substr(0, colon);
    if (address.host.starts_with('[') && address.host.ends_with(']')) {
        address.host = address.host.substr(1, address.host.size() - 2);
    }
    if (address.host == "localhost") address.host = "127.0.0.1";
    return address;
}

bool is_loopback(const std::string& host) {
    return host.starts_with("127.") || host == "::1";
}

/// Made on the first start, so that an installation is never open by default.
Result<Secret> token_from_file(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        std::ifstream in(file);
        std::string token;
        std::getline(in, token);
        if (token.size() >= 32) return Secret(std::move(token));
    }
    const std::string bytes = random_bytes(24);
    const std::string token =
        to_hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    std::ofstream out(file, std::ios::trunc);
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored
    );
    out << token << '\n';
    out.close();
    if (!out) return Error(Code::config, "cannot write " + file.string());
    return Secret(token);
}

Result<Secret> api_token(const Installation& installation, bool without_sign_in) {
    if (without_sign_in) return Secret();
    const config::SecretRef& reference = installation.config().server.token;
    if (!reference.empty()) return installation.secrets().resolve(reference);
    return token_from_file(installation.config().storage.dir / "api-token");
}

using Verifier = std::function<Result<void>(const net::ServerRequest&)>;

/// Some vendors sign the address that they called, which is the public one.
Result<Verifier> vendor_verifier(
    const Installation& installation, const config::WebhookConfig& webhook
) {
    TOUCHLINE_TRY(Secret secret, installation.secrets().resolve(webhook.secret));
    std::string origin = installation.config().server.public_url;
    while (origin.ends_with('/')) origin.pop_back();
    return Verifier([vendor = webhook.scheme,
                     secret = std::move(secret),
                     origin,
                     &clock = installation.clock()](const net::ServerRequest& request) {
        const std::string url =
            (origin.empty() ? "http://" + std::string(request.headers.get("host").value_or(""))
                            : origin) +
            request.target;
        return host::verify_vendor(
            vendor, secret, {request.method, url, request.headers, request.body}, clock.now()
        );
    });
}

std::string_view query_of(const net::ServerRequest& request) {
    const std::size_t mark = request.target.find('?');
    return mark == std::string::npos ? std::string_view()
                                     : std::string_view(request.target).substr(mark + 1);
}

using Challenger = std::function<std::optional<net::ServerResponse>(const net::ServerRequest&)>;

/// Some vendors ask first whether the address is ours.
Result<Challenger> challenger(
    const Installation& installation, const config::WebhookConfig& webhook
) {
    TOUCHLINE_TRY(Secret secret, installation.secrets().resolve(webhook.secret));
    return Challenger(
        [vendor = webhook.scheme, secret = std::move(secret)](const net::ServerRequest& request
        ) -> std::optional<net::ServerResponse> {
            auto answer = host::answer_challenge(vendor, secret, query_of(request));
            if (!answer) return std::nullopt;
            return net::ServerResponse{
                200, {{"Content-Type", answer->content_type}}, std::move(answer->body)};
        }
    );
}

Result<api::WebhookEndpoint> make_endpoint(
    const Installation& installation,
    const config::ConnectionConfig& connection,
    const std::string& stream
) {
    const config::WebhookConfig& webhook = *connection.webhook;
    api::WebhookEndpoint endpoint;
    endpoint.connection = connection.id;
    endpoint.stream = stream;
    if (webhook.scheme == "none") {
        endpoint.verify = [](const net::ServerRequest&) { return Result<void>(); };
        return endpoint;
    }
    if (host::is_signing_vendor(webhook.scheme)) {
        TOUCHLINE_TRY(endpoint.verify, vendor_verifier(installation, webhook));
        TOUCHLINE_TRY(endpoint.challenge, challenger(installation, webhook));
        return endpoint;
    }
    host::WebhookScheme scheme;
    if (webhook.scheme == "token") {
        scheme = host::TokenScheme{webhook.header, webhook.header.empty() ? "token" : ""};
    } else if (webhook.scheme == "standard-webhooks") {
        scheme = host::StandardWebhooksScheme{};
    } else {
        scheme = host::HmacScheme{webhook.header};
    }
    TOUCHLINE_TRY(Secret secret, installation.secrets().resolve(webhook.secret));
    endpoint.verify = [scheme,
                       secret = std::move(secret),
                       &clock = installation.clock()](const net::ServerRequest& request) {
        return host::verify_webhook(
            scheme, secret, request.headers, query_of(request), request.body, clock.now()
        );
    };
    return endpoint;
}

std::optional<api::StaticFile> find_file(std::string_view path) {
    const web::Asset* asset = web::find_asset(path);
    if (asset == nullptr) return std::nullopt;
    return api::StaticFile{
        asset->content_type,
        asset->etag,
        asset->plain,
        asset->gzip,
        asset->brotli,
        asset->immutable};
}

/// So that the API can say behind which walls each connector lives.
void describe_walls(
    Installation& installation,
    Connector& connector,
    const std::vector<std::unique_ptr<OpenConnection>>& connections
) {
    for (const auto& connection : connections) {
        if (!connection->isolated) continue;
        const auto walls = connector.walls();
        if (!walls) return log(LogLevel::warning, walls.error().text());
        std::vector<std::string> standing;
        for (const host::Wall& wall : *walls) {
            if (wall.stands) standing.push_back(wall.name);
        }
        installation.set_isolated(connection->id, std::move(standing));
    }
}

/// A live stream is read all the time, so it has an instance of the connector to itself.
Result<std::vector<std::unique_ptr<OpenConnection>>> open_live(
    const Installation& installation,
    Connector& connector,
    const std::vector<std::unique_ptr<OpenConnection>>& connections
) {
    std::vector<std::unique_ptr<OpenConnection>> live;
    for (const auto& connection : connections) {
        for (const ingest::StreamPlan& stream : connection->plan.streams) {
            if (!stream.info.live) continue;
            std::vector<FileProblem> problems;
            auto own =
                connector.open(installation.config().connections.at(connection->id), problems);
            if (!own) return Error(Code::config, problems.front().problem.message);
            std::erase_if(own->plan.streams, [&](const ingest::StreamPlan& other) {
                return other.info.name != stream.info.name;
            });
            live.push_back(std::move(own));
        }
    }
    return live;
}

}  // namespace

struct Daemon::State final : api::Operations {
    explicit State(Installation& opened) : installation(opened), tap(opened) {}

    Result<void> request_run(std::string_view connection) override {
        return scheduler->request_run(connection);
    }
    Result<bool> retry_dead_letter(store::DeadLetterKey key) override {
        TOUCHLINE_TRY(const bool is_delivery, installation.is_delivery(key));
        if (!is_delivery) return scheduler->retry_dead_letter(key);
        TOUCHLINE_CHECK(
            deliver::retry_delivery(installation.store(), key, installation.clock().now())
        );
        delivery->notify();
        return true;
    }
    Result<void> enable_destination(std::string_view destination) override {
        if (!installation.config().destinations.contains(std::string(destination)))
            return Error(Code::not_found, "there is no destination " + std::string(destination));
        TOUCHLINE_CHECK(deliver::enable_destination(installation.store(), destination));
        delivery->notify();
        return {};
    }

    std::vector<net::SeenRequest> requests(std::string_view id) override {
        const std::string name(id);
        if (!installation.config().connections.contains(name)) return {};
        return connector->requests(name)->latest();
    }

    void committed() {
        if (delivery) delivery->notify();
        if (api) api->notify();
    }

    // In the order of their making; they go away in the reverse order, so that nobody calls what is
    // gone.
    Installation& installation;
    Tap tap;
    std::unique_ptr<Connector> connector;
    std::unique_ptr<Delivery> delivery;
    std::unique_ptr<net::HttpClient> identity_http;
    std::unique_ptr<access::Door> door;
    std::string policy;
    std::unique_ptr<Workshop> workshop;
    std::unique_ptr<api::Api> api;
    std::unique_ptr<Scheduler> scheduler;
    std::unique_ptr<net::HttpServer> server;
    std::string url;
};

Result<std::unique_ptr<Daemon>> Daemon::start(
    Installation& installation,
    std::unique_ptr<Connector> connector,
    std::vector<std::unique_ptr<OpenConnection>> connections,
    std::vector<std::unique_ptr<OpenDestination>> destinations,
    const DaemonOptions& options
) {
    TOUCHLINE_TRY(
        const Address address,
        parse_address(options.listen.empty() ? installation.config().server.listen : options.listen)
    );
    if (options.without_sign_in && !is_loopback(address.host)) {
        return Error(Code::config, "without sign-in, the server listens on a loopback address only")
            .cure("Set server.listen to 127.0.0.1 and a port.");
    }
    TOUCHLINE_TRY(Secret token, api_token(installation, options.without_sign_in));

    describe_walls(installation, *connector, connections);
    TOUCHLINE_TRY(auto live, open_live(installation, *connector, connections));
    auto state = std::make_unique<State>(installation);
    State* const raw = state.get();
    if (!options.without_sign_in) {
        TOUCHLINE_TRY(access::DoorOptions door, door_options(installation, token));
        TOUCHLINE_TRY(state->identity_http, net::make_http_client());
        state->door = std::make_unique<access::Door>(
            std::move(door), *state->identity_http, installation.clock()
        );
    }
    state->policy =
        policy_with_frames(web::content_security_policy(), installation.config().server.frames);
    api::ApiOptions api_options{
        .environment = installation.environment(),
        .catalogue = installation.catalogue(),
        .operations = *state,
        .token = std::move(token),
        .door = state->door.get(),
        .readings = readings_of(installation),
        .webhooks = {},
        .find_file = find_file,
        .content_security_policy = state->policy};
    for (const auto& connection : connections) {
        const config::ConnectionConfig& configured =
            installation.config().connections.at(connection->id);
        if (!configured.webhook || connection->plan.streams.empty()) continue;
        TOUCHLINE_TRY(
            api::WebhookEndpoint endpoint,
            make_endpoint(installation, configured, connection->plan.streams.front().info.name)
        );
        endpoint.received = [raw, id = connection->id] { raw->scheduler->webhook_received(id); };
        api_options.webhooks.emplace(configured.webhook->path, std::move(endpoint));
    }
    installation.show_to(state->tap);
    state->connector = std::move(connector);
    state->delivery = std::make_unique<Delivery>(installation, std::move(destinations));
    state->workshop = std::make_unique<Workshop>(
        installation,
        state->tap,
        options.config_file,
        options.config_source,
        [raw] { raw->committed(); }
    );
    api_options.workshop = state->workshop.get();
    state->api = std::make_unique<api::Api>(std::move(api_options));
    state->scheduler = std::make_unique<Scheduler>(
        installation, std::move(connections), std::move(live), [raw] { raw->committed(); }
    );
    state->workshop->open(*state->scheduler);

    net::ServerOptions server;
    server.address = address.host;
    server.port = address.port;
    server.workers = 2;
    server.body_limit_for = [raw](std::string_view method, std::string_view path) {
        return raw->api->body_limit(method, path);
    };
    TOUCHLINE_TRY(
        state->server,
        net::HttpServer::start(
            std::move(server),
            [raw](net::ServerRequest request, net::Responder responder) {
                raw->api->handle(std::move(request), std::move(responder));
            }
        )
    );
    const std::string host =
        address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]";
    state->url = "http://" + host + ":" + std::to_string(state->server->port());
    log(LogLevel::info, "listening", {{"url", state->url}});
    return std::unique_ptr<Daemon>(new Daemon(std::move(state)));
}

Daemon::Daemon(std::unique_ptr<State> state) : state_(std::move(state)) {}

Daemon::~Daemon() {
    state_->server->stop();
    state_->server.reset();
    state_->workshop.reset();
    state_->scheduler.reset();
}

const std::string& Daemon::url() const {
    return state_->url;
}

}  // namespace touchline::app
