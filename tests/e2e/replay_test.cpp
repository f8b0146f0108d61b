// A replay that is killed at any moment, and gone on with, ends like one that was not.
#include "store_state.hpp"

namespace touchline::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int k_moments = 12;

/// A sample that was read with a mapping that has changed since.
class KilledReplay : public testing::Test {
protected:
    KilledReplay() {
        const std::vector<std::string> prepare{
            "demo", "--dir", "sample", "--customers", "60", "--records", "1500", "--prepare-only"};
        EXPECT_EQ(run(prepare, folder_.path()), 0);
        const fs::path mapping = folder_.path() / "sample/mappings/helpdesk-tickets.yaml";
        std::string text = read_file(mapping);
        const std::string old = "kind: case.opened";
        const std::size_t at = text.find(old);
        EXPECT_NE(at, std::string::npos);
        text.replace(at, old.size(), "kind: case.reopened");
        write_file(mapping, text);
    }
    fs::path fresh_copy(const std::string& name) {
        fs::copy(folder_.path() / "sample", folder_.path() / name, fs::copy_options::recursive);
        return folder_.path() / name;
    }
    /// The data of every live touchpoint that the feed speaks of, by id.
    static std::map<std::string, std::string> kinds_of(const fs::path& where) {
        std::map<std::string, std::string> kinds;
        const auto opened = open_store(where / "data/touchline.db");
        const auto reader = *opened->reader();
        for (store::FeedPosition position = 0;;) {
            const auto entries = *reader->feed_after(position, 1000);
            if (entries.empty()) return kinds;
            for (const store::FeedEntry& entry : entries) {
                position = entry.position;
                if (entry.touchpoint == store::TouchpointKey::none) continue;
                const auto touchpoint = *reader->touchpoint(entry.touchpoint);
                const auto data = *json::Document::parse(touchpoint->data);
                kinds[text_at(data.root(), "/id")] = text_at(data.root(), "/kind");
            }
        }
    }

    const Folder folder_;
};

TEST_F(KilledReplay, EndsLikeOneThatWasNotInterrupted) {
    const std::vector<std::string> replay{"-q", "replay"};
    const fs::path uninterrupted = fresh_copy("whole");
    std::chrono::nanoseconds whole{0};
    {
        Child child(touchline(replay), uninterrupted);
        ASSERT_EQ(child.wait(), 0) << read_file(uninterrupted / "stderr.txt");
        whole = child.cpu_time();
    }
    const State expected = state_of(uninterrupted / "data/touchline.db");
    const auto kinds = kinds_of(uninterrupted);
    ASSERT_GT(kinds.size(), 1000U);
    int killed = 0;
    for (int moment = 0; moment < k_moments; ++moment) {
        SCOPED_TRACE("killed at moment " + std::to_string(moment));
        const fs::path where = fresh_copy("killed");
        {
            Child child(touchline(replay), where);
            const auto until = whole * (2 * moment + 1) / (2 * k_moments);
            while (child.cpu_time() < until && !child.ends_within(std::chrono::microseconds(300))) {
            }
            child.signal(SIGKILL);
            if (child.wait() == -SIGKILL) ++killed;
        }
        // One that had not begun, or was at its end, has nothing to go on with.
        if (run({"-q", "replay", "--resume"}, where) != 0) {
            EXPECT_EQ(run(replay, where), 0) << read_file(where / "stderr.txt");
        }
        const State found = state_of(where / "data/touchline.db");
        EXPECT_EQ(found.counts, expected.counts);
        EXPECT_TRUE(found.customers == expected.customers) << "touchpoints are on other timelines";
        EXPECT_TRUE(kinds_of(where) == kinds) << "some say what they said before";
        EXPECT_EQ(found.dead_letters, expected.dead_letters);
        fs::remove_all(where);
        if (HasFailure()) break;
    }
    EXPECT_GE(killed, k_moments / 2);
}

}  // namespace
}  // namespace touchline::e2e
