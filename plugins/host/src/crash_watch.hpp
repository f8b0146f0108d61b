// What the crashes of one connection's connector lead to: waiting, a report for its author, and in
// the end suspension, until somebody takes the report away.
#pragma once

#include "crash_history.hpp"
#include "crash_reports.hpp"
#include "job.hpp"
#include "occasion.hpp"

#include "touchline/host/isolation.hpp"
#include "touchline/host/plugin_file.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::host {

class CrashWatch {
public:
    explicit CrashWatch(const Isolation& isolation)
        : history_(isolation.limits.crashes), reports_(isolation.crash_reports) {}

    /// What an earlier process has seen of this file.
    void recall(const std::string& connection, const PluginFile& file);
    /// How long to wait still before the connector is started again.
    std::optional<std::chrono::milliseconds> wait(const Job& job) const;
    void survived(const Occasion& occasion) { history_.survived(occasion.place()); }
    /// Another build gets another chance.
    void forget() { history_.forget(); }

    /// How a runner ended, as far as the host knows.
    struct Crash {
        std::string how;  ///< "it was killed by signal 11 (Segmentation fault)"
        bool forbidden = false;
        std::string last_asked;
        std::string_view printed;
    };
    /// Reports it, and says what the caller gets to hear.
    Error crashed(const Job& job, const PluginFile& file, const Occasion& occasion, Crash crash);
    /// The error of a connection that does not go on at this occasion.
    std::optional<Error> suspended(const Job& job, const Occasion& occasion);

private:
    Error words(const Job& job, const Occasion& occasion) const;

    CrashHistory history_;
    const CrashReports reports_;
};

}  // namespace touchline::host
