#include "touchline/ingest/ingestor.hpp"

#include "committer.hpp"
#include "dead_letter.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/records.hpp"

namespace touchline::ingest {
namespace {

constexpr std::size_t k_max_state_bytes = 64U << 10;
/// Memory is bounded even when a source sends pages for ever and no checkpoint.
constexpr std::size_t k_uncheckpointed_factor = 3;

}  // namespace

struct Ingestor::State {
    State(const Environment& e, const ConnectionPlan& p, BatchLimits l, bool force)
        : environment(e), plan(p), limits(l), reader(e, p), committer(e, p, force) {}

    bool is_full() const {
        return batch.records >= limits.records || batch.bytes >= limits.bytes ||
               environment.clock.steady() - batch_began >= limits.age;
    }
    bool is_far_too_full() const {
        return batch.records >= k_uncheckpointed_factor * limits.records ||
               batch.bytes >= k_uncheckpointed_factor * limits.bytes;
    }

    Result<void> commit() {
        if (batch.empty()) return {};
        TOUCHLINE_TRY(const Committed committed, committer.commit(batch));
        totals.unchanged += committed.unchanged;
        totals.touchpoints += committed.touchpoints;
        ++totals.commits;
        batch = Batch();
        batch_began = environment.clock.steady();
        return {};
    }

    void bury(BatchDeadLetter letter) {
        batch.bytes += letter.raw.size();
        batch.dead_letters.push_back(std::move(letter));
        ++totals.dead_letters;
    }

    void add_record(
        BatchPage& page, const StreamPlan& stream, std::string_view bytes, model::Via via
    ) {
        BatchRecord& record = page.records.emplace_back();
        record.offset = static_cast<std::uint32_t>(bytes.data() - page_begin);
        record.length = static_cast<std::uint32_t>(bytes.size());
        ++batch.records;
        ++totals.records;
        const auto fault = reader.read(bytes, stream, via, batch, record);
        if (!fault) return;
        record.mapped = false;
        record.touchpoints.clear();
        record.facts.clear();
        record.links.clear();
        bury(dead_letter(stream.info.name, record.external_id, fault->stage, fault->error, bytes));
    }

    const Environment& environment;
    const ConnectionPlan& plan;
    const BatchLimits limits;
    RecordReader reader;
    Committer committer;
    Batch batch;
    std::chrono::steady_clock::time_point batch_began{environment.clock.steady()};
    const char* page_begin = nullptr;  // of the page that is being read
    Totals totals;
};

Ingestor::Ingestor(
    const Environment& environment, const ConnectionPlan& plan, BatchLimits limits, bool force
)
    : state_(std::make_unique<State>(environment, plan, limits, force)) {}

Ingestor::~Ingestor() = default;

Result<void> Ingestor::page(const Page& page) {
    State& state = *state_;
    const StreamPlan* stream = state.plan.stream(page.stream);
    if (stream == nullptr) {
        return Error(
            Code::config,
            state.plan.id + " sent a page of the stream \"" + std::string(page.stream) +
                "\", which it has not declared"
        );
    }
    if (state.is_far_too_full()) TOUCHLINE_CHECK(state.commit());
    std::vector<std::string_view> records;
    if (page.format == Format::ndjson) {
        records = json::split_lines(page.bytes);
    } else {
        auto split = json::split_records(page.bytes, page.records);
        if (!split) {
            state.bury(dead_letter(page.stream, "", "parse", split.error(), page.bytes));
            return {};
        }
        records = std::move(*split);
    }
    BatchPage& kept = state.batch.streams[stream->info.name].pages.emplace_back();
    kept.bytes.assign(page.bytes);
    state.batch.bytes += page.bytes.size();
    state.page_begin = page.bytes.data();
    kept.records.reserve(records.size());
    for (const std::string_view record : records) state.add_record(kept, *stream, record, page.via);
    return {};
}

Result<void> Ingestor::bad_record(const BadRecord& record) {
    const Error error(Code::bad_data, std::string(record.reason));
    ++state_->totals.records;
    state_->bury(dead_letter(record.stream, record.external_id, "read", error, record.bytes));
    return {};
}

Result<void> Ingestor::checkpoint(const Checkpoint& checkpoint) {
    if (checkpoint.state.size() > k_max_state_bytes) {
        return Error(
            Code::config,
            "the checkpoint of " + std::string(checkpoint.stream) + " is " +
                std::to_string(checkpoint.state.size()) + " bytes long; 65536 is the limit"
        );
    }
    if (checkpoint.version == 0) return Error(Code::config, "a checkpoint's version begins at 1");
    BatchStream& stream = state_->batch.streams[std::string(checkpoint.stream)];
    stream.checkpoint_version = checkpoint.version;
    stream.checkpoint_state.assign(checkpoint.state);
    if (!state_->is_full()) return {};
    return state_->commit();
}

Result<void> Ingestor::finish() {
    return state_->commit();
}

void Ingestor::settles(store::InboxKey item) {
    state_->batch.settled.push_back(item);
}

const Totals& Ingestor::totals() const {
    return state_->totals;
}

}  // namespace touchline::ingest
