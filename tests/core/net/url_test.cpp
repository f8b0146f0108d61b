#include "touchline/net/url.hpp"

#include <gtest/gtest.h>

namespace touchline::net {
namespace {

std::string normal(std::string_view text) {
    const auto url = parse_url(text);
    return url ? url->text() : "refused: " + url.error().message();
}

TEST(Url, IsTakenApart) {
    const auto url = parse_url("HTTPS://API.Example.com:8443/v2/tickets?page=2#top");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "api.example.com");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/v2/tickets");
    EXPECT_EQ(url->query, "page=2");
    EXPECT_EQ(url->origin(), "https://api.example.com:8443");
    EXPECT_EQ(url->target(), "/v2/tickets?page=2");
}

TEST(Url, IsWrittenInOneForm) {
    EXPECT_EQ(normal("http://example.com"), "http://example.com/");
    EXPECT_EQ(normal("https://example.com:443/a/./b/../c"), "https://example.com/a/c");
    EXPECT_EQ(normal("http://example.com?x=1"), "http://example.com/?x=1");
    EXPECT_EQ(normal("http://[::1]:8080/"), "http://[::1]:8080/");
    EXPECT_EQ(normal("http://example.com/a b|c"), "http://example.com/a%20b%7Cc");
    EXPECT_EQ(normal("http://example.com/a/%2E%2e/b"), "http://example.com/b");
}

TEST(Url, IsRefusedWhenProgramsCouldReadItInTwoWays) {
    for (const char* text :
         {"",
          "example.com",
          "ftp://example.com/",
          "http://",
          "http:///path",
          "http://user@host/",
          "http://good.example\\@evil.example/",
          "http://exa mple.com/",
          "http://host:0/",
          "http://host:65536/",
          "http://host:8o/",
          "http://[::1/",
          "http://[nope]/",
          "http://host/%zz",
          "http://host/a\nb",
          "http://h%6fst/",
          "file:///etc/passwd",
          "http://a.example#@b.example/ \x01"}) {
        const auto url = parse_url(text);
        if (std::string_view(text).starts_with("http://a.example#")) {
            EXPECT_TRUE(url && url->host == "a.example") << text;
        } else {
            EXPECT_FALSE(url) << text;
        }
    }
}

struct Reference {
    const char* text;
    const char* expected;
};

class Resolve : public testing::TestWithParam<Reference> {};

TEST_P(Resolve, FollowsTheExamplesOfRfc3986) {
    const auto base = parse_url("http://a/b/c/d;p?q");
    ASSERT_TRUE(base);
    const auto url = resolve(*base, GetParam().text);
    ASSERT_TRUE(url) << GetParam().text;
    EXPECT_EQ(url->text(), GetParam().expected) << GetParam().text;
}

// Section 5.4; without the fragments, which are never sent, and without the scheme g:h, which is
// not ours.
INSTANTIATE_TEST_SUITE_P(
    Rfc3986,
    Resolve,
    testing::Values(
        Reference{"g", "http://a/b/c/g"},
        Reference{"./g", "http://a/b/c/g"},
        Reference{"g/", "http://a/b/c/g/"},
        Reference{"/g", "http://a/g"},
        Reference{"//g", "http://g/"},
        Reference{"?y", "http://a/b/c/d;p?y"},
        Reference{"g?y", "http://a/b/c/g?y"},
        Reference{"#s", "http://a/b/c/d;p?q"},
        Reference{"g#s", "http://a/b/c/g"},
        Reference{";x", "http://a/b/c/;x"},
        Reference{"g;x=1/../y", "http://a/b/c/y"},
        Reference{"", "http://a/b/c/d;p?q"},
        Reference{".", "http://a/b/c/"},
        Reference{"./", "http://a/b/c/"},
        Reference{"..", "http://a/b/"},
        Reference{"../", "http://a/b/"},
        Reference{"../g", "http://a/b/g"},
        Reference{"../..", "http://a/"},
        Reference{"../../g", "http://a/g"},
        Reference{"../../../g", "http://a/g"},
        Reference{"/./g", "http://a/g"},
        Reference{"/../g", "http://a/g"},
        Reference{"g.", "http://a/b/c/g."},
        Reference{"..g", "http://a/b/c/..g"},
        Reference{"./../g", "http://a/b/g"},
        Reference{"g/./h", "http://a/b/c/g/h"},
        Reference{"g?y/../x", "http://a/b/c/g?y/../x"}
    )
);

TEST(PercentEncoding, KeepsOnlyUnreservedCharacters) {
    EXPECT_EQ(percent_encode("a-b._~ /?&=+%é"), "a-b._~%20%2F%3F%26%3D%2B%25%C3%A9");
    EXPECT_EQ(percent_decode("%C3%A9+%2b"), "é++");
    EXPECT_EQ(percent_decode("100%"), std::nullopt);
    EXPECT_EQ(percent_decode("%4"), std::nullopt);
    EXPECT_EQ(percent_decode("%g1"), std::nullopt);
}

TEST(Query, SurvivesTheWayThereAndBack) {
    const Query query{{"q", "a b&c=d"}, {"é", "+"}, {"empty", ""}};
    EXPECT_EQ(build_query(query), "q=a%20b%26c%3Dd&%C3%A9=%2B&empty=");
    const auto parsed = parse_query(build_query(query));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, query);
}

TEST(Query, IsReadAsFormsSendIt) {
    const auto parsed = parse_query("a=1+2&&b&c=%3d");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, (Query{{"a", "1 2"}, {"b", ""}, {"c", "="}}));
    EXPECT_FALSE(parse_query("a=%"));
}

}  // namespace
}  // namespace touchline::net
