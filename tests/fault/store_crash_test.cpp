// A process that writes is killed at many points: whoever opens the file next finds whole
// transactions and nothing else.
#include "touchline/store/sqlite.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

namespace touchline::store {
namespace {

constexpr std::int64_t k_records_per_batch = 40;

Result<void> commit_batch(Store& store, std::int64_t batch) {
    TOUCHLINE_TRY(const auto transaction, store.begin());
    TOUCHLINE_TRY(const SourceKey source, transaction->source("crm", "contacts"));
    for (std::int64_t i = 0; i < k_records_per_batch; ++i) {
        const std::string id = std::to_string(batch) + "-" + std::to_string(i);
        const RawRecord raw{id, {}, {}, 0, static_cast<std::uint32_t>(id.size())};
        TOUCHLINE_TRY(const auto states, transaction->put_raw(source, id, {&raw, 1}, Time()));
        const IdentityName name{"email", id, model::Strength::unique, {}};
        TOUCHLINE_TRY(const auto who, transaction->intern({&name, 1}, Time()));
        TouchpointWrite row;
        row.record = states[0].key;
        row.identity = who[0].key;
        row.data = "{}";
        TOUCHLINE_TRY(const auto written, transaction->put_touchpoints({&row, 1}, Time()));
        const FeedWrite entry{"recorded", CustomerKey::none, written[0].key, {}};
        TOUCHLINE_CHECK(transaction->append_feed({&entry, 1}, Time()));
    }
    TOUCHLINE_CHECK(transaction->put_checkpoint(source, 1, std::to_string(batch), Time()));
    return transaction->commit();
}

/// Never returns: says in the pipe when each batch is durable, until it is killed.
[[noreturn]] void write_until_killed(const SqliteOptions& options, std::int64_t next, int pipe) {
    auto store = open_sqlite(options);
    if (!store) std::_Exit(1);
    for (;; ++next) {
        if (!commit_batch(**store, next)) std::_Exit(1);
        if (::write(pipe, &next, sizeof next) != sizeof next) std::_Exit(1);
    }
}

/// The last batch that the child said was durable before it was killed, some way into the next one.
std::int64_t run_and_kill(const SqliteOptions& options, std::int64_t next, int batches, int spins) {
    int ends[2] = {};
    if (::pipe(ends) != 0) return -1;
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(options, next, ends[1]);
    ::close(ends[1]);
    std::int64_t durable = next - 1;
    for (int i = 0; i < batches; ++i) {
        if (::read(ends[0], &durable, sizeof durable) != sizeof durable) break;
    }
    // The child goes on meanwhile: a little further with every round.
    std::atomic<int> spin = 0;
    while (spin.fetch_add(1) < spins) {
    }
    ::kill(child, SIGKILL);
    while (::read(ends[0], &durable, sizeof durable) == sizeof durable) {
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    return durable;
}

TEST(StoreCrash, LeavesWholeTransactionsWhereverTheProcessIsKilled) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("touchline-crash-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const SqliteOptions options{folder / "touchline.db", 4, false};
    std::int64_t next = 1;
    for (int round = 0; round < 30; ++round) {
        const std::int64_t durable = run_and_kill(options, next, 1 + round % 3, round * 150'000);
        auto opened = open_sqlite(options);
        ASSERT_TRUE(opened.has_value()) << opened.error().text();
        const auto store = std::move(opened).value();
        const auto reader = std::move(store->reader()).value();
        const auto checkpoint = std::move(reader->checkpoint("crm", "contacts")).value();
        const std::int64_t batch = checkpoint.state.empty() ? 0 : std::stoll(checkpoint.state);
        // A commit may be on the disk that the child had no time to speak of.
        EXPECT_GE(batch, durable);
        EXPECT_LE(batch, durable + 1);
        const auto counts = std::move(reader->counts()).value();
        EXPECT_EQ(counts.records, batch * k_records_per_batch);
        EXPECT_EQ(counts.touchpoints, batch * k_records_per_batch);
        EXPECT_EQ(counts.identities, batch * k_records_per_batch);
        EXPECT_EQ(reader->feed_head().value(), batch * k_records_per_batch);
        next = batch + 1;
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace touchline::store
