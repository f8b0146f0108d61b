// A back-fill that takes for ever keeps nothing else waiting: the order of things, never their
// time.
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

std::string digger(const std::string& name, const std::string& streams) {
    return "  " + name + ":\n    plugin: test.digger\n" + "    webhook: {path: /in/" + name +
           ", verify: {scheme: none}}\n" + "    streams: {" + streams + "}\n";
}
const std::string k_history = "history: {mapping: mapping.yaml, schedule: 1s}";
const std::string k_news = "news: {mapping: mapping.yaml, schedule: 1s}";

class Backfill : public ::testing::Test {
protected:
    void configure(const std::string& connections) {
        write_file(path() / "mapping.yaml", k_mapping);
        write_file(
            path() / "touchline.yaml",
            "version: 1\nplugins: {dirs: [" DIGGER_PLUGINS "]}\nconnections:\n" + connections
        );
    }
    void start(const std::string& connections) {
        configure(connections);
        daemon_.emplace(
            std::vector<std::string>{"serve", "--dev", "--listen", "127.0.0.1:0"}, path()
        );
        ASSERT_TRUE(daemon_->is_ready()) << read_file(path() / "stderr.txt");
    }
    const std::filesystem::path& path() const { return folder_.path(); }
    template <typename Condition>
    bool eventually(Condition condition) const {
        for (int i = 0; i < 1200; ++i) {
            if (condition()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return false;
    }
    bool is_known(const std::string& email) const {
        const auto found = daemon_->json("/api/v1/lookup?q=" + email);
        return json::find(found.root(), "/matches/0").has_value();
    }
    bool comes_to(const std::string& connection, const std::string& wanted) const {
        return eventually([&] { return outcome(connection) == wanted; });
    }
    std::string outcome(const std::string& connection) const {
        const auto runs = daemon_->json("/api/v1/connections/" + connection + "/runs");
        return text_at(runs.root(), "/runs/0/outcome");
    }

    Folder folder_;
    std::optional<Daemon> daemon_;
};

TEST_F(Backfill, KeepsNoWebhookOfItsConnectionWaiting) {
    start(digger("desk", k_history));
    ASSERT_TRUE(eventually([&] { return is_known("old@example.org"); }));
    const auto taken = daemon_->post(
        "/in/desk", R"({"id": "w", "at": "2026-11-01T09:00:00Z", "email": "now@example.org"})"
    );
    EXPECT_EQ(taken.status, 202) << taken.body;
    EXPECT_TRUE(eventually([&] { return is_known("now@example.org"); }));
    EXPECT_TRUE(comes_to("desk", "running")) << outcome("desk");
}

TEST_F(Backfill, KeepsNoOtherStreamAndNoOtherConnectionWaiting) {
    // More than there are workers, and the stream with news is read last.
    start(
        digger("a", k_history) + digger("b", k_history) + digger("c", k_history) +
        digger("d", k_history + ", " + k_news)
    );
    EXPECT_TRUE(eventually([&] { return is_known("new@example.org"); }));
    for (const char* name : {"a", "b", "c", "d"}) EXPECT_TRUE(comes_to(name, "running")) << name;
}

TEST_F(Backfill, StopsWhenItsConnectionIsPausedAndGoesOnWhereItWas) {
    start(digger("desk", k_history));
    ASSERT_TRUE(eventually([&] { return is_known("old@example.org"); }));
    EXPECT_EQ(run({"connections", "pause", "desk"}, path()), 0);
    EXPECT_TRUE(comes_to("desk", "cancelled")) << outcome("desk");
}

TEST_F(Backfill, BeginsWhereItsConfigurationSays) {
    configure(digger("desk", "news: {mapping: mapping.yaml, since: 2026-11-01}"));
    EXPECT_EQ(run({"connections", "run", "desk"}, path()), 0);
    Child child(touchline({"customer", "timeline", "new@example.org", "--json"}), path());
    EXPECT_THAT(child.output(), HasSubstr("2026-11-01T00:00:00"));
}

}  // namespace
}  // namespace touchline::e2e
