#include "touchline/host/vendor_signatures.hpp"

#include "touchline/base/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

namespace touchline::host {
namespace {

constexpr std::string_view k_body = R"({"id": 7})";
constexpr std::string_view k_url = "https://touchline.example/in/crm?x=1";
const Secret k_secret("whsec_s3cret");
const Time k_now = *parse_rfc3339("2026-10-02T09:14:00Z");

std::string mac64(const std::string& message) {
    const Digest digest = hmac_sha256(k_secret.reveal(), message);
    return to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

/// A call that the vendor would make at that time.
struct Example {
    std::string vendor;
    bool has_time;
    std::function<net::Headers(Time)> headers;
};

std::string seconds(Time time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count()
    );
}

std::vector<Example> examples() {
    const std::string body(k_body);
    return {
        {"shopify",
         false,
         [body](Time) {
             return net::Headers{{"X-Shopify-Hmac-Sha256", mac64(body)}};
         }},
        {"meta",
         false,
         [body](Time) {
             const std::string mac = to_hex(hmac_sha256(k_secret.reveal(), body));
             return net::Headers{{"X-Hub-Signature-256", "sha256=" + mac}};
         }},
        {"x",
         false,
         [body](Time) {
             return net::Headers{{"x-twitter-webhooks-signature", "sha256=" + mac64(body)}};
         }},
        {"typeform",
         false,
         [body](Time) {
             return net::Headers{{"Typeform-Signature", "sha256=" + mac64(body)}};
         }},
        {"woocommerce",
         false,
         [body](Time) {
             return net::Headers{{"X-WC-Webhook-Signature", mac64(body)}};
         }},
        {"zendesk",
         true,
         [body](Time at) {
             const std::string time = format_rfc3339(at);
             return net::Headers{
                 {"X-Zendesk-Webhook-Signature", mac64(time + body)},
                 {"X-Zendesk-Webhook-Signature-Timestamp", time}};
         }},
        {"stripe",
         true,
         [body](Time at) {
             const std::string mac =
                 to_hex(hmac_sha256(k_secret.reveal(), seconds(at) + "." + body));
             return net::Headers{
                 {"Stripe-Signature", "t=" + seconds(at) + ",v1=00,v1=" + mac + ",v0=x"}};
         }},
        {"hubspot", true, [body](Time at) {
             const std::string time = seconds(at) + "000";
             return net::Headers{
                 {"X-HubSpot-Signature-v3", mac64("POST" + std::string(k_url) + body + time)},
                 {"X-HubSpot-Request-Timestamp", time}};
         }}};
}

Code outcome(
    const Example& example,
    const net::Headers& headers,
    std::string_view body = k_body,
    std::string_view url = k_url
) {
    const auto verified =
        verify_vendor(example.vendor, k_secret, {"POST", url, headers, body}, k_now);
    if (!verified) {
        EXPECT_EQ(verified.error().text().find("s3cret"), std::string::npos);
    }
    return verified ? Code::internal : verified.error().code();
}
constexpr Code k_taken = Code::internal;

TEST(VendorSignatures, AreTakenWhenTheyFit) {
    for (const Example& example : examples()) {
        EXPECT_TRUE(is_signing_vendor(example.vendor));
        EXPECT_EQ(outcome(example, example.headers(k_now)), k_taken) << example.vendor;
        EXPECT_EQ(outcome(example, example.headers(k_now - std::chrono::minutes(4))), k_taken)
            << example.vendor;
    }
}

TEST(VendorSignatures, AreRefusedWhenTheBodyWasChanged) {
    for (const Example& example : examples())
        EXPECT_EQ(outcome(example, example.headers(k_now), R"({"id": 8})"), Code::denied)
            << example.vendor;
}

TEST(VendorSignatures, AreRefusedWhenTheyAreMissingOrDouble) {
    for (const Example& example : examples()) {
        EXPECT_EQ(outcome(example, {}), Code::denied) << example.vendor;
        net::Headers twice = example.headers(k_now);
        const auto first = *twice.begin();
        twice.add(first.name, first.value);
        EXPECT_EQ(outcome(example, twice), Code::denied) << example.vendor;
    }
}

TEST(VendorSignatures, AreRefusedWhenTheyAreOld) {
    for (const Example& example : examples()) {
        const Code expected = example.has_time ? Code::denied : k_taken;
        EXPECT_EQ(outcome(example, example.headers(k_now - std::chrono::minutes(6))), expected)
            << example.vendor;
        EXPECT_EQ(outcome(example, example.headers(k_now + std::chrono::minutes(6))), expected)
            << example.vendor;
    }
}

TEST(VendorSignatures, OfHubSpotHoldForOneAddress) {
    const auto all = examples();
    EXPECT_EQ(
        outcome(all.back(), all.back().headers(k_now), k_body, "https://elsewhere.example/"),
        Code::denied
    );
}

TEST(VendorSignatures, OfIntercomAreOfTheirOwnKind) {
    // RFC 2202, test case 2.
    const Secret secret("Jefe");
    const net::Headers good{{"X-Hub-Signature", "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"}};
    EXPECT_TRUE(verify_vendor(
        "intercom", secret, {"POST", k_url, good, "what do ya want for nothing?"}, k_now
    ));
    EXPECT_FALSE(verify_vendor(
        "intercom", secret, {"POST", k_url, good, "What do ya want for nothing?"}, k_now
    ));
}

TEST(VendorSignatures, AreOfVendorsThatAreKnown) {
    EXPECT_FALSE(is_signing_vendor("acme"));
    EXPECT_EQ(
        verify_vendor("acme", k_secret, {"POST", k_url, {}, k_body}, k_now).error().code(),
        Code::config
    );
    EXPECT_EQ(
        verify_vendor("shopify", Secret(), {"POST", k_url, {}, k_body}, k_now).error().code(),
        Code::config
    );
}

}  // namespace
}  // namespace touchline::host
