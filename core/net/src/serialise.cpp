#include "exchange.hpp"

#include <algorithm>

namespace touchline::net {

namespace {

bool has_body(const Request& request) {
    return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
           request.method == "PATCH";
}

Result<void> check(const Request& request) {
    if (!is_token(request.method) || request.method == "CONNECT") {
        return Error(Code::config, "\"" + request.method + "\" is not a method that can be sent");
    }
    for (const Header& field : request.headers) {
        if (is_token(field.name) && is_field_value(field.value)) continue;
        return Error(Code::config, "the header \"" + field.name + "\" cannot be sent")
            .cure("Remove spaces, line breaks and control characters from it.");
    }
    return {};
}

bool set_by_client(std::string_view name) {
    return is_hop_by_hop(name) || same_name(name, "host") || same_name(name, "content-length");
}

}  // namespace

Result<std::string> serialise(
    const Request& request, const Url& url, const std::string& user_agent
) {
    TOUCHLINE_CHECK(check(request));
    std::string out = request.method + " " + url.target() + " HTTP/1.1\r\n";
    const auto field = [&](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    field("Host", url.authority());
    if (!request.headers.has("user-agent")) field("User-Agent", user_agent);
    if (!request.headers.has("accept")) field("Accept", "*/*");
    if (!request.headers.has("accept-encoding")) field("Accept-Encoding", "gzip");
    for (const Header& header : request.headers) {
        if (!set_by_client(header.name)) field(header.name, header.value);
    }
    if (has_body(request)) field("Content-Length", std::to_string(request.body.size()));
    out.append("\r\n").append(request.body);
    return out;
}

}  // namespace touchline::net
