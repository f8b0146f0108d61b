#include "commit_pass.hpp"
#include "component.hpp"

namespace touchline::ingest {
namespace {

/// The rule under which a record ties an identity to its most telling one. What an event names
/// together is kept apart from what contacts say, as it is never taken back.
std::string_view rule_of_record(model::Trust trust) {
    switch (trust) {
        case model::Trust::verified:
            return identity::k_verified_record;
        case model::Trust::inferred:
            return identity::k_inferred_record;
        case model::Trust::claimed:
            break;
    }
    return identity::k_same_record;
}

std::string_view rule_of_event(model::Trust trust) {
    switch (trust) {
        case model::Trust::verified:
            return identity::k_verified_event;
        case model::Trust::inferred:
            return identity::k_inferred_event;
        case model::Trust::claimed:
            break;
    }
    return identity::k_same_event;
}

Assertion star(const Claims& claims, std::size_t i) {
    return {
        claims[0].identity,
        claims[i].identity,
        model::Polarity::same,
        rule_of_record(claims[i].trust)};
}

/// What the contact-like side of a record asserts: it is taken back when a later version no longer
/// says so.
std::set<Assertion> assertions(const BatchRecord& record) {
    std::set<Assertion> result;
    for (const BatchFact& fact : record.facts) {
        for (std::size_t i = 1; i < fact.claims.size(); ++i) {
            result.insert(star(fact.claims, i));
        }
    }
    for (const BatchLink& link : record.links)
        result.insert({link.a, link.b, link.polarity, link.rule});
    return result;
}

}  // namespace

Result<void> CommitPass::put_links() {
    std::vector<store::LinkWrite> rows;
    std::vector<std::pair<IdentityIndex, IdentityIndex>> ends;
    std::set<std::tuple<IdentityIndex, IdentityIndex, std::string_view>> seen;
    const auto add = [&](IdentityIndex a, IdentityIndex b, store::LinkWrite row) {
        row.a = identities_[a].key;
        row.b = identities_[b].key;
        rows.push_back(row);
        ends.emplace_back(a, b);
    };
    for (const Fresh& fresh : fresh_) {
        std::set<Assertion> now = assertions(*fresh.record), kept;
        // One that says nothing at all any more was a contact, too, that is deleted now.
        const bool is_contact = !fresh.record->facts.empty() || !fresh.record->links.empty() ||
                                fresh.record->touchpoints.empty();
        if (fresh.changed && is_contact) {
            TOUCHLINE_TRY(kept, withdraw_earlier(fresh, now));
            for (const Assertion& assertion : kept) now.erase(assertion);
        }
        for (const BatchFact& fact : fresh.record->facts) {
            for (std::size_t i = 1; i < fact.claims.size(); ++i) {
                const Assertion said = star(fact.claims, i);
                const bool is_new = now.erase(said) > 0;
                // When it was last said decides only who has a number that was handed on.
                const bool renews =
                    kept.erase(said) > 0 && (has_phone(said.a) || has_phone(said.b));
                if (!is_new && !renews) continue;
                add(said.a,
                    said.b,
                    {.rule = said.rule,
                     .evidence = fresh.key,
                     .asserted_at = fact.observed_at,
                     .renews = renews});
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
                const BatchClaim& claim = touchpoint.claims[i];
                const std::string_view rule = rule_of_event(claim.trust);
                const IdentityIndex first = touchpoint.claims[0].identity;
                if (!seen.insert({first, claim.identity, rule}).second) continue;
                add(first,
                    claim.identity,
                    {.rule = rule,
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
        if (!written[i].renewed) continue;
        resolver_.touch(rows[i].a);
        resolver_.touch(rows[i].b);
    }
    return {};
}

bool CommitPass::has_phone(IdentityIndex identity) const {
    const model::Namespace& rule = environment_.policy.rule(batch_.identities[identity].ns);
    return rule.normaliser == model::Normaliser::phone;
}

void CommitPass::tell_resolver(
    const store::LinkWrite& row, store::LinkKey key, IdentityIndex a, IdentityIndex b
) {
    const auto is_weak = [this](IdentityIndex i) {
        return batch_.identities[i].strength == model::Strength::weak;
    };
    if (is_weak(a) || is_weak(b)) {
        // A name joins nothing, but it may speak against a join that stood until now.
        const IdentityIndex member = is_weak(a) ? b : a;
        if (is_weak(member)) return;
        const BatchIdentity& said = batch_.identities[is_weak(a) ? a : b];
        const bool is_birth = said.ns == k_birth_date;
        if (!is_birth && environment_.policy.rule(said.ns).normaliser != model::Normaliser::name)
            return;
        const store::IdentityKey whose = identities_[member].key;
        resolver_.touch(whose);
        is_birth ? resolver_.add_birth(whose, said.value) : resolver_.add_name(whose, said.value);
        return;
    }
    resolver_.add(NewLink{key, row.a, row.b, row.polarity, row.by, row.rule, row.asserted_at});
}

/// Takes back what the version before said and this one does not; returns what both say.
Result<std::set<Assertion>> CommitPass::withdraw_earlier(
    const Fresh& fresh, const std::set<Assertion>& now
) {
    std::set<Assertion> both;
    // The one that was there before this batch.
    const auto versions = versions_.find(fresh.key);
    const std::size_t back = versions == versions_.end() ? 1 : versions->second;
    TOUCHLINE_TRY(const auto bytes, transaction_.read().previous_raw(fresh.key, back));
    if (!bytes) return both;
    Batch earlier_batch;
    BatchRecord earlier;
    // What the earlier version said under today's mapping; if that no longer reads it, there is
    // nothing to compare.
    if (earlier_.read(*bytes, *fresh.stream, model::Via::replay, earlier_batch, earlier))
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
    for (const store::IdentityKey end : parted) resolver_.part(end);
    return both;
}

std::optional<IdentityIndex> CommitPass::known(const BatchIdentity& identity) const {
    const auto entry = batch_.identity_index.find(identity.ns + '\0' + identity.value);
    if (entry == batch_.identity_index.end()) return std::nullopt;
    return entry->second;
}

Result<std::optional<store::Identity>> CommitPass::find(const BatchIdentity& identity) {
    return transaction_.read().find_identity(identity.ns, identity.value);
}

}  // namespace touchline::ingest
