#include "replay_progress.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

std::string duration_text(std::int64_t seconds) {
    if (seconds < 90) return std::to_string(seconds) + " s";
    if (seconds < 5400) return std::to_string((seconds + 30) / 60) + " min";
    return std::to_string((seconds + 1800) / 3600) + " h";
}

}  // namespace

std::string summary_of(const store::Replay& replay) {
    const store::ReplayCounts& counts = replay.counts;
    return counted(counts.records, "record") + ": " + counted(counts.changed, "touchpoint") +
           " changed, " + std::to_string(counts.added) + " new, " + std::to_string(counts.removed) +
           " lost; " + counted(counts.mended, "dead letter") + " mended, " +
           std::to_string(counts.failed) + " new";
}

void ReplayProgress::show(const store::Replay& replay) {
    const std::int64_t done = replay.counts.records;
    if (first_ < 0) {
        // The first commit is behind us when this is first called.
        first_ = done;
        began_ = clock_.steady();
    }
    const std::chrono::duration<double> took = clock_.steady() - began_;
    std::string line = std::to_string(done) + " of " + std::to_string(replay.total) + " records";
    const double rate = took.count() > 0 ? static_cast<double>(done - first_) / took.count() : 0;
    if (rate >= 1) {
        const auto left = static_cast<double>(std::max<std::int64_t>(0, replay.total - done));
        line += ", " + std::to_string(static_cast<std::int64_t>(rate)) + "/s, " +
                duration_text(static_cast<std::int64_t>(left / rate)) + " left";
    }
    terminal_.progress(line);
}

}  // namespace touchline::app
