#include "reading.hpp"

#include "touchline/base/digest.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace touchline::integration {

namespace {

/// Gathers a reading; what came after the last checkpoint is in it once the read has ended well.
struct ReadingSink {
    ReadingSink(const ingest::Source& source, std::string of_stream, Point from)
        : stream(std::move(of_stream)), sink(source) {
        reading.last = std::move(from);
        sink.reached = [this](const std::string&, Point reached) {
            take();
            reading.last = std::move(reached);
            if (keep_all) reading.checkpoints.emplace_back(reading.last, reading.records);
            if (on_checkpoint) on_checkpoint();
        };
    }
    void take() {
        for (auto& [id, text] : sink.pending[stream]) reading.records[id] = std::move(text);
        sink.pending.clear();
    }

    const std::string stream;
    RecordSink sink;
    Reading reading;
    bool keep_all = true;
    std::function<void()> on_checkpoint;
};

ingest::ReadRequest request_of(const std::string& stream, const Point& from) {
    ingest::ReadRequest request;
    request.stream = stream;
    request.state_version = from.version;
    request.state = from.state;
    return request;
}

/// Version, state and records in one file, which is there whole or not at all.
void store(const std::filesystem::path& file, const Reading& reading) {
    const std::filesystem::path fresh = file.string() + ".new";
    {
        std::ofstream out(fresh, std::ios::binary);
        out << reading.last.version << ' ' << to_base64(reading.last.state) << ".\n";
        for (const auto& [id, text] : reading.records)
            out << to_base64(id) << ' ' << to_base64(text) << '\n';
    }
    std::filesystem::rename(fresh, file);
}

Reading load(const std::filesystem::path& file) {
    Reading reading;
    std::ifstream in(file, std::ios::binary);
    std::string state, id, text;
    if (!(in >> reading.last.version >> state)) return reading;
    state.pop_back();
    reading.last.state = from_base64(state).value_or("");
    while (in >> id >> text)
        reading.records[from_base64(id).value_or("")] = from_base64(text).value_or("");
    return reading;
}

/// In the child: reads on, and stores at each checkpoint. Its exit code.
int read_and_store(
    const std::function<Result<std::unique_ptr<ConnectorBench>>()>& open,
    const std::string& stream,
    const std::filesystem::path& file
) {
    auto bench = open();
    if (!bench) return 3;
    ingest::Source& source = (*bench)->source();
    Reading stored = load(file);
    ReadingSink gathered(source, stream, stored.last);
    gathered.reading = std::move(stored);
    gathered.keep_all = false;
    gathered.on_checkpoint = [&] { store(file, gathered.reading); };
    const auto end = source.read(request_of(stream, gathered.reading.last), gathered.sink);
    if (end) return *end == ingest::ReadEnd::end ? 0 : 1;
    std::ofstream(file.string() + ".error") << end.error().text();
    return 2;
}

}  // namespace

Result<Reading> read(ingest::Source& source, const std::string& stream, const Point& from) {
    ReadingSink gathered(source, stream, from);
    while (true) {
        TOUCHLINE_TRY(
            const auto end, source.read(request_of(stream, gathered.reading.last), gathered.sink)
        );
        gathered.take();
        if (end == ingest::ReadEnd::end) return std::move(gathered.reading);
    }
}

Result<Reading> stay(
    ingest::Source& source,
    const std::string& stream,
    const Point& from,
    const std::function<bool(const Reading&)>& until
) {
    ReadingSink gathered(source, stream, from);
    std::stop_source stop;
    gathered.on_checkpoint = [&] {
        if (until(gathered.reading)) stop.request_stop();
    };
    ingest::ReadRequest request = request_of(stream, from);
    request.stays = true;
    request.stop = stop.get_token();
    const auto end = source.read(request, gathered.sink);
    if (!end && end.error().code() != Code::cancelled) return end.error();
    return std::move(gathered.reading);
}

Result<KilledReading> read_with_kills(
    const std::function<Result<std::unique_ptr<ConnectorBench>>()>& open,
    const std::string& stream,
    std::optional<Reading> from
) {
    constexpr int k_most_kills = 25;
    std::string folder =
        (std::filesystem::temp_directory_path() / "touchline-kill-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return Error(Code::unavailable, "no folder");
    const std::filesystem::path file = std::filesystem::path(folder) / "store";
    if (from) store(file, *from);
    // The same moments in every run of the test, as far as the machine allows.
    std::mt19937 random(20260101);
    KilledReading result;
    int code = -1;
    for (int attempt = 0; code != 0; ++attempt) {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(read_and_store(open, stream, file));
        int status = 0;
        if (attempt < k_most_kills) {
            ::usleep(static_cast<useconds_t>(random() % 150'000));
            ::kill(child, SIGKILL);
        }
        ::waitpid(child, &status, 0);
        if (WIFSIGNALED(status)) {
            ++result.killed;
            continue;
        }
        code = WEXITSTATUS(status);
        if (code > 1) {
            std::ifstream in(file.string() + ".error");
            std::stringstream text;
            text << in.rdbuf();
            return Error(Code::internal, "a read has failed: " + text.str());
        }
    }
    result.records = load(file).records;
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return result;
}

}  // namespace touchline::integration
