#include "touchline/ingest/connection_run.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/log.hpp"
#include "touchline/ingest/matching.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

/// A source that always says "more" without sending anything would run for ever.
constexpr int k_max_idle_reads = 3;

/// Tells the caller how far a run is; everything else goes straight through.
class ReportingSink final : public PageSink {
public:
    ReportingSink(Ingestor& ingestor, const RunOptions& options)
        : ingestor_(ingestor), options_(options) {}

    Result<void> page(const Page& page) override {
        if (options_.stop.stop_requested()) return Error(Code::cancelled, "stopped on request");
        TOUCHLINE_CHECK(ingestor_.page(page));
        if (options_.progress) options_.progress(ingestor_.totals());
        return {};
    }
    Result<void> bad_record(const BadRecord& record) override {
        return ingestor_.bad_record(record);
    }
    Result<void> checkpoint(const Checkpoint& checkpoint) override {
        TOUCHLINE_CHECK(ingestor_.checkpoint(checkpoint));
        if (options_.progress) options_.progress(ingestor_.totals());
        return {};
    }

private:
    Ingestor& ingestor_;
    const RunOptions& options_;
};

Result<void> read_stream(
    const Environment& environment,
    const ConnectionPlan& plan,
    const StreamInfo& stream,
    Source& source,
    Ingestor& ingestor,
    const RunOptions& options
) {
    ReportingSink sink(ingestor, options);
    const bool stays = options.stays && stream.live;
    int idle_reads = 0;
    while (true) {
        TOUCHLINE_TRY(const auto reader, environment.store.reader());
        TOUCHLINE_TRY(const store::Checkpoint checkpoint, reader->checkpoint(plan.id, stream.name));
        ReadRequest request;
        request.stream = stream.name;
        request.stays = stays;
        request.state_version = checkpoint.version;
        request.state = checkpoint.state;
        request.since = options.since;
        request.stop = options.stop;
        const Totals before = ingestor.totals();
        const auto end = source.read(request, sink);
        // Pages that came before a failure are good; the checkpoint that is with them makes the
        // next read go on there.
        TOUCHLINE_CHECK(ingestor.finish());
        if (!end) return end.error();
        if (*end == ReadEnd::end || stays) return {};
        idle_reads = ingestor.totals().records == before.records ? idle_reads + 1 : 0;
        if (idle_reads >= k_max_idle_reads) {
            return Error(
                Code::internal, "the connector says that there is more, but sends nothing"
            );
        }
    }
}

bool is_wanted(const RunOptions& options, const std::string& stream) {
    return options.streams.empty() ||
           std::find(options.streams.begin(), options.streams.end(), stream) !=
               options.streams.end();
}

/// What people look for first when a connection broke: what was different before.
std::string setup_of(const ConnectionPlan& plan) {
    json::Writer writer;
    writer.begin_object().member("connector", plan.connector);
    for (const StreamPlan& stream : plan.streams)
        writer.member("mapping of " + stream.info.name, stream.mapping_name);
    if (plan.settings) {
        const Digest settings = sha256(plan.settings->root().text());
        writer.member("settings", "sha256:" + to_hex(std::span(settings).first<4>()));
    }
    writer.member_unless_empty("department", plan.department).end_object();
    return writer.take();
}

store::Run run_of(
    const Environment& environment, const ConnectionPlan& plan, Time started, const Totals& totals
) {
    store::Run run;
    run.connection = plan.id;
    run.started_at = started;
    run.finished_at = environment.clock.now();
    run.records = totals.records;
    run.touchpoints = totals.touchpoints;
    run.dead_letters = totals.dead_letters;
    run.setup = setup_of(plan);
    return run;
}

Result<void> record_run(
    const Environment& environment,
    const ConnectionPlan& plan,
    Time started,
    const RunReport& report
) {
    store::Run run = run_of(environment, plan, started, report.totals);
    run.outcome = report.cancelled           ? "cancelled"
                  : !report.failures.empty() ? "failed"
                  : !report.waits.empty()    ? "waiting"
                                             : "ok";
    const auto say = [&run](const StreamFailure& what, std::string_view more) {
        run.error.append(run.error.empty() ? "" : "; ")
            .append(what.stream)
            .append(": ")
            .append(what.error.text())
            .append(more);
    };
    for (const StreamFailure& failure : report.failures) say(failure, "");
    for (const StreamFailure& wait : report.waits) {
        const auto delay = wait.error.retry_after().value_or(std::chrono::milliseconds(0));
        say(wait, "; goes on after " + format_rfc3339(environment.clock.now() + delay));
    }
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_CHECK(transaction->put_run(run));
    return transaction->commit();
}

}  // namespace

Result<RunReport> run_connection(
    const Environment& environment,
    const ConnectionPlan& plan,
    Source& source,
    const RunOptions& options
) {
    const Time started = options.started.value_or(environment.clock.now());
    Ingestor ingestor(environment, plan, options.batch);
    RunReport report;
    for (const StreamPlan& stream : plan.streams) {
        if (!is_wanted(options, stream.info.name)) continue;
        if (options.stop.stop_requested()) {
            report.cancelled = true;
            break;
        }
        auto read = read_stream(environment, plan, stream.info, source, ingestor, options);
        if (read) continue;
        if (read.error().code() == Code::cancelled) {
            report.cancelled = true;
            break;
        }
        if (read.error().code() == Code::rate_limited) {
            log(LogLevel::info,
                "stream waits",
                {{"connection", plan.id},
                 {"stream", stream.info.name},
                 {"reason", read.error().text()}});
            report.waits.push_back({stream.info.name, std::move(read).error()});
            continue;
        }
        log(LogLevel::warning,
            "stream failed",
            {{"connection", plan.id}, {"stream", stream.info.name}, {"error", read.error().text()}}
        );
        report.failures.push_back({stream.info.name, std::move(read).error()});
    }
    report.totals = ingestor.totals();
    // Also where nothing new came: the run before this one may have ended after its commit.
    TOUCHLINE_CHECK(match_due(environment, options.stop));
    TOUCHLINE_CHECK(record_run(environment, plan, started, report));
    return report;
}

Result<void> record_live(
    const Environment& environment, const ConnectionPlan& plan, Time started, const Totals& totals
) {
    store::Run run = run_of(environment, plan, started, totals);
    run.outcome = "live";
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const auto last, transaction->read().runs(plan.id, 1));
    // It has ended meanwhile.
    if (!last.empty() && last[0].started_at == started && last[0].outcome != run.outcome) return {};
    TOUCHLINE_CHECK(transaction->put_run(run));
    return transaction->commit();
}

Result<Totals> drain_inbox(
    const Environment& environment, const ConnectionPlan& plan, Source& source, std::stop_token stop
) {
    constexpr std::size_t k_at_once = 100;
    Ingestor ingestor(environment, plan);
    while (!stop.stop_requested()) {
        TOUCHLINE_TRY(auto reader, environment.store.reader());
        TOUCHLINE_TRY(const std::vector<store::InboxItem> items, reader->inbox(plan.id, k_at_once));
        reader.reset();
        if (items.empty()) break;
        for (const store::InboxItem& item : items) {
            ReceivedWebhook webhook;
            webhook.stream = item.stream;
            webhook.body = item.body;
            if (const auto headers = json::Document::parse(item.headers)) {
                for (const json::Member header : headers->root().members()) {
                    webhook.headers.emplace_back(header.key, header.value.as_string().value_or(""));
                }
            }
            const auto taken = source.webhook(webhook, ingestor);
            if (!taken) {
                const std::string reason = taken.error().text();
                TOUCHLINE_CHECK(ingestor.bad_record({item.stream, "", item.body, reason}));
            }
            ingestor.settles(item.key);
        }
        TOUCHLINE_CHECK(ingestor.finish());
    }
    TOUCHLINE_CHECK(match_due(environment, stop));
    return ingestor.totals();
}

Result<bool> retry_dead_letter(
    const Environment& environment, const ConnectionPlan& plan, store::DeadLetterKey key
) {
    TOUCHLINE_TRY(auto reader, environment.store.reader());
    TOUCHLINE_TRY(const auto letter, reader->dead_letter(key));
    if (!letter) return Error(Code::not_found, "there is no such dead letter");
    if (letter->connection != plan.id) {
        return Error(
            Code::conflict, "the dead letter is of " + letter->connection + ", not of " + plan.id
        );
    }
    TOUCHLINE_TRY(const std::string raw, reader->dead_letter_raw(key));
    reader.reset();
    Ingestor ingestor(environment, plan, {}, true);
    const Page page{letter->stream, raw, "", Format::json, model::Via::replay};
    TOUCHLINE_CHECK(ingestor.page(page));
    const bool good = ingestor.totals().dead_letters == 0;
    TOUCHLINE_CHECK(ingestor.finish());
    if (!good) return false;
    // One without an id was not cleared by its record.
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const auto still, transaction->read().dead_letter(key));
    if (still) TOUCHLINE_CHECK(transaction->drop_dead_letter(key));
    TOUCHLINE_CHECK(transaction->commit());
    return true;
}

}  // namespace touchline::ingest
