// A stranger's connector that crashes, beside one that works: what an operator sees and does.
#include "store_state.hpp"

#include <gmock/gmock.h>

#include <thread>

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

/// Every attack of tests/plugins/hostile that an installation has to live with.
const std::vector<std::string> k_attacks{
    "open_socket",
    "open_local_socket",
    "read_host_file",
    "write_host_file",
    "run_program",
    "trace_host",
    "kill_host",
    "fork_bomb",
    "read_host_memory",
    "run_from_memory",
    "use_io_uring",
    "make_writable_code",
    "raise_limits",
    "eat_memory",
    "spin",
    "spin_and_talk",
    "hang",
    "throw_number",
    "abort_it",
    "fault",
    "leave",
    "pretend_to_be_idle",
    "print_without_end",
    "scribble_over_host_arena",
    "scribble_over_own_arena",
    "lie_about_lengths",
    "lie_inside_a_message",
    "emit_garbage",
    "forge_other_checkpoint",
    "forge_other_call",
    "ask_without_listening",
    "ask_foreign_host",
    "smuggle_header",
    "flood_log"};

class Attackers : public Strangers {
protected:
    Attackers() {
        std::string connections = R"(
connections:
  good:
    plugin: file
    isolation: process
    settings: {path: inbox, pattern: "*.jsonl", format: jsonl, key: /id, settle_seconds: 0}
    streams: {rows: {mapping: mapping.yaml, schedule: 1s}}
)";
        for (const std::string& attack : k_attacks) {
            connections += "  " + attack + ": {plugin: test.hostile, settings: {url: " +
                           R"("https://acme.example", attack: )" + attack +
                           "}, streams: {tickets: {mapping: mapping.yaml, schedule: 1h}}}\n";
        }
        configure(connections, "{memory_mib: 64, silence_seconds: 1, processor_seconds: 1}");
    }
    /// Asks until it is so; the test's own time limit is the end of patience.
    template <typename Condition>
    static void wait_until(Condition is_so) {
        while (!is_so()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    /// Without these some attacks succeed, and `isolation.require` is how an operator says no.
    static bool has_walls(const Daemon& daemon) {
        const auto health = daemon.json("/api/v1/connections");
        std::set<std::string> walls;
        for (const json::View one : health.root().get("connections")->elements()) {
            for (const json::View wall : one.get("walls")->elements())
                walls.emplace(wall.as_string().value_or(""));
        }
        return walls.contains("seccomp") && walls.contains("landlock") && walls.contains("limits");
    }
    /// How many of the connections have run and failed.
    static std::size_t failed(const Daemon& daemon) {
        const auto health = daemon.json("/api/v1/connections");
        std::size_t failed = 0;
        for (const json::View one : health.root().get("connections")->elements())
            failed += text_at(one, "/error").empty() ? 0U : 1U;
        return failed;
    }
    static std::int64_t records_of(const Daemon& daemon, const std::string& connection) {
        const auto health = daemon.json("/api/v1/connections");
        for (const json::View one : health.root().get("connections")->elements())
            if (text_at(one, "/id") == connection) return number_at(one, "/records");
        return -1;
    }
};

TEST_F(Attackers, AllAtOnceStopNeitherTheDaemonNorTheOthersAndCostNothingThatWasCommitted) {
    Daemon daemon({"serve", "--dev", "--listen", "127.0.0.1:0"}, path());
    ASSERT_TRUE(daemon.is_ready()) << complaints();
    if (!has_walls(daemon)) GTEST_SKIP() << "this machine gives no walls";
    wait_until([&] { return failed(daemon) == k_attacks.size(); });
    write(
        "inbox/b.jsonl",
        R"({"id": "3", "at": "2026-10-05T09:00:02Z", "email": "cy@example.org"})"
        "\n"
    );
    wait_until([&] { return records_of(daemon, "good") == 3; });
    daemon.child().signal(SIGTERM);
    EXPECT_EQ(daemon.child().wait(), 0) << complaints();
    EXPECT_FALSE(std::filesystem::exists("/var/tmp/touchline-was-here"));
    const State state = state_of(path() / "data/touchline.db");
    for (const std::string& attack : k_attacks)
        EXPECT_TRUE(state.customers_of_record.contains(attack + "/tickets/1")) << attack;
    EXPECT_EQ(state.counts.at("records"), static_cast<std::int64_t>(k_attacks.size()) + 3);
}

}  // namespace
}  // namespace touchline::e2e
