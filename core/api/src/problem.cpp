#include "problem.hpp"

#include "touchline/base/log.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::api {
namespace {

struct Shape {
    int status;
    std::string_view type, title;
};

Shape shape_of(Code code) {
    switch (code) {
        case Code::bad_data:
        case Code::config:
            return {400, "bad-request", "The request cannot be understood"};
        case Code::auth:
            return {401, "sign-in", "Sign in first"};
        case Code::denied:
            return {403, "denied", "Not allowed"};
        case Code::not_found:
            return {404, "not-found", "Not found"};
        case Code::conflict:
            return {409, "conflict", "The state does not allow this"};
        case Code::rate_limited:
            return {429, "too-many-requests", "Too many requests"};
        case Code::retry:
        case Code::timeout:
        case Code::cancelled:
        case Code::unavailable:
            return {503, "unavailable", "Not available now"};
        case Code::internal:
            return {500, "internal", "Something went wrong here"};
    }
    return {500, "internal", "Something went wrong here"};
}

}  // namespace

net::ServerResponse problem(
    int status, std::string_view type, std::string_view title, std::string_view detail
) {
    json::Writer writer;
    writer.begin_object()
        .member("type", "urn:touchline:problem:" + std::string(type))
        .member("title", title);
    writer.member("status", status).member_unless_empty("detail", detail).end_object();
    net::ServerResponse response;
    response.status = status;
    response.headers.set("Content-Type", "application/problem+json");
    response.headers.set("Cache-Control", "no-store");
    response.body = writer.take();
    return response;
}

net::ServerResponse problem(const Error& error) {
    const Shape shape = shape_of(error.code());
    if (shape.status >= 500) log(LogLevel::error, "request failed", {{"error", error.text()}});
    std::string detail = shape.status >= 500 ? std::string() : error.text();
    if (!detail.empty() && !error.cure().empty()) detail.append(". ").append(error.cure());
    return problem(shape.status, shape.type, shape.title, detail);
}

net::ServerResponse wrong_method(const std::string& allowed) {
    net::ServerResponse refused =
        problem(405, "method", "This method does not work here", "use " + allowed);
    refused.headers.set("Allow", allowed);
    return refused;
}

net::ServerResponse json_response(std::string body, int status) {
    net::ServerResponse response;
    response.status = status;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

}  // namespace touchline::api
