#include "server_message.hpp"

#include "touchline/base/text.hpp"
#include "touchline/net/retry.hpp"
#include "touchline/net/url.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace touchline::net {

namespace {

struct Reason {
    int status;
    std::string_view phrase;
};

constexpr std::array<Reason, 30> k_reasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

std::string_view phrase_of(int status) {
    const auto* found = std::ranges::find(k_reasons, status, &Reason::status);
    return found == k_reasons.end() ? std::string_view() : found->phrase;
}

bool set_by_server(std::string_view name) {
    return same_name(name, "content-length") || same_name(name, "connection") ||
           same_name(name, "transfer-encoding");
}

}  // namespace

Result<void> read_target(std::string_view target, ServerRequest& request) {
    request.target = target;
    const auto bad = [](const char* why) { return Error(Code::bad_data, why); };
    if (!target.starts_with('/')) return bad("the request target is not a path");
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f)
            return bad("the request target holds a control character");
    }
    const auto mark = target.find('?');
    auto path = percent_decode(target.substr(0, mark));
    if (!path || path->find('\0') != std::string::npos || !is_utf8(*path)) {
        return bad("the path is badly encoded");
    }
    request.path = remove_dot_segments(*path);
    if (mark == std::string_view::npos) return {};
    TOUCHLINE_TRY(auto query, parse_query(target.substr(mark + 1)));
    for (auto& [name, value] : query) request.query.emplace(std::move(name), std::move(value));
    return {};
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

Result<std::string> answer_head(
    const ServerResponse& answer, BodyFraming framing, bool keep_alive
) {
    if (answer.status < 200 || answer.status > 599) {
        return Error(
            Code::internal, "a handler answered with the status " + std::to_string(answer.status)
        );
    }
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    out.append(phrase_of(answer.status)).append("\r\n");
    for (const Header& field : answer.headers) {
        if (set_by_server(field.name)) continue;
        if (!is_token(field.name) || !is_field_value(field.value)) {
            return Error(
                Code::internal,
                "a handler answered with the header \"" + field.name + "\", which cannot be sent"
            );
        }
        out.append(field.name).append(": ").append(field.value).append("\r\n");
    }
    if (framing == BodyFraming::chunked) out += "Transfer-Encoding: chunked\r\n";
    if (framing == BodyFraming::length && may_have_body(answer.status)) {
        out += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    }
    out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return out;
}

std::string as_chunk(std::string_view bytes) {
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + std::string(bytes) + "\r\n";
}

ServerResponse refusal(int status, std::string reason) {
    ServerResponse answer{status, {{"Content-Type", "text/plain; charset=utf-8"}}, {}};
    answer.body = std::move(reason) + "\n";
    return answer;
}

}  // namespace touchline::net
