// What SIGKILL leaves behind at any moment: everything that was promised, and nothing twice.
#include "store_state.hpp"
#include "webhook_desk.hpp"

#include "touchline/sample/systems.hpp"

#include <mutex>
#include <regex>
#include <set>
#include <thread>

namespace touchline::e2e {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> k_run{"-q", "connections", "run"};
constexpr int k_moments = 30;

void expect_same(const State& found, const State& expected) {
    EXPECT_EQ(found.counts, expected.counts);
    EXPECT_EQ(found.announced, expected.announced);
    EXPECT_EQ(found.dead_letters, expected.dead_letters);
    EXPECT_EQ(found.customers.size(), expected.customers.size());
    EXPECT_TRUE(found.customers == expected.customers) << "touchpoints are on other timelines";
}

/// The sample company: seven systems over HTTP and two that write files, with commits of their own.
class KilledRun : public testing::Test {
protected:
    KilledRun() {
        EXPECT_EQ(
            run({"demo",
                 "--dir",
                 "sample",
                 "--customers",
                 "60",
                 "--records",
                 "1500",
                 "--prepare-only"},
                folder_.path()),
            0
        );
        fs::remove_all(folder_.path() / "sample/data");
        auto systems = sample::Systems::serve(folder_.path() / "sample", 0);
        EXPECT_TRUE(systems) << systems.error().text();
        systems_ = std::move(*systems);
        const fs::path file = folder_.path() / "sample/touchline.yaml";
        const std::regex origin("http://127\\.0\\.0\\.1:[0-9]+/");
        write_file(file, std::regex_replace(read_file(file), origin, systems_->origin() + "/"));
    }
    fs::path fresh_copy(const std::string& name) {
        fs::copy(folder_.path() / "sample", folder_.path() / name, fs::copy_options::recursive);
        return folder_.path() / name;
    }
    static State finish(const fs::path& where) {
        EXPECT_EQ(run(k_run, where), 0) << read_file(where / "stderr.txt");
        return state_of(where / "data/touchline.db");
    }

    const Folder folder_;
    std::unique_ptr<sample::Systems> systems_;
};

TEST_F(KilledRun, EndsLikeOneThatWasNotInterrupted) {
    const fs::path uninterrupted = fresh_copy("whole");
    std::chrono::nanoseconds whole{0};
    {
        Child child(touchline(k_run), uninterrupted);
        ASSERT_EQ(child.wait(), 0) << read_file(uninterrupted / "stderr.txt");
        whole = child.cpu_time();
    }
    const State expected = state_of(uninterrupted / "data/touchline.db");
    ASSERT_GT(expected.customers.size(), 1000U);
    ASSERT_GT(expected.dead_letters.size(), 2U);
    int killed = 0;
    std::set<std::int64_t> seen;  // how far the killed ones had come
    for (int moment = 0; moment < k_moments; ++moment) {
        SCOPED_TRACE("killed at moment " + std::to_string(moment));
        const fs::path where = fresh_copy("killed");
        {
            Child child(touchline(k_run), where);
            const auto until = whole * (2 * moment + 1) / (2 * k_moments);
            while (child.cpu_time() < until && !child.ends_within(std::chrono::microseconds(300))) {
            }
            child.signal(SIGKILL);
            if (child.wait() == -SIGKILL) ++killed;
        }
        if (fs::exists(where / "data/touchline.db")) {
            seen.insert(state_of(where / "data/touchline.db").counts.at("records"));
        }
        expect_same(finish(where), expected);
        fs::remove_all(where);
        if (HasFailure()) break;
    }
    std::cout << killed << " runs of " << whole.count() / 1'000'000 << " ms were killed, at "
              << seen.size() << " different numbers of records\n";
    EXPECT_GE(killed, 25);
    EXPECT_GE(seen.size(), 4U);
}

/// Posts numbered events until nobody answers. Returns the ones that were taken.
class Poster {
public:
    Poster(std::uint16_t port, int first) : thread_([this, port, first] { post(port, first); }) {}
    /// Blocks until so many were taken.
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        taken_more_.wait(lock, [&] { return taken_.size() >= count || ended_; });
    }
    std::vector<int> finish() {
        thread_.join();
        return taken_;
    }

private:
    void post(std::uint16_t port, int number) {
        for (;; ++number) {
            const std::string body =
                R"({"id":"e)" + std::to_string(number) + R"(","at":"2026-10-05T08:00:00Z"})";
            const Answer answer = testing_support::exchange(port, "POST", "/in/desk", {}, body);
            const std::lock_guard lock(mutex_);
            if (answer.status == 202) taken_.push_back(number);
            ended_ = answer.status == 0;
            taken_more_.notify_all();
            if (ended_) return;
        }
    }

    std::mutex mutex_;
    std::condition_variable taken_more_;
    std::vector<int> taken_;
    bool ended_ = false;
    std::thread thread_;
};

std::multiset<std::string> subjects(const Daemon& daemon, std::int64_t& total) {
    std::multiset<std::string> found;
    const auto lookup = daemon.json("/api/v1/lookup?q=ana%40example.org");
    const std::string id = text_at(lookup.root(), "/matches/0/customer");
    total = 0;
    if (id.empty()) return found;
    do {
        const auto page = daemon.json(
            "/api/v1/customers/" + id + "/timeline?limit=200&offset=" + std::to_string(found.size())
        );
        total = number_at(page.root(), "/total");
        const auto items = page.root().get("items");
        if (!items || items->size() == 0) break;
        for (const json::View item : items->elements()) found.insert(text_at(item, "/subject"));
    } while (static_cast<std::int64_t>(found.size()) < total);
    return found;
}

TEST(KilledDaemon, HasEveryWebhookThatItAnsweredOnTheTimelineOnce) {
    const Folder folder;
    write_webhook_desk(folder.path(), "ana@example.org");
    std::set<std::string> taken;
    int next = 0;
    for (const std::size_t wanted : {1U, 2U, 7U, 20U, 50U, 51U, 120U}) {
        Daemon daemon({"-q", "serve", "--dev"}, folder.path());
        ASSERT_TRUE(daemon.is_ready()) << read_file(folder.path() / "stderr.txt");
        Poster poster(daemon.port(), next);
        poster.wait_for(wanted);
        daemon.child().signal(SIGKILL);
        const std::vector<int> numbers = poster.finish();
        ASSERT_GE(numbers.size(), wanted);
        for (const int number : numbers) taken.insert("e" + std::to_string(number));
        next = numbers.back() + 2;
    }
    Daemon daemon({"-q", "serve", "--dev"}, folder.path());
    ASSERT_TRUE(daemon.is_ready());
    std::int64_t total = 0;
    std::multiset<std::string> found = subjects(daemon, total);
    const auto all_there = [&] {
        return std::includes(found.begin(), found.end(), taken.begin(), taken.end());
    };
    // What was stored and not processed is processed after the start.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!all_there() && std::chrono::steady_clock::now() < deadline)
        found = subjects(daemon, total);
    EXPECT_TRUE(all_there()) << found.size() << " of at least " << taken.size();
    EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), found.size()) << "doubled";
    std::cout << taken.size() << " webhooks were answered over 7 kills, " << found.size()
              << " are on the timeline\n";
    daemon.child().signal(SIGTERM);
    EXPECT_EQ(daemon.child().wait(), 0);
}

}  // namespace
}  // namespace touchline::e2e
