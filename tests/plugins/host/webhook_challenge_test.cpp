#include "touchline/host/webhook_challenge.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

const Secret k_secret("app-s3cret");

std::string answer(std::string_view vendor, std::string_view query) {
    const auto given = answer_challenge(vendor, k_secret, query);
    return given ? given->content_type + " " + given->body : "none";
}

TEST(WebhookChallenge, OfMetaComesBackAsItIs) {
    EXPECT_EQ(
        answer("meta", "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=any"),
        "text/plain 1158201444"
    );
}

TEST(WebhookChallenge, OfMetaIsANumberAndNothingThatABrowserWouldRun) {
    EXPECT_EQ(answer("meta", "hub.mode=subscribe&hub.challenge=%3Cscript%3E"), "none");
    EXPECT_EQ(answer("meta", "hub.mode=subscribe&hub.challenge="), "none");
    EXPECT_EQ(answer("meta", "hub.mode=subscribe&hub.challenge=1&hub.challenge=2"), "none");
    EXPECT_EQ(answer("meta", "hub.mode=unsubscribe&hub.challenge=1"), "none");
    EXPECT_EQ(answer("meta", "hub.mode=subscribe&hub.challenge=" + std::string(41, '1')), "none");
}

TEST(WebhookChallenge, OfXIsSignedWithTheAppsSecret) {
    // echo -n challenge | openssl dgst -sha256 -hmac app-s3cret -binary | base64
    EXPECT_EQ(
        answer("x", "crc_token=challenge&nonce=1"),
        R"(application/json {"response_token":"sha256=vMD05XnRDVHLkhKbRZkiVunKLz9lnANuCkrLrICMRsQ="})"
    );
    EXPECT_EQ(answer("x", "crc_token="), "none");
    EXPECT_EQ(answer("x", "nonce=1"), "none");
    EXPECT_FALSE(answer_challenge("x", Secret(), "crc_token=challenge"));
}

TEST(WebhookChallenge, IsNotAskedByOthers) {
    EXPECT_EQ(answer("stripe", "hub.mode=subscribe&hub.challenge=1&crc_token=1"), "none");
    EXPECT_EQ(answer("meta", ""), "none");
}

}  // namespace
}  // namespace touchline::host
