#include "touchline/ingest/connection_run.hpp"

#include "run_record.hpp"

#include "touchline/base/log.hpp"
#include "touchline/ingest/matching.hpp"
#include "touchline/json/view.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

/// A source that always says "more" without sending anything would run for ever.
constexpr int k_max_idle_reads = 3;

using Progress = std::function<Result<void>()>;

/// One read of a stream until its end, until somebody stops it, or until it gives way: at a
/// checkpoint that leads further than where the read began, so that each turn gets somewhere.
class Turn final : public PageSink {
public:
    Turn(
        Ingestor& ingestor,
        const RunOptions& options,
        const Progress& progress,
        const store::Checkpoint& from
    )
        : ingestor_(ingestor), options_(options), progress_(progress), from_(from.state) {}

    Result<void> page(const Page& page) override {
        if (token().stop_requested()) return Error(Code::cancelled, "stopped on request");
        TOUCHLINE_CHECK(ingestor_.page(page));
        return progress_();
    }
    Result<void> bad_record(const BadRecord& record) override {
        return ingestor_.bad_record(record);
    }
    Result<void> checkpoint(const Checkpoint& checkpoint) override {
        TOUCHLINE_CHECK(ingestor_.checkpoint(checkpoint));
        TOUCHLINE_CHECK(progress_());
        if (gave_way_ || !options_.gives_way || checkpoint.state == from_) return {};
        if (!options_.gives_way()) return {};
        gave_way_ = true;
        over_.request_stop();
        return {};
    }

    std::stop_token token() const { return over_.get_token(); }
    bool gave_way() const { return gave_way_; }

private:
    Ingestor& ingestor_;
    const RunOptions& options_;
    const Progress& progress_;
    const std::string from_;
    std::stop_source over_;
    const std::stop_callback<std::function<void()>> forward_{
        options_.stop, [this] { over_.request_stop(); }};
    bool gave_way_ = false;
};

enum class StreamEnd { end, gave_way };

Result<StreamEnd> read_stream(
    const Environment& environment,
    const ConnectionPlan& plan,
    const StreamPlan& planned,
    Source& source,
    Ingestor& ingestor,
    const RunOptions& options,
    const Progress& progress
) {
    const StreamInfo& stream = planned.info;
    const bool stays = options.stays && stream.live;
    int idle_reads = 0;
    while (true) {
        TOUCHLINE_TRY(const auto reader, environment.store.reader());
        TOUCHLINE_TRY(const store::Checkpoint checkpoint, reader->checkpoint(plan.id, stream.name));
        Turn turn(ingestor, options, progress, checkpoint);
        ReadRequest request;
        request.stream = stream.name;
        request.stays = stays;
        request.state_version = checkpoint.version;
        request.state = checkpoint.state;
        request.since = options.since ? options.since : planned.since;
        request.stop = turn.token();
        const Totals before = ingestor.totals();
        const auto end = source.read(request, turn);
        // Pages that came before a failure are good; the checkpoint that is with them makes the
        // next read go on there.
        TOUCHLINE_CHECK(ingestor.finish());
        const bool is_done = end && (*end == ReadEnd::end || stays);
        if (is_done) return StreamEnd::end;
        if (turn.gave_way() && !options.stop.stop_requested()) return StreamEnd::gave_way;
        if (!end) return end.error();
        idle_reads = ingestor.totals().records == before.records ? idle_reads + 1 : 0;
        if (idle_reads >= k_max_idle_reads) {
            return Error(
                Code::internal, "the connector says that there is more, but sends nothing"
            );
        }
    }
}

/// In the order in which they are asked for, which is the plan's where none are.
std::vector<std::string> wanted_of(const ConnectionPlan& plan, const RunOptions& options) {
    std::vector<std::string> wanted;
    if (options.streams.empty()) {
        for (const StreamPlan& stream : plan.streams) wanted.push_back(stream.info.name);
    }
    for (const std::string& name : options.streams) {
        if (plan.stream(name) != nullptr) wanted.push_back(name);
    }
    return wanted;
}

void note_fault(
    RunReport& report,
    const std::string& connection,
    const std::string& stream,
    Error error,
    Time now
) {
    if (error.code() == Code::rate_limited) {
        log(LogLevel::info,
            "stream waits",
            {{"connection", connection}, {"stream", stream}, {"reason", error.text()}});
        report.waits.push_back({stream, std::move(error), now});
        return;
    }
    log(LogLevel::warning,
        "stream failed",
        {{"connection", connection}, {"stream", stream}, {"error", error.text()}});
    report.failures.push_back({stream, std::move(error), now});
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
    RunReport report = options.earlier ? *options.earlier : RunReport();
    report.left = wanted_of(plan, options);
    RunRecord record(environment, plan, started);
    const Progress progress = [&]() -> Result<void> {
        if (options.progress) options.progress(ingestor.totals());
        if (options.stays || !record.is_due()) return {};
        RunReport so_far = report;
        so_far.totals += ingestor.totals();
        return record.put(so_far);
    };
    while (!report.left.empty()) {
        if (options.stop.stop_requested()) {
            report.cancelled = true;
            break;
        }
        const StreamPlan& stream = *plan.stream(report.left.front());
        auto read = read_stream(environment, plan, stream, source, ingestor, options, progress);
        if (read && *read == StreamEnd::gave_way) break;
        if (!read && read.error().code() == Code::cancelled) {
            report.cancelled = true;
            break;
        }
        report.left.erase(report.left.begin());
        if (read) continue;
        const Time now = environment.clock.now();
        note_fault(report, plan.id, stream.info.name, std::move(read).error(), now);
    }
    if (report.cancelled) report.left.clear();
    report.totals += ingestor.totals();
    // Also where nothing new came: the run before this one may have ended after its commit.
    TOUCHLINE_CHECK(match_due(environment, options.stop));
    TOUCHLINE_CHECK(record.put(report));
    return report;
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
