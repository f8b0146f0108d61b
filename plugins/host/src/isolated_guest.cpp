// A connector in a runner: starts it when there is something to do, watches it while it works, and
// decides what its end means.
#include "conversation.hpp"
#include "crash_watch.hpp"
#include "guest.hpp"
#include "plugin_checks.hpp"
#include "services.hpp"
#include "walls.hpp"

#include "touchline/base/log.hpp"

#include <csignal>
#include <optional>

namespace touchline::host {
namespace {

using runner::Op;

constexpr std::string_view k_name = "touchline";
constexpr std::string_view k_version = "0.1.0";
/// For one call: a runner may go idle at the very moment that it is needed, but not again and
/// again.
constexpr int k_most_starts = 3;

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
        : file_(std::move(file)), isolation_(std::move(isolation)), crashes_(isolation_) {}

    const Manifest& manifest() const override { return file_->manifest(); }
    bool takes_webhooks() const override { return (report_.capabilities & runner::k_webhook) != 0; }

    tl_status create(Job& job, std::string_view settings) override {
        settings_ = settings;
        crashes_.recall(job.instance.id(), *file_);
        return ensure(job);
    }
    tl_status check(Job& job) override { return call(job, {"check", ""}, Op::check, {}); }
    tl_status read(Job& job, const tl_read& args) override;
    tl_status webhook(Job& job, const tl_webhook& args) override;
    tl_status write(Job& job, const tl_batch& batch) override {
        return call(job, "write", Op::write, batch);
    }
    tl_status enrich(Job& job, const tl_batch& batch) override {
        return call(job, "enrich", Op::enrich, batch);
    }

private:
    tl_status call(Job& job, const char* operation, Op op, const tl_batch& batch);
    tl_status call(Job& job, const Occasion& occasion, Op op, std::string_view payload);
    Result<void> renew();
    tl_status ensure(Job& job);
    Result<void> start(Job& job);
    /// Nothing: the runner had ended before it took the call, as there was nothing to do.
    std::optional<tl_status> converse(
        Job& job, const Occasion& occasion, Op op, std::string_view payload
    );
    Error crashed(
        const Job& job, const Occasion& occasion, std::string last_asked, std::string how
    );

    std::shared_ptr<const PluginFile> file_;
    const Isolation isolation_;
    CrashWatch crashes_;
    std::string settings_;
    runner::StartReport report_;
    std::unique_ptr<RunnerProcess> process_;
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
    const std::string state(view(args.state));
    const Occasion occasion{"read " + std::string(view(args.stream)), state, state};
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

tl_status IsolatedGuest::call(Job& job, const char* operation, Op op, const tl_batch& batch) {
    std::string payload;
    runner::Writer<std::string> out(payload);
    out.number(batch.count);
    for (std::uint64_t i = 0; i < batch.count; ++i) {
        const tl_record& record = batch.records[i];
        out.text(record.id).text(record.subject).text(record.type);
        out.number(record.body).number(record.body_bytes);
    }
    const Occasion occasion{
        operation, batch.count == 0 ? std::string() : std::string(view(batch.records[0].id))};
    return call(job, occasion, op, payload);
}

tl_status IsolatedGuest::call(Job& job, const Occasion& occasion, Op op, std::string_view payload) {
    if (auto error = crashes_.suspended(job, occasion)) return job.lose(*std::move(error));
    if (auto renewed = renew(); !renewed) return job.lose(std::move(renewed).error());
    for (int i = 0; i < k_most_starts; ++i) {
        if (const tl_status status = ensure(job); status != TL_OK) return status;
        if (const auto status = converse(job, occasion, op, payload)) return *status;
    }
    return job.lose(Error(Code::retry, "the connector's runner ends as soon as it has started"));
}

/// Where another file has taken the connector's name, the next call goes to a runner of that one;
/// the old runner has answered its last. What does not fit the connection as it was opened waits
/// for a restart, and the old file goes on.
Result<void> IsolatedGuest::renew() {
    const PluginFile::Now now = file_->now();
    if (now == PluginFile::Now::same) return {};
    auto next = PluginFile::open(file_->path());
    if (next && (*next)->manifest().stands_in_for(manifest())) {
        log(LogLevel::info,
            "a connector is renewed",
            {{"connector", manifest().id},
             {"from", manifest().version},
             {"to", (*next)->manifest().version}});
        file_ = *std::move(next);
        process_.reset();
        crashes_.forget();
        return {};
    }
    if (now == PluginFile::Now::replaced) return {};
    if (!next) return std::move(next).error();
    return Error(Code::config, "the connector's file was changed, and no longer fits")
        .at({file_->path().string(), 0, 0})
        .cure("Restart Touchline to take the new one.");
}

tl_status IsolatedGuest::ensure(Job& job) {
    if (process_) return TL_OK;
    if (const auto wait = crashes_.wait(job)) {
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
    const Instance& instance = job.instance;
    order.services = (instance.has_targets() ? runner::k_http_service : 0U) |
                     (instance.files() ? runner::k_file_service : 0U) |
                     (instance.has_stream_targets() ? runner::k_stream_service : 0U) |
                     (instance.has_row_targets() ? runner::k_rows_service : 0U);
    order.threads = manifest().needs_that("threads") ? 1 : 0;
    order.idle_ms = static_cast<std::int32_t>(isolation_.limits.idle.count());
    order.memory_bytes = isolation_.limits.memory_bytes;
    order.host_name = str(k_name);
    order.host_version = str(k_version);
    auto report = start_runner(*process_, order, isolation_.limits.start);
    if (!report) return std::move(report).error().at({file_->path().string(), 0, 0});
    report_ = *std::move(report);
    TOUCHLINE_CHECK(check_walls(isolation_.require, report_));
    if (order.threads == 0) process_->share_processor();
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
    Conversation::Outcome outcome;
    std::string last_asked;
    {
        Conversation conversation(job, *process_, isolation_.limits, ++calls_);
        outcome = conversation.hold(op, payload);
        last_asked = conversation.last_asked();
    }
    if (outcome.end == Conversation::End::returned) {
        if (op != Op::create) crashes_.survived(occasion);
        return outcome.status;
    }
    if (outcome.end == Conversation::End::crashed)
        return job.lose(crashed(job, occasion, std::move(last_asked), std::move(outcome.how)));
    process_.reset();
    if (outcome.end == Conversation::End::idle) return std::nullopt;
    return TL_CANCELLED;
}

Error IsolatedGuest::crashed(
    const Job& job, const Occasion& occasion, std::string last_asked, std::string how
) {
    const bool forbidden = process_->end().signal == SIGSYS;
    if (forbidden) how = "it did what its sandbox forbids";
    Error error = crashes_.crashed(
        job,
        *file_,
        occasion,
        {std::move(how), forbidden, std::move(last_asked), process_->printed()}
    );
    process_.reset();
    return error;
}

}  // namespace

std::unique_ptr<Guest> make_isolated_guest(
    std::shared_ptr<const PluginFile> file, Isolation isolation
) {
    return std::make_unique<IsolatedGuest>(std::move(file), std::move(isolation));
}

}  // namespace touchline::host
