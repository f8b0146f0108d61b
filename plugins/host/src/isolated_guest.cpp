// A connector in a runner: starts it when there is something to do, watches it while it works, and
// decides what its end means.
#include "call_server.hpp"
#include "crash_history.hpp"
#include "crash_reports.hpp"
#include "guest.hpp"
#include "plugin_checks.hpp"
#include "runner_process.hpp"
#include "services.hpp"
#include "text_lines.hpp"
#include "walls.hpp"

#include "touchline/base/log.hpp"

#include <csignal>
#include <optional>

namespace touchline::host {
namespace {

using runner::Op;
using Steady = std::chrono::steady_clock;

constexpr std::string_view k_name = "touchline";
constexpr std::string_view k_version = "0.1.0";

/// What a call is, for the history of crashes and for people.
struct Occasion {
    std::string operation;  ///< "read tickets"
    std::string state;

    std::string place() const { return operation + ' ' + digest_text(sha256(state)); }
};

std::string seconds(std::chrono::milliseconds duration) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count()) + " s";
}

bool has_capability(const void* context, const std::string& id) {
    const auto found = static_cast<const runner::StartReport*>(context)->capabilities;
    if (id == TL_SOURCE_1) return (found & runner::k_source) != 0;
    if (id == TL_DESTINATION_1) return (found & runner::k_destination) != 0;
    if (id == TL_ENRICHER_1) return (found & runner::k_enricher) != 0;
    return false;
}

class IsolatedGuest final : public Guest {
public:
    IsolatedGuest(std::shared_ptr<const PluginFile> file, Isolation isolation)
        : file_(std::move(file)),
          isolation_(std::move(isolation)),
          reports_(isolation_.crash_reports) {}

    const Manifest& manifest() const override { return file_->manifest(); }
    bool takes_webhooks() const override { return (report_.capabilities & runner::k_webhook) != 0; }

    tl_status create(Job& job, std::string_view settings) override {
        settings_ = settings;
        recall(job);
        return ensure(job);
    }
    tl_status check(Job& job) override { return call(job, {"check", ""}, Op::check, {}); }
    tl_status read(Job& job, const tl_read& args) override;
    tl_status webhook(Job& job, const tl_webhook& args) override;
    tl_status write(Job& job, const tl_batch& batch) override;

private:
    tl_status call(Job& job, const Occasion& occasion, Op op, std::string_view payload);
    tl_status ensure(Job& job);
    Result<void> start(Job& job);
    /// Nothing: the runner had ended before it took the call, as there was nothing to do.
    std::optional<tl_status> converse(
        Job& job, const Occasion& occasion, Op op, std::string_view payload
    );
    tl_status crashed(
        Job& job, const Occasion& occasion, const CallServer& server, std::string how
    );
    void recall(Job& job);
    bool is_suspended(const Job& job, const Occasion& occasion);
    Error suspended(const Job& job, const Occasion& occasion) const;

    std::shared_ptr<const PluginFile> file_;
    const Isolation isolation_;
    const CrashReports reports_;
    CrashHistory history_;
    std::string settings_;
    runner::StartReport report_;
    std::shared_ptr<RunnerProcess> process_;
    std::uint32_t calls_ = 0;
};

tl_status IsolatedGuest::read(Job& job, const tl_read& args) {
    std::string payload;
    runner::Writer<std::string>(payload)
        .number(args.state_version)
        .text(args.stream)
        .text(args.state)
        .number(args.since_unix_ms)
        .number(args.until_unix_ms);
    const Occasion occasion{
        "read " + std::string(view(args.stream)), std::string(view(args.state))};
    return call(job, occasion, Op::read, payload);
}

tl_status IsolatedGuest::webhook(Job& job, const tl_webhook& args) {
    std::string payload;
    runner::Writer<std::string>(payload)
        .text(args.stream)
        .pairs(args.headers, args.header_count)
        .number(args.body);
    const auto body = job.bodies.find(args.body);
    const Occasion occasion{
        "webhook " + std::string(view(args.stream)), body ? (*body)->bytes : std::string()};
    return call(job, occasion, Op::webhook, payload);
}

tl_status IsolatedGuest::write(Job& job, const tl_batch& batch) {
    std::string payload;
    runner::Writer<std::string> out(payload);
    out.number(batch.count);
    for (std::uint64_t i = 0; i < batch.count; ++i) {
        const tl_record& record = batch.records[i];
        out.text(record.id).text(record.subject).text(record.type);
        out.number(record.body).number(record.body_bytes);
    }
    const Occasion occasion{
        "write", batch.count == 0 ? std::string() : std::string(view(batch.records[0].id))};
    return call(job, occasion, Op::write, payload);
}

tl_status IsolatedGuest::call(Job& job, const Occasion& occasion, Op op, std::string_view payload) {
    if (is_suspended(job, occasion)) return job.lose(suspended(job, occasion));
    if (process_) {
        if (const auto status = converse(job, occasion, op, payload)) return *status;
    }
    if (const tl_status status = ensure(job); status != TL_OK) return status;
    // One that has just started has no reason to be idle.
    return converse(job, occasion, op, payload).value_or(TL_UNAVAILABLE);
}

tl_status IsolatedGuest::ensure(Job& job) {
    if (process_) return TL_OK;
    if (const auto wait = history_.wait(job.instance.services().clock.steady())) {
        return job.lose(Error(
                            Code::retry,
                            "the connector has crashed and is started again in " + seconds(*wait)
        )
                            .after(*wait));
    }
    if (auto started = start(job); !started) {
        process_.reset();
        return job.lose(std::move(started).error());
    }
    std::string payload;
    runner::Writer<std::string>(payload).text(settings_);
    const tl_status created =
        converse(job, {"create", settings_}, Op::create, payload).value_or(TL_UNAVAILABLE);
    if (created != TL_OK) process_.reset();
    return created;
}

Result<void> IsolatedGuest::start(Job& job) {
    TOUCHLINE_TRY(
        process_, RunnerProcess::spawn(isolation_.runner, job.instance.id(), file_->descriptor())
    );
    runner::StartOrder order;
    order.protocol = runner::k_protocol;
    order.services = (manifest().targets.empty() ? 0U : runner::k_http_service) |
                     (job.instance.files() ? runner::k_file_service : 0U);
    order.threads = manifest().needs_that("threads") ? 1 : 0;
    order.idle_ms = static_cast<std::int32_t>(isolation_.limits.idle.count());
    order.memory_bytes = isolation_.limits.memory_bytes;
    order.host_name = str(k_name);
    order.host_version = str(k_version);
    auto report = start_runner(*process_, order, isolation_.limits.start);
    if (!report) return std::move(report).error().at({file_->path().string(), 0, 0});
    report_ = *std::move(report);
    TOUCHLINE_CHECK(check_walls(isolation_.require, report_));
    TableFacts facts{report_.abi_major, report_.abi_minor_needed, report_.id, report_.version};
    facts.context = &report_;
    facts.has_capability = &has_capability;
    auto agreed = agrees(facts, manifest());
    return agreed ? Result<void>()
                  : Result<void>(std::move(agreed).error().at({file_->path().string(), 0, 0}));
}

std::optional<tl_status> IsolatedGuest::converse(
    Job& job, const Occasion& occasion, Op op, std::string_view payload
) {
    const RunnerLimits& limits = isolation_.limits;
    // Whatever becomes of the runner, it is there until the last who uses it here is gone.
    const std::shared_ptr<RunnerProcess> kept = process_;
    RunnerProcess& process = *kept;
    const std::uint32_t number = ++calls_;
    CallServer server(job, process);
    process.words().cancelled = 0;
    const std::stop_callback on_stop(job.stop, [&process] {
        process.words().cancelled = 1;
        process.wake();
    });
    const auto began = Steady::now();
    const auto processor_before = process.processor_time();
    const bool sent = bool(process.send(op, number, payload));
    bool heard = false;
    auto until = std::min(began + limits.silence, began + limits.call);
    while (true) {
        FromRunner message;
        const Waited waited = sent ? process.wait(until, message) : Waited::gone;
        const auto now = Steady::now();
        const bool stopped = job.stop.stop_requested();
        if (waited == Waited::woken) {
            if (stopped) until = std::min(until, now + limits.grace);
            continue;
        }
        if (waited == Waited::late && stopped) {
            process_.reset();
            return TL_CANCELLED;
        }
        if (waited == Waited::late) {
            return crashed(
                job,
                occasion,
                server,
                now >= began + limits.call ? "one call took longer than " + seconds(limits.call)
                                           : "it did nothing for " + seconds(limits.silence)
            );
        }
        if (waited == Waited::gone) {
            const RunnerProcess::End& end = process.end();
            if (end.idle && !heard) {
                process_.reset();
                return std::nullopt;
            }
            return crashed(job, occasion, server, end.words);
        }
        if (waited == Waited::senseless || message.call != number)
            return crashed(job, occasion, server, "it sent a message that makes no sense");
        heard = true;
        if (process.processor_time() - processor_before > limits.processor) {
            return crashed(
                job,
                occasion,
                server,
                "one call used more than " + seconds(limits.processor) + " of processor time"
            );
        }
        if (message.op == Op::returned) {
            runner::Reader in(message.payload);
            const auto status = in.number<tl_status>();
            if (!in.complete())
                return crashed(job, occasion, server, "it sent a message that makes no sense");
            if (op != Op::create) history_.survived(occasion.place());
            return status;
        }
        if (!server.answer(message)) {
            // Whoever died while we answered shows in the next wait.
            if (process.is_running())
                return crashed(job, occasion, server, "it sent a message that makes no sense");
        }
        const auto after = Steady::now();
        until = std::min(after + (stopped ? limits.grace : limits.silence), began + limits.call);
    }
}

tl_status IsolatedGuest::crashed(
    Job& job, const Occasion& occasion, const CallServer& server, std::string how
) {
    const RunnerProcess::End& end = process_->end();
    const bool forbidden = end.signal == SIGSYS;
    if (forbidden) how = "it did what its sandbox forbids";
    const auto delay = history_.crashed(occasion.place(), job.instance.services().clock.steady());
    CrashReport report;
    report.connection = job.instance.id();
    report.connector = manifest().id;
    report.version = manifest().version;
    if (const auto digest = file_->sha256()) report.file_digest = digest_text(*digest);
    report.place = occasion.place();
    report.operation = occasion.operation;
    report.state = occasion.state;
    report.how = how;
    report.last_asked = server.last_asked();
    report.printed = process_->printed();
    report.crashes = history_.crashes();
    report.at = job.instance.services().clock.now();
    reports_.write(report);
    process_.reset();
    log(LogLevel::error,
        "a connector crashed",
        {{"connection", report.connection},
         {"connector", report.connector},
         {"how", how},
         {"during", report.operation}});
    if (history_.is_suspended_at(report.place)) return job.lose(suspended(job, occasion));
    Error error(forbidden ? Code::denied : Code::retry, "the connector crashed: " + how);
    return job.lose(std::move(error).after(delay));
}

void IsolatedGuest::recall(Job& job) {
    const auto report = reports_.read(job.instance.id());
    if (!report) return;
    const auto digest = file_->sha256();
    // Another build of the connector gets another chance.
    if (digest && digest_text(*digest) == report->file_digest)
        history_.recall(report->place, report->crashes);
}

bool IsolatedGuest::is_suspended(const Job& job, const Occasion& occasion) {
    if (!history_.is_suspended_at(occasion.place())) return false;
    // Whoever takes the report away wants it to be tried again.
    if (isolation_.crash_reports.empty() || reports_.has(job.instance.id())) return true;
    history_.forget();
    return false;
}

Error IsolatedGuest::suspended(const Job& job, const Occasion& occasion) const {
    Error error(
        Code::config,
        "suspended: the connector crashed " + std::to_string(CrashHistory::k_most_at_one_place) +
            " times at the same place (" + occasion.operation + ")"
    );
    const auto path = reports_.path(job.instance.id());
    if (path.empty()) return error;
    return std::move(error).cure(
        "Send " + path.string() + " to its author; then: touchline connections resume " +
        job.instance.id()
    );
}

}  // namespace

std::unique_ptr<Guest> make_isolated_guest(
    std::shared_ptr<const PluginFile> file, Isolation isolation
) {
    return std::make_unique<IsolatedGuest>(std::move(file), std::move(isolation));
}

}  // namespace touchline::host
