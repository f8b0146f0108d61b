#include "touchline/base/digest.hpp"

#include <gtest/gtest.h>

namespace touchline {
namespace {

TEST(Digest, MatchesThePublishedVectors) {
    // FIPS 180-2, appendix B.1, and RFC 4231, test case 2.
    EXPECT_EQ(
        to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(
        to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

TEST(Base64, GoesBothWaysAtEveryLength) {
    for (std::size_t length = 0; length < 70; ++length) {
        const std::string bytes = random_bytes(length);
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    }
    EXPECT_EQ(to_base64("foob"), "Zm9vYg==");  // RFC 4648, section 10
    EXPECT_EQ(from_base64("Zm9v!g=="), std::nullopt);
    EXPECT_EQ(from_base64("Zm9"), std::nullopt);
}

TEST(Base32, Makes26CharactersOf128Bits) {
    const std::string zeros(16, '\0');
    const auto* bytes = reinterpret_cast<const unsigned char*>(zeros.data());
    EXPECT_EQ(to_base32({bytes, 16}), "00000000000000000000000000");
    const unsigned char all[] = {0xff, 0xff, 0xff, 0xff, 0xff};
    EXPECT_EQ(to_base32(all), "zzzzzzzz");
}

TEST(EqualConstantTime, ComparesLengthAndContent) {
    EXPECT_TRUE(equal_constant_time("token", "token"));
    EXPECT_FALSE(equal_constant_time("token", "tokem"));
    EXPECT_FALSE(equal_constant_time("token", "token2"));
}

}  // namespace
}  // namespace touchline
