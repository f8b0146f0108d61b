// The whole way of a record, from a page of JSON to the committed timeline, against a bare SQLite
// bulk insert of the very touchpoint rows that came of it: batch by batch in turn, in one run.
//
//   bench_ingest [records = 200000] [batch = 10000] [cache MiB = 64] [bare = 1]
//
// With `bare` 0 nothing is compared, and the peak memory is that of Touchline alone.
#include "bare_sqlite.hpp"
#include "goals.hpp"
#include "mappings.hpp"
#include "must.hpp"
#include "store_reads.hpp"
#include "synthetic.hpp"

#include "touchline/ingest/ingestor.hpp"
#include "touchline/store/sqlite.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace touchline::bench {
namespace {

constexpr std::int64_t k_page_records = 100;

struct Options {
    std::int64_t records = 200'000;
    std::int64_t batch = 10'000;
    int cache_mib = 64;
    bool bare = true;
};

class TempFolder {
public:
    TempFolder() { std::filesystem::create_directories(path); }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() { std::filesystem::remove_all(path); }

    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("bench-ingest-" + std::to_string(::getpid()));
};

ingest::ConnectionPlan plan() {
    ingest::ConnectionPlan plan;
    plan.id = "helpdesk";
    plan.connector = "helpdesk@1.0.0";
    plan.department = "support";
    plan.streams.push_back(
        {{"tickets", "/id", "", "Tickets."}, ticket_mapping(), "tickets.yaml@1a2b3c4d"}
    );
    return plan;
}

/// The rows that the last batch became, as the bare insert takes them.
std::vector<SyntheticRecord> rows_after(store::Store& store, store::FeedPosition& position) {
    const auto reader = must(store.reader());
    std::vector<SyntheticRecord> rows;
    for (;;) {
        const auto entries = must(reader->feed_after(position, 1'000));
        if (entries.empty()) return rows;
        position = entries.back().position;
        for (const store::FeedEntry& entry : entries) {
            if (entry.touchpoint == store::TouchpointKey::none) continue;
            auto touchpoint = must(reader->touchpoint(entry.touchpoint));
            SyntheticRecord& row = rows.emplace_back();
            row.external_id = std::to_string(1'000'000 + entry.position);
            row.customer = static_cast<std::int64_t>(touchpoint->identity);
            row.occurred_at = touchpoint->occurred_at.time_since_epoch().count();
            row.touchpoint = std::move(touchpoint->data);
        }
    }
}

struct Figures {
    double ingest_cpu = 0, ingest_seconds = 0, bare_cpu = 0;
    double ingest_peak_mib = 0;
    std::int64_t touchpoints = 0;
    ReadCosts reads;
};

class Comparison {
public:
    Comparison(const Options& options, const std::filesystem::path& folder)
        : options_(options),
          store_(must(store::open_sqlite({folder / "touchline.db", options.cache_mib, false}))),
          bare_(folder / "bare.db", options.cache_mib),
          environment_{*store_, policy_, clock_},
          plan_(plan()),
          ingestor_(environment_, plan_, limits(options)),
          synthetic_(std::max<std::int64_t>(options.records, 1'000)) {}

    Figures run() {
        for (std::int64_t done = 0; done < options_.records; done += options_.batch) {
            ingest(std::min(options_.batch, options_.records - done));
            if (options_.bare) compare();
        }
        figures_.touchpoints = ingestor_.totals().touchpoints;
        if (ingestor_.totals().dead_letters != 0) std::fputs("some records failed\n", stderr);
        figures_.ingest_peak_mib = peak_mib();
        figures_.reads = measure_reads(*store_, std::max<std::int64_t>(options_.records, 1'000));
        return figures_;
    }

private:
    static ingest::BatchLimits limits(const Options& options) {
        ingest::BatchLimits limits;
        limits.records = static_cast<std::size_t>(options.batch);
        limits.bytes = std::size_t{1} << 30;
        limits.age = std::chrono::hours(1);
        return limits;
    }

    void ingest(std::int64_t count) {
        pages_.clear();
        for (std::int64_t i = 0; i < count; ++i) {
            if (i % k_page_records == 0) pages_.emplace_back("[");
            if (pages_.back().size() > 1) pages_.back() += ',';
            pages_.back() += synthetic_.record(next_++).bytes;
        }
        for (std::string& page : pages_) page += ']';
        const auto began = std::chrono::steady_clock::now();
        const double start = cpu_microseconds();
        for (const std::string& page : pages_) {
            must(ingestor_.page({"tickets", page, ""}));
            must(ingestor_.checkpoint({"tickets", 1, R"({"after":"x"})"}));
        }
        must(ingestor_.finish());
        figures_.ingest_cpu += cpu_microseconds() - start;
        figures_.ingest_seconds +=
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    }

    void compare() {
        const std::vector<SyntheticRecord> rows = rows_after(*store_, position_);
        const double start = cpu_microseconds();
        bare_.insert(rows);
        figures_.bare_cpu += cpu_microseconds() - start;
    }

    const Options options_;
    std::unique_ptr<store::Store> store_;
    BareSqlite bare_;
    identity::Policy policy_;
    SystemClock clock_;
    ingest::Environment environment_;
    ingest::ConnectionPlan plan_;
    ingest::Ingestor ingestor_;
    Synthetic synthetic_;
    std::int64_t next_ = 0;
    store::FeedPosition position_ = 0;
    std::vector<std::string> pages_;
    Figures figures_;
};

int run(const Options& options) {
    const TempFolder folder;
    const Figures figures = Comparison(options, folder.path).run();
    const MappingCosts mapping = measure_mapping();
    const auto records = static_cast<double>(options.records);
    std::printf(
        "records %.0f, touchpoints %lld, batch %lld, cache %d MiB\n",
        records,
        static_cast<long long>(figures.touchpoints),
        static_cast<long long>(options.batch),
        options.cache_mib
    );
    at_most("ingest", figures.ingest_cpu / records, 18, "us CPU a record");
    if (options.bare) {
        shown("bare SQLite insert", figures.bare_cpu / records, "us CPU a record");
        at_least("rate against bare", figures.bare_cpu / figures.ingest_cpu, 0.6, "");
    }
    shown("records a second, wall", records / figures.ingest_seconds, "");
    at_most("timeline, latest 50", figures.reads.timeline, 100, "us CPU");
    at_most("look-up by e-mail", figures.reads.look_up, 30, "us CPU");
    shown("mapping by hand", mapping.by_hand, "us CPU a record");
    shown("mapping interpreted", mapping.interpreted, "us CPU a record");
    at_most("interpreted against hand", mapping.interpreted / mapping.by_hand, 1.5, "");
    at_most("peak memory, ingest", figures.ingest_peak_mib, 300, "MiB");
    at_most("peak memory, with reads", peak_mib(), 300, "MiB");
    return 0;
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    const auto number = [&](int index, long long otherwise) {
        return argc > index ? std::atoll(argv[index]) : otherwise;
    };
    touchline::bench::Options options;
    options.records = number(1, options.records);
    options.batch = number(2, options.batch);
    options.cache_mib = static_cast<int>(number(3, options.cache_mib));
    options.bare = number(4, 1) != 0;
    return touchline::bench::run(options);
}
