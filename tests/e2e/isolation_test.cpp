// A stranger's connector that crashes, beside one that works: what an operator sees and does.
#include "store_state.hpp"

#include <gmock/gmock.h>

namespace touchline::e2e {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view k_mapping = R"(version: 1
emit: touchpoint
set:
  kind: form.submitted
  channel: web
  direction: inbound
  occurred_at: =at
  identities: [{ns: email, value: =email}]
)";

constexpr std::string_view k_connections = R"(
connections:
  good:
    plugin: file
    isolation: process
    settings: {path: inbox, pattern: "*.jsonl", format: jsonl, key: /id, settle_seconds: 0}
    streams: {rows: {mapping: mapping.yaml}}
  bad:
    plugin: test.hostile
    settings: {url: "https://acme.example", attack: fault}
    streams: {tickets: {mapping: mapping.yaml}}
)";

class Strangers : public ::testing::Test {
protected:
    Strangers() {
        std::filesystem::create_directories(path() / "inbox");
        write("mapping.yaml", k_mapping);
        write(
            "inbox/a.jsonl",
            R"({"id": "1", "at": "2026-10-05T09:00:00Z", "email": "ana@example.org"})"
            "\n"
            R"({"id": "2", "at": "2026-10-05T09:00:01Z", "email": "bo@example.org"})"
            "\n"
        );
        configure(std::string(k_connections));
    }
    const std::filesystem::path& path() const { return folder_.path(); }
    void write(const std::string& name, std::string_view text) const {
        std::ofstream(path() / name) << text;
    }
    void configure(const std::string& connections, const std::string& isolation = "{}") const {
        write(
            "touchline.yaml",
            "version: 1\nplugins: {dirs: [" HOSTILE_PLUGINS "]}\nisolation: " + isolation +
                connections
        );
    }
    json::Document answer(std::vector<std::string> arguments) {
        arguments.push_back("--json");
        Child child(touchline(std::move(arguments)), path());
        auto document = json::Document::parse(child.output());
        code_ = child.wait();
        return document ? std::move(*document) : *json::Document::parse("null");
    }
    std::string complaints() const { return read_file(path() / "stderr.txt"); }

    Folder folder_;
    int code_ = -1;
};

TEST_F(Strangers, ThatCrashLoseNothingAndStopNobodyElse) {
    const auto first = answer({"connections", "run"});
    EXPECT_EQ(code_, 7) << complaints();
    EXPECT_EQ(text_at(first.root(), "/runs/0/connection"), "bad");
    EXPECT_EQ(number_at(first.root(), "/runs/0/records"), 1) << "what came before the crash";
    EXPECT_THAT(text_at(first.root(), "/runs/0/failures/0/error"), HasSubstr("signal 11"));
    EXPECT_EQ(number_at(first.root(), "/runs/1/records"), 2);
}

TEST_F(Strangers, ThatGoOnCrashingAreSuspendedUntilSomebodyResumesThem) {
    for (int i = 0; i < 4; ++i) answer({"connections", "run", "bad"});
    const auto suspended = answer({"connections", "run", "bad"});
    EXPECT_THAT(text_at(suspended.root(), "/runs/0/failures/0/error"), HasSubstr("suspended"));
    EXPECT_TRUE(std::filesystem::exists(path() / "data/crashes/bad.json"));
    EXPECT_EQ(run({"connections", "resume", "bad"}, path()), 0);
    const auto resumed = answer({"connections", "run", "bad"});
    EXPECT_THAT(text_at(resumed.root(), "/runs/0/failures/0/error"), HasSubstr("crashed"));
    EXPECT_EQ(run({"connections", "resume", "nobody"}, path()), 1);
}

TEST_F(Strangers, ReachOnlyHostsThatSomebodyAllowed) {
    configure(R"(
connections:
  bad: {plugin: test.early, settings: {}, streams: {tickets: {mapping: mapping.yaml}}}
)");
    answer({"connections", "test", "bad"});
    EXPECT_EQ(code_, 3);
    EXPECT_THAT(complaints(), HasSubstr("hosts: [collect.evil.example]"));
}

TEST_F(Strangers, AreShownWithTheirWalls) {
    const Daemon daemon({"serve", "--dev", "--listen", "127.0.0.1:0"}, path());
    ASSERT_TRUE(daemon.is_ready()) << complaints();
    const auto health = daemon.json("/api/v1/connections");
    EXPECT_EQ(text_at(health.root(), "/connections/0/isolation"), "process");
    EXPECT_GT(health.root().get("connections")->at(0)->get("walls")->size(), 0U);
}

TEST_F(Strangers, DoNotStartWithoutWallsThatAreRequired) {
    configure(std::string(k_connections), "{require: [seccomp, landlock, limits]}");
    const auto doctor = answer({"doctor"});
    std::set<std::string> standing;
    for (const json::View check : doctor.root().get("checks")->elements()) {
        const std::string what = text_at(check, "/what");
        if (text_at(check, "/state") == "ok" && what.starts_with("isolated connectors: "))
            standing.insert(what.substr(21, what.find(' ', 21) - 21));
    }
    const bool all = standing.contains("seccomp") && standing.contains("landlock") &&
                     standing.contains("limits");
    answer({"connections", "run", "good"});
    EXPECT_EQ(code_ == 0, all) << complaints();
}

}  // namespace
}  // namespace touchline::e2e
