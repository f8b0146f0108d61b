// What isolation costs: the same files, read by the file connector into two stores, once with the
// connector in this process and once in a runner, in turn. The file connector is the dearest case:
// all bytes cross to it and back, while a connector of an HTTP API moves handles only.
//
//   bench_isolation [records = 100000] [rounds = 20]
#include "goals.hpp"
#include "mappings.hpp"
#include "must.hpp"
#include "synthetic.hpp"

#include "touchline/host/connection.hpp"
#include "touchline/ingest/connection_run.hpp"
#include "touchline/store/sqlite.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

namespace touchline::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::int64_t records = 100'000;
    std::int64_t rounds = 20;
};

class TempFolder {
public:
    TempFolder() { fs::create_directories(path / "inbox"); }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() { fs::remove_all(path); }

    const fs::path path =
        fs::temp_directory_path() / ("bench-isolation-" + std::to_string(::getpid()));
};

host::Isolation isolation() {
    host::Isolation isolation;
    isolation.runner = RUNNER;
    return isolation;
}

double children_microseconds() {
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

/// One way to read, with a store of its own.
class Way {
public:
    Way(const fs::path& folder, const std::string& name, bool isolated)
        : http_(must(net::make_http_client({}))),
          sleeper_(net::make_sleeper()),
          store_(must(store::open_sqlite({folder / (name + ".db"), 64, false}))),
          environment_{*store_, policy_, clock_},
          source_(open(folder, name, isolated)) {
        plan_.id = name;
        plan_.connector = "file@0.1.0";
        plan_.streams.push_back(
            {source_->streams().front(), ticket_mapping(), "tickets.yaml@1a2b3c4d"}
        );
    }

    double read() {
        const double processor = cpu_microseconds();
        const auto began = std::chrono::steady_clock::now();
        const auto report = must(ingest::run_connection(environment_, plan_, *source_));
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        processor_ += cpu_microseconds() - processor;
        records_ += report.totals.records;
        for (const auto& failure : report.failures)
            std::fprintf(stderr, "%s\n", failure.error.text().c_str());
        return took.count();
    }
    std::int64_t records() const { return records_; }
    /// With that of its runner, which ends here.
    double end() {
        const double before = children_microseconds();
        source_.reset();
        return processor_ + children_microseconds() - before;
    }

private:
    std::unique_ptr<ingest::Source> open(
        const fs::path& folder, const std::string& name, bool isolated
    ) {
        host::ConnectionSetup setup;
        setup.id = name;
        setup.base_directory = folder;
        setup.settings =
            R"({"path":"inbox","pattern":"*.jsonl","format":"jsonl","key":"/id","settle_seconds":0})";
        const net::TargetServices services{*http_, clock_, *sleeper_, [] { return 0.5; }};
        if (isolated) {
            return must(host::make_source(
                must(host::PluginFile::open(FILE_CONNECTOR)), isolation(), setup, services
            ));
        }
        return must(
            host::make_source(must(host::PluginLibrary::load(FILE_CONNECTOR)), setup, services)
        );
    }

    SystemClock clock_;
    identity::Policy policy_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<net::Sleeper> sleeper_;
    std::unique_ptr<store::Store> store_;
    ingest::Environment environment_;
    std::unique_ptr<ingest::Source> source_;
    ingest::ConnectionPlan plan_;
    double processor_ = 0;
    std::int64_t records_ = 0;
};

void write_file(const fs::path& file, Synthetic& synthetic, std::int64_t from, std::int64_t count) {
    std::ofstream out(file, std::ios::binary);
    for (std::int64_t i = 0; i < count; ++i) out << synthetic.record(from + i).bytes << '\n';
}

double median(std::vector<double> figures) {
    std::ranges::sort(figures);
    return figures[figures.size() / 2];
}

double start_milliseconds() {
    std::vector<double> figures;
    for (int i = 0; i < 21; ++i) {
        const auto began = std::chrono::steady_clock::now();
        must(host::probe_walls(isolation()));
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - began;
        figures.push_back(took.count());
    }
    return median(std::move(figures));
}

int run(const Options& options) {
    const TempFolder folder;
    Synthetic synthetic(options.records);
    Way here(folder.path, "here", false), apart(folder.path, "apart", true);
    const std::int64_t each = options.records / options.rounds;
    double here_seconds = 0, apart_seconds = 0;
    std::vector<double> ratios;
    for (std::int64_t round = 0; round < options.rounds; ++round) {
        const fs::path file = folder.path / "inbox" / (std::to_string(round) + ".jsonl");
        write_file(file, synthetic, round * each, each);
        // Whoever goes second finds the file in the cache: by turns.
        double first = 0, second = 0;
        if (round % 2 == 0) {
            first = here.read();
            second = apart.read();
        } else {
            second = apart.read();
            first = here.read();
        }
        here_seconds += first;
        apart_seconds += second;
        ratios.push_back(second / first);
        fs::remove(file);
    }
    if (here.records() != apart.records()) std::fputs("they read different records\n", stderr);
    const auto records = static_cast<double>(here.records());
    const double here_processor = here.end(), apart_processor = apart.end();
    std::printf("records %.0f, rounds %zu\n", records, ratios.size());
    shown("in this process", here_seconds * 1e6 / records, "us wall a record");
    shown("in a runner", apart_seconds * 1e6 / records, "us wall a record");
    shown("in this process", here_processor / records, "us CPU a record");
    shown("in a runner, both ends", apart_processor / records, "us CPU a record");
    at_most("runner against process", median(ratios), 1.05, "of wall, median");
    at_most("runner against process", apart_processor / here_processor, 1.05, "of CPU");
    shown("start of a runner", start_milliseconds(), "ms, median");
    return 0;
}

}  // namespace
}  // namespace touchline::bench

int main(int argc, char** argv) {
    touchline::bench::Options options;
    if (argc > 1) options.records = std::atoll(argv[1]);
    if (argc > 2) options.rounds = std::atoll(argv[2]);
    return touchline::bench::run(options);
}
