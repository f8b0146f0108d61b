// Absolute http and https URLs, references against them, percent-encoding and queries (RFC 3986).
#pragma once

#include "touchline/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::net {

/// Normalised: scheme and host in lower case, no dot segments, a path that begins with "/", no
/// fragment.
struct Url {
    std::string scheme;      ///< "http" or "https".
    std::string host;        ///< Without the brackets of an IPv6 address.
    std::uint16_t port = 0;  ///< Always set; 80 or 443 when the text had none.
    std::string path = "/";  ///< Percent-encoded.
    std::string query;       ///< Percent-encoded, without "?".

    bool tls() const { return scheme == "https"; }
    bool default_port() const { return port == (tls() ? 443 : 80); }
    /// "example.com", "example.com:8080", "[::1]:8080": what the Host field says.
    std::string authority() const;
    /// "https://example.com": scheme and authority; equal for two URLs of the same origin (RFC
    /// 6454).
    std::string origin() const;
    /// "/path?query": what the request line says.
    std::string target() const;
    std::string text() const;
};

/// Error bad_data: not absolute, another scheme, user name or password inside, a bad host, port or
/// character.
Result<Url> parse_url(std::string_view text);
/// A reference (absolute, "//host", "/path", "path", "?query") resolved against a base: RFC 3986,
/// section 5.2.
Result<Url> resolve(const Url& base, std::string_view reference);
/// RFC 3986, section 5.2.4: "/a/b/../c" becomes "/a/c".
std::string remove_dot_segments(std::string_view path);

/// All but the unreserved characters: safe as one path segment, query name or query value.
std::string percent_encode(std::string_view text);
/// Empty when a "%" is not followed by two hexadecimal digits. A "+" stays a "+".
std::optional<std::string> percent_decode(std::string_view text);

using Query = std::vector<std::pair<std::string, std::string>>;

/// "a=1&b=x%20y", in the order given.
std::string build_query(const Query& parameters);
/// Decodes names and values; a "+" is a space, as forms send it. Error: bad_data.
Result<Query> parse_query(std::string_view query);

}  // namespace touchline::net
