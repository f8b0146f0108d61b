#include "touchline/access/openid.hpp"
#include "touchline/base/digest.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>
#include <array>

namespace touchline::access {
namespace {

/// Clocks of two machines differ a little.
constexpr std::chrono::seconds k_skew{60};

std::string text_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    return std::string(member ? member->as_string().value_or("") : std::string_view());
}

std::optional<Time> time_in(json::View object, std::string_view name) {
    const auto member = object.get(name);
    const auto seconds = member ? member->as_double() : std::nullopt;
    if (!seconds || !(*seconds > 0 && *seconds < 1e11)) return std::nullopt;
    return Time(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
}

/// `aud` is one text or a list of them.
std::vector<std::string> audience(json::View claims) {
    std::vector<std::string> found;
    const auto member = claims.get("aud");
    if (!member) return found;
    if (const auto one = member->as_string()) found.emplace_back(*one);
    for (const json::View one : member->elements())
        found.emplace_back(one.as_string().value_or(""));
    return found;
}

Error wrong(std::string_view claim, std::string_view what) {
    return Error(
        Code::auth,
        "the identity provider's token has a wrong `" + std::string(claim) +
            "`: " + std::string(what)
    );
}

}  // namespace

Result<void> check_id_claims(
    std::string_view claims, const OpenIdSettings& settings, std::string_view nonce, Time now
) {
    const auto document = json::Document::parse(claims);
    if (!document || document->root().kind() != json::Kind::object)
        return Error(Code::auth, "the identity provider's token has no claims");
    const json::View token = document->root();
    if (text_in(token, "iss") != settings.issuer) return wrong("iss", "it is of another provider");
    const auto meant_for = audience(token);
    if (std::find(meant_for.begin(), meant_for.end(), settings.client_id) == meant_for.end())
        return wrong("aud", "it is meant for somebody else");
    const std::string party = text_in(token, "azp");
    if ((meant_for.size() > 1 || !party.empty()) && party != settings.client_id)
        return wrong("azp", "it was given to somebody else");
    const auto ends = time_in(token, "exp");
    if (!ends || *ends + k_skew <= now) return wrong("exp", "it has ended");
    const auto made = time_in(token, "iat");
    if (!made || *made - k_skew > now) return wrong("iat", "it is of the future");
    if (const auto begins = time_in(token, "nbf"); begins && *begins - k_skew > now)
        return wrong("nbf", "it is of the future");
    if (nonce.empty() || !equal_constant_time(text_in(token, "nonce"), nonce))
        return wrong("nonce", "it belongs to another sign-in");
    if (text_in(token, "sub").empty()) return wrong("sub", "it says nothing of whom it is about");
    return {};
}

std::optional<Role> role_of(std::string_view claims, const OpenIdSettings& settings) {
    const auto document = json::Document::parse(claims);
    if (!document) return std::nullopt;
    // The claim's whole name first: a name may have dots itself ("https://acme.example/roles").
    std::optional<json::View> claim = document->root().get(settings.role_claim);
    if (!claim) {
        claim = document->root();
        std::string_view path = settings.role_claim;
        while (claim && !path.empty()) {
            const std::size_t dot = std::min(path.find('.'), path.size());
            claim = claim->get(path.substr(0, dot));
            path.remove_prefix(std::min(dot + 1, path.size()));
        }
    }
    if (!claim) return std::nullopt;
    std::optional<Role> highest;
    const auto consider = [&](json::View value) {
        const auto known = settings.roles.find(std::string(value.as_string().value_or("")));
        if (known != settings.roles.end())
            highest = std::max(highest.value_or(known->second), known->second);
    };
    consider(*claim);
    for (const json::View one : claim->elements()) consider(one);
    return highest;
}

}  // namespace touchline::access
