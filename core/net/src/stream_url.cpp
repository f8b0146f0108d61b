#include "touchline/base/text.hpp"
#include "touchline/net/stream_client.hpp"

#include <algorithm>
#include <array>

namespace touchline::net {

namespace {

struct Scheme {
    std::string_view name;
    StreamProtocol protocol;
    bool tls;
    std::uint16_t port;
};
constexpr std::array<Scheme, 4> k_schemes{{
    {"imaps", StreamProtocol::imap, true, 993},
    {"imap", StreamProtocol::imap, false, 143},
    {"wss", StreamProtocol::websocket, true, 443},
    {"ws", StreamProtocol::websocket, false, 80},
}};

const Scheme* scheme_of(std::string_view text) {
    const std::string name = lower_ascii(text.substr(0, text.find("://")));
    const auto found = std::ranges::find(k_schemes, name, &Scheme::name);
    return found == k_schemes.end() ? nullptr : &*found;
}

/// "host:993/x" names one; "host/x" and "[::1]/x" do not.
bool names_port(std::string_view rest) {
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto colon = authority.rfind(':');
    return colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
}

}  // namespace

bool is_stream_url(std::string_view text) {
    return text.find("://") != std::string_view::npos && scheme_of(text) != nullptr;
}

Result<StreamAddress> parse_stream_url(std::string_view text) {
    const Scheme* const scheme = is_stream_url(text) ? scheme_of(text) : nullptr;
    if (scheme == nullptr)
        return Error(Code::bad_data, "not a usable URL: its scheme is not imaps, imap, wss or ws");
    const std::string_view rest = text.substr(text.find("://") + 3);
    StreamAddress address{scheme->protocol, scheme->tls, {}};
    TOUCHLINE_TRY(
        address.url, parse_url((scheme->tls ? "https://" : "http://") + std::string(rest))
    );
    if (!names_port(rest)) address.url.port = scheme->port;
    const bool bare = address.url.path == "/" && address.url.query.empty();
    if (address.protocol == StreamProtocol::imap && !bare)
        return Error(Code::bad_data, "not a usable URL: one of a mail server has no path");
    return address;
}

std::string StreamAddress::text() const {
    const auto scheme = std::ranges::find_if(k_schemes, [this](const Scheme& one) {
        return one.protocol == protocol && one.tls == tls;
    });
    const std::string host =
        url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    return std::string(scheme->name) + "://" + host + ":" + std::to_string(url.port) + url.target();
}

}  // namespace touchline::net
