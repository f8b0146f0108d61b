// How vendors sign their webhooks, each in its own way: what is signed, with which hash, and where
// the signature stands.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/base/secret.hpp"
#include "touchline/base/time.hpp"
#include "touchline/net/headers.hpp"

#include <string_view>

namespace touchline::host {

/// One call as it came, and where it came to.
struct SignedCall {
    std::string_view method;  ///< "POST"
    std::string_view url;     ///< as the vendor knows it: public, with its query
    const net::Headers& headers;
    std::string_view body;
};

/// Whether `name` is a vendor whose signatures are known: hubspot, intercom, meta, shopify,
/// stripe, typeform, woocommerce, x, zendesk.
bool is_signing_vendor(std::string_view name);

/// Error denied: says which part is missing or wrong, never the expected value; config: unknown
/// vendor or an empty secret. Signatures with a time are refused when it is more than five minutes
/// away.
Result<void> verify_vendor(
    std::string_view vendor, const Secret& secret, const SignedCall& call, Time now
);

}  // namespace touchline::host
