#include "touchline/ingest/change_plan.hpp"

#include "change_effects.hpp"

#include <algorithm>
#include <set>

namespace touchline::ingest {
namespace {

constexpr std::size_t k_shown_identities = 8;

Result<std::optional<CustomerSide>> side_of(store::Reader& reader, const std::string& id) {
    TOUCHLINE_TRY(const auto customer, reader.customer(id));
    if (!customer || customer->alias_of != store::CustomerKey::none)
        return std::optional<CustomerSide>();
    CustomerSide side;
    side.id = id;
    TOUCHLINE_TRY(const auto identities, reader.identities_of(customer->key));
    std::vector<store::IdentityKey> keys;
    for (const store::Identity& identity : identities) {
        keys.push_back(identity.key);
        if (side.identities.size() < k_shown_identities)
            side.identities.push_back(identity.ns + ":" + identity.value);
    }
    TOUCHLINE_TRY(const store::TimelinePage page, reader.timeline(keys, {}, 0, 0));
    side.touchpoints = page.total;
    return std::optional(std::move(side));
}

Result<std::string> holder_of(store::Reader& reader, store::IdentityKey key) {
    TOUCHLINE_TRY(const auto identities, reader.identities({&key, 1}));
    if (identities.empty() || identities.front().customer == store::CustomerKey::none)
        return std::string();
    TOUCHLINE_TRY(const store::Customer customer, reader.resolve(identities.front().customer));
    return customer.id;
}

/// The customers whom the change concerns, those first of whom people would say "why?".
class Surprises {
public:
    Surprises(store::Reader& before, store::Reader& after, std::size_t most)
        : before_(before), after_(after), most_(most) {}

    Result<std::vector<CustomerEffect>> take(
        const std::vector<Regrouped>& regrouped,
        const std::unordered_map<store::IdentityKey, IdentityEffect>& identities
    ) {
        TOUCHLINE_CHECK(gather(identities));
        std::vector<CustomerEffect> effects;
        std::set<std::string> shown;
        for (const Regrouped& one : regrouped) {
            if (effects.size() == most_) return effects;
            TOUCHLINE_TRY(effects.emplace_back(), effect_of(one.before, one.after));
            shown.insert(one.before.begin(), one.before.end());
            shown.insert(one.after.begin(), one.after.end());
        }
        std::vector<std::pair<std::int64_t, std::string>> order;
        for (const auto& [id, effect] : customers_) order.emplace_back(-effect.weight(), id);
        std::ranges::sort(order);
        for (const auto& [weight, id] : order) {
            if (effects.size() == most_) break;
            if (shown.contains(id)) continue;
            TOUCHLINE_TRY(effects.emplace_back(), effect_of({id}, {id}));
        }
        return effects;
    }

private:
    Result<void> gather(const std::unordered_map<store::IdentityKey, IdentityEffect>& identities) {
        for (const auto& [key, effect] : identities) {
            TOUCHLINE_TRY(std::string id, holder_of(before_, key));
            if (id.empty()) {
                TOUCHLINE_TRY(id, holder_of(after_, key));
            }
            IdentityEffect& customer = customers_[id];
            customer.added += effect.added;
            customer.changed += effect.changed;
            customer.removed += effect.removed;
            for (const ChangeExample& example : effect.examples) {
                if (customer.examples.size() < 3) customer.examples.push_back(example);
            }
        }
        return {};
    }

    Result<CustomerEffect> effect_of(
        const std::vector<std::string>& before, const std::vector<std::string>& after
    ) {
        CustomerEffect effect;
        std::set<std::string> all(before.begin(), before.end());
        all.insert(after.begin(), after.end());
        for (const std::string& id : all) {
            const auto known = customers_.find(id);
            if (known == customers_.end()) continue;
            effect.added += known->second.added;
            effect.changed += known->second.changed;
            effect.removed += known->second.removed;
            effect.examples.insert(
                effect.examples.end(), known->second.examples.begin(), known->second.examples.end()
            );
        }
        if (effect.examples.size() > 3) effect.examples.resize(3);
        for (const std::string& id : before) {
            TOUCHLINE_TRY(auto side, side_of(before_, id));
            if (side) effect.before.push_back(std::move(*side));
        }
        for (const std::string& id : after) {
            TOUCHLINE_TRY(auto side, side_of(after_, id));
            if (side) effect.after.push_back(std::move(*side));
        }
        return effect;
    }

    store::Reader& before_;
    store::Reader& after_;
    const std::size_t most_;
    std::map<std::string, IdentityEffect> customers_;
};

}  // namespace

bool ChangePlan::is_empty() const {
    const store::ReplayCounts& counts = replay.counts;
    return counts.added + counts.changed + counts.removed + counts.mended + counts.failed == 0 &&
           merges + splits == 0;
}

Result<ChangePlan> plan_change(
    const Environment& environment,
    Plans plans,
    const ChangeRequest& request,
    const ReplayOptions& options
) {
    TOUCHLINE_TRY(const auto shadow, environment.store.shadow());
    // What comes in while the copy is worked on is no effect of the change, so the copy itself is
    // what it is compared with.
    TOUCHLINE_TRY(const auto before, shadow->reader());
    const Environment tried{
        *shadow,
        environment.policy,
        environment.clock,
        environment.tenant,
        nullptr,
        environment.limits};
    ChangePlan plan;
    ChangeEffects effects(request, plan);
    {
        // One that is under way on the real store does not hinder a trial.
        TOUCHLINE_TRY(const auto reader, shadow->reader());
        TOUCHLINE_TRY(const auto other, unfinished_replay(*reader));
        if (other) TOUCHLINE_CHECK(cancel_replay(tried, other->key));
    }
    TOUCHLINE_TRY(
        const store::Replay begun, begin_replay(tried, {request.selection, request.where, {}})
    );
    ReplayOptions observed = options;
    observed.observer = &effects;
    TOUCHLINE_TRY(plan.replay, run_replay(tried, plans, begun.key, observed));
    if (request.with_rules && !options.stop.stop_requested())
        TOUCHLINE_CHECK(apply_rules(tried, options.stop));
    if (options.stop.stop_requested()) return Error(Code::cancelled, "the plan was stopped");
    TOUCHLINE_TRY(const auto after, shadow->reader());
    TOUCHLINE_TRY(
        const RegroupingPlan regrouping, compare_customers(*before, *after, request.most_customers)
    );
    plan.merges = regrouping.merges;
    plan.splits = regrouping.splits;
    TOUCHLINE_TRY(
        plan.customers,
        Surprises(*before, *after, request.most_customers)
            .take(regrouping.changes, effects.identities())
    );
    std::ranges::stable_sort(plan.failures, std::ranges::greater(), &FailureEffect::records);
    return plan;
}

}  // namespace touchline::ingest
