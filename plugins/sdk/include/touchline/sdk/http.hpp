// Requests that the host sends for the plugin, and their answers.
#pragma once

#include "touchline/sdk/body.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchline::sdk {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// HttpRequest("api", "/tickets").param("page", "2").header("Accept", "application/json")
struct HttpRequest {
    std::string target;  ///< a name from the manifest
    std::string path;    ///< below the target's base URL, percent-encoded, may carry a query
    std::string method = "GET";
    Pairs query;  ///< the host percent-encodes
    Pairs headers;
    std::string body;
    tl_body body_handle = 0;  ///< sent instead of `body` when set
    std::uint32_t flags = 0;  ///< TL_HTTP_ANY_STATUS and its neighbours in touchline/plugin/http.h
    std::uint32_t timeout_ms = 0;

    HttpRequest(std::string target_name, std::string request_path)
        : target(std::move(target_name)), path(std::move(request_path)) {}
    HttpRequest& with_method(std::string name) { return method = std::move(name), *this; }
    HttpRequest& param(std::string name, std::string value) {
        return query.emplace_back(std::move(name), std::move(value)), *this;
    }
    HttpRequest& header(std::string name, std::string value) {
        return headers.emplace_back(std::move(name), std::move(value)), *this;
    }
    /// A POST with this content, unless another method is set afterwards.
    HttpRequest& content(std::string type, std::string bytes) {
        method = "POST";
        body = std::move(bytes);
        return header("Content-Type", std::move(type));
    }
    HttpRequest& with_flags(std::uint32_t bits) { return flags |= bits, *this; }
};

class HttpResponse {
public:
    HttpResponse(const Services* services, tl_job* job, const tl_http_response& raw)
        : services_(services), job_(job), raw_(raw), body_(services, job, raw.body) {}

    int status() const { return raw_.http_status; }
    bool ok() const { return raw_.http_status >= 200 && raw_.http_status < 300; }
    std::uint64_t bytes() const { return raw_.body_bytes; }
    std::optional<std::int64_t> retry_after_ms() const {
        if (raw_.retry_after_ms < 0) return std::nullopt;
        return raw_.retry_after_ms;
    }
    const Body& body() const { return body_; }
    Result<Value> pick(const std::string& pointer) const { return body_.pick(pointer); }

    /// Every value of a header, by name without case.
    Result<std::vector<std::string>> headers(std::string_view name) const {
        if (!TL_OFFERS(tl_http_1, services_->http, header)) return Error(Status::unsupported);
        using Values = std::vector<std::string>;
        Gathered<Values> values;
        const auto sink = [](void* user, tl_str text) noexcept {
            static_cast<Gathered<Values>*>(user)->take([&](Values& out) {
                out.emplace_back(from_tl(text));
            });
        };
        TL_CHECK(to_result(services_->http->header(job_, raw_.body, to_tl(name), sink, &values)));
        return std::move(values).result();
    }
    /// The first value, or empty.
    std::string header(std::string_view name) const {
        auto values = headers(name);
        return values && !values->empty() ? values->front() : std::string();
    }

private:
    const Services* services_;
    tl_job* job_;
    tl_http_response raw_;
    Body body_;
};

}  // namespace touchline::sdk
