#include "committer.hpp"

#include "resolver.hpp"

#include <algorithm>
#include <set>

namespace touchline::ingest {
namespace {

using store::IdentityKey;
using store::RecordChange;
using store::RecordKey;

constexpr std::string_view k_same_record = "same_record@1";

/// A record of the batch that says something new.
struct Fresh {
    const BatchRecord* record = nullptr;
    const StreamPlan* stream = nullptr;
    RecordKey key = RecordKey::none;
    bool changed = false;  ///< an earlier version of it is known
};

/// A link in terms of the batch's identities, as far as two of them are the same assertion.
struct Assertion {
    IdentityIndex a = 0, b = 0;
    model::Polarity polarity = model::Polarity::same;
    std::string_view rule;
    auto operator<=>(const Assertion&) const = default;
};

/// What the contact-like side of a record asserts: it is taken back when a later version no longer
/// says so.
std::set<Assertion> assertions(const BatchRecord& record) {
    std::set<Assertion> result;
    for (const BatchFact& fact : record.facts) {
        for (std::size_t i = 1; i < fact.claims.size(); ++i) {
            result.insert({fact.claims[0], fact.claims[i], model::Polarity::same, k_same_record});
        }
    }
    for (const BatchLink& link : record.links)
        result.insert({link.a, link.b, link.polarity, link.rule});
    return result;
}

}  // namespace

/// One commit: the state that its steps share.
class Committer::Pass {
public:
    Pass(Committer& committer, store::Transaction& transaction, const Batch& batch)
        : committer_(committer),
          environment_(committer.environment_),
          transaction_(transaction),
          batch_(batch),
          now_(committer.environment_.clock.now()),
          resolver_(transaction, environment_.policy, environment_.tenant, now_) {}

    Result<Committed> run() {
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

private:
    Result<void> keep_raw() {
        for (const auto& [name, stream] : batch_.streams) {
            TOUCHLINE_TRY(
                const store::SourceKey source, transaction_.source(committer_.plan_.id, name)
            );
            sources_[name] = source;
            for (const BatchPage& page : stream.pages)
                TOUCHLINE_CHECK(keep_page(source, name, page));
        }
        return {};
    }

    Result<void> keep_page(
        store::SourceKey source, std::string_view stream, const BatchPage& page
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
            const bool known = states[i].change == RecordChange::unchanged ||
                               states[i].change == RecordChange::stale;
            if (known && !committer_.force_) {
                ++committed_.unchanged;
                continue;
            }
            if (!kept[i]->mapped) continue;
            fresh_.push_back(
                {kept[i],
                 committer_.plan_.stream(stream),
                 states[i].key,
                 states[i].change != RecordChange::created}
            );
        }
        return {};
    }

    /// Only what fresh records name.
    Result<void> intern() {
        std::vector<bool> used(batch_.identities.size(), false);
        const auto use = [&used](const Claims& claims) {
            for (const IdentityIndex index : claims) used[index] = true;
        };
        for (const Fresh& fresh : fresh_) {
            for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints)
                use(touchpoint.claims);
            for (const BatchFact& fact : fresh.record->facts) use(fact.claims);
            for (const BatchLink& link : fresh.record->links) use({link.a, link.b});
        }
        std::vector<store::IdentityName> names;
        std::vector<IdentityIndex> indexes;
        for (IdentityIndex i = 0; i < used.size(); ++i) {
            if (!used[i]) continue;
            const BatchIdentity& identity = batch_.identities[i];
            names.push_back({identity.ns, identity.value, identity.strength, identity.terms});
            indexes.push_back(i);
        }
        TOUCHLINE_TRY(const auto interned, transaction_.intern(names, now_));
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

    Result<void> put_links() {
        std::vector<store::LinkWrite> rows;
        std::vector<std::pair<IdentityIndex, IdentityIndex>> ends;
        std::set<std::pair<IdentityIndex, IdentityIndex>> seen;
        const auto add = [&](IdentityIndex a, IdentityIndex b, store::LinkWrite row) {
            row.a = identities_[a].key;
            row.b = identities_[b].key;
            rows.push_back(row);
            ends.emplace_back(a, b);
        };
        for (const Fresh& fresh : fresh_) {
            std::set<Assertion> now = assertions(*fresh.record);
            if (fresh.changed && !now.empty()) {
                TOUCHLINE_TRY(const std::set<Assertion> kept, withdraw_earlier(fresh, now));
                for (const Assertion& assertion : kept) now.erase(assertion);
            }
            for (const BatchFact& fact : fresh.record->facts) {
                for (std::size_t i = 1; i < fact.claims.size(); ++i) {
                    const Assertion star{
                        fact.claims[0], fact.claims[i], model::Polarity::same, k_same_record};
                    if (now.erase(star) == 0) continue;
                    add(star.a,
                        star.b,
                        {.rule = k_same_record,
                         .evidence = fresh.key,
                         .asserted_at = fact.observed_at});
                }
            }
            for (const BatchLink& link : fresh.record->links) {
                if (now.erase({link.a, link.b, link.polarity, link.rule}) == 0) continue;
                add(link.a,
                    link.b,
                    {.polarity = link.polarity,
                     .rule = link.rule,
                     .score = link.score,
                     .evidence = fresh.key,
                     .asserted_at = link.asserted_at,
                     .reason = link.reason});
            }
            // That a touchpoint named both at once stays true whatever becomes of it: nothing to
            // count or take back.
            for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints) {
                for (std::size_t i = 1; i < touchpoint.claims.size(); ++i) {
                    const std::pair pair(touchpoint.claims[0], touchpoint.claims[i]);
                    if (!seen.insert(pair).second) continue;
                    add(pair.first,
                        pair.second,
                        {.rule = k_same_record,
                         .evidence = fresh.key,
                         .asserted_at = touchpoint.occurred_at,
                         .support = 0});
                }
            }
        }
        TOUCHLINE_TRY(const auto written, transaction_.put_links(rows, now_));
        for (std::size_t i = 0; i < written.size(); ++i) {
            if (written[i].inserted)
                tell_resolver(rows[i], written[i].key, ends[i].first, ends[i].second);
        }
        return {};
    }

    void tell_resolver(
        const store::LinkWrite& row, store::LinkKey key, IdentityIndex a, IdentityIndex b
    ) {
        const auto is_weak = [this](IdentityIndex i) {
            return batch_.identities[i].strength == model::Strength::weak;
        };
        if (is_weak(a) || is_weak(b)) {
            // A name joins nothing, but it may speak against a join that stood until now.
            const IdentityIndex member = is_weak(a) ? b : a;
            if (is_weak(member)) return;
            resolver_.touch(identities_[member].key);
            resolver_.add_name(
                identities_[member].key, batch_.identities[is_weak(a) ? a : b].value
            );
            return;
        }
        resolver_.add(NewLink{key, row.a, row.b, row.polarity, row.by, row.rule, row.asserted_at});
    }

    /// Takes back what the version before said and this one does not; returns what both say.
    Result<std::set<Assertion>> withdraw_earlier(
        const Fresh& fresh, const std::set<Assertion>& now
    ) {
        std::set<Assertion> both;
        TOUCHLINE_TRY(const auto bytes, transaction_.read().previous_raw(fresh.key));
        if (!bytes) return both;
        Batch earlier_batch;
        BatchRecord earlier;
        // What the earlier version said under today's mapping; if that no longer reads it, there is
        // nothing to compare.
        if (committer_.earlier_.read(
                *bytes, *fresh.stream, model::Via::replay, earlier_batch, earlier
            ))
            return both;
        std::vector<store::LinkWrite> gone;
        for (const Assertion& assertion : assertions(earlier)) {
            const auto a = known(earlier_batch.identities[assertion.a]);
            const auto b = known(earlier_batch.identities[assertion.b]);
            if (a && b && now.contains({*a, *b, assertion.polarity, assertion.rule})) {
                both.insert({*a, *b, assertion.polarity, assertion.rule});
                continue;
            }
            TOUCHLINE_TRY(const auto end_a, find(earlier_batch.identities[assertion.a]));
            TOUCHLINE_TRY(const auto end_b, find(earlier_batch.identities[assertion.b]));
            if (!end_a || !end_b) continue;
            gone.push_back(
                {.a = end_a->key,
                 .b = end_b->key,
                 .polarity = assertion.polarity,
                 .rule = assertion.rule}
            );
        }
        TOUCHLINE_TRY(const auto parted, transaction_.withdraw_links(gone, now_));
        for (const IdentityKey end : parted) resolver_.touch(end);
        return both;
    }

    std::optional<IdentityIndex> known(const BatchIdentity& identity) const {
        const auto entry = batch_.identity_index.find(identity.ns + '\0' + identity.value);
        if (entry == batch_.identity_index.end()) return std::nullopt;
        return entry->second;
    }

    Result<std::optional<store::Identity>> find(const BatchIdentity& identity) {
        return transaction_.read().find_identity(identity.ns, identity.value);
    }

    Result<void> put_facts() {
        for (const Fresh& fresh : fresh_) {
            if (fresh.record->facts.empty() && !fresh.changed) continue;
            std::vector<store::FactWrite> rows;
            for (const BatchFact& fact : fresh.record->facts) {
                rows.push_back(
                    {fresh.key,
                     identities_[fact.claims[0]].key,
                     fact.field,
                     fact.value,
                     fact.group,
                     fact.observed_at}
                );
            }
            TOUCHLINE_CHECK(transaction_.put_facts(fresh.key, rows, now_));
        }
        return {};
    }

    Result<void> put_touchpoints() {
        for (const Fresh& fresh : fresh_) {
            std::vector<std::string_view> parts;
            for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints) {
                parts.push_back(touchpoint.part);
                rows_.push_back(
                    {fresh.key,
                     touchpoint.part,
                     identities_[touchpoint.claims[0]].key,
                     touchpoint.occurred_at,
                     touchpoint.kind,
                     touchpoint.channel,
                     touchpoint.department,
                     touchpoint.direction,
                     touchpoint.data,
                     model::said_of(touchpoint.data)}
                );
            }
            if (fresh.changed) TOUCHLINE_CHECK(transaction_.retract_parts(fresh.key, parts, now_));
        }
        TOUCHLINE_TRY(written_, transaction_.put_touchpoints(rows_, now_));
        return {};
    }

    Result<void> append_feed() {
        std::vector<store::FeedWrite> entries;
        for (std::size_t i = 0; i < written_.size(); ++i) {
            if (!written_[i].changed) continue;
            TOUCHLINE_TRY(const store::CustomerKey customer, customer_of(rows_[i].identity));
            entries.push_back({"touchline.touchpoint.recorded", customer, written_[i].key, {}});
        }
        committed_.touchpoints = static_cast<std::int64_t>(entries.size());
        return transaction_.append_feed(entries, now_);
    }

    Result<store::CustomerKey> customer_of(IdentityKey identity) {
        if (const auto found = resolver_.assigned().find(identity);
            found != resolver_.assigned().end()) {
            return found->second;
        }
        if (customers_.empty()) {
            for (const store::Interned& one : identities_) customers_[one.key] = one.customer;
        }
        return customers_.at(identity);
    }

    Result<void> put_dead_letters() {
        std::vector<store::DeadLetterWrite> letters;
        for (const BatchDeadLetter& letter : batch_.dead_letters) {
            letters.push_back(
                {committer_.plan_.id,
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
        TOUCHLINE_CHECK(transaction_.put_dead_letters(letters, now_));
        TOUCHLINE_TRY(const auto open, transaction_.read().connection_stats(committer_.plan_.id));
        if (open.dead_letters == 0) return {};
        for (const Fresh& fresh : fresh_) {
            TOUCHLINE_CHECK(transaction_.clear_dead_letters(
                committer_.plan_.id, fresh.stream->info.name, fresh.record->external_id
            ));
        }
        return {};
    }

    Result<void> put_checkpoints() {
        for (const auto& [name, stream] : batch_.streams) {
            if (stream.checkpoint_version == 0) continue;
            TOUCHLINE_CHECK(transaction_.put_checkpoint(
                sources_.at(name), stream.checkpoint_version, stream.checkpoint_state, now_
            ));
        }
        return {};
    }

    Committer& committer_;
    const Environment& environment_;
    store::Transaction& transaction_;
    const Batch& batch_;
    const Time now_;
    Resolver resolver_;
    Committed committed_;
    std::map<std::string, store::SourceKey, std::less<>> sources_;
    std::vector<Fresh> fresh_;
    std::vector<store::Interned> identities_;  // by IdentityIndex
    std::vector<store::TouchpointWrite> rows_;
    std::vector<store::TouchpointWritten> written_;
    std::unordered_map<IdentityKey, store::CustomerKey> customers_;
};

Committer::Committer(const Environment& environment, const ConnectionPlan& plan, bool force)
    : environment_(environment), plan_(plan), force_(force), earlier_(environment, plan) {}

Result<Committed> Committer::commit(const Batch& batch) {
    TOUCHLINE_TRY(const auto transaction, environment_.store.begin());
    TOUCHLINE_TRY(const Committed committed, Pass(*this, *transaction, batch).run());
    TOUCHLINE_CHECK(transaction->commit());
    return committed;
}

}  // namespace touchline::ingest
