#include "commit_pass.hpp"

#include <algorithm>
#include <unordered_set>

namespace touchline::ingest {

using store::IdentityKey;
using store::RecordChange;

CommitPass::CommitPass(
    const Environment& environment,
    const ConnectionPlan& plan,
    bool force,
    store::Transaction& transaction,
    const Batch& batch
)
    : environment_(environment),
      plan_(plan),
      force_(force),
      transaction_(transaction),
      batch_(batch),
      now_(environment.clock.now()),
      seen_at_(now_),
      resolver_(transaction, environment.policy, environment.tenant, now_) {}

Result<Committed> CommitPass::run() {
    TOUCHLINE_CHECK(keep_raw());
    TOUCHLINE_CHECK(intern());
    TOUCHLINE_CHECK(put_links());
    TOUCHLINE_CHECK(put_facts());
    TOUCHLINE_CHECK(put_touchpoints());
    TOUCHLINE_CHECK(resolver_.resolve().with("working out who is who"));
    TOUCHLINE_CHECK(append_feed());
    TOUCHLINE_CHECK(put_dead_letters());
    TOUCHLINE_CHECK(put_checkpoints());
    for (const store::InboxKey item : batch_.settled)
        TOUCHLINE_CHECK(transaction_.remove_inbox(item));
    return committed_;
}

Result<void> CommitPass::keep_raw() {
    for (const auto& [name, stream] : batch_.streams) {
        TOUCHLINE_TRY(const store::SourceKey source, transaction_.source(plan_.id, name));
        sources_[name] = source;
        for (const BatchPage& page : stream.pages) {
            const bool is_stored =
                !page.records.empty() && page.records.front().key != store::RecordKey::none;
            TOUCHLINE_CHECK(
                is_stored ? take_stored(plan_.stream(name), page)
                          : keep_page(source, plan_.stream(name), page)
            );
        }
    }
    keep_last_versions();
    return {};
}

Result<void> CommitPass::keep_page(
    store::SourceKey source, const StreamPlan* stream, const BatchPage& page
) {
    std::vector<store::RawRecord> raw;
    std::vector<const BatchRecord*> kept;
    for (const BatchRecord& record : page.records) {
        if (record.external_id.empty()) continue;
        raw.push_back(
            {record.external_id, record.version, record.hash, record.offset, record.length}
        );
        kept.push_back(&record);
    }
    if (raw.empty()) return {};
    TOUCHLINE_TRY(const auto states, transaction_.put_raw(source, page.bytes, raw, now_));
    for (std::size_t i = 0; i < states.size(); ++i) {
        const bool known =
            states[i].change == RecordChange::unchanged || states[i].change == RecordChange::stale;
        if (known && !force_) {
            ++committed_.unchanged;
            if (environment_.witness != nullptr) unchanged_.insert(kept[i]);
            continue;
        }
        if (!kept[i]->mapped) continue;
        fresh_.push_back({kept[i], stream, states[i].key, states[i].change != RecordChange::created}
        );
    }
    return {};
}

/// Of a record that comes in several versions, only the last one counts: what the ones before it
/// say would be taken back in the same breath.
void CommitPass::keep_last_versions() {
    std::unordered_set<store::RecordKey> seen;
    const auto is_earlier = [&seen](const Fresh& fresh) { return !seen.insert(fresh.key).second; };
    std::reverse(fresh_.begin(), fresh_.end());
    std::erase_if(fresh_, is_earlier);
    std::reverse(fresh_.begin(), fresh_.end());
}

/// Only what fresh records name.
Result<void> CommitPass::intern() {
    std::vector<bool> used(batch_.identities.size(), false);
    const auto use = [&used](const Claims& claims) {
        for (const BatchClaim& claim : claims) used[claim.identity] = true;
    };
    for (const Fresh& fresh : fresh_) {
        for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints) use(touchpoint.claims);
        for (const BatchFact& fact : fresh.record->facts) use(fact.claims);
        for (const BatchLink& link : fresh.record->links) used[link.a] = used[link.b] = true;
    }
    std::vector<store::IdentityName> names;
    std::vector<IdentityIndex> indexes;
    for (IdentityIndex i = 0; i < used.size(); ++i) {
        if (!used[i]) continue;
        const BatchIdentity& identity = batch_.identities[i];
        names.push_back({identity.ns, identity.value, identity.strength, identity.terms});
        indexes.push_back(i);
    }
    TOUCHLINE_TRY(const auto interned, transaction_.intern(names, seen_at_));
    identities_.resize(batch_.identities.size());
    for (std::size_t i = 0; i < interned.size(); ++i) {
        identities_[indexes[i]] = interned[i];
        const BatchIdentity& identity = batch_.identities[indexes[i]];
        const bool is_new = interned[i].customer == store::CustomerKey::none;
        if (is_new && identity.strength != model::Strength::weak) {
            resolver_.add(NewIdentity{
                interned[i].key, identity.ns, identity.value, identity.strength});
        }
    }
    return {};
}

Result<void> CommitPass::put_facts() {
    for (const Fresh& fresh : fresh_) {
        if (fresh.record->facts.empty() && !fresh.changed) continue;
        std::vector<store::FactWrite> rows;
        for (const BatchFact& fact : fresh.record->facts) {
            rows.push_back(
                {fresh.key,
                 identities_[fact.claims[0].identity].key,
                 fact.field,
                 fact.value,
                 fact.group,
                 fact.observed_at,
                 fact.trust,
                 fact.retracts}
            );
        }
        TOUCHLINE_CHECK(transaction_.put_facts(fresh.key, rows, now_));
    }
    return {};
}

Result<void> CommitPass::put_touchpoints() {
    TOUCHLINE_CHECK(look_before());
    for (const Fresh& fresh : fresh_) {
        std::vector<std::string_view> parts;
        for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints) {
            parts.push_back(touchpoint.part);
            rows_.push_back(
                {fresh.key,
                 touchpoint.part,
                 identities_[touchpoint.claims[0].identity].key,
                 touchpoint.occurred_at,
                 touchpoint.kind,
                 touchpoint.channel,
                 touchpoint.department,
                 touchpoint.direction,
                 touchpoint.data,
                 model::said_of(touchpoint.data),
                 touchpoint.annotated,
                 touchpoint.number,
                 touchpoint.privacy}
            );
        }
        if (!fresh.changed) continue;
        TOUCHLINE_TRY(const auto left, transaction_.retract_parts(fresh.key, parts, now_));
        retracted_.insert(retracted_.end(), left.begin(), left.end());
    }
    TOUCHLINE_TRY(written_, transaction_.put_touchpoints(rows_, now_));
    compare_with_before();
    return {};
}

Result<void> CommitPass::append_feed() {
    std::vector<store::FeedWrite> entries;
    for (std::size_t i = 0; i < written_.size(); ++i) {
        if (!written_[i].changed) continue;
        TOUCHLINE_TRY(const store::CustomerKey customer, customer_of(rows_[i].identity));
        entries.push_back({"touchline.touchpoint.recorded", customer, written_[i].key, {}});
    }
    committed_.touchpoints = static_cast<std::int64_t>(entries.size());
    TOUCHLINE_CHECK(announce_retracted(entries));
    return transaction_.append_feed(entries, now_);
}

/// Receivers that showed it have to take it away.
Result<void> CommitPass::announce_retracted(std::vector<store::FeedWrite>& entries) {
    for (const store::TouchpointKey key : retracted_) {
        TOUCHLINE_TRY(const auto touchpoint, transaction_.read().touchpoint(key));
        if (!touchpoint) continue;
        TOUCHLINE_TRY(
            const auto holder, transaction_.read().identities({&touchpoint->identity, 1})
        );
        if (holder.empty() || holder.front().customer == store::CustomerKey::none) continue;
        entries.push_back({"touchline.touchpoint.retracted", holder.front().customer, key, {}});
    }
    return {};
}

Result<store::CustomerKey> CommitPass::customer_of(IdentityKey identity) {
    if (const auto found = resolver_.assigned().find(identity);
        found != resolver_.assigned().end()) {
        return found->second;
    }
    if (customers_.empty()) {
        for (const store::Interned& one : identities_) customers_[one.key] = one.customer;
    }
    return customers_.at(identity);
}

Result<void> CommitPass::put_dead_letters() {
    std::vector<store::DeadLetterWrite> letters;
    for (const BatchDeadLetter& letter : batch_.dead_letters) {
        if (!letter.external_id.empty() && outdated_.contains(letter.external_id)) continue;
        letters.push_back(
            {plan_.id,
             letter.stream,
             letter.external_id,
             letter.stage,
             letter.code,
             letter.message,
             letter.place,
             letter.cure,
             letter.raw}
        );
    }
    TOUCHLINE_TRY(committed_.replayed.failed, transaction_.put_dead_letters(letters, now_));
    TOUCHLINE_TRY(const auto open, transaction_.read().connection_stats(plan_.id));
    if (open.dead_letters == 0) return {};
    for (const Fresh& fresh : fresh_) {
        TOUCHLINE_TRY(
            const std::int64_t cleared,
            transaction_.clear_dead_letters(
                plan_.id, fresh.stream->info.name, fresh.record->external_id
            )
        );
        committed_.replayed.mended += cleared;
    }
    return {};
}

Result<void> CommitPass::put_checkpoints() {
    for (const auto& [name, stream] : batch_.streams) {
        if (stream.checkpoint_version == 0) continue;
        TOUCHLINE_CHECK(transaction_.put_checkpoint(
            sources_.at(name), stream.checkpoint_version, stream.checkpoint_state, now_
        ));
    }
    return {};
}

}  // namespace touchline::ingest
