#include "touchline/host/webhook_challenge.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/net/url.hpp"

#include <algorithm>

namespace touchline::host {

namespace {

constexpr std::size_t k_longest_number = 40;
constexpr std::size_t k_longest_token = 512;

/// Nothing: it is not there, or there twice.
std::optional<std::string> parameter(std::string_view query, std::string_view name) {
    std::optional<std::string> found;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        if (net::percent_decode(pair.substr(0, equals)) != name) continue;
        if (found) return std::nullopt;
        found = net::percent_decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!found) return std::nullopt;
    }
    return found;
}

std::optional<ChallengeAnswer> meta(std::string_view query) {
    const auto challenge = parameter(query, "hub.challenge");
    if (parameter(query, "hub.mode") != "subscribe" || !challenge) return std::nullopt;
    // What comes back is chosen by whoever asks, so it may be nothing but a number.
    const bool is_number =
        std::ranges::all_of(*challenge, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || challenge->empty() || challenge->size() > k_longest_number)
        return std::nullopt;
    return ChallengeAnswer{"text/plain", *challenge};
}

std::optional<ChallengeAnswer> x(const Secret& secret, std::string_view query) {
    const auto token = parameter(query, "crc_token");
    if (!token || token->empty() || token->size() > k_longest_token || secret.empty())
        return std::nullopt;
    const Digest mac = hmac_sha256(secret.reveal(), *token);
    const std::string text = to_base64({reinterpret_cast<const char*>(mac.data()), mac.size()});
    return ChallengeAnswer{"application/json", R"({"response_token":"sha256=)" + text + "\"}"};
}

}  // namespace

std::optional<ChallengeAnswer> answer_challenge(
    std::string_view vendor, const Secret& secret, std::string_view query
) {
    if (vendor == "meta") return meta(query);
    if (vendor == "x") return x(secret, query);
    return std::nullopt;
}

}  // namespace touchline::host
