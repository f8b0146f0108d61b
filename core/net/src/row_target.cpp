#include "address.hpp"

#include "touchline/base/text.hpp"
#include "touchline/net/row_client.hpp"
#include "touchline/net/url.hpp"

namespace touchline::net {

namespace {
constexpr std::string_view k_scheme = "postgresql://";
}

bool is_row_url(std::string_view text) {
    return lower_ascii(text.substr(0, k_scheme.size())) == k_scheme;
}

Result<RowAddress> parse_row_url(std::string_view text) {
    if (!is_row_url(text))
        return Error(Code::bad_data, "not a usable URL: its scheme is not postgresql");
    const std::string_view rest = text.substr(k_scheme.size());
    const auto authority = rest.substr(0, rest.find('/'));
    const auto colon = authority.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
    TOUCHLINE_TRY(const Url url, parse_url("https://" + std::string(rest)));
    const auto database = percent_decode(std::string_view(url.path).substr(1));
    if (!url.query.empty() || !database || database->empty())
        return Error(Code::bad_data, "not a usable URL: it has to be postgresql://host/database");
    RowAddress address;
    address.host = url.host;
    if (has_port) address.port = url.port;
    address.database = *database;
    return address;
}

std::string RowAddress::text() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return std::string(k_scheme) + name + ":" + std::to_string(port) + "/" +
           percent_encode(database);
}

Result<std::vector<ReachableAddress>> reachable_addresses(
    const std::string& host, std::uint16_t port, const SendOptions& options, std::stop_token stop
) {
    const Wait wait(host, options.timeouts.whole, std::move(stop));
    const Step step{"resolving the host name", options.timeouts.resolve};
    TOUCHLINE_TRY(auto found, resolve_host(host, port, wait, step));
    TOUCHLINE_TRY(
        const auto allowed, allowed_addresses(std::move(found), host, options.allow_private_network)
    );
    std::vector<ReachableAddress> reachable;
    for (const Address& address : allowed)
        reachable.push_back({address.text(), is_private(address)});
    return reachable;
}

}  // namespace touchline::net
