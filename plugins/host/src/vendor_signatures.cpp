#include "touchline/host/vendor_signatures.hpp"

#include "touchline/base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

namespace touchline::host {

namespace {

constexpr std::chrono::minutes k_tolerance{5};

Error refused(const std::string& what) {
    return Error(Code::denied, "the webhook was refused: " + what);
}

std::string bytes_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string base64_mac(const Secret& secret, std::string_view message) {
    return to_base64(bytes_of(hmac_sha256(secret.reveal(), message)));
}

std::string hex_sha1_mac(const Secret& secret, std::string_view message) {
    std::array<unsigned char, 20> mac{};
    unsigned int length = 0;
    HMAC(
        EVP_sha1(),
        secret.reveal().data(),
        static_cast<int>(secret.reveal().size()),
        reinterpret_cast<const unsigned char*>(message.data()),
        message.size(),
        mac.data(),
        &length
    );
    return to_hex(mac);
}

Result<std::string> only(const net::Headers& headers, const std::string& name) {
    const auto value = headers.get(name);
    if (!value || value->empty()) return refused("it has no header " + name);
    // Two signatures, of which a proxy and we might read different ones, are a forger's trick.
    if (headers.count(name) > 1) return refused("it has the header " + name + " twice");
    return std::string(*value);
}

Result<void> same(std::string_view given, std::string_view expected) {
    if (equal_constant_time(given, expected)) return {};
    return refused("its signature does not fit");
}

Result<void> recent(Time sent, Time now) {
    if (now - sent > k_tolerance) return refused("it is too old, or this machine's clock is wrong");
    if (sent - now > k_tolerance)
        return refused("it comes from the future, or this machine's clock is wrong");
    return {};
}

/// `per_second` is 1 or 1000.
Result<Time> unix_time(std::string_view text, std::int64_t per_second) {
    std::int64_t count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    // The bound keeps the arithmetic from overflowing.
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || count < 0 ||
        count > 253'402'300'799 * per_second)
        return refused("its time is not a number");
    return Time(std::chrono::milliseconds(count * (1000 / per_second)));
}

using Verify = Result<void> (*)(const Secret& secret, const SignedCall& call, Time now);

/// base64 of the body's MAC, and nothing that tells an old call from a new one.
Result<void> by_body(const Secret& secret, const SignedCall& call, const std::string& header) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, header));
    return same(given, base64_mac(secret, call.body));
}

Result<void> shopify(const Secret& secret, const SignedCall& call, Time) {
    return by_body(secret, call, "X-Shopify-Hmac-Sha256");
}

Result<void> woocommerce(const Secret& secret, const SignedCall& call, Time) {
    return by_body(secret, call, "X-WC-Webhook-Signature");
}

Result<void> typeform(const Secret& secret, const SignedCall& call, Time) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, "Typeform-Signature"));
    return same(given, "sha256=" + base64_mac(secret, call.body));
}

Result<void> intercom(const Secret& secret, const SignedCall& call, Time) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, "X-Hub-Signature"));
    return same(given, "sha1=" + hex_sha1_mac(secret, call.body));
}

Result<void> meta(const Secret& secret, const SignedCall& call, Time) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, "X-Hub-Signature-256"));
    return same(given, "sha256=" + to_hex(hmac_sha256(secret.reveal(), call.body)));
}

Result<void> x(const Secret& secret, const SignedCall& call, Time) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, "x-twitter-webhooks-signature"));
    return same(given, "sha256=" + base64_mac(secret, call.body));
}

Result<void> zendesk(const Secret& secret, const SignedCall& call, Time now) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, "X-Zendesk-Webhook-Signature"));
    TOUCHLINE_TRY(
        const std::string sent, only(call.headers, "X-Zendesk-Webhook-Signature-Timestamp")
    );
    TOUCHLINE_CHECK(same(given, base64_mac(secret, sent + std::string(call.body))));
    const auto time = parse_rfc3339(sent);
    if (!time) return refused("its time cannot be read");
    return recent(*time, now);
}

/// "t=1492774577,v1=…,v1=…": several signatures while a secret is being replaced.
Result<void> stripe(const Secret& secret, const SignedCall& call, Time now) {
    TOUCHLINE_TRY(const std::string field, only(call.headers, "Stripe-Signature"));
    std::string_view time, rest = field;
    std::vector<std::string_view> signatures;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part.starts_with("t=")) time = part.substr(2);
        if (part.starts_with("v1=")) signatures.push_back(part.substr(3));
    }
    const std::string message = std::string(time) + "." + std::string(call.body);
    const std::string expected = to_hex(hmac_sha256(secret.reveal(), message));
    bool fits = false;
    for (const auto signature : signatures) fits |= equal_constant_time(signature, expected);
    if (!fits) return refused("none of its signatures fits");
    TOUCHLINE_TRY(const Time sent, unix_time(time, 1));
    return recent(sent, now);
}

/// Version 3: method, address, body and time are signed.
Result<void> hubspot(const Secret& secret, const SignedCall& call, Time now) {
    TOUCHLINE_TRY(const std::string given, only(call.headers, "X-HubSpot-Signature-v3"));
    TOUCHLINE_TRY(const std::string sent, only(call.headers, "X-HubSpot-Request-Timestamp"));
    std::string message(call.method);
    message.append(call.url).append(call.body).append(sent);
    TOUCHLINE_CHECK(same(given, base64_mac(secret, message)));
    TOUCHLINE_TRY(const Time time, unix_time(sent, 1000));
    return recent(time, now);
}

struct Vendor {
    std::string_view name;
    Verify verify;
};
constexpr std::array<Vendor, 9> k_vendors{
    {{"hubspot", &hubspot},
     {"intercom", &intercom},
     {"meta", &meta},
     {"shopify", &shopify},
     {"stripe", &stripe},
     {"typeform", &typeform},
     {"woocommerce", &woocommerce},
     {"x", &x},
     {"zendesk", &zendesk}}};

const Vendor* vendor_named(std::string_view name) {
    for (const Vendor& vendor : k_vendors) {
        if (vendor.name == name) return &vendor;
    }
    return nullptr;
}

}  // namespace

bool is_signing_vendor(std::string_view name) {
    return vendor_named(name) != nullptr;
}

Result<void> verify_vendor(
    std::string_view vendor, const Secret& secret, const SignedCall& call, Time now
) {
    const Vendor* const known = vendor_named(vendor);
    if (known == nullptr)
        return Error(Code::config, "nobody knows how " + std::string(vendor) + " signs");
    if (secret.empty()) return Error(Code::config, "the webhook has no secret to be verified with");
    return known->verify(secret, call, now);
}

}  // namespace touchline::host
