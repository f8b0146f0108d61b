#include "commit_pass.hpp"
#include "component.hpp"
#include "event_rules.hpp"

#include <algorithm>
#include <map>

namespace touchline::ingest {
namespace {

/// The rule under which a contact ties an identity to its most telling one.
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
    std::vector<std::vector<store::LinkKey>> asserted(fresh_.size());
    std::vector<bool> restated(fresh_.size(), false);
    std::vector<std::size_t> asserting;  // the index of the record, or that of none
    const std::size_t nobody = fresh_.size();
    const auto add = [&](IdentityIndex a, IdentityIndex b, store::LinkWrite row, std::size_t by) {
        row.a = identities_[a].key;
        row.b = identities_[b].key;
        rows.push_back(row);
        ends.emplace_back(a, b);
        asserting.push_back(by);
    };
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
        const Fresh& fresh = fresh_[i];
        std::set<Assertion> now = assertions(*fresh.record), kept;
        // One that says nothing at all any more was a contact, too, that is deleted now.
        // A replay takes the mapping's word alone.
        const bool is_contact = !fresh.record->facts.empty() || !fresh.record->links.empty() ||
                                fresh.record->touchpoints.empty() ||
                                fresh.record->key != store::RecordKey::none;
        if (fresh.changed && is_contact) {
            TOUCHLINE_TRY(kept, withdraw_others(fresh, now, asserted[i]));
            restated[i] = true;
            for (const Assertion& assertion : kept) now.erase(assertion);
        }
        for (const BatchFact& fact : fresh.record->facts) {
            for (std::size_t claim = 1; claim < fact.claims.size(); ++claim) {
                const Assertion said = star(fact.claims, claim);
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
                     .renews = renews},
                    i);
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
                 .reason = link.reason},
                i);
        }
        // That a touchpoint named both at once stays true whatever becomes of it: nothing to
        // count, and nothing to take back unless the mapping was wrong (see commit_stored.cpp).
        for (const BatchTouchpoint& touchpoint : fresh.record->touchpoints) {
            for (std::size_t at = 1; at < touchpoint.claims.size(); ++at) {
                const BatchClaim& claim = touchpoint.claims[at];
                const std::string_view rule = rule_of_event(claim.trust);
                const IdentityIndex first = touchpoint.claims[0].identity;
                if (!seen.insert({first, claim.identity, rule}).second) continue;
                add(first,
                    claim.identity,
                    {.rule = rule,
                     .evidence = fresh.key,
                     .asserted_at = touchpoint.occurred_at,
                     .support = 0},
                    nobody);
            }
        }
    }
    TOUCHLINE_TRY(const auto written, transaction_.put_links(rows, now_));
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i].inserted)
            tell_resolver(rows[i], written[i].key, ends[i].first, ends[i].second);
        // How often it is said decides who has what several claim.
        const bool supports = !written[i].inserted && rows[i].support > 0;
        if (supports && !is_weak(ends[i].first) && !is_weak(ends[i].second))
            resolver_.restate(rows[i].a, rows[i].b, written[i].key, rows[i].asserted_at);
        if (asserting[i] != nobody && written[i].key != store::LinkKey::none)
            asserted[asserting[i]].push_back(written[i].key);
        if (!written[i].renewed) continue;
        resolver_.touch(rows[i].a);
        resolver_.touch(rows[i].b);
    }
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
        if (asserted[i].empty() && !restated[i]) continue;
        TOUCHLINE_CHECK(transaction_.put_assertions(fresh_[i].key, asserted[i]));
    }
    return {};
}

bool CommitPass::has_phone(IdentityIndex identity) const {
    const model::Namespace& rule = environment_.policy.rule(batch_.identities[identity].ns);
    return rule.normaliser == model::Normaliser::phone;
}

bool CommitPass::is_weak(IdentityIndex identity) const {
    return batch_.identities[identity].strength == model::Strength::weak;
}

void CommitPass::tell_resolver(
    const store::LinkWrite& row, store::LinkKey key, IdentityIndex a, IdentityIndex b
) {
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

StoredAssertion CommitPass::stored(const Assertion& assertion) const {
    const auto [a, b] = std::minmax(identities_[assertion.a].key, identities_[assertion.b].key);
    return {a, b, assertion.polarity, assertion.rule};
}

/// Takes back what the record asserted until now and does not assert any more; returns what it
/// still does, and in `still` the links of that.
Result<std::set<Assertion>> CommitPass::withdraw_others(
    const Fresh& fresh, const std::set<Assertion>& now, std::vector<store::LinkKey>& still
) {
    std::set<Assertion> kept;
    TOUCHLINE_TRY(const auto before, transaction_.read().assertions_of(fresh.key));
    if (before.empty()) return kept;
    std::map<StoredAssertion, Assertion> said;
    for (const Assertion& assertion : now) said.emplace(stored(assertion), assertion);
    std::vector<store::LinkWrite> gone;
    std::vector<store::IdentityKey> less_said;
    for (const store::StoredLink& link : before) {
        const auto again = said.find({link.a, link.b, link.polarity, link.rule});
        if (again != said.end()) {
            kept.insert(again->second);
            still.push_back(link.key);
        } else {
            gone.push_back({.a = link.a, .b = link.b, .polarity = link.polarity, .rule = link.rule}
            );
            if (link.support > 1) less_said.push_back(link.a), less_said.push_back(link.b);
        }
    }
    TOUCHLINE_TRY(const auto parted, transaction_.withdraw_links(gone, now_));
    for (const store::IdentityKey end : parted) resolver_.part(end);
    for (const store::IdentityKey end : less_said) resolver_.touch(end);
    return kept;
}

}  // namespace touchline::ingest
