#include "receiver.hpp"

#include "touchline/base/time.hpp"
#include "touchline/host/webhook_verification.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace touchline::integration {

namespace {

std::string text_at(json::View value, std::string_view pointer) {
    const auto found = json::find(value, pointer);
    return std::string(found ? found->as_string().value_or("") : "");
}

/// CloudEvents 1.0, structured content mode; empty when everything is as it says.
std::string wrong_form(const net::ServerRequest& request, json::View event, std::string_view id) {
    if (request.method != "POST") return "the method is " + request.method;
    const auto type = request.headers.get("content-type").value_or("");
    if (!type.starts_with("application/cloudevents+json"))
        return "the content type is " + std::string(type);
    if (text_at(event, "/specversion") != "1.0") return "specversion is not 1.0";
    if (text_at(event, "/id") != id) return "id is not webhook-id";
    if (text_at(event, "/source").empty()) return "source is missing";
    if (!text_at(event, "/type").starts_with("touchline.")) return "type is not ours";
    if (text_at(event, "/subject").empty()) return "subject is missing";
    if (!parse_rfc3339(text_at(event, "/time"))) return "time is not RFC 3339";
    const auto sequence = text_at(event, "/sequence");
    if (sequence.empty() || sequence.find_first_not_of("0123456789") != std::string::npos)
        return "sequence is not a number";
    if (event.get("data") && text_at(event, "/datacontenttype") != "application/json")
        return "datacontenttype is not application/json";
    return {};
}

}  // namespace

Result<std::unique_ptr<Receiver>> Receiver::start(Secret secret) {
    std::unique_ptr<Receiver> receiver(new Receiver(std::move(secret)));
    TOUCHLINE_TRY(
        receiver->server_,
        net::HttpServer::start(
            {},
            [raw = receiver.get()](net::ServerRequest request, const net::Responder& responder) {
                net::ServerResponse response;
                response.status = raw->handle(std::move(request));
                responder.respond(std::move(response));
            }
        )
    );
    return receiver;
}

std::string Receiver::url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
}

void Receiver::answer_with(Answer answer) {
    state_.with([&](State& state) { state.answer = std::move(answer); });
}

int Receiver::handle(net::ServerRequest request) {
    Delivery delivery = read(std::move(request));
    const Answer answer = state_.with([](const State& state) { return state.answer; });
    delivery.status = answer ? answer(delivery) : 204;
    const int status = delivery.status;
    state_.with([&](State& state) { state.deliveries.push_back(std::move(delivery)); });
    return status;
}

Delivery Receiver::read(net::ServerRequest request) const {
    Delivery delivery;
    delivery.path = request.path;
    delivery.id = request.headers.get("webhook-id").value_or("");
    delivery.body = request.body;
    if (!secret_.empty()) {
        const auto verified = host::verify_webhook(
            host::StandardWebhooksScheme{},
            secret_,
            request.headers,
            {},
            request.body,
            SystemClock().now()
        );
        if (!verified) delivery.fault = verified.error().text();
    }
    const auto event = json::Document::parse(request.body);
    if (!event) {
        delivery.fault = event.error().text();
        return delivery;
    }
    delivery.type = text_at(event->root(), "/type");
    delivery.subject = text_at(event->root(), "/subject");
    delivery.sequence = text_at(event->root(), "/sequence");
    delivery.touchpoint = text_at(event->root(), "/data/id");
    delivery.kind = text_at(event->root(), "/data/kind");
    if (delivery.fault.empty()) delivery.fault = wrong_form(request, event->root(), delivery.id);
    return delivery;
}

std::vector<Delivery> Receiver::deliveries() const {
    return state_.with([](const State& state) { return state.deliveries; });
}

std::vector<Delivery> Receiver::accepted() const {
    std::set<std::string> known;
    std::vector<Delivery> accepted;
    for (auto& delivery : deliveries())
        if (delivery.status / 100 == 2 && known.insert(delivery.path + delivery.id).second)
            accepted.push_back(std::move(delivery));
    return accepted;
}

std::vector<std::string> out_of_order(const std::vector<Delivery>& accepted) {
    std::map<std::string, std::string> latest;
    std::vector<std::string> wrong;
    for (const auto& delivery : accepted) {
        auto& before = latest[delivery.subject];
        if (delivery.sequence <= before) wrong.push_back(delivery.id + " after sequence " + before);
        before = delivery.sequence;
    }
    return wrong;
}

}  // namespace touchline::integration
