// What isolation costs: the same records, read into two stores, once with the connector in this
// process and once in a runner, in turn. In two ways, between which all connectors are:
//
//   pages of an HTTP API (zendesk, 200 records each): handles cross, the bytes stay with the host.
//     The answers are there at once, where a real system takes 50 ms and more.
//   files (file, JSON lines): all bytes cross to the connector and back.
//
//   bench_isolation [records = 100000] [rounds = 50]
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
    std::int64_t rounds = 50;
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

double median(std::vector<double> figures) {
    std::ranges::sort(figures);
    return figures[figures.size() / 2];
}

/// What processes used so far.
struct Usage {
    double user = 0, system = 0, faults = 0, switches = 0;

    static Usage of(int who) {
        rusage used{};
        getrusage(who, &used);
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        return {
            seconds(used.ru_utime),
            seconds(used.ru_stime),
            static_cast<double>(used.ru_minflt),
            static_cast<double>(used.ru_nvcsw + used.ru_nivcsw)};
    }
    Usage& operator+=(const Usage& other) {
        user += other.user;
        system += other.system;
        faults += other.faults;
        switches += other.switches;
        return *this;
    }
    friend Usage operator-(Usage a, const Usage& b) {
        return {a.user - b.user, a.system - b.system, a.faults - b.faults, a.switches - b.switches};
    }
};

/// A system whose pages are all there at once.
class PagedSystem final : public net::HttpClient {
public:
    static constexpr std::int64_t k_page_records = 200;

    /// Whoever reads anew begins with these.
    void add(Synthetic& synthetic, std::int64_t from, std::int64_t count) {
        first_ = pages_.size();
        for (std::int64_t done = 0; done < count; done += k_page_records) {
            std::string body = R"({"tickets":[)";
            for (std::int64_t i = done; i < std::min(done + k_page_records, count); ++i)
                body += (i == done ? "" : ",") + synthetic.record(from + i).bytes;
            body += R"(],"after_cursor":")" + std::to_string(pages_.size() + 1) + '"';
            pages_.push_back(body);
        }
    }
    Result<net::Response> send(
        const net::Request& request, const net::SendOptions&, std::stop_token
    ) override {
        const auto cursor = request.url.find("cursor=");
        const std::size_t page =
            cursor == std::string::npos ? first_ : std::stoul(request.url.substr(cursor + 7));
        net::Response response;
        response.status = 200;
        response.final_url = request.url;
        response.body = page < pages_.size()
                            ? pages_[page]
                            : R"({"tickets":[],"after_cursor":")" + std::to_string(page) + '"';
        response.body +=
            page + 1 < pages_.size() ? R"(,"end_of_stream":false})" : R"(,"end_of_stream":true})";
        return response;
    }

private:
    std::vector<std::string> pages_;
    std::size_t first_ = 0;
};

struct Reading {
    const char* connector;
    const char* settings;
    const char* stream;
};
constexpr Reading k_pages{ZENDESK_CONNECTOR, R"({"url":"https://desk.example"})", "tickets"};
constexpr Reading k_files{
    FILE_CONNECTOR,
    R"({"path":"inbox","pattern":"*.jsonl","format":"jsonl","key":"/id","settle_seconds":0})",
    "rows"};

std::unique_ptr<ingest::Source> open_source(
    const fs::path& folder,
    const std::string& name,
    const Reading& reading,
    bool isolated,
    const net::TargetServices& services
) {
    host::ConnectionSetup setup;
    setup.id = name;
    setup.base_directory = folder;
    setup.settings = reading.settings;
    if (isolated) {
        return must(host::make_source(
            must(host::PluginFile::open(reading.connector)), isolation(), setup, services
        ));
    }
    return must(
        host::make_source(must(host::PluginLibrary::load(reading.connector)), setup, services)
    );
}

/// What a connector needs of the world.
class Outside {
public:
    explicit Outside(net::HttpClient& http) : http_(http) {}
    net::TargetServices services() {
        return {http_, clock_, *sleeper_, [] { return 0.5; }};
    }

private:
    SystemClock clock_;
    net::HttpClient& http_;
    const std::unique_ptr<net::Sleeper> sleeper_ = net::make_sleeper();
};

/// Takes everything and keeps nothing.
class Nowhere final : public ingest::PageSink {
public:
    Result<void> page(const ingest::Page&) override { return {}; }
    Result<void> bad_record(const ingest::BadRecord&) override { return {}; }
    Result<void> checkpoint(const ingest::Checkpoint&) override { return {}; }
};

/// One way to read and to store nothing: always from the beginning.
class ReadingAlone {
public:
    ReadingAlone(
        const fs::path& folder, const Reading& reading, bool isolated, net::HttpClient& http
    )
        : outside_(http),
          source_(open_source(folder, "alone", reading, isolated, outside_.services())) {
        request_.stream = reading.stream;
    }
    void read() {
        Nowhere nowhere;
        const auto began = std::chrono::steady_clock::now();
        must(source_->read(request_, nowhere));
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        seconds_.push_back(took.count());
    }
    double seconds() const { return median(seconds_); }

private:
    Outside outside_;
    std::unique_ptr<ingest::Source> source_;
    ingest::ReadRequest request_;
    std::vector<double> seconds_;
};

/// One way to read, with a store of its own.
class Way {
public:
    Way(const fs::path& folder,
        const std::string& name,
        const Reading& reading,
        bool isolated,
        net::HttpClient& http)
        : outside_(http),
          store_(must(store::open_sqlite({folder / (name + ".db"), 64, false}))),
          environment_{*store_, policy_, clock_},
          source_(open_source(folder, name, reading, isolated, outside_.services())) {
        plan_.id = name;
        plan_.connector = "connector@0.1.0";
        for (const ingest::StreamInfo& stream : source_->streams()) {
            if (stream.name != reading.stream) continue;
            plan_.streams.push_back({stream, ticket_mapping(), "tickets.yaml@1a2b3c4d"});
        }
    }

    double read() {
        const Usage before = Usage::of(RUSAGE_SELF);
        const auto began = std::chrono::steady_clock::now();
        const auto report = must(ingest::run_connection(environment_, plan_, *source_));
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        usage_ += Usage::of(RUSAGE_SELF) - before;
        records_ += report.totals.records;
        for (const auto& failure : report.failures)
            std::fprintf(stderr, "%s\n", failure.error.text().c_str());
        return took.count();
    }
    std::int64_t records() const { return records_; }
    /// With that of its runner, which ends here.
    Usage end() {
        const Usage before = Usage::of(RUSAGE_CHILDREN);
        source_.reset();
        usage_ += Usage::of(RUSAGE_CHILDREN) - before;
        return usage_;
    }

private:
    SystemClock clock_;
    identity::Policy policy_;
    Outside outside_;
    std::unique_ptr<store::Store> store_;
    ingest::Environment environment_;
    std::unique_ptr<ingest::Source> source_;
    ingest::ConnectionPlan plan_;
    Usage usage_;
    std::int64_t records_ = 0;
};

void write_file(const fs::path& file, Synthetic& synthetic, std::int64_t from, std::int64_t count) {
    std::ofstream out(file, std::ios::binary);
    for (std::int64_t i = 0; i < count; ++i) out << synthetic.record(from + i).bytes << '\n';
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

void show_usage(const char* where, const Usage& usage, double records) {
    std::printf(
        "  %-22s %6.2f user, %6.2f system us a record; %7.2f faults, %6.2f switches a 1000\n",
        where,
        usage.user * 1e6 / records,
        usage.system * 1e6 / records,
        usage.faults * 1e3 / records,
        usage.switches * 1e3 / records
    );
}

/// `prepare` makes a round's records appear, `clear` takes them away.
template <typename Prepare, typename Clear>
void compare(
    const Options& options,
    const Reading& reading,
    const fs::path& folder,
    net::HttpClient& http,
    Prepare prepare,
    Clear clear
) {
    Way here(folder, std::string(reading.stream) + "-here", reading, false, http);
    Way apart(folder, std::string(reading.stream) + "-apart", reading, true, http);
    ReadingAlone here_alone(folder, reading, false, http), apart_alone(folder, reading, true, http);
    double here_seconds = 0, apart_seconds = 0;
    std::vector<double> ratios;
    for (std::int64_t round = 0; round < options.rounds; ++round) {
        prepare(round);
        // Whoever goes second finds everything in the cache: by turns.
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
        (round % 2 == 0 ? here_alone : apart_alone).read();
        (round % 2 == 0 ? apart_alone : here_alone).read();
        clear(round);
    }
    if (here.records() != apart.records()) std::fputs("they read different records\n", stderr);
    const auto records = static_cast<double>(here.records());
    const Usage here_usage = here.end(), apart_usage = apart.end();
    std::printf("  records %.0f, rounds %zu\n", records, ratios.size());
    shown("in this process", here_seconds * 1e6 / records, "us wall a record");
    shown("in a runner", apart_seconds * 1e6 / records, "us wall a record");
    const double each = records / static_cast<double>(options.rounds);
    shown("reading alone costs", here_alone.seconds() * 1e6 / each, "us wall a record, median");
    shown("and in a runner", apart_alone.seconds() * 1e6 / each, "us wall a record, median");
    show_usage("in this process", here_usage, records);
    show_usage("in a runner, both ends", apart_usage, records);
    at_most("runner against process", median(ratios), 1.05, "of wall, median");
    at_most(
        "runner against process",
        (apart_usage.user + apart_usage.system) / (here_usage.user + here_usage.system),
        1.05,
        "of CPU"
    );
}

int run(const Options& options) {
    const TempFolder folder;
    const std::int64_t each = options.records / options.rounds;
    std::puts("pages of an HTTP API, 200 records each");
    PagedSystem system;
    Synthetic tickets(options.records);
    compare(
        options,
        k_pages,
        folder.path,
        system,
        [&](std::int64_t round) { system.add(tickets, round * each, each); },
        [](std::int64_t) {}
    );
    std::puts("files, all of whose bytes cross");
    const auto file = [&](std::int64_t round) {
        return folder.path / "inbox" / (std::to_string(round) + ".jsonl");
    };
    Synthetic rows(options.records);
    compare(
        options,
        k_files,
        folder.path,
        system,
        [&](std::int64_t round) { write_file(file(round), rows, round * each, each); },
        [&](std::int64_t round) { fs::remove(file(round)); }
    );
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
