#include "crash_watch.hpp"

#include "touchline/base/log.hpp"

namespace touchline::host {

void CrashWatch::recall(const std::string& connection, const PluginFile& file) {
    const auto report = reports_.read(connection);
    if (!report) return;
    const auto digest = file.sha256();
    // Another build of the connector gets another chance.
    if (digest && digest_text(*digest) == report->file_digest)
        history_.recall(report->place, report->crashes);
}

std::optional<std::chrono::milliseconds> CrashWatch::wait(const Job& job) const {
    return history_.wait(job.instance.services().clock.steady());
}

Error CrashWatch::crashed(
    const Job& job, const PluginFile& file, const Occasion& occasion, Crash crash
) {
    const auto delay = history_.crashed(occasion.place(), job.instance.services().clock.steady());
    CrashReport report;
    report.connection = job.instance.id();
    report.connector = file.manifest().id;
    report.version = file.manifest().version;
    if (const auto digest = file.sha256()) report.file_digest = digest_text(*digest);
    report.place = occasion.place();
    report.operation = occasion.operation;
    report.state = occasion.state;
    report.how = crash.how;
    report.last_asked = std::move(crash.last_asked);
    report.printed = crash.printed;
    report.crashes = history_.crashes();
    report.at = job.instance.services().clock.now();
    reports_.write(report);
    log(LogLevel::error,
        "a connector crashed",
        {{"connection", report.connection},
         {"connector", report.connector},
         {"how", report.how},
         {"during", report.operation}});
    if (history_.is_suspended_at(report.place)) return words(job, occasion);
    Error error(
        crash.forbidden ? Code::denied : Code::retry, "the connector crashed: " + report.how
    );
    return std::move(error).after(delay);
}

std::optional<Error> CrashWatch::suspended(const Job& job, const Occasion& occasion) {
    if (!history_.is_suspended_at(occasion.place())) return std::nullopt;
    // Whoever takes the report away wants it to be tried again.
    if (reports_.path(job.instance.id()).empty() || reports_.has(job.instance.id()))
        return words(job, occasion);
    history_.forget();
    return std::nullopt;
}

Error CrashWatch::words(const Job& job, const Occasion& occasion) const {
    Error error(
        Code::config,
        "suspended: the connector crashed " + std::to_string(history_.most()) +
            " times at the same place (" + occasion.operation + ")"
    );
    const auto path = reports_.path(job.instance.id());
    if (path.empty()) return error;
    return std::move(error).cure(
        "Send " + path.string() + " to its author; then: touchline connections resume " +
        job.instance.id()
    );
}

}  // namespace touchline::host
