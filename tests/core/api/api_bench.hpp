// What the tests of the API stand on: the real server on a port of the system's choice, over a
// small store that was filled through ingest. Every answer is held against the published
// description.
#pragma once

#include "http_exchange.hpp"
#include "schema_check.hpp"
#include "workbench.hpp"

#include "touchline/api/api.hpp"

#include <atomic>
#include <set>

namespace touchline::api {

using testing_support::Answer;
using testing_support::exchange;
using testing_support::Fields;
using testing_support::percent_encoded;

class RecordedOperations final : public Operations {
public:
    Result<void> request_run(std::string_view connection) override {
        if (connection == "crm") return {};
        if (connection == "desk") return Error(Code::conflict, "desk is running already");
        return Error(Code::not_found, "there is no such connection");
    }
    Result<bool> retry_dead_letter(store::DeadLetterKey key) override {
        if (key != store::DeadLetterKey{1}) return Error(Code::not_found, "no such dead letter");
        return true;
    }
    Result<void> enable_destination(std::string_view destination) override {
        if (destination == "warehouse") return {};
        return Error(Code::not_found, "there is no such destination");
    }
    std::vector<net::SeenRequest> requests(std::string_view connection) override {
        if (connection != "crm") return {};
        net::SeenRequest refused;
        refused.at = parse_rfc3339("2026-11-01T12:00:00Z").value();
        refused.target = "api";
        refused.method = "GET";
        refused.url =
            "https://crm.example/contacts?page=3&email=ana%40example.org&since=2026-10-01";
        refused.credentials = "bearer token";
        refused.status = 403;
        refused.answer = R"({"message":"ana@example.org may not"})";
        return {refused};
    }
};

class ApiBench : public ingest::Workbench {
protected:
    ApiBench() {
        run(plan("crm", k_contacts), {R"([
            {"id":1,"email":"ana@example.org","phone":"+32470123456","name":"Ana Peeters","updated":"2026-09-01T08:00:00Z"},
            {"id":2,"email":"ben@example.org","phone":"+32470999999","name":"Ben Claes","updated":"2026-09-01T08:00:00Z"}])"}
        );
        run(plan("desk", k_events), {R"([
            {"id":1,"user":"55","email":"ana@example.org","subject":"where is my bike","at":"2026-10-01T08:00:00Z"},
            {"id":2,"user":"55","email":"ana@example.org","subject":"it has come","at":"2026-10-03T08:00:00Z"},
            {"id":3,"user":"56","email":"ben@example.org","subject":"a question","at":"2026-10-02T08:00:00Z"},
            {"id":4,"user":"57","email":"eve@example.org","subject":"no time","at":"yesterday"}])"}
        );
        catalogue_.departments = {{"sales", "Sales and service"}};
        catalogue_.default_region = "BE";
        catalogue_.connections = {
            {"crm", "scripted", "sales", true, std::chrono::hours(1)},
            {"desk", "scripted", "sales", true, std::chrono::milliseconds(0)}};
        catalogue_.destinations = {{"warehouse", "webhook", true}};
    }
    ~ApiBench() override { stop(); }

    void start(const std::string& token = k_token) {
        ApiOptions options{
            .environment = environment_,
            .catalogue = catalogue_,
            .operations = operations_,
            .token = Secret(token),
            .door = door_,
            .readings = readings_,
            .webhooks = {},
            .find_file = find_file,
            .content_security_policy = "default-src 'self'",
            .workshop = workshop_};
        WebhookEndpoint endpoint{"desk", "rows", verify, [this] { ++received_; }};
        endpoint.challenge = [](const net::ServerRequest& request
                             ) -> std::optional<net::ServerResponse> {
            if (request.target != "/in/desk?are=you") return std::nullopt;
            return net::ServerResponse{200, {{"Content-Type", "text/plain"}}, "we are"};
        };
        options.webhooks.emplace("/in/desk", std::move(endpoint));
        api_ = std::make_unique<Api>(std::move(options));
        net::ServerOptions server;
        server.workers = 2;
        server.body_limit_for = [this](std::string_view method, std::string_view path) {
            return api_->body_limit(method, path);
        };
        auto started = net::HttpServer::start(
            std::move(server),
            [this](net::ServerRequest request, net::Responder responder) {
                api_->handle(std::move(request), std::move(responder));
            }
        );
        ASSERT_TRUE(started) << started.error().text();
        server_ = std::move(*started);
    }
    void stop() {
        if (server_) server_->stop();
        server_.reset();
        api_.reset();
    }
    std::uint16_t port() const { return server_->port(); }

    static Fields signed_in(Fields fields = {}) {
        fields.emplace_back("Authorization", "Bearer " + std::string(k_token));
        return fields;
    }
    Answer get(const std::string& target) {
        return checked("get", target, exchange(port(), "GET", target, signed_in()));
    }
    Answer post(const std::string& target, std::string_view body = "{}") {
        const Fields fields = signed_in({{"Content-Type", "application/json"}});
        return checked("post", target, exchange(port(), "POST", target, fields, body));
    }
    /// The value at a JSON pointer of an answer, as JSON text; empty where there is none.
    static std::string value(const Answer& answer, std::string_view pointer) {
        const auto document = json::Document::parse(answer.body);
        if (!document) return "not JSON: " + answer.body;
        const auto found = json::find(document->root(), pointer);
        return found ? found->text() : std::string();
    }
    static std::string text(const Answer& answer, std::string_view pointer) {
        const std::string json = value(answer, pointer);
        return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
    }
    std::string find(const std::string& what) {
        return text(get("/api/v1/lookup?q=" + percent_encoded(what)), "/matches/0/customer");
    }

    /// Notes what was asked, and that the answer is one that the description promises.
    Answer checked(const std::string& method, const std::string& target, Answer answer) {
        const std::string path = target.substr(0, target.find('?'));
        const std::string name = described(path);
        asked_.insert(method + " " + name);
        const auto operation = member(member(description_.root(), "paths"), name, method);
        EXPECT_TRUE(operation) << method << " " << path << " is not described";
        if (!operation) return answer;
        const auto response = member(operation, "responses", std::to_string(answer.status));
        EXPECT_TRUE(response) << method << " " << target << " answers " << answer.status
                              << ", which is not described: " << answer.body;
        if (!response) return answer;
        const auto schema =
            member(member(response, "content", answer.field("content-type")), "schema");
        EXPECT_TRUE(schema) << target << " answers with " << answer.field("content-type");
        const auto document = json::Document::parse(answer.body);
        EXPECT_TRUE(document) << target << ": " << answer.body;
        if (!schema || !document) return answer;
        const testing_support::SchemaCheck check(description_.root());
        for (const std::string& problem : check.check(*schema, document->root()))
            ADD_FAILURE() << method << " " << target << " " << answer.status << " " << problem;
        return answer;
    }

    static constexpr const char* k_token = "correct-horse-battery-staple-0123456789";
    json::Document description_ = *json::Document::parse(openapi_json());
    std::set<std::string> asked_;  ///< "get /api/v1/lookup"
    view::Catalogue catalogue_;
    RecordedOperations operations_;
    access::Door* door_ = nullptr;  ///< set before start()
    std::array<view::Reading, access::k_roles.size()> readings_{};
    Workshop* workshop_ = nullptr;
    std::atomic<int> received_{0};
    std::unique_ptr<Api> api_;
    std::unique_ptr<net::HttpServer> server_;

private:
    static std::optional<json::View> member(
        std::optional<json::View> value, std::string_view key, std::string_view inner = {}
    ) {
        if (value) value = value->get(key);
        return inner.empty() || !value ? value : value->get(inner);
    }

    /// "/api/v1/customers/cu_1/why" is described as "/api/v1/customers/{id}/why".
    std::string described(std::string path) const {
        if (member(description_.root().get("paths"), path)) return path;
        for (const auto& [inner, placeholder] :
             {std::pair<std::string_view, std::string_view>{"/streams/", "{stream}"},
              {"/fields/", "{field}"}}) {
            const std::size_t at = path.find(inner);
            if (at == std::string::npos) continue;
            const std::size_t name = at + inner.size();
            path.replace(name, std::min(path.find('/', name), path.size()) - name, placeholder);
        }
        for (const std::string_view list :
             {"customers",
              "connections",
              "dead-letters/dropped",
              "dead-letters",
              "destinations",
              "plans",
              "replays",
              "review",
              "users"}) {
            const std::string prefix = "/api/v1/" + std::string(list) + "/";
            if (!path.starts_with(prefix)) continue;
            const std::size_t end = std::min(path.find('/', prefix.size()), path.size());
            return path.replace(prefix.size(), end - prefix.size(), "{id}");
        }
        return path;
    }

    static Result<void> verify(const net::ServerRequest& request) {
        if (request.headers.get("X-Signature") == "good") return {};
        return Error(Code::auth, "the signature does not fit the body");
    }

    static std::optional<StaticFile> find_file(std::string_view path) {
        static constexpr unsigned char k_page[] = {'<', 'p', '>'};
        static constexpr unsigned char k_packed[] = {0x1f, 0x8b};
        if (path == "/")
            return StaticFile{"text/html; charset=utf-8", "\"page\"", k_page, {}, {}, false};
        if (path == "/app.1234.js")
            return StaticFile{"text/javascript", "\"app\"", k_page, k_packed, {}, true};
        return std::nullopt;
    }
};

}  // namespace touchline::api
