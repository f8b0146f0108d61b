#include "touchline/ingest/replay.hpp"

#include "commit_pass.hpp"
#include "dead_letter.hpp"
#include "doubts.hpp"

#include "touchline/ingest/connection_run.hpp"
#include "touchline/ingest/matching.hpp"
#include "touchline/mapping/expression.hpp"

#include <algorithm>
#include <map>

namespace touchline::ingest {
namespace {

constexpr std::size_t k_bytes_at_once = 8U << 20;
constexpr std::size_t k_letters_at_once = 200;
constexpr std::size_t k_looked_at = 50;

bool is_over(const store::Replay& replay) {
    return replay.state == store::ReplayState::done ||
           replay.state == store::ReplayState::cancelled;
}

Result<store::Replay> open_replay(store::Reader& reader, store::ReplayKey key) {
    TOUCHLINE_TRY(auto replay, reader.replay(key));
    if (!replay) return Error(Code::not_found, "there is no such replay");
    if (is_over(*replay)) return Error(Code::conflict, "the replay is over");
    return std::move(*replay);
}

/// JMESPath's falsehoods.
bool is_true(std::string_view json) {
    return json != "false" && json != "null" && json != "\"\"" && json != "[]" && json != "{}";
}

void add(store::ReplayCounts& counts, const store::ReplayCounts& more) {
    counts.added += more.added;
    counts.changed += more.changed;
    counts.removed += more.removed;
    counts.mended += more.mended;
    counts.failed += more.failed;
}

class Replaying {
public:
    Replaying(
        const Environment& environment,
        Plans plans,
        store::Replay replay,
        std::optional<mapping::Expression> where,
        const ReplayOptions& options
    )
        : environment_(environment),
          options_(options),
          where_(std::move(where)),
          replay_(std::move(replay)) {
        for (const ConnectionPlan* plan : plans) plans_.emplace(plan->id, plan);
    }

    Result<store::Replay> run() {
        while (true) {
            if (options_.stop.stop_requested()) return replay_;
            TOUCHLINE_TRY(const auto records, next());
            if (records.empty()) break;
            TOUCHLINE_CHECK(commit(records));
            if (is_over(replay_)) return replay_;
            if (options_.progress) options_.progress(replay_);
        }
        TOUCHLINE_CHECK(retry_letters());
        TOUCHLINE_CHECK(settle_doubts(environment_, options_.stop));
        TOUCHLINE_CHECK(match_due(environment_, options_.stop));
        if (options_.stop.stop_requested()) return replay_;
        return finish();
    }

private:
    /// In a snapshot of its own: a long one would keep the store's log from shrinking.
    Result<std::vector<store::StoredRecord>> next() {
        TOUCHLINE_TRY(const auto reader, environment_.store.reader());
        return reader->stored_records(
            replay_.selection, replay_.after, options_.records_per_commit, k_bytes_at_once
        );
    }

    Result<void> commit(const std::vector<store::StoredRecord>& records) {
        std::map<std::string_view, Batch> batches;
        for (const store::StoredRecord& record : records) read(record, batches);
        TOUCHLINE_TRY(const auto transaction, environment_.store.begin());
        // Somebody may have ended it meanwhile.
        TOUCHLINE_TRY(const auto kept, transaction->read().replay(replay_.key));
        if (kept && is_over(*kept)) {
            replay_ = *kept;
            return {};
        }
        store::Replay after = replay_;
        for (const auto& [connection, batch] : batches) {
            CommitPass pass(
                environment_, *plans_.find(connection)->second, true, *transaction, batch
            );
            if (options_.observer != nullptr) {
                pass.tell(*options_.observer);
                tell_failures(connection, batch);
            }
            TOUCHLINE_TRY(const Committed committed, pass.run());
            add(after.counts, committed.replayed);
        }
        after.counts.records += static_cast<std::int64_t>(records.size());
        after.after = records.back().key;
        TOUCHLINE_CHECK(transaction->put_replay(after));
        TOUCHLINE_CHECK(transaction->commit());
        replay_ = std::move(after);
        return {};
    }

    void read(const store::StoredRecord& stored, std::map<std::string_view, Batch>& batches) {
        const auto plan = plans_.find(stored.connection);
        if (plan == plans_.end()) return;
        const StreamPlan* stream = plan->second->stream(stored.stream);
        if (stream == nullptr || !is_wanted(stored.bytes)) return;
        Batch& batch = batches[plan->first];
        std::vector<BatchPage>& pages = batch.streams[stream->info.name].pages;
        if (pages.empty()) pages.emplace_back();
        BatchRecord& record = pages.front().records.emplace_back();
        record.key = stored.key;
        record.received_at = stored.received_at;
        auto& reader = readers_[plan->first];
        if (!reader) reader = std::make_unique<RecordReader>(environment_, *plan->second);
        const auto fault = reader->read(stored.bytes, *stream, model::Via::replay, batch, record);
        record.external_id = stored.external_id;
        record.hash = stored.hash;
        if (!fault) return;
        record.mapped = false;
        record.touchpoints.clear();
        record.facts.clear();
        record.links.clear();
        batch.dead_letters.push_back(dead_letter(
            stream->info.name, stored.external_id, fault->stage, fault->error, stored.bytes
        ));
    }

    bool is_wanted(std::string_view bytes) {
        if (!where_) return true;
        const auto record = parser_.parse(bytes);
        if (!record) return false;
        const auto answer = where_->evaluate(*record);
        return answer && is_true(*answer);
    }

    void tell_failures(std::string_view connection, const Batch& batch) {
        for (const BatchDeadLetter& letter : batch.dead_letters) {
            options_.observer->failure(
                {connection,
                 letter.stream,
                 letter.external_id,
                 letter.stage,
                 letter.message,
                 letter.place,
                 letter.cure}
            );
        }
    }

    /// Bytes that no record could be made of are in their letters only. A part of the records, or
    /// those that fit an expression, is a question about records.
    Result<void> retry_letters() {
        if (where_ || replay_.selection.share < 1) return {};
        for (store::DeadLetterKey last{};;) {
            std::vector<store::DeadLetter> letters;
            {
                TOUCHLINE_TRY(const auto reader, environment_.store.reader());
                TOUCHLINE_TRY(
                    letters,
                    reader->recordless_dead_letters(replay_.selection, last, k_letters_at_once)
                );
            }
            if (letters.empty()) return {};
            for (const store::DeadLetter& letter : letters) {
                last = letter.key;
                const auto plan = plans_.find(letter.connection);
                // What the connector could not read is for the connector, not for a mapping.
                if (plan == plans_.end() || letter.stage == "read" || letter.stage == "deliver")
                    continue;
                if (options_.stop.stop_requested()) return {};
                if (plan->second->stream(letter.stream) == nullptr) continue;
                TOUCHLINE_TRY(
                    const bool mended, retry_dead_letter(environment_, *plan->second, letter.key)
                );
                if (mended) ++replay_.counts.mended;
            }
        }
    }

    Result<store::Replay> finish() {
        TOUCHLINE_TRY(const auto transaction, environment_.store.begin());
        TOUCHLINE_TRY(const auto kept, transaction->read().replay(replay_.key));
        if (kept && is_over(*kept)) return *kept;
        replay_.state = store::ReplayState::done;
        replay_.finished_at = environment_.clock.now();
        TOUCHLINE_CHECK(transaction->put_replay(replay_));
        TOUCHLINE_CHECK(transaction->commit());
        return replay_;
    }

    const Environment& environment_;
    const ReplayOptions& options_;
    const std::optional<mapping::Expression> where_;
    store::Replay replay_;
    std::map<std::string, const ConnectionPlan*, std::less<>> plans_;
    std::map<std::string, std::unique_ptr<RecordReader>, std::less<>> readers_;
    json::Parser parser_;
};

Result<std::optional<mapping::Expression>> compile(const std::string& where) {
    if (where.empty()) return std::optional<mapping::Expression>();
    auto expression = mapping::Expression::compile(where);
    if (!expression) {
        return Error(Code::bad_data, "the filter is no expression: " + expression.error().text())
            .cure("Try it with `touchline mapping eval`.");
    }
    return std::optional(std::move(*expression));
}

}  // namespace

Result<store::Replay> begin_replay(const Environment& environment, const ReplayRequest& request) {
    TOUCHLINE_CHECK(compile(request.where));
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(const auto other, unfinished_replay(transaction->read()));
    if (other) {
        return Error(
                   Code::conflict,
                   "replay " + std::to_string(static_cast<std::int64_t>(other->key)) +
                       " is not at its end"
        )
            .cure("Let it go on, or cancel it.");
    }
    store::Replay replay;
    replay.selection = request.selection;
    replay.where = request.where;
    replay.author = request.author;
    replay.started_at = environment.clock.now();
    TOUCHLINE_TRY(replay.total, transaction->read().count_records(request.selection));
    TOUCHLINE_TRY(replay.key, transaction->put_replay(replay));
    TOUCHLINE_CHECK(transaction->commit());
    return replay;
}

Result<store::Replay> run_replay(
    const Environment& environment, Plans plans, store::ReplayKey key, const ReplayOptions& options
) {
    store::Replay replay;
    {
        TOUCHLINE_TRY(const auto reader, environment.store.reader());
        TOUCHLINE_TRY(replay, open_replay(*reader, key));
    }
    TOUCHLINE_TRY(auto where, compile(replay.where));
    replay.state = store::ReplayState::running;
    return Replaying(environment, plans, std::move(replay), std::move(where), options).run();
}

Result<store::Replay> cancel_replay(const Environment& environment, store::ReplayKey key) {
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    TOUCHLINE_TRY(store::Replay replay, open_replay(transaction->read(), key));
    replay.state = store::ReplayState::cancelled;
    replay.finished_at = environment.clock.now();
    TOUCHLINE_CHECK(transaction->put_replay(replay));
    TOUCHLINE_CHECK(transaction->commit());
    return replay;
}

Result<std::optional<store::Replay>> unfinished_replay(store::Reader& reader) {
    TOUCHLINE_TRY(auto replays, reader.replays(k_looked_at));
    const auto open = std::ranges::find_if_not(replays, is_over);
    if (open == replays.end()) return std::optional<store::Replay>();
    return std::optional(std::move(*open));
}

}  // namespace touchline::ingest
