#include "touchline/host/webhook_verification.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/net/credentials.hpp"
#include "touchline/net/url.hpp"

#include <charconv>
#include <optional>
#include <vector>

namespace touchline::host {

namespace {

Error refused(const std::string& what) {
    return Error(Code::denied, "the webhook was refused: " + what);
}

struct Call {
    const Secret& secret;
    const net::Headers& headers;
    std::string_view query;
    std::string_view body;
    Time now;

    Result<std::string_view> header(const std::string& name) const {
        const auto value = headers.get(name);
        if (!value || value->empty()) return refused("it has no header " + name);
        // Two signatures, of which a proxy and we might read different ones, are a forger's trick.
        if (headers.count(name) > 1) return refused("it has the header " + name + " twice");
        return *value;
    }

    Result<void> operator()(const HmacScheme& scheme) const {
        TOUCHLINE_TRY(std::string_view given, header(scheme.header));
        if (constexpr std::string_view prefix = "sha256="; given.starts_with(prefix))
            given.remove_prefix(prefix.size());
        const Digest mac = hmac_sha256(secret.reveal(), body);
        std::string hex(given);
        for (char& c : hex) c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
        const std::string base64 =
            to_base64({reinterpret_cast<const char*>(mac.data()), mac.size()});
        const bool fits_hex = equal_constant_time(hex, to_hex(mac));
        if (equal_constant_time(given, base64) || fits_hex) return {};
        return refused("its signature does not fit");
    }

    Result<void> operator()(const StandardWebhooksScheme& scheme) const {
        TOUCHLINE_TRY(const std::string_view id, header("webhook-id"));
        TOUCHLINE_TRY(const std::string_view timestamp, header("webhook-timestamp"));
        TOUCHLINE_TRY(std::string_view signatures, header("webhook-signature"));
        std::int64_t seconds = 0;
        const char* const end = timestamp.data() + timestamp.size();
        const auto read = std::from_chars(timestamp.data(), end, seconds);
        // The bound keeps the arithmetic below from overflowing.
        if (read.ec != std::errc() || read.ptr != end || seconds < 0 || seconds > 253'402'300'799) {
            return refused("its webhook-timestamp is not a number of seconds");
        }
        const Time sent{std::chrono::seconds(seconds)};
        if (now - sent > scheme.tolerance)
            return refused("it is too old, or this machine's clock is wrong");
        if (sent - now > scheme.tolerance)
            return refused("it comes from the future, or this machine's clock is wrong");
        TOUCHLINE_TRY(const std::string expected, net::sign_webhook({secret}, id, sent, body));
        bool fits = false;
        while (!signatures.empty()) {
            const auto space = signatures.find(' ');
            if (equal_constant_time(signatures.substr(0, space), expected)) fits = true;
            signatures =
                space == std::string_view::npos ? std::string_view() : signatures.substr(space + 1);
        }
        if (fits) return {};
        return refused("none of its signatures fits");
    }

    Result<void> operator()(const TokenScheme& scheme) const {
        if (!scheme.header.empty()) {
            TOUCHLINE_TRY(const std::string_view token, header(scheme.header));
            if (secret.matches(token)) return {};
            return refused("its " + scheme.header + " does not fit");
        }
        std::optional<std::string> token;
        for (std::string_view rest = query; !rest.empty();) {
            const auto mark = rest.find('&');
            const std::string_view pair = rest.substr(0, mark);
            rest = mark == std::string_view::npos ? std::string_view() : rest.substr(mark + 1);
            const auto equals = pair.find('=');
            if (pair.substr(0, equals) != scheme.query_parameter ||
                equals == std::string_view::npos)
                continue;
            if (token) return refused("its URL has " + scheme.query_parameter + " twice");
            token = net::percent_decode(pair.substr(equals + 1));
            if (!token) return refused("its URL is not well-formed");
        }
        if (!token) return refused("its URL has no " + scheme.query_parameter);
        if (secret.matches(*token)) return {};
        return refused("its " + scheme.query_parameter + " does not fit");
    }
};

}  // namespace

Result<void> verify_webhook(
    const WebhookScheme& scheme,
    const Secret& secret,
    const net::Headers& headers,
    std::string_view query,
    std::string_view body,
    Time now
) {
    if (secret.empty()) return Error(Code::config, "the webhook has no secret to be verified with");
    return std::visit(Call{secret, headers, query, body, now}, scheme);
}

}  // namespace touchline::host
