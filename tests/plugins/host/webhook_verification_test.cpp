#include "touchline/host/webhook_verification.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/net/credentials.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

const Time k_now{std::chrono::seconds(1'790'000'000)};
const Secret k_secret("It's a Secret to Everybody");

std::string verdict(
    const WebhookScheme& scheme,
    const net::Headers& headers,
    std::string_view query = "",
    std::string_view body = "Hello, World!",
    const Secret& secret = k_secret
) {
    const auto result = verify_webhook(scheme, secret, headers, query, body, k_now);
    return result ? "good" : result.error().message();
}

TEST(WebhookHmac, AgreesWithThePublishedExample) {
    // GitHub's documentation, "Validating webhook deliveries".
    const HmacScheme scheme{"X-Hub-Signature-256"};
    const std::string good = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    EXPECT_EQ(verdict(scheme, {{"x-hub-signature-256", "sha256=" + good}}), "good");
    EXPECT_EQ(
        verdict(scheme, {{"X-Hub-Signature-256", "sha256=" + good}}, "", "Hello, World"),
        "the webhook was refused: its signature does not fit"
    );
    EXPECT_EQ(verdict(scheme, {{"X-Hub-Signature-256", good}}), "good");
    EXPECT_EQ(
        verdict(scheme, {{"X-Hub-Signature-256", "sha1=" + good}}),
        "the webhook was refused: its signature does not fit"
    );
    EXPECT_EQ(verdict(scheme, {}), "the webhook was refused: it has no header X-Hub-Signature-256");
    EXPECT_EQ(
        verdict(
            scheme, {{"X-Hub-Signature-256", "sha256=" + good}, {"X-Hub-Signature-256", "sha256=x"}}
        ),
        "the webhook was refused: it has the header X-Hub-Signature-256 twice"
    );
}

TEST(WebhookHmac, ReadsBase64) {
    // printf 'Hello, World!' | openssl dgst -sha256 -hmac "It's a Secret to Everybody" -binary |
    // base64
    const std::string text = "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=";
    EXPECT_EQ(verdict(HmacScheme{"Tally-Signature"}, {{"Tally-Signature", text}}), "good");
    EXPECT_EQ(verdict(HmacScheme{"X-Sign"}, {{"X-Sign", "sha256=" + text}}), "good");
    std::string other_case = text;
    other_case[0] = 'D';
    EXPECT_EQ(
        verdict(HmacScheme{"X-Sign"}, {{"X-Sign", other_case}}),
        "the webhook was refused: its signature does not fit"
    );
}

TEST(StandardWebhooks, AreVerifiedWithinTheirTolerance) {
    const Secret secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    const auto at = [&](std::chrono::seconds offset) {
        const Time sent = k_now + offset;
        const std::string seconds =
            std::to_string(std::chrono::floor<std::chrono::seconds>(sent.time_since_epoch()).count()
            );
        return verdict(
            StandardWebhooksScheme{},
            {{"webhook-id", "msg_1"},
             {"webhook-timestamp", seconds},
             {"webhook-signature", "v1,AAAA " + *net::sign_webhook({secret}, "msg_1", sent, "{}")}},
            "",
            "{}",
            secret
        );
    };
    using std::chrono::seconds;
    EXPECT_EQ(at(seconds(0)), "good");
    EXPECT_EQ(at(seconds(-300)), "good");
    EXPECT_EQ(
        at(seconds(-301)),
        "the webhook was refused: it is too old, or this machine's clock is wrong"
    );
    EXPECT_EQ(
        at(seconds(301)),
        "the webhook was refused: it comes from the future, or this machine's clock is wrong"
    );
}

TEST(StandardWebhooks, WithAnythingWrongAreRefused) {
    const Secret secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    const auto sent = [&](std::string timestamp, std::string signature) {
        return verdict(
            StandardWebhooksScheme{},
            {{"webhook-id", "m"},
             {"webhook-timestamp", timestamp},
             {"webhook-signature", signature}},
            "",
            "{}",
            secret
        );
    };
    EXPECT_EQ(
        sent("1790000000", "v1,AAAA"), "the webhook was refused: none of its signatures fits"
    );
    EXPECT_EQ(
        sent("99999999999999999999", "v1,AAAA"),
        "the webhook was refused: its webhook-timestamp is not a number of seconds"
    );
    EXPECT_EQ(
        sent("-1", "v1,AAAA"),
        "the webhook was refused: its webhook-timestamp is not a number of seconds"
    );
}

TEST(WebhookToken, IsFoundInHeaderOrQuery) {
    const TokenScheme header{"X-Token", ""};
    EXPECT_EQ(verdict(header, {{"X-Token", "It's a Secret to Everybody"}}), "good");
    EXPECT_EQ(
        verdict(header, {{"X-Token", "guess"}}), "the webhook was refused: its X-Token does not fit"
    );
    const TokenScheme query{"", "token"};
    EXPECT_EQ(verdict(query, {}, "a=b&token=It%27s%20a%20Secret%20to%20Everybody"), "good");
    EXPECT_EQ(verdict(query, {}, "a=b"), "the webhook was refused: its URL has no token");
    EXPECT_EQ(
        verdict(query, {}, "token=a&token=b"), "the webhook was refused: its URL has token twice"
    );
}

TEST(WebhookVerification, WithoutASecretIsNotPossible) {
    EXPECT_EQ(
        verdict(TokenScheme{"X-Token", ""}, {{"X-Token", ""}}, "", "", Secret()),
        "the webhook has no secret to be verified with"
    );
}

}  // namespace
}  // namespace touchline::host
