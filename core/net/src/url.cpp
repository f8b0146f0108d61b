#include "touchline/net/url.hpp"

#include "touchline/base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace touchline::net {

namespace {

Error bad_url(std::string why) {
    return Error(Code::bad_data, "not a usable URL: " + std::move(why));
}

bool is_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Characters that RFC 3986 does not allow but that real links carry are encoded; control
/// characters and backslashes, which programs read in different ways, are refused.
Result<std::string> clean(std::string_view text) {
    static constexpr std::string_view k_allowed = "-._~!$&'()*+,;=:@/?";
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return bad_url("it holds a control character");
        if (c == '\\') return bad_url("it holds a backslash");
        if (c == '%') {
            if (!percent_decode(text.substr(i, 3))) {
                return bad_url("a \"%\" is not followed by two hexadecimal digits");
            }
            out += text.substr(i, 3);
            i += 2;
        } else if (is_alnum(c) || k_allowed.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += percent_encode(text.substr(i, 1));
        }
    }
    return out;
}

/// "%2e" means "." (RFC 3986, section 6.2.2.2), so it must not hide a dot segment.
std::string reveal_dots(std::string path) {
    for (std::size_t at = 0; (at = path.find("%2", at)) != std::string::npos; ++at) {
        if (at + 2 < path.size() && (path[at + 2] == 'e' || path[at + 2] == 'E')) {
            path.replace(at, 3, ".");
        }
    }
    return path;
}

Result<std::string> normal_path(std::string_view path) {
    TOUCHLINE_TRY(std::string cleaned, clean(path));
    std::string out = remove_dot_segments(reveal_dots(std::move(cleaned)));
    return out.empty() ? "/" : out;
}

Result<void> read_host(std::string_view text, Url& url) {
    if (text.starts_with('[') && text.ends_with(']')) {
        url.host = lower_ascii(text.substr(1, text.size() - 2));
        in6_addr address{};
        if (inet_pton(AF_INET6, url.host.c_str(), &address) == 1) return {};
        return bad_url("\"" + url.host + "\" is not an IPv6 address");
    }
    const auto allowed = [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; };
    if (text.empty()) return bad_url("the host is missing");
    if (text.size() > 253) return bad_url("the host is too long");
    if (!std::ranges::all_of(text, allowed)) {
        return bad_url("the host holds a character that host names cannot have")
            .cure("Write international domain names in their ASCII form (xn--...).");
    }
    url.host = lower_ascii(text);
    return {};
}

Result<void> read_port(std::string_view text, Url& url) {
    if (text.empty()) return {};
    unsigned port = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, port);
    if (failure != std::errc() || stop != end || port == 0 || port > 65535) {
        return bad_url("the port is not a number from 1 to 65535");
    }
    url.port = static_cast<std::uint16_t>(port);
    return {};
}

Result<void> read_authority(std::string_view text, Url& url) {
    if (text.find('@') != std::string_view::npos) {
        return bad_url("it holds a user name or password")
            .cure("Put the login into the credentials of the connection.");
    }
    const auto bracket = text.rfind(']');
    const auto colon = text.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    TOUCHLINE_CHECK(read_host(has_port ? text.substr(0, colon) : text, url));
    url.port = url.tls() ? 443 : 80;
    return has_port ? read_port(text.substr(colon + 1), url) : Result<void>();
}

Result<void> read_path_and_query(std::string_view text, Url& url) {
    text = text.substr(0, text.find('#'));
    const auto mark = text.find('?');
    TOUCHLINE_TRY(url.path, normal_path(text.substr(0, mark)));
    url.query.clear();
    if (mark == std::string_view::npos) return {};
    TOUCHLINE_TRY(url.query, clean(text.substr(mark + 1)));
    return {};
}

bool has_scheme(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos) return false;
    return std::ranges::all_of(text.substr(0, colon), [](char c) {
        return is_alnum(c) || c == '+' || c == '-' || c == '.';
    });
}

}  // namespace

std::string Url::authority() const {
    std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (!default_port()) out += ":" + std::to_string(port);
    return out;
}

std::string Url::origin() const {
    return scheme + "://" + authority();
}

std::string Url::target() const {
    return query.empty() ? path : path + "?" + query;
}

std::string Url::text() const {
    return origin() + target();
}

Result<Url> parse_url(std::string_view text) {
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) {
        return bad_url("it does not begin with http:// or https://");
    }
    Url url;
    url.scheme = lower_ascii(text.substr(0, colon));
    if (url.scheme != "http" && url.scheme != "https") {
        return bad_url("it does not begin with http:// or https://");
    }
    text.remove_prefix(colon + 3);
    const auto end = std::min(text.find_first_of("/?#\\"), text.size());
    TOUCHLINE_CHECK(read_authority(text.substr(0, end), url));
    TOUCHLINE_CHECK(read_path_and_query(text.substr(end), url));
    return url;
}

Result<Url> resolve(const Url& base, std::string_view reference) {
    if (has_scheme(reference)) return parse_url(reference);
    if (reference.starts_with("//")) return parse_url(base.scheme + ":" + std::string(reference));
    Url url = base;
    reference = reference.substr(0, reference.find('#'));
    if (reference.empty()) return url;
    std::string path(reference);
    if (reference.starts_with('?')) {
        path = base.path + path;
    } else if (!reference.starts_with('/')) {
        path = base.path.substr(0, base.path.rfind('/') + 1) + path;
    }
    TOUCHLINE_CHECK(read_path_and_query(path, url));
    return url;
}

std::string remove_dot_segments(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const auto end = std::min(path.find('/', 1), path.size());
        const std::string_view segment = path.substr(0, end);
        path.remove_prefix(end);
        if (segment == "/." || segment == "/.." || segment == "." || segment == "..") {
            if (segment.ends_with("..")) out.erase(out.find('/') == out.npos ? 0 : out.rfind('/'));
            if (path.empty() && segment.starts_with('/')) out += '/';
        } else {
            out += segment;
        }
    }
    return out;
}

}  // namespace touchline::net
