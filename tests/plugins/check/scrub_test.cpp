#include "scrub.hpp"

#include <gtest/gtest.h>

namespace touchline::check {
namespace {

Scrubber scrubber(bool keep_addresses = false) {
    std::vector<Secret> secrets;
    secrets.emplace_back("s3cr3t/key");
    return Scrubber(std::move(secrets), {{"Globex", "Acme"}}, keep_addresses);
}

TEST(Scrub, TakesASecretOutInEveryFormThatItMayHave) {
    Scrubber scrub = scrubber();
    for (const std::string text : {"s3cr3t/key", "s3cr3t%2Fkey", "czNjcjN0L2tleQ=="}) {
        EXPECT_TRUE(scrub.has_secret("a " + text + " b"));
        EXPECT_EQ(scrub.clean("a " + text + " b"), "a REDACTED b");
    }
    EXPECT_EQ(scrub.secrets_removed(), 3u);
}

TEST(Scrub, MasksAddressesAlwaysByTheSameOne) {
    Scrubber scrub = scrubber();
    EXPECT_EQ(
        scrub.clean(R"({"from":"Ana.N@globex.test","cc":["ben@x.test","ana.n@GLOBEX.test."]})"),
        R"({"from":"person1@example.org","cc":["person2@example.org","person1@example.org."]})"
    );
    EXPECT_EQ(scrub.clean("write to @ana or a@b"), "write to @ana or a@b");
    EXPECT_EQ(scrub.addresses_masked(), 3u);
}

TEST(Scrub, LeavesAddressesWhenAskedTo) {
    EXPECT_EQ(scrubber(true).clean("ana@Globex.test"), "ana@Acme.test");
}

TEST(Scrub, TakesCredentialsOutOfTheQuery) {
    const net::QueryKey key{"key", Secret("s3cr3t/key")};
    EXPECT_EQ(
        without_credentials("https://a.test/x?page=2&key=s3cr3t%2Fkey", key),
        "https://a.test/x?page=2"
    );
    EXPECT_EQ(without_credentials("https://a.test/x?key=s3cr3t%2Fkey", key), "https://a.test/x");
    EXPECT_EQ(without_credentials("https://a.test/x?key=abc", key), "https://a.test/x?key=abc");
    EXPECT_EQ(
        without_credentials("https://a.test/x?key=abc", net::BearerToken{Secret("abc")}),
        "https://a.test/x?key=abc"
    );
}

TEST(Scrub, TakesAProofOutOfTheQuery) {
    // printf token | openssl dgst -sha256 -hmac app
    EXPECT_EQ(
        without_credentials(
            "https://a.test/x?page=2&appsecret_proof="
            "7c7824a760dd0498272bb43011199b832d66f3b9c087a45f014af2278c806552",
            net::ProvedToken{Secret("token"), Secret("app")}
        ),
        "https://a.test/x?page=2"
    );
}

TEST(Scrub, KeepsOnlyHeadersThatSteer) {
    const net::Headers kept = steering_headers(
        {{"Content-Type", "application/json"},
         {"Set-Cookie", "session=1"},
         {"X-Total-Count", "7"},
         {"X-Auth-Token", "t"},
         {"Server", "nginx"}}
    );
    EXPECT_EQ(kept.size(), 2u);
    EXPECT_EQ(kept.get("x-total-count"), "7");
}

}  // namespace
}  // namespace touchline::check
