#include "touchline/host/manifest.hpp"

#include <gtest/gtest.h>

namespace touchline::host {
namespace {

std::string with(const std::string& more) {
    return R"({"id": "acme", "version": "1.0.0", "abi": "1.0", "schema": 1, "capabilities": ["tl.source/1"])" +
           more + "}";
}

std::string problem(const std::string& json) {
    const auto manifest = parse_manifest(json);
    return manifest ? "none" : manifest.error().message() + "|" + manifest.error().cure();
}

TEST(Manifest, IsRead) {
    const auto manifest = parse_manifest(with(
        R"(, "streams": [{"name": "tickets", "key": "/id"}], "targets": [{"name": "api", "base_url": "{url}"}],)"
        R"("needs": ["body_view"], "files": "{path}", "mappings": ["tickets.yaml"], "settings": {"type": "object"})"
    ));
    ASSERT_TRUE(manifest) << manifest.error().text();
    EXPECT_EQ(manifest->abi_major, 1u);
    EXPECT_EQ(manifest->streams[0].key, "/id");
    EXPECT_EQ(manifest->targets[0].base_url, "{url}");
    EXPECT_TRUE(manifest->needs_that("body_view"));
    EXPECT_EQ(manifest->settings_schema, R"({"type":"object"})");
}

constexpr const char* k_session =
    R"("session": {"login": {"path": "/", "json": {"params": ["{user}", "{secret}"]}},)"
    R"("send": {"scheme": "Session", "value": "{user}:{/0}", "encode": "base64"},)"
    R"("ended": [{"status": 200, "at": "/code", "is": "FORBIDDEN"}]})";

TEST(Manifest, SaysHowSessionsAreGivenOut) {
    const auto manifest =
        parse_manifest(with(R"(, "auth": ["session"], )" + std::string(k_session)));
    ASSERT_TRUE(manifest) << manifest.error().text();
    ASSERT_TRUE(manifest->session);
    EXPECT_EQ(manifest->session->json, R"({"params":["{user}","{secret}"]})");
    EXPECT_EQ(manifest->session->header, "Authorization");
    EXPECT_TRUE(manifest->session->base64);
    const net::SessionRecipe::Ended forbidden{200, "/code", "FORBIDDEN"};
    EXPECT_EQ(manifest->session->ended, std::vector{forbidden});
    const auto plain = parse_manifest(with(
        R"(, "auth": ["session"], "session": {"login": {"json": {"p": "{secret}"}}, "send": {"value": "{/t}"}})"
    ));
    ASSERT_TRUE(plain) << plain.error().text();
    const net::SessionRecipe::Ended refused{401, "", ""};
    EXPECT_EQ(plain->session->ended, std::vector{refused});
}

TEST(Manifest, WantsWholeRecipesForSessions) {
    const auto with_session = [](const std::string& session) {
        return problem(with(R"(, "auth": ["session"], "session": )" + session));
    };
    EXPECT_NE(problem(with(R"(, "auth": ["session"])")), "none");
    EXPECT_NE(problem(with(R"(, "auth": ["bearer"], )" + std::string(k_session))), "none");
    EXPECT_NE(with_session("{}"), "none");
    EXPECT_NE(with_session(R"({"login": {"json": {}}, "send": {"value": "{/t}"}})"), "none")
        << "a login without the secret";
    EXPECT_NE(
        with_session(R"({"login": {"json": {"p": "{secret}"}}, "send": {"value": "fixed"}})"),
        "none"
    );
    EXPECT_NE(
        with_session(
            R"({"login": {"json": {"p": "{secret}"}}, "send": {"value": "{/t}"}, "ended": [{"status": 200, "at": "/x"}]})"
        ),
        "none"
    );
}

TEST(Manifest, SaysWhichMemberIsWrong) {
    EXPECT_EQ(
        problem(with(R"(, "stream": [])")),
        "the manifest's \"stream\" is not a member that manifests have|Did you mean \"streams\"?"
    );
    EXPECT_EQ(problem(R"({"version": "1"})"), "the manifest's \"id\" is missing|");
    EXPECT_EQ(
        problem(with(R"(, "targets": [{"name": "api"}])")),
        "the manifest's \"base_url\" is missing|"
    );
    EXPECT_EQ(
        problem(with(R"(, "needs": "files")")),
        "the manifest's \"needs\" has to be a list of texts|"
    );
    EXPECT_EQ(
        problem(with(R"(, "mappings": ["../x.yaml"])")),
        "the manifest's \"mappings\" are names of files, without folders|"
    );
    EXPECT_EQ(
        problem(with(R"(, "auth": ["standard_webhooks"])")),
        "the manifest's \"auth\" has \"standard_webhooks\", which is no kind of credentials|"
        "Did you mean \"standard-webhooks\"?"
    );
    EXPECT_EQ(
        problem(with(R"(, "answers": [{"status": 4, "at": "/x", "is": ["y"], "means": 429}])")),
        "the manifest's \"status\" has to be a status of HTTP|"
    );
    EXPECT_EQ(
        problem(with(R"(, "answers": [{"status": 403, "at": "x", "is": ["y"], "means": 429}])")),
        "the manifest's \"at\" has to be a JSON pointer|"
    );
    EXPECT_EQ(problem("[]"), "the manifest has to be a JSON object|");
    EXPECT_NE(problem("{"), "none");
}

TEST(Manifest, SaysWhichMemberOfAListIsWrong) {
    EXPECT_EQ(
        problem(with(R"(, "streams": [{"name": "tickets", "versoin": "/at"}])")),
        "the manifest's \"versoin\" is not a member that manifests have|Did you mean "
        "\"version\"?"
    );
    EXPECT_EQ(
        problem(with(R"(, "targets": {"api": "https://acme.example"})")),
        "the manifest's \"targets\" has to be a list of objects|"
    );
}

TEST(Manifest, OfANewerAbiMaySayWhatThisHostDoesNotKnow) {
    const auto manifest = parse_manifest(
        R"({"id": "acme", "version": "2.0.0", "abi": "1.7", "schema": 1, "capabilities": ["tl.source/1"], "moods": 3})"
    );
    ASSERT_TRUE(manifest) << manifest.error().text();
    EXPECT_EQ(manifest->abi_minor, 7u);
    EXPECT_NE(
        problem(
            R"({"id": "acme", "version": "2.0.0", "abi": "1.0", "schema": 1, "capabilities": ["tl.source/1"], "moods": 3})"
        ),
        "none"
    );
}

TEST(Manifest, OfAnEnricherSaysWhatItAsksFor) {
    const std::string enricher =
        R"({"id": "acme", "version": "1", "abi": "1.0", "schema": 1, "capabilities": ["tl.enricher/1"])";
    EXPECT_EQ(
        problem(enricher + "}"),
        "the manifest's \"asks\" is missing|Write what customers are found by: \"asks\": "
        "[\"email\"]"
    );
    const auto manifest = parse_manifest(enricher + R"(, "asks": ["email", "phone"]})");
    ASSERT_TRUE(manifest) << manifest.error().text();
    EXPECT_EQ(manifest->asks.size(), 2u);
}

TEST(Manifest, TakesNoIdThatCouldLeaveItsFolder) {
    for (const std::string id : {"../x", "A", "a/b", ".", "a b"}) {
        std::string json = with("");
        json.replace(json.find("acme"), 4, id);
        EXPECT_NE(problem(json), "none") << id;
    }
}

}  // namespace
}  // namespace touchline::host
