#include "call_rules.hpp"

#include "touchline/base/text.hpp"
#include "touchline/net/session.hpp"

#include <algorithm>
#include <array>

namespace touchline::net {

namespace {

Error leaves(std::string_view what, const Url& base) {
    return Error(
        Code::denied, std::string(what) + " leads out of the target " + base.origin() + base.path
    );
}

std::string_view without_slash(std::string_view path) {
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

/// Some servers decode "%2f" and "%5c" before they look for "..", so this looks behind them too.
bool climbs(std::string_view path) {
    const auto decoded = percent_decode(path);
    if (!decoded) return true;
    std::string_view rest = *decoded;
    while (true) {
        const auto end = rest.find_first_of("/\\");
        if (rest.substr(0, end) == "..") return true;
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + 1);
    }
}

bool is_credential_field(std::string_view name, const Credentials& credentials) {
    if (const auto* key = std::get_if<HeaderKey>(&credentials)) return same_name(name, key->name);
    if (const auto* in = std::get_if<InSession>(&credentials))
        return same_name(name, in->session->recipe().header);
    if (!std::holds_alternative<WebhookSigning>(credentials)) return false;
    return same_name(name, "webhook-timestamp") || same_name(name, "webhook-signature");
}

bool is_host_field(std::string_view name) {
    static constexpr std::array<std::string_view, 7> k_names{
        "authorization",
        "cookie",
        "cookie2",
        "host",
        "expect",
        "content-length",
        "accept-encoding"};
    return is_hop_by_hop(name) || std::ranges::count(k_names, lower_ascii(name)) > 0;
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// RFC 9110, section 15.4: 303 always becomes GET; 301 and 302 turn a POST into GET, as every
/// client does.
bool becomes_get(int status, std::string_view method) {
    if (method == "HEAD") return false;
    return status == 303 || (status <= 302 && method == "POST");
}

}  // namespace

Result<Url> below(const Url& base, std::string_view path, const Query& query) {
    if (path.starts_with("//") || path.find_first_of("\\#") != std::string_view::npos) {
        return leaves("the path \"" + std::string(path) + "\"", base);
    }
    const auto mark = path.find('?');
    const std::string_view own_path = path.substr(0, mark);
    if (climbs(own_path)) return leaves("the path \"" + std::string(path) + "\"", base);
    std::string text = base.origin() + std::string(without_slash(base.path));
    if (own_path.empty()) {
        text = base.origin() + base.path;
    } else {
        text.append(own_path.starts_with('/') ? "" : "/").append(own_path);
    }
    if (mark != std::string_view::npos) text += path.substr(mark);
    TOUCHLINE_TRY(Url url, parse_url(text));
    if (!query.empty()) {
        if (!url.query.empty()) url.query += '&';
        url.query += build_query(query);
    }
    return url;
}

bool is_below(const Url& base, const Url& url) {
    if (base.origin() != url.origin() || climbs(url.path)) return false;
    const std::string_view prefix = without_slash(base.path);
    const std::string_view path = url.path;
    return path == prefix || (path.starts_with(prefix) && path[prefix.size()] == '/');
}

Result<Url> same_origin(const Url& base, std::string_view link) {
    TOUCHLINE_TRY(Url url, resolve(base, link));
    if (url.origin() == base.origin()) return url;
    return Error(
               Code::denied,
               "the link to " + url.origin() + " leads away from the target " + base.origin()
    )
        .cure("Declare a target for " + url.origin() + " if its data belongs to this connection.");
}

Result<void> check_fields(const Headers& headers, const Credentials& credentials) {
    for (const Header& field : headers) {
        if (!is_token(field.name) || !is_field_value(field.value)) {
            return Error(Code::config, "the header \"" + field.name + "\" cannot be sent")
                .cure("Remove spaces, line breaks and control characters from it.");
        }
        if (is_host_field(field.name) || is_credential_field(field.name, credentials)) {
            return Error(Code::denied, "the header " + field.name + " is set by the host only")
                .cure("Put credentials into the connection's configuration.");
        }
    }
    return {};
}

void strip_answer(Headers& headers) {
    static constexpr std::array<std::string_view, 9> k_names{
        "set-cookie",
        "set-cookie2",
        "www-authenticate",
        "proxy-authenticate",
        "authentication-info",
        "proxy-authentication-info",
        "authorization",
        "connection",
        "keep-alive"};
    for (const std::string_view name : k_names) headers.remove(name);
}

Result<std::optional<Request>> redirected(
    const Url& base, const Request& request, const Response& response
) {
    const auto location = response.headers.get("location");
    if (!is_redirect(response.status) || !location) return std::optional<Request>();
    TOUCHLINE_TRY(Url from, parse_url(request.url));
    TOUCHLINE_TRY(Url to, resolve(from, *location));
    if (!is_below(base, to)) {
        return leaves("a redirect to " + to.origin() + to.path, base)
            .cure("If the service has moved, change the base URL of the target.");
    }
    Request next = request;
    next.url = to.text();
    if (becomes_get(response.status, request.method)) {
        next.method = "GET";
        next.body.clear();
        next.headers.remove("content-type");
    }
    return std::optional<Request>(std::move(next));
}

}  // namespace touchline::net
