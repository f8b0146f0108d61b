// Whether a webhook call really comes from the source: pure functions, in constant time where a
// secret is compared.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/headers.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

namespace touchline::host {

/// HMAC-SHA256 of the body in a header, in hex ("X-Hub-Signature-256: sha256=<hex>") or in base64
/// ("Tally-Signature: <base64>"); "sha256=" may stand before either.
struct HmacScheme {
    std::string header;
};
/// Standard Webhooks 1.0.0: webhook-id, webhook-timestamp and webhook-signature. The secret is
/// "whsec_" and base64.
struct StandardWebhooksScheme {
    std::chrono::seconds tolerance{300};
};
/// The secret itself, in a header or in the query of the URL. For sources that can do no better.
struct TokenScheme {
    std::string header;  ///< empty: look at the query
    std::string query_parameter;
};
using WebhookScheme = std::variant<HmacScheme, StandardWebhooksScheme, TokenScheme>;

/// `query` is the raw query of the request's URL. Error denied: says which part is missing or
/// wrong, never the expected value; config: the secret is empty or not of the scheme's form.
Result<void> verify_webhook(
    const WebhookScheme& scheme,
    const Secret& secret,
    const net::Headers& headers,
    std::string_view query,
    std::string_view body,
    Time now
);

}  // namespace touchline::host
