#include "touchline/ingest/regrouping.hpp"

#include "resolver.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace touchline::ingest {
namespace {

using store::IdentityKey;

constexpr std::size_t k_at_once = 500;

/// An identity's strength is kept with it.
Result<void> renew_strength(
    store::Transaction& transaction, const store::Identity& identity, const identity::Policy& policy
) {
    const model::Strength strength = policy.rule(identity.ns).strength;
    if (strength == identity.strength) return {};
    const store::IdentityName name{identity.ns, identity.value, strength, {}};
    TOUCHLINE_CHECK(transaction.intern({&name, 1}, identity.last_seen));
    return {};
}

Result<void> put_in_force(const Environment& environment) {
    TOUCHLINE_TRY(const auto transaction, environment.store.begin());
    const MatchingLimits& limits = environment.limits;
    TOUCHLINE_CHECK(transaction->put_matching_limits(
        {limits.join_from, limits.review_from, environment.clock.now()}
    ));
    TOUCHLINE_CHECK(transaction->make_all_profiles_due());
    return transaction->commit();
}

Result<std::string> customer_id(store::Reader& reader, const store::Identity& identity) {
    if (identity.customer == store::CustomerKey::none) return std::string();
    TOUCHLINE_TRY(const store::Customer customer, reader.resolve(identity.customer));
    return customer.id;
}

/// Sets of customers that share an identity before and after, gathered identity by identity.
class Comparison {
public:
    Comparison(store::Reader& before, store::Reader& after) : before_(before), after_(after) {}

    Result<RegroupingPlan> run(std::size_t most_changes) {
        TOUCHLINE_CHECK(walk());
        RegroupingPlan plan;
        for (const auto& [id, set] : after_of_) {
            if (set.size() > 1) ++plan.splits;
        }
        for (const auto& [id, set] : before_of_) {
            if (set.size() > 1) ++plan.merges;
        }
        TOUCHLINE_TRY(plan.changes, changes());
        if (plan.changes.size() > most_changes) plan.changes.resize(most_changes);
        return plan;
    }

private:
    Result<void> walk() {
        for (IdentityKey last{};;) {
            TOUCHLINE_TRY(const auto identities, before_.identities_after(last, k_at_once));
            if (identities.empty()) return {};
            last = identities.back().key;
            for (const store::Identity& was : identities) TOUCHLINE_CHECK(compare(was));
        }
    }

    Result<void> compare(const store::Identity& was) {
        TOUCHLINE_TRY(const auto now, after_.identities({&was.key, 1}));
        TOUCHLINE_TRY(const std::string id_before, customer_id(before_, was));
        TOUCHLINE_TRY(
            const std::string id_after,
            now.empty() ? Result<std::string>(std::string()) : customer_id(after_, now.front())
        );
        if (id_before == id_after || id_before.empty() || id_after.empty()) return {};
        note(id_before, id_after);
        // The ids themselves go on where one of the two keeps its name.
        TOUCHLINE_TRY(const auto kept, before_.customer(id_after));
        if (kept) note(id_after, id_after);
        TOUCHLINE_TRY(const auto left, after_.customer(id_before));
        if (left && left->alias_of == store::CustomerKey::none) note(id_before, id_before);
        return {};
    }

    void note(const std::string& id_before, const std::string& id_after) {
        after_of_[id_before].insert(id_after);
        before_of_[id_after].insert(id_before);
    }

    Result<std::vector<Regrouped>> changes() {
        std::vector<Regrouped> all;
        std::set<std::string> done;
        for (const auto& [start, unused] : after_of_) {
            if (done.contains(start)) continue;
            std::set<std::string> from{start}, to;
            for (std::vector<std::string> open{start}; !open.empty();) {
                const std::string id = open.back();
                open.pop_back();
                for (const std::string& next : after_of_[id]) {
                    to.insert(next);
                    for (const std::string& other : before_of_[next])
                        if (from.insert(other).second) open.push_back(other);
                }
            }
            done.insert(from.begin(), from.end());
            Regrouped one{{from.begin(), from.end()}, {to.begin(), to.end()}, 0};
            TOUCHLINE_TRY(one.touchpoints, touchpoints_of(one.before));
            all.push_back(std::move(one));
        }
        std::ranges::stable_sort(all, std::ranges::greater(), &Regrouped::touchpoints);
        return all;
    }

    Result<std::int64_t> touchpoints_of(const std::vector<std::string>& customers) {
        std::vector<IdentityKey> keys;
        for (const std::string& id : customers) {
            TOUCHLINE_TRY(const auto customer, before_.customer(id));
            if (!customer) continue;
            TOUCHLINE_TRY(const auto identities, before_.identities_of(customer->key));
            for (const store::Identity& one : identities) keys.push_back(one.key);
        }
        TOUCHLINE_TRY(const store::TimelinePage page, before_.timeline(keys, {}, 0, 0));
        return page.total;
    }

    store::Reader& before_;
    store::Reader& after_;
    std::map<std::string, std::set<std::string>> after_of_, before_of_;  // by id
};

}  // namespace

Result<RegroupingPlan> plan_rules(
    const Environment& environment,
    std::size_t most_changes,
    const identity::Model* model,
    std::stop_token stop
) {
    TOUCHLINE_TRY(const auto shadow, environment.store.shadow());
    const Environment tried{
        *shadow,
        environment.policy,
        environment.clock,
        environment.tenant,
        nullptr,
        environment.limits};
    if (model != nullptr) TOUCHLINE_CHECK(use_model(tried, *model));
    TOUCHLINE_CHECK(apply_rules(tried, stop));
    TOUCHLINE_TRY(const auto before, environment.store.reader());
    TOUCHLINE_TRY(const auto after, shadow->reader());
    return compare_customers(*before, *after, most_changes);
}

Result<RegroupingPlan> compare_customers(
    store::Reader& before, store::Reader& after, std::size_t most_changes
) {
    return Comparison(before, after).run(most_changes);
}

Result<void> apply_rules(const Environment& environment, std::stop_token stop) {
    // Whatever happens behind it, what is due is worked off by the next run.
    TOUCHLINE_CHECK(put_in_force(environment));
    for (IdentityKey last{}; !stop.stop_requested();) {
        TOUCHLINE_TRY(const auto transaction, environment.store.begin());
        TOUCHLINE_TRY(const auto identities, transaction->read().identities_after(last, k_at_once));
        if (identities.empty()) break;
        last = identities.back().key;
        Resolver resolver(
            *transaction, environment.policy, environment.tenant, environment.clock.now()
        );
        for (const store::Identity& identity : identities) {
            TOUCHLINE_CHECK(renew_strength(*transaction, identity, environment.policy));
            resolver.part(identity.key);
        }
        TOUCHLINE_CHECK(resolver.resolve());
        TOUCHLINE_CHECK(transaction->commit());
    }
    TOUCHLINE_CHECK(match_due(environment, stop));
    return {};
}

}  // namespace touchline::ingest
