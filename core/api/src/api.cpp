#include "touchline/api/api.hpp"

#include "access.hpp"
#include "event_hub.hpp"
#include "problem.hpp"
#include "record.hpp"
#include "routes.hpp"
#include "session.hpp"
#include "static_files.hpp"

#include "touchline/json/writer.hpp"
#include "touchline/model/touchpoint.hpp"

#include <charconv>

namespace touchline::api {
namespace {

constexpr std::string_view k_api = "/api/v1/";

/// What stands for each "{}", or nothing when the path does not fit.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> taken;
    while (!pattern.empty() || !path.empty()) {
        const std::string_view want = pattern.substr(0, pattern.find('/', 1));
        const std::string_view have = path.substr(0, path.find('/', 1));
        if (want.empty() || have.empty()) return std::nullopt;
        if (want == "/{}") {
            if (have.size() < 2) return std::nullopt;
            taken.emplace_back(have.substr(1));
        } else if (want != have) {
            return std::nullopt;
        }
        pattern.remove_prefix(want.size());
        path.remove_prefix(have.size());
    }
    return taken;
}

/// Gives an opened stream to the hub, from where the listener left off.
class Subscription final : public net::StreamSource {
public:
    Subscription(EventHub& hub, store::FeedPosition position, EventHub::Audience audience)
        : hub_(hub), position_(position), audience_(std::move(audience)) {}
    void opened(std::shared_ptr<net::EventSink> sink) override {
        hub_.listen(std::move(sink), position_, audience_);
    }

private:
    EventHub& hub_;
    const store::FeedPosition position_;
    const EventHub::Audience audience_;
};

/// What anybody may read.
std::optional<std::string_view> document_at(std::string_view path) {
    if (path == "/healthz") return R"({"status":"ok"})";
    if (path == "/api/v1/openapi.json") return openapi_json();
    if (path == "/schema/touchpoint/1-0") return model::touchpoint_json_schema();
    return std::nullopt;
}

net::ServerResponse refusal(const Error& error) {
    net::ServerResponse refused = problem(error);
    if (refused.status == 401)
        refused.headers.set("WWW-Authenticate", "Bearer realm=\"touchline\"");
    return refused;
}

std::string headers_json(const net::Headers& headers) {
    json::Writer writer;
    writer.begin_object();
    for (const net::Header& header : headers) {
        // The connector needs no proof of who called; the host has seen it.
        if (net::same_name(header.name, "Authorization") || net::same_name(header.name, "Cookie"))
            continue;
        writer.member(header.name, header.value);
    }
    writer.end_object();
    return writer.take();
}

}  // namespace

struct Api::State {
    explicit State(ApiOptions given) : options(std::move(given)), hub(options.environment.store) {}

    net::ServerResponse answer(const net::ServerRequest& request) {
        if (const auto document = document_at(request.path)) {
            const bool reads = request.method == "GET" || request.method == "HEAD";
            return reads ? json_response(std::string(*document)) : wrong_method("GET, HEAD");
        }
        if (const auto endpoint = options.webhooks.find(request.path);
            endpoint != options.webhooks.end()) {
            return receive(endpoint->second, request);
        }
        if (!request.path.starts_with(k_api)) return serve_file(options, request);
        if (auto session = answer_session(options, request)) return std::move(*session);
        const auto caller = caller_of(options, request);
        if (!caller) return refusal(caller.error());
        return route(request, *caller);
    }

    net::ServerResponse route(const net::ServerRequest& request, const access::Caller& caller) {
        std::string allowed;
        for (const Route& route : routes()) {
            auto path = match(route.pattern, request.path);
            if (!path) continue;
            if (route.method != request.method) {
                allowed = route.method;
                continue;
            }
            return answer_route(route, {options, request, std::move(*path), caller});
        }
        if (allowed.empty()) {
            return problem(
                404, "not-found", "Not found", "there is nothing at " + request.path.substr(0, 200)
            );
        }
        return wrong_method(allowed);
    }

    net::ServerResponse answer_route(const Route& route, const Call& call) {
        if (!route.roles.has(call.caller.role)) {
            record(route, call, 403);
            return problem(Error(
                Code::denied,
                "the role " + std::string(to_string(call.caller.role)) + " may not do this"
            ));
        }
        if (route.method != "GET" && options.door != nullptr) {
            if (const auto own = options.door->check_change(call.request, call.caller); !own)
                return problem(own.error());
        }
        auto answer = route.answer(call);
        net::ServerResponse response = answer ? std::move(answer).value() : problem(answer.error());
        record(route, call, response.status);
        if (route.method != "GET") hub.notify();
        return response;
    }

    /// Stored before it is answered: what was answered with 202 is never lost.
    net::ServerResponse receive(
        const WebhookEndpoint& endpoint, const net::ServerRequest& request
    ) {
        if (request.method == "GET" && endpoint.challenge) {
            if (auto answer = endpoint.challenge(request)) return *std::move(answer);
        }
        if (request.method != "POST") return wrong_method("POST");
        if (const auto verified = endpoint.verify(request); !verified) {
            return problem(
                401, "signature", "The call is not signed as agreed", verified.error().text()
            );
        }
        store::InboxItem item;
        item.connection = endpoint.connection;
        item.stream = endpoint.stream;
        item.headers = headers_json(request.headers);
        item.body = request.body;
        item.received_at = options.environment.clock.now();
        if (auto kept = keep(item); !kept) return problem(kept.error());
        endpoint.received();
        return json_response(R"({"stored":true})", 202);
    }

    Result<void> keep(const store::InboxItem& item) {
        TOUCHLINE_TRY(const auto transaction, options.environment.store.begin());
        TOUCHLINE_TRY(const store::InboxKey key, transaction->put_inbox(item));
        (void)key;
        return transaction->commit();
    }

    /// From the end of the feed, unless the listener says where it left off.
    Result<store::FeedPosition> position_for(const net::ServerRequest& request) {
        TOUCHLINE_TRY(const auto reader, options.environment.store.reader());
        if (const auto last = request.headers.get("Last-Event-ID")) {
            store::FeedPosition position = 0;
            const char* const end = last->data() + last->size();
            const auto [stop, fault] = std::from_chars(last->data(), end, position);
            if (fault == std::errc() && stop == end && position >= 0) return position;
        }
        return reader->feed_head();
    }

    void open_events(const net::ServerRequest& request, const net::Responder& responder) {
        const auto caller = caller_of(options, request);
        if (!caller) return responder.respond(refusal(caller.error()));
        const auto position = position_for(request);
        if (!position) return responder.respond(problem(position.error()));
        net::ServerResponse head;
        head.headers.set("Content-Type", "text/event-stream");
        head.headers.set("Cache-Control", "no-store");
        head.headers.set("X-Accel-Buffering", "no");
        head.body = "retry: 2000\n\n";
        responder.stream(
            std::move(head),
            std::make_shared<Subscription>(hub, *position, audience(request, *caller))
        );
    }

    /// Details of changes quote what records say; whoever may not read all of it hears only that
    /// something changed. A stream ends with the session that opened it.
    EventHub::Audience audience(const net::ServerRequest& request, const access::Caller& caller) {
        EventHub::Audience audience;
        audience.with_details =
            options.readings[static_cast<std::size_t>(caller.role)].everything();
        if (options.door == nullptr) return audience;
        net::ServerRequest again;
        again.headers = request.headers;
        audience.is_welcome = [this, again = std::move(again), role = caller.role] {
            const auto now = options.door->caller(again, false);
            return now && now->role == role;
        };
        return audience;
    }

    const ApiOptions options;
    EventHub hub;
};

Api::Api(ApiOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Api::~Api() = default;

void Api::handle(net::ServerRequest request, net::Responder responder) {
    const bool is_events = request.path == "/api/v1/events";
    if (is_events && request.method == "GET") return state_->open_events(request, responder);
    net::ServerResponse response = is_events ? wrong_method("GET") : state_->answer(request);
    response.headers.set("Server", "touchline");
    responder.respond(std::move(response));
}

std::optional<std::size_t> Api::body_limit(std::string_view, std::string_view path) const {
    if (state_->options.webhooks.contains(std::string(path)))
        return state_->options.webhook_body_limit;
    return std::nullopt;
}

void Api::notify() {
    state_->hub.notify();
}

}  // namespace touchline::api
