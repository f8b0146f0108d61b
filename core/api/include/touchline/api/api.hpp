// The HTTP face of an installation: REST under /api/v1, the event stream, webhooks under /in, the
// published schemas and the web app. Answers are JSON; errors are RFC 9457 problems.
#pragma once

#include "touchline/access/door.hpp"
#include "touchline/api/workshop.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/ingest/ingestor.hpp"
#include "touchline/net/http_server.hpp"
#include "touchline/net/request_log.hpp"
#include "touchline/view/catalogue.hpp"
#include "touchline/view/reading.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::api {

/// A file of the web app, as it is embedded. The bytes live as long as the program.
struct StaticFile {
    std::string_view content_type, etag;
    std::span<const unsigned char> plain;
    std::span<const unsigned char> gzip, brotli;  ///< empty where compressing gains nothing
    bool immutable = false;                       ///< its name carries its content's hash
};

/// Where one connection's webhooks arrive.
struct WebhookEndpoint {
    std::string connection, stream;
    /// Says whether the call is from whom it claims to be. Error auth or denied: answered with 401.
    /// Thread-safe.
    std::function<Result<void>(const net::ServerRequest&)> verify;
    /// Called after the webhook is stored and answered. Must not block.
    std::function<void()> received;
    /// Answers a GET by which the system asks whether this address is ours; nothing: it is no such
    /// question. May be absent. Thread-safe.
    std::function<std::optional<net::ServerResponse>(const net::ServerRequest&)> challenge = {};
};

/// What the API asks of the running installation. Thread-safe; must not block for long.
class Operations {
public:
    Operations() = default;
    Operations(const Operations&) = delete;
    Operations& operator=(const Operations&) = delete;
    virtual ~Operations() = default;
    /// Starts a run soon, beside the schedule. Error: not_found, conflict (it is running).
    virtual Result<void> request_run(std::string_view connection) = 0;
    /// True: processed and gone, or, of a delivery, on its way again. Errors as
    /// ingest::retry_dead_letter and deliver::retry_delivery.
    virtual Result<bool> retry_dead_letter(store::DeadLetterKey key) = 0;
    /// As deliver::enable_destination. Error also: not_found.
    virtual Result<void> enable_destination(std::string_view destination) = 0;
    /// The latest ones that the connection has sent since the start, newest first.
    virtual std::vector<net::SeenRequest> requests(std::string_view connection) = 0;
};

struct ApiOptions {
    const ingest::Environment& environment;
    const view::Catalogue& catalogue;
    Operations& operations;
    /// What callers present as a bearer token, as admin. Empty and without a door: no sign-in; then
    /// only requests to a loopback name are answered.
    Secret token;
    /// Lets people and tokens with roles in; it outlives the API. Null: only `token` does.
    access::Door* door = nullptr;
    /// What each role may read, in the order of access::k_roles.
    std::array<view::Reading, access::k_roles.size()> readings{};
    std::map<std::string, WebhookEndpoint> webhooks;  ///< by path
    /// The web app; it knows which of its paths are pages.
    std::function<std::optional<StaticFile>(std::string_view path)> find_file;
    std::string_view content_security_policy;
    std::size_t webhook_body_limit = 8U << 20;
    Workshop* workshop = nullptr;  ///< null: its resources are not there
};

/// Serves requests on the server's worker threads. Outlives the server that it handles.
class Api {
public:
    explicit Api(ApiOptions options);
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    void handle(net::ServerRequest request, net::Responder responder);
    /// The body limit for a path, for the server's options.
    std::optional<std::size_t> body_limit(std::string_view method, std::string_view path) const;
    /// Something was committed: event streams look for news at once. Any thread.
    void notify();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The description of everything above, OpenAPI 3.1, as served at /api/v1/openapi.json.
std::string_view openapi_json();

}  // namespace touchline::api
