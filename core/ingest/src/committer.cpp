#include "committer.hpp"

#include "commit_pass.hpp"

namespace touchline::ingest {

Committer::Committer(const Environment& environment, const ConnectionPlan& plan, bool force)
    : environment_(environment), plan_(plan), force_(force) {}

Result<Committed> Committer::commit(const Batch& batch) {
    TOUCHLINE_TRY(const auto transaction, environment_.store.begin());
    CommitPass pass(environment_, plan_, force_, *transaction, batch);
    TOUCHLINE_TRY(const Committed committed, pass.run());
    TOUCHLINE_CHECK(transaction->commit());
    if (environment_.witness != nullptr && environment_.witness->is_watching())
        show(batch, pass.unchanged());
    return committed;
}

void Committer::show(const Batch& batch, const std::unordered_set<const BatchRecord*>& unchanged)
    const {
    std::unordered_map<std::string_view, std::string_view> faults;
    for (const BatchDeadLetter& letter : batch.dead_letters)
        faults.emplace(letter.external_id, letter.message);
    for (const auto& [name, stream] : batch.streams) {
        for (const BatchPage& page : stream.pages) {
            for (const BatchRecord& record : page.records) {
                SeenRecord seen;
                seen.connection = plan_.id;
                seen.stream = name;
                seen.external_id = record.external_id;
                seen.bytes = std::string_view(page.bytes).substr(record.offset, record.length);
                seen.unchanged = unchanged.contains(&record);
                const auto fault = faults.find(record.external_id);
                if (!record.mapped && fault != faults.end()) seen.fault = fault->second;
                for (const BatchTouchpoint& touchpoint : record.touchpoints)
                    seen.touchpoints.push_back(touchpoint.data);
                environment_.witness->record(seen);
            }
        }
    }
}

}  // namespace touchline::ingest
