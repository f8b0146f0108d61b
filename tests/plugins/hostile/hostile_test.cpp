// Strangers' connectors do their worst, each in its runner: nothing of it succeeds, what was handed
// over before stays, the host and its other connections go on.
#include "world.hpp"

#include "touchline/base/log.hpp"

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <ostream>

namespace touchline::host {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

const std::string k_hostile = TEST_PLUGINS "/test.hostile.so";
const std::string k_early = TEST_PLUGINS "/test.early.so";
const std::string k_probe = PROBE_PLUGINS "/test.probe.so";

/// Whether this machine gives a wall at all; what a test needs and does not get, it skips by name.
bool stands(std::string_view name) {
    static const std::vector<Wall> k_walls = must(probe_walls(isolation()));
    const auto wall = std::ranges::find(k_walls, name, &Wall::name);
    return wall != k_walls.end() && wall->stands;
}

Isolation strict() {
    Isolation isolation = host::isolation();
    isolation.limits.memory_bytes = 64U << 20U;
    isolation.limits.silence = milliseconds(400);
    isolation.limits.call = milliseconds(200'000);
    isolation.limits.processor = milliseconds(60'000);
    isolation.limits.grace = milliseconds(200);
    return isolation;
}

class HostileWorld : public ::testing::Test {
protected:
    Result<ingest::ReadEnd> read(ingest::Source& source, const std::string& state) {
        ingest::ReadRequest request;
        request.stream = "tickets";
        request.state = state;
        request.state_version = state.empty() ? 0 : 1;
        request.stop = stop_.get_token();
        return source.read(request, sink_);
    }
    std::unique_ptr<ingest::Source> open(const Isolation& isolation = strict()) {
        return must(
            make_source(must(PluginFile::open(k_hostile)), isolation, acme(), world_.services())
        );
    }

    World world_;
    KeepingSink sink_;
    std::stop_source stop_;
};

struct Attack {
    const char* name;
    Code code;
    std::string_view says;
    const char* wall = nullptr;  ///< what stops it, where a single wall does
};

void PrintTo(const Attack& attack, std::ostream* out) {
    *out << attack.name;
}

constexpr Code k_stopped = Code::denied;
constexpr Code k_crash = Code::retry;
constexpr std::string_view k_forbidden = "what its sandbox forbids";
constexpr std::string_view k_senseless = "makes no sense";
constexpr std::string_view k_processor = "of processor time";

class HostileConnector : public HostileWorld, public ::testing::WithParamInterface<Attack> {};

TEST_P(HostileConnector, IsContained) {
    const Attack& attack = GetParam();
    if (attack.wall != nullptr && !stands(attack.wall))
        GTEST_SKIP() << "this machine gives no " << attack.wall;
    const auto neighbour =
        must(make_source(must(PluginFile::open(k_probe)), isolation(), acme(), world_.services()));
    Isolation isolation = strict();
    if (attack.says == k_processor) isolation.limits.processor = milliseconds(50);
    const auto source = open(isolation);

    const auto end = read(*source, attack.name);

    ASSERT_FALSE(end) << "the attack succeeded";
    EXPECT_EQ(end.error().code(), attack.code) << end.error().text();
    EXPECT_THAT(end.error().text(), HasSubstr(std::string(attack.says)));
    EXPECT_EQ(sink_.states, std::vector<std::string>{"after the first page"});
    EXPECT_EQ(sink_.pages.size(), 1u);
    for (const net::Request& sent : world_.http.requests)
        EXPECT_TRUE(sent.url.starts_with("https://acme.example/")) << sent.url;
    world_.clock.advance(std::chrono::minutes(10));
    EXPECT_TRUE(read(*source, "")) << "the connection goes on";
    world_.http.answer("GET https://acme.example/api/me", 200, R"({"name": "Ana"})");
    EXPECT_TRUE(neighbour->check({})) << "its neighbour goes on";
}

INSTANTIATE_TEST_SUITE_P(
    ,
    HostileConnector,
    ::testing::Values(
        Attack{"open_socket", k_stopped, k_forbidden, "seccomp"},
        Attack{"open_local_socket", k_stopped, k_forbidden, "seccomp"},
        Attack{"read_host_file", k_stopped, "stopped: ", "seccomp"},
        Attack{"write_host_file", k_stopped, "stopped: ", "seccomp"},
        Attack{"run_program", k_stopped, k_forbidden, "seccomp"},
        Attack{"trace_host", k_stopped, k_forbidden, "seccomp"},
        Attack{"kill_host", k_stopped, k_forbidden, "seccomp"},
        Attack{"fork_bomb", k_stopped, k_forbidden, "seccomp"},
        Attack{"read_host_memory", k_stopped, k_forbidden, "seccomp"},
        Attack{"run_from_memory", k_stopped, k_forbidden, "seccomp"},
        Attack{"use_io_uring", k_stopped, k_forbidden, "seccomp"},
        Attack{"make_writable_code", k_stopped, k_forbidden, "seccomp"},
        Attack{"raise_limits", k_stopped, "stopped: ", "seccomp"},
        Attack{"eat_memory", Code::internal, "bad_alloc", "limits"},
        Attack{"spin", k_crash, "it did nothing for"},
        Attack{"spin_and_talk", k_crash, k_processor},
        Attack{"hang", k_crash, "it did nothing for"},
        Attack{"throw_number", Code::internal, "threw something"},
        Attack{"abort_it", k_crash, "signal 6"},
        Attack{"fault", k_crash, "signal 11"},
        Attack{"leave", k_crash, "exit code 0"},
        Attack{"pretend_to_be_idle", k_crash, "exit code 10"},
        Attack{"print_without_end", Code::internal, "nobody stops to read it"},
        Attack{"scribble_over_host_arena", k_crash, "signal 11"},
        Attack{"lie_about_lengths", k_crash, k_senseless},
        Attack{"lie_inside_a_message", k_crash, k_senseless},
        Attack{"emit_garbage", k_crash, k_senseless},
        Attack{"forge_other_checkpoint", Code::internal, "does not declare"},
        Attack{"forge_other_call", k_crash, k_senseless},
        Attack{"ask_without_listening", k_crash, k_senseless},
        Attack{"ask_foreign_host", k_stopped, "evil.example"},
        Attack{"smuggle_header", Code::config, "cannot be sent"},
        Attack{"flood_log", Code::internal, "all was said"}
    ),
    [](const auto& one) { return std::string(one.param.name); }
);

TEST_F(HostileWorld, IsNotTakenInByMessagesThatChangeWhileTheyAreRead) {
    const auto source = open();
    const auto end = read(*source, "scribble_over_own_arena");
    ASSERT_FALSE(end) << "the attack succeeded";
    // What the host's copy held is chance (rubbish, a name half changed, all as it was); that it
    // looked at a copy is not.
    const std::string words = end.error().text();
    EXPECT_TRUE(
        words.find(k_senseless) != std::string::npos ||
        words.find("does not declare") != std::string::npos ||
        words.find("scribbled") != std::string::npos
    ) << words;
    EXPECT_EQ(sink_.pages.size(), 1u);
    EXPECT_EQ(sink_.states, std::vector<std::string>{"after the first page"});
    world_.clock.advance(std::chrono::minutes(10));
    EXPECT_TRUE(read(*source, ""));
}

TEST_F(HostileWorld, ConstructorsRunBehindTheWallsAlready) {
    if (!stands("landlock")) GTEST_SKIP() << "this machine gives no landlock";
    const auto early =
        must(make_source(must(PluginFile::open(k_early)), strict(), acme(), world_.services()));
    EXPECT_EQ(*early->check({}), "Permission denied, Permission denied");
}

TEST_F(HostileWorld, ARunnerThatDoesNotStopWhenAskedIsKilled) {
    Isolation isolation = strict();
    isolation.limits.silence = milliseconds(60'000);
    const auto source = open(isolation);
    sink_.on_checkpoint = [this] { stop_.request_stop(); };
    const auto end = read(*source, "spin");
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code(), Code::cancelled);
}

TEST_F(HostileWorld, ARunnerThatOnlyTalksWhenAskedToStopIsKilled) {
    Isolation isolation = strict();
    isolation.limits.silence = milliseconds(60'000);
    const auto source = open(isolation);
    sink_.on_checkpoint = [this] { stop_.request_stop(); };
    const auto end = read(*source, "chatter");
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code(), Code::cancelled);
}

TEST_F(HostileWorld, ACallHasAnEndAlsoForThoseWhoTalk) {
    Isolation isolation = strict();
    isolation.limits.call = milliseconds(300);
    isolation.limits.silence = milliseconds(60'000);
    const auto source = open(isolation);
    const auto end = read(*source, "chatter");
    ASSERT_FALSE(end);
    EXPECT_THAT(end.error().text(), HasSubstr("one call took longer than"));
}

TEST_F(HostileWorld, ACallHasAnEnd) {
    Isolation isolation = strict();
    isolation.limits.call = milliseconds(300);
    isolation.limits.silence = milliseconds(60'000);
    const auto source = open(isolation);
    const auto end = read(*source, "hang");
    ASSERT_FALSE(end);
    EXPECT_THAT(end.error().text(), HasSubstr("one call took longer than"));
}

TEST_F(HostileWorld, IsNotStartedWithoutTheWallsThatAreRequired) {
    Isolation isolation = strict();
    isolation.require = {"moat"};
    const auto source =
        make_source(must(PluginFile::open(k_hostile)), isolation, acme(), world_.services());
    ASSERT_FALSE(source);
    EXPECT_THAT(source.error().cure(), HasSubstr("landlock"));
    isolation.require.clear();
    for (const Wall& wall : must(probe_walls(isolation))) {
        if (wall.stands) isolation.require.push_back(wall.name);
    }
    EXPECT_TRUE(make_source(must(PluginFile::open(k_hostile)), isolation, acme(), world_.services())
    );
}

TEST_F(HostileWorld, WaitsLongerAfterEachCrashAndStopsAfterThree) {
    const auto source = open();
    EXPECT_EQ(read(*source, "fault").error().retry_after(), milliseconds(1'000));
    EXPECT_THAT(read(*source, "fault").error().text(), HasSubstr("is started again in 1 s"));
    world_.clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(read(*source, "fault").error().retry_after(), milliseconds(4'000));
    world_.clock.advance(std::chrono::seconds(4));
    const auto third = read(*source, "fault");
    EXPECT_EQ(third.error().code(), Code::config);
    EXPECT_THAT(third.error().text(), HasSubstr("suspended"));
    world_.clock.advance(std::chrono::minutes(10));
    EXPECT_THAT(read(*source, "fault").error().text(), HasSubstr("suspended"));
    EXPECT_TRUE(read(*source, "")) << "another checkpoint is another chance";
}

TEST_F(HostileWorld, KeepsTheRequestForTheAuthorUntilSomebodyTakesItAway) {
    Isolation isolation = strict();
    isolation.crash_reports =
        std::filesystem::path(::testing::TempDir()) / ("crashes-" + std::to_string(getpid()));
    const auto report = isolation.crash_reports / "acme.json";
    {
        const auto source = open(isolation);
        for (int i = 0; i < 3; ++i) {
            EXPECT_FALSE(read(*source, "fault"));
            world_.clock.advance(std::chrono::minutes(10));
        }
    }
    std::ifstream in(report);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    EXPECT_THAT(text, HasSubstr(R"("operation":"read tickets")"));
    EXPECT_THAT(text, HasSubstr("signal 11"));
    EXPECT_THAT(text, HasSubstr(R"("last_asked":"checkpoint of tickets")"));
    EXPECT_EQ(
        std::filesystem::status(report).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    const auto source = open(isolation);
    EXPECT_THAT(read(*source, "fault").error().text(), HasSubstr("suspended"))
        << "also after a restart of the host";
    std::filesystem::remove_all(isolation.crash_reports);
    EXPECT_THAT(read(*source, "fault").error().text(), HasSubstr("crashed"));
    std::filesystem::remove_all(isolation.crash_reports);
}

/// The children of a process.
std::vector<pid_t> children_of(pid_t parent) {
    std::ifstream in(
        "/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children"
    );
    std::vector<pid_t> children;
    for (pid_t child = 0; in >> child;) children.push_back(child);
    return children;
}

/// Whether a process that nobody may ask ends by itself.
bool ends(pid_t process) {
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
    if (handle < 0) return errno == ESRCH;
    pollfd ended{handle, POLLIN, 0};
    const bool done = poll(&ended, 1, 60'000) == 1;
    close(handle);
    return done;
}

TEST_F(HostileWorld, IdleRunnersEndAndStartAgainWhenNeeded) {
    Isolation isolation = strict();
    isolation.limits.idle = milliseconds(100);
    const auto source = open(isolation);
    ASSERT_TRUE(read(*source, ""));
    const auto runners = children_of(getpid());
    ASSERT_EQ(runners.size(), 1u);
    EXPECT_TRUE(ends(runners[0]));
    EXPECT_TRUE(read(*source, ""));
    EXPECT_NE(children_of(getpid()), runners);
}

TEST_F(HostileWorld, RunnersDieWithTheirHostWhateverTheyAreDoing) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t host = fork();
    if (host == 0) {
        Isolation isolation = strict();
        isolation.limits.silence = milliseconds(60'000);
        const auto source = open(isolation);
        sink_.on_checkpoint = [&] {
            [[maybe_unused]] const ssize_t written = write(ready[1], "!", 1);
        };
        (void)read(*source, "spin");
        _exit(0);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    const auto runners = children_of(host);
    ASSERT_EQ(runners.size(), 1u);
    kill(host, SIGKILL);
    EXPECT_TRUE(ends(runners[0])) << "it outlives its host";
    waitpid(host, nullptr, 0);
    for (const int descriptor : {ready[0], ready[1]}) close(descriptor);
}

}  // namespace
}  // namespace touchline::host
