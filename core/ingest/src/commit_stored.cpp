// What is different when a commit's records are stored already, and only read anew: their bytes
// are not judged, what they yielded is compared with what they yield, and links that a touchpoint
// stated only under another mapping come into doubt.
#include "commit_pass.hpp"
#include "event_rules.hpp"

#include <algorithm>

namespace touchline::ingest {

Result<void> CommitPass::take_stored(const StreamPlan* stream, const BatchPage& page) {
    for (const BatchRecord& record : page.records) {
        seen_at_ = std::min(seen_at_, record.received_at);
        TOUCHLINE_TRY(const auto latest, transaction_.read().latest_hash(record.key));
        if (!latest || *latest != record.hash) {
            // A later version has come meanwhile, and was read by the mapping of now.
            outdated_.insert(record.external_id);
            continue;
        }
        if (record.mapped) fresh_.push_back({&record, stream, record.key, true});
    }
    return {};
}

Result<void> CommitPass::look_before() {
    for (const Fresh& fresh : fresh_) {
        if (fresh.record->key == store::RecordKey::none) continue;
        TOUCHLINE_TRY(auto touchpoints, transaction_.read().touchpoints_of(fresh.key));
        for (store::StoredTouchpoint& touchpoint : touchpoints) {
            TOUCHLINE_CHECK(doubt_links(fresh, touchpoint));
            const store::TouchpointKey key = touchpoint.key;
            before_.emplace(key, Before{fresh.stream, std::move(touchpoint)});
        }
    }
    return {};
}

void CommitPass::compare_with_before() {
    store::ReplayCounts& counts = committed_.replayed;
    std::unordered_map<store::RecordKey, const StreamPlan*> streams;
    for (const Fresh& fresh : fresh_) {
        if (fresh.record->key != store::RecordKey::none) streams.emplace(fresh.key, fresh.stream);
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto stream = streams.find(rows_[i].record);
        if (stream == streams.end() || !written_[i].changed) continue;
        const auto known = before_.find(written_[i].key);
        if (known != before_.end()) {
            ++counts.changed;
            observe(known->second, ChangeKind::changed, rows_[i].data);
        } else {
            ++counts.added;
            Before nothing;
            nothing.stream = stream->second;
            nothing.touchpoint.identity = rows_[i].identity;
            observe(nothing, ChangeKind::added, rows_[i].data);
        }
    }
    for (const store::TouchpointKey key : retracted_) {
        const auto known = before_.find(key);
        if (known == before_.end()) continue;
        ++counts.removed;
        observe(known->second, ChangeKind::removed, {});
    }
}

void CommitPass::observe(const Before& before, ChangeKind kind, std::string_view after) {
    if (observer_ == nullptr) return;
    const store::StoredTouchpoint& touchpoint = before.touchpoint;
    observer_->touchpoint(
        {kind, plan_.id, before.stream->info.name, touchpoint.identity, touchpoint.data, after}
    );
}

/// The links of a touchpoint are that all its identities are one with the one whose timeline it
/// stands on.
Result<void> CommitPass::doubt_links(const Fresh& fresh, const store::StoredTouchpoint& before) {
    const auto says_the_same = [&before](const BatchTouchpoint& now) {
        return std::string_view(before.data).starts_with(model::said_of(now.data));
    };
    if (std::ranges::any_of(fresh.record->touchpoints, says_the_same)) return {};
    const auto document = json::Document::parse(before.data);
    if (!document) return {};
    const auto touchpoint = model::read_touchpoint(document->root());
    if (!touchpoint) return {};
    for (const model::Claim& claim : touchpoint->identities) {
        if (claim.role != model::Role::subject) continue;
        TOUCHLINE_TRY(const auto other, transaction_.read().find_identity(claim.ns, claim.value));
        if (!other || other->key == before.identity) continue;
        const store::LinkWrite link{
            .a = before.identity, .b = other->key, .rule = rule_of_event(claim.trust)};
        const auto [a, b] = std::minmax(link.a, link.b);
        if (states(fresh, {a, b, link.polarity, link.rule})) continue;
        TOUCHLINE_TRY(const store::LinkKey key, transaction_.read().find_link(link));
        if (key != store::LinkKey::none) TOUCHLINE_CHECK(transaction_.doubt_link(key));
    }
    return {};
}

bool CommitPass::states(const Fresh& fresh, const StoredAssertion& link) const {
    for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints) {
        for (std::size_t i = 1; i < touchpoint.claims.size(); ++i) {
            const BatchClaim& claim = touchpoint.claims[i];
            const Assertion said{
                touchpoint.claims[0].identity,
                claim.identity,
                model::Polarity::same,
                rule_of_event(claim.trust)};
            if (stored(said) == link) return true;
        }
    }
    return false;
}

}  // namespace touchline::ingest
