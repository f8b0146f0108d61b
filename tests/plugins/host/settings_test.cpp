#include "touchline/host/settings.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

Manifest manifest() {
    Manifest manifest;
    manifest.id = "acme";
    manifest.settings_schema = R"({"type": "object", "required": ["url"], "properties": {
        "url": {"type": "string", "minLength": 8, "description": "Where it is."},
        "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50},
        "mode": {"type": "string", "enum": ["plain", "strict"]},
        "tags": {"type": "array", "items": {"type": "string"}}}})";
    return manifest;
}

std::string problem(std::string_view settings) {
    const auto result = complete_settings(manifest(), settings);
    return result ? "none" : result.error().message() + "|" + result.error().cure();
}

TEST(Settings, AreCompletedWithDefaults) {
    EXPECT_EQ(
        *complete_settings(manifest(), R"({"url": "https://x", "mode": null})"),
        R"({"url":"https://x","limit":50})"
    );
    EXPECT_EQ(
        *complete_settings(manifest(), R"({"limit": 7, "url": "https://x", "tags": ["a"]})"),
        R"({"limit":7,"url":"https://x","tags":["a"]})"
    );
}

TEST(Settings, ThatAreWrongAreExplained) {
    EXPECT_EQ(problem("{}"), "acme needs the setting \"url\"|url: Where it is.");
    EXPECT_EQ(
        problem(R"({"urk": "https://x"})"), "acme has no setting \"urk\"|Did you mean \"url\"?"
    );
    EXPECT_EQ(
        problem(R"({"zzzzzz": 1})"),
        "acme has no setting \"zzzzzz\"|Its settings are url, limit, mode, tags."
    );
    EXPECT_EQ(problem(R"({"url": 7})"), "the setting \"url\" has to be a text|");
    EXPECT_EQ(problem(R"({"url": "x"})"), "the setting \"url\" needs at least 8 characters|");
    EXPECT_EQ(
        problem(R"({"url": "https://x", "limit": 1.5})"),
        "the setting \"limit\" has to be a whole number|"
    );
    EXPECT_EQ(
        problem(R"({"url": "https://x", "limit": 0})"),
        "the setting \"limit\" has to be at least 1|"
    );
    EXPECT_EQ(
        problem(R"({"url": "https://x", "limit": 101})"),
        "the setting \"limit\" may be at most 100|"
    );
    EXPECT_EQ(
        problem(R"({"url": "https://x", "mode": "strikt"})"),
        "the setting \"mode\" has to be one of \"plain\", \"strict\"|Did you mean \"strict\"?"
    );
    EXPECT_EQ(
        problem(R"({"url": "https://x", "tags": ["a", 1]})"),
        "the setting \"tags\" has to be a text|"
    );
    EXPECT_EQ(problem("[]"), "settings have to be a mapping|");
}

TEST(Settings, FillInTexts) {
    const auto settings = json::Document::parse(R"({"shop": "blue", "n": 3})");
    EXPECT_EQ(*expand("https://{shop}.example/{n}", settings->root()), "https://blue.example/3");
    EXPECT_EQ(*expand("plain", settings->root()), "plain");
    EXPECT_FALSE(expand("{missing}", settings->root()));
    EXPECT_FALSE(expand("{shop", settings->root()));
}

TEST(Credentials, AreOfAKindThatTheConnectorCanUse) {
    Manifest manifest;
    manifest.id = "acme";
    manifest.auth = {"header", "basic"};
    EXPECT_TRUE(accept_credentials(manifest, "bearer")) << "without targets nobody signs in";
    manifest.targets = {{"api", "https://acme.example"}};
    EXPECT_TRUE(accept_credentials(manifest, "basic"));
    EXPECT_TRUE(accept_credentials(manifest, "token")) << "a token is a header";
    const auto other = accept_credentials(manifest, "bearer");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().message(), "acme cannot use credentials of the kind bearer");
    EXPECT_EQ(other.error().cure(), "It takes header, token, basic.");
    EXPECT_EQ(accept_credentials(manifest, "none").error().message(), "acme needs credentials");
    manifest.auth.clear();
    EXPECT_TRUE(accept_credentials(manifest, "bearer"));
}

}  // namespace
}  // namespace touchline::host
