#include "world.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace touchline::host {
namespace {

const std::string k_probe = TEST_PLUGINS "/test.probe.so";
const std::string k_thrower = TEST_PLUGINS "/test.thrower.so";

class HostedSource : public ::testing::TestWithParam<Mode> {
protected:
    HostedSource() : source_(must(open(acme()))) {}

    Result<std::unique_ptr<ingest::Source>> open(
        ConnectionSetup setup, const std::string& plugin = k_probe
    ) {
        return open_source(GetParam(), plugin, std::move(setup), world_.services());
    }

    Result<ingest::ReadEnd> read(const std::string& state = {}) {
        ingest::ReadRequest request;
        request.stream = "tickets";
        request.state = state;
        request.state_version = state.empty() ? 0 : 1;
        request.stop = stop_.get_token();
        return source_->read(request, sink_);
    }
    Error failure(const std::string& state) {
        auto result = read(state);
        return result ? Error(Code::internal, "it did not fail") : std::move(result).error();
    }
    void script_two_pages() {
        world_.http.answer(
            "GET https://acme.example/api/tickets?limit=50",
            200,
            R"({"items": [1], "next": "https://acme.example/api/tickets?page=2"})"
        );
        world_.http.answer(
            "GET https://acme.example/api/tickets?page=2", 200, R"({"items": [2], "next": null})"
        );
    }

    World world_;
    KeepingSink sink_;
    std::stop_source stop_;
    std::unique_ptr<ingest::Source> source_;
};

TEST_P(HostedSource, ReadsPagesAndCheckpoints) {
    script_two_pages();
    const auto end = read();
    ASSERT_TRUE(end) << end.error().text();
    EXPECT_EQ(*end, ingest::ReadEnd::end);
    ASSERT_EQ(sink_.pages.size(), 2u);
    EXPECT_EQ(
        sink_.pages[0].second,
        R"({"items": [1], "next": "https://acme.example/api/tickets?page=2"})"
    );
    EXPECT_EQ(
        sink_.states, (std::vector<std::string>{"https://acme.example/api/tickets?page=2", ""})
    );
    EXPECT_EQ(sink_.via, model::Via::poll);
}

TEST_P(HostedSource, FillsInTheStreamFromTheSettings) {
    auto orders = open(acme(R"({"url": "https://acme.example", "stream": "orders"})"));
    ASSERT_TRUE(orders);
    ASSERT_EQ((*orders)->streams().size(), 1u);
    EXPECT_EQ((*orders)->streams()[0].name, "orders");
    EXPECT_EQ((*orders)->streams()[0].key, "/id");
}

TEST_P(HostedSource, ChecksWithTheConnectorsSentence) {
    world_.http.answer("GET https://acme.example/api/me", 200, R"({"name": "Ana"})");
    EXPECT_EQ(*source_->check({}), "Signed in as Ana.");
}

TEST_P(HostedSource, PassesOnWhyTheServerRefused) {
    world_.http.answer("GET https://acme.example/api/me", 401, "");
    const auto result = source_->check({});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), Code::auth);
    EXPECT_EQ(
        result.error().text(), "checking acme: GET /me: the server answered 401 (not signed in)"
    );
    EXPECT_FALSE(result.error().cure().empty());
}

TEST_P(HostedSource, ReturnsTheSinksErrorUnchanged) {
    script_two_pages();
    sink_.fail = Error(Code::conflict, "another node has this connection");
    EXPECT_EQ(failure("").message(), "another node has this connection");
    EXPECT_EQ(failure("ignore").message(), "another node has this connection")
        << "even if the connector hides it";
}

TEST_P(HostedSource, RefusesRecordsOfAStreamThatIsNotDeclared) {
    EXPECT_NE(failure("stranger").message().find("\"strangers\""), std::string::npos);
}

TEST_P(HostedSource, StoresNoCheckpointPastWhatItRefused) {
    EXPECT_NE(failure("past a refusal").message().find("\"strangers\""), std::string::npos)
        << "even if the connector hides it";
    EXPECT_TRUE(sink_.states.empty());
}

TEST_P(HostedSource, SendsNothingOutAfterWhatItRefused) {
    EXPECT_NE(
        failure("thanks for what was refused").message().find("\"strangers\""), std::string::npos
    );
    EXPECT_TRUE(world_.http.requests.empty())
        << "the source would forget what the store does not have";
}

TEST_P(HostedSource, TakesMoreInOneReadThanAnArenaHolds) {
    const auto end = read("large pages");
    ASSERT_TRUE(end) << end.error().text();
    ASSERT_EQ(sink_.pages.size(), 20u);
    char c = 'a';
    for (const auto& [stream, bytes] : sink_.pages) {
        EXPECT_EQ(bytes.size(), (5U << 20U) + 1);
        EXPECT_EQ(bytes.find_first_not_of(c++), bytes.size() - 1) << "another page's bytes";
    }
    EXPECT_EQ(sink_.states, std::vector<std::string>{"all"});
}

TEST_P(HostedSource, RefusesAStateThatIsTooLarge) {
    EXPECT_NE(failure("large state").message().find("64 KiB"), std::string::npos);
}

TEST_P(HostedSource, LetsNobodyLookAtBodiesWithoutTheManifestSayingSo) {
    world_.http.answer("GET https://acme.example/api/me", 200, "secret");
    const Error error = failure("view");
    EXPECT_EQ(error.code(), Code::denied);
    EXPECT_NE(error.cure().find("body_view"), std::string::npos);
}

TEST_P(HostedSource, WaitsForAnAnswerAsLongAsTheConnectorAsks) {
    world_.http.answer("GET https://acme.example/api/report", 200, "{}");
    const auto end = read("patient");
    ASSERT_TRUE(end) << end.error().text();
    ASSERT_EQ(world_.http.timeouts.size(), 2u);
    EXPECT_EQ(world_.http.timeouts[0].whole, std::chrono::seconds(90));
    EXPECT_EQ(world_.http.timeouts[0].first_byte, std::chrono::seconds(90));
    EXPECT_EQ(world_.http.timeouts[1].whole, std::chrono::minutes(15)) << "and not for ever";
}

TEST_P(HostedSource, RefusesWhatItDoesNotKnowInsteadOfLeavingItOut) {
    EXPECT_NE(failure("newer flag").text().find("does not know"), std::string::npos);
    EXPECT_TRUE(world_.http.requests.empty());
    EXPECT_NE(failure("newer format").text().find("does not know"), std::string::npos);
    EXPECT_TRUE(sink_.pages.empty());
}

TEST_P(HostedSource, FollowsNoLinkOutOfItsTargets) {
    EXPECT_EQ(failure("leave").code(), Code::denied);
    EXPECT_TRUE(world_.http.requests.empty());
}

TEST_P(HostedSource, BoundsWhatAConnectorMayHold) {
    EXPECT_NE(failure("flood").message().find("256 MiB"), std::string::npos);
}

TEST_P(HostedSource, BoundsWhatAConnectorMayLookAt) {
    EXPECT_NE(failure("stare").message().find("64 MiB"), std::string::npos);
}

TEST_P(HostedSource, BoundsWhatAConnectorMayHandOverInOneCall) {
    EXPECT_EQ(failure("heap").code(), Code::denied);
    EXPECT_NE(failure("heap").message().find("32 MiB"), std::string::npos);
}

TEST_P(HostedSource, NoticesAConnectorThatGoesOnWithoutGettingAnywhere) {
    EXPECT_EQ(failure("idle").code(), Code::internal);
}

TEST_P(HostedSource, NoticesAServerThatGivesTheSamePageForEver) {
    world_.http.answer(
        "GET https://acme.example/api/tickets?limit=50",
        200,
        R"({"items": [1], "next": "https://acme.example/api/tickets?limit=50"})"
    );
    EXPECT_EQ(failure("").code(), Code::bad_data);
}

TEST_P(HostedSource, StopsAtWhicheverRequestTheReadIsCancelled) {
    script_two_pages();
    for (int last = 1; last <= 2; ++last) {
        stop_ = std::stop_source();
        int sent = 0;
        world_.http.on_send = [&] {
            if (++sent == last) stop_.request_stop();
        };
        EXPECT_EQ(failure("").code(), Code::cancelled) << last;
        EXPECT_EQ(sent, last);
    }
    stop_ = std::stop_source();
    stop_.request_stop();
    EXPECT_EQ(failure("sleep").code(), Code::cancelled);
}

TEST_P(HostedSource, HandsAWebhookOver) {
    ASSERT_TRUE(source_->webhook({"tickets", {}, R"({"id": 1})"}, sink_));
    ASSERT_EQ(sink_.pages.size(), 1u);
    EXPECT_EQ(sink_.via, model::Via::webhook);
}

TEST_P(HostedSource, SaysWhyAConnectorDidNotStart) {
    const auto strict = open(acme(R"({"url": "https://acme.example", "mode": "strict"})"));
    ASSERT_FALSE(strict);
    EXPECT_EQ(strict.error().text(), "connection acme: strict mode needs a key");
    EXPECT_EQ(strict.error().code(), Code::auth);
    EXPECT_EQ(strict.error().retry_after(), std::chrono::milliseconds(5000));
}

TEST_P(HostedSource, RefusesCredentialsForATargetThatIsNotThere) {
    ConnectionSetup setup = acme();
    setup.credentials["apx"] = net::BearerToken{Secret("t")};
    const auto source = open(std::move(setup));
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code(), Code::config);
}

TEST_P(HostedSource, ThatThrowsCostsAnErrorAndNotTheProcess) {
    const auto created = open(acme(R"({"url": "https://acme.example", "limit": 1})"), k_thrower);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().text(), "connection acme: the plugin threw an exception: in create");

    auto source = open(acme(), k_thrower);
    ASSERT_TRUE(source);
    KeepingSink sink;
    ingest::ReadRequest request;
    request.stream = "tickets";
    EXPECT_EQ(
        (*source)->read(request, sink).error().message(),
        "the plugin threw something that is not an exception"
    );
    EXPECT_EQ((*source)->check({}).error().message(), "the plugin threw an exception: in check");
    EXPECT_EQ(
        (*source)->webhook({"tickets", {}, "{}"}, sink).error().message(),
        "the plugin threw an exception: in webhook"
    );
}

TEST_P(HostedSource, ReadsARealDirectory) {
    const auto folder = std::filesystem::path(::testing::TempDir()) /
                        ("touchline-host-files-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "inbox");
    std::ofstream(folder / "inbox" / "a.csv") << "id,name\n1,Ana\n2\n";
    ConnectionSetup setup;
    setup.id = "files";
    setup.settings = R"({"path": "inbox", "key": "/id", "settle_seconds": 0})";
    setup.base_directory = folder;
    auto source = open(std::move(setup), BUILT_PLUGINS "/file.so");
    ASSERT_TRUE(source) << source.error().text();
    EXPECT_EQ((*source)->streams()[0].key, "/id");
    EXPECT_EQ(*(*source)->check({}), "1 file matches *.csv.");
    KeepingSink sink;
    ingest::ReadRequest request;
    request.stream = "rows";
    const auto end = (*source)->read(request, sink);
    ASSERT_TRUE(end) << end.error().text();
    ASSERT_EQ(sink.pages.size(), 1u);
    EXPECT_EQ(sink.pages[0].second, "{\"id\":\"1\",\"name\":\"Ana\"}\n");
    EXPECT_EQ(
        sink.bad, (std::vector<std::string>{"a.csv:3: it has 1 cells, and the header has 2"})
    );
    EXPECT_EQ(sink.via, model::Via::file);
    std::filesystem::remove_all(folder);
    const auto gone = (*source)->check({});
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code(), Code::config);
}

INSTANTIATE_TEST_SUITE_P(
    , HostedSource, ::testing::Values(Mode::in_process, Mode::isolated), name_of
);

}  // namespace
}  // namespace touchline::host
