#include "resolver.hpp"

#include "component.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/identity/ids.hpp"
#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::ingest {
namespace {

using identity::MemberId;
using store::CustomerKey;
using store::IdentityKey;

/// Tied to more than this, an identity is shared beyond doubt.
constexpr std::size_t k_most_ends = 10 * identity::k_crowd;

/// The same identity makes the same id in every installation of a tenant, so that a rebuilt store
/// keeps its addresses.
std::string customer_id(std::string_view tenant, const identity::Member& anchor, int attempt) {
    std::string text;
    for (const std::string_view part :
         {tenant, std::string_view(anchor.ns), std::string_view(anchor.value)}) {
        text.append(std::to_string(part.size())).append(":").append(part);
    }
    if (attempt > 0) text.append("#").append(std::to_string(attempt));
    const Digest digest = sha256(text);
    return "cu_" + to_base32(std::span(digest).first<10>());
}

}  // namespace

void Resolver::add(NewIdentity identity) {
    new_.emplace(identity.key, identity);
    touch(identity.key);
}

void Resolver::add(NewLink link) {
    touch(link.a);
    touch(link.b);
    links_[link.a].push_back(link);
    parents_[root_of(link.a)] = root_of(link.b);
}

void Resolver::restate(IdentityKey a, IdentityKey b, store::LinkKey link, Time asserted_at) {
    const auto links = links_.find(a);
    if (links != links_.end()) {
        const auto known = std::ranges::find(links->second, link, &NewLink::key);
        if (known != links->second.end()) {
            ++known->support;
            known->asserted_at = std::min(known->asserted_at, asserted_at);
        }
    }
    touch(a);
    touch(b);
}

void Resolver::add_name(IdentityKey member, std::string_view name) {
    names_[member].push_back(name);
}

void Resolver::add_birth(IdentityKey member, std::string_view date) {
    births_[member].push_back(date);
}

void Resolver::part(IdentityKey end) {
    parted_.insert(end);
    touch(end);
}

void Resolver::touch(IdentityKey identity) {
    if (parents_.try_emplace(identity, identity).second) seeds_.push_back(identity);
}

IdentityKey Resolver::root_of(IdentityKey key) {
    while (parents_.at(key) != key) {
        IdentityKey& parent = parents_.at(key);
        parent = parents_.at(parent);
        key = parent;
    }
    return key;
}

std::vector<Resolver::Group> Resolver::groups() {
    std::unordered_map<IdentityKey, std::size_t> index;
    std::vector<Group> groups;
    for (const IdentityKey seed : seeds_) {
        const auto [entry, inserted] = index.try_emplace(root_of(seed), groups.size());
        if (inserted) groups.emplace_back();
        groups[entry->second].push_back(seed);
    }
    return groups;
}

Result<void> Resolver::resolve() {
    std::vector<Group> all = groups();
    // Those that need nothing of the store come first: asking it makes it write what it gathered.
    std::stable_partition(all.begin(), all.end(), [this](const Group& group) {
        return is_all_new(group);
    });
    for (const Group& group : all) TOUCHLINE_CHECK(resolve_group(group));
    return {};
}

bool Resolver::is_all_new(const Group& group) const {
    return std::all_of(group.begin(), group.end(), [this](IdentityKey key) {
        return new_.contains(key);
    });
}

Result<void> Resolver::resolve_group(const Group& group) {
    // Nothing that is older can be linked to identities that are all new: no need to ask the store.
    if (is_all_new(group)) return resolve_new(component_of_new(group));
    const bool is_done = std::all_of(group.begin(), group.end(), [this](IdentityKey key) {
        return assigned_.contains(key);
    });
    if (is_done) return {};
    TOUCHLINE_TRY(store::Component component, whole_customers(group));
    TOUCHLINE_TRY(const bool reopened, review_shared(component));
    if (reopened) {
        TOUCHLINE_TRY(component, whole_customers(group));
    }
    return resolve_known(component);
}

/// Whether a shared identity is still shared can only change to "no" where links went away or a
/// holder got a name. True when one is not shared any more, so that more hangs together than
/// `component` shows.
Result<bool> Resolver::review_shared(const store::Component& component) {
    std::unordered_set<IdentityKey> doubtful;
    const auto changed = [this](IdentityKey key) {
        return parted_.contains(key) || (names_.contains(key) && !new_.contains(key));
    };
    std::unordered_set<IdentityKey> shared;
    for (const store::Identity& member : component.members) {
        if (!member.shared) continue;
        shared.insert(member.key);
        if (parted_.contains(member.key)) doubtful.insert(member.key);
    }
    for (const store::StoredLink& link : component.links) {
        if (shared.contains(link.a) && changed(link.b)) doubtful.insert(link.a);
        if (shared.contains(link.b) && changed(link.a)) doubtful.insert(link.b);
    }
    bool reopened = false;
    for (const IdentityKey key : doubtful) {
        TOUCHLINE_TRY(const bool still, is_still_shared(key));
        if (still) continue;
        TOUCHLINE_CHECK(transaction_.set_shared(key, false));
        touch(key);
        reopened = true;
    }
    return reopened;
}

Result<bool> Resolver::is_still_shared(IdentityKey key) {
    TOUCHLINE_TRY(const auto star, transaction_.read().star(key, k_most_ends));
    if (!star) return true;
    identity::Component component = to_component(*star, policy_);
    for (identity::Member& member : component.members) member.shared = false;
    const std::vector<MemberId> shared = identity::partition(component, policy_).shared;
    return std::find(shared.begin(), shared.end(), member_id(key)) != shared.end();
}

/// What links reach from the group, and everything else that is with it in a customer now: where
/// links went away, the parts have to agree on who keeps the id.
Result<store::Component> Resolver::whole_customers(Group seeds) {
    while (true) {
        TOUCHLINE_TRY(store::Component component, transaction_.read().component(seeds));
        std::unordered_set<IdentityKey> reached;
        std::unordered_set<CustomerKey> customers;
        for (const store::Identity& member : component.members) {
            reached.insert(member.key);
            if (member.customer != CustomerKey::none) customers.insert(member.customer);
        }
        const std::size_t seeds_before = seeds.size();
        for (const CustomerKey customer : customers) {
            TOUCHLINE_TRY(const auto identities, transaction_.read().identities_of(customer));
            for (const store::Identity& identity : identities) {
                if (reached.insert(identity.key).second) seeds.push_back(identity.key);
            }
        }
        if (seeds.size() == seeds_before) return component;
    }
}

identity::Component Resolver::component_of_new(const Group& group) const {
    identity::Component component;
    for (const IdentityKey key : group) {
        const NewIdentity& identity = new_.at(key);
        component.members.push_back(
            {member_id(key),
             std::string(identity.ns),
             identity.strength,
             std::string(identity.value)}
        );
        if (const auto links = links_.find(key); links != links_.end()) {
            for (const NewLink& link : links->second) {
                component.links.push_back(
                    {static_cast<std::int64_t>(link.key),
                     member_id(link.a),
                     member_id(link.b),
                     link.polarity,
                     link.by,
                     std::string(link.rule),
                     link.asserted_at,
                     link.support}
                );
            }
        }
        if (const auto names = names_.find(key); names != names_.end()) {
            for (const std::string_view name : names->second) {
                component.names.push_back({member_id(key), std::string(name)});
            }
        }
        if (const auto births = births_.find(key); births != births_.end()) {
            for (const std::string_view date : births->second) {
                component.births.push_back({member_id(key), std::string(date)});
            }
        }
    }
    return component;
}

Result<void> Resolver::resolve_new(const identity::Component& component) {
    const identity::Partition partition = identity::partition(component, policy_);
    TOUCHLINE_CHECK(note_shared(partition));
    std::vector<CustomerKey> customers(partition.count, CustomerKey::none);
    std::vector<store::Transaction::Membership> memberships;
    for (std::size_t i = 0; i < component.members.size(); ++i) {
        CustomerKey& customer = customers[partition.cluster[i]];
        if (customer == CustomerKey::none) {
            TOUCHLINE_TRY(customer, create_customer(component, component.members[i].id));
        }
        memberships.push_back({identity_key(component.members[i].id), customer});
        assigned_[identity_key(component.members[i].id)] = customer;
    }
    return transaction_.set_memberships(memberships);
}

Result<void> Resolver::resolve_known(const store::Component& stored) {
    const identity::Component component = to_component(stored, policy_);
    const identity::Partition partition = identity::partition(component, policy_);
    TOUCHLINE_CHECK(note_shared(partition));

    std::unordered_map<std::string, CustomerKey> keys;
    std::unordered_map<CustomerKey, std::string> ids;
    std::vector<identity::KnownId> known;
    std::vector<identity::Membership> before;
    for (const store::Identity& member : stored.members) {
        if (member.customer == CustomerKey::none) continue;
        if (!ids.contains(member.customer)) {
            TOUCHLINE_TRY(
                const store::Customer living, transaction_.read().resolve(member.customer)
            );
            ids[member.customer] = living.id;
            keys[living.id] = living.key;
            known.push_back({living.id, member_id(living.anchor), living.created_at, ""});
            TOUCHLINE_TRY(
                const std::vector<store::Customer> aliases, transaction_.read().aliases(living.key)
            );
            for (const store::Customer& alias : aliases) {
                keys[alias.id] = alias.key;
                known.push_back({alias.id, member_id(alias.anchor), alias.created_at, living.id});
            }
        }
        before.push_back({member_id(member.key), ids.at(member.customer)});
    }

    const identity::IdPlan plan = identity::assign_ids(component, partition, known, before);
    std::vector<CustomerKey> customers(plan.assignments.size(), CustomerKey::none);
    for (std::size_t cluster = 0; cluster < plan.assignments.size(); ++cluster) {
        const identity::Assignment& assignment = plan.assignments[cluster];
        if (assignment.origin == identity::Origin::created) {
            TOUCHLINE_TRY(customers[cluster], create_customer(component, assignment.anchor));
        } else {
            customers[cluster] = keys.at(assignment.id);
        }
        if (assignment.origin == identity::Origin::revived) {
            TOUCHLINE_CHECK(transaction_.set_alias(customers[cluster], CustomerKey::none));
        }
    }
    for (const identity::AliasChange& alias : plan.aliases) {
        TOUCHLINE_CHECK(transaction_.set_alias(keys.at(alias.id), customers[alias.cluster]));
        if (!alias.merged) continue;
        json::Writer data;
        data.begin_object().member("merged", alias.id).end_object();
        TOUCHLINE_CHECK(announce("touchline.customer.merged", customers[alias.cluster], data.take())
        );
    }
    for (std::size_t cluster = 0; cluster < plan.assignments.size(); ++cluster) {
        for (const std::string& from : plan.assignments[cluster].split_from) {
            json::Writer data;
            data.begin_object().member("split_from", from).end_object();
            TOUCHLINE_CHECK(announce("touchline.customer.split", customers[cluster], data.take()));
        }
    }

    std::vector<store::Transaction::Membership> moved;
    std::vector<bool> joined(customers.size(), false);
    for (std::size_t i = 0; i < stored.members.size(); ++i) {
        const store::Identity& member = stored.members[i];
        const CustomerKey customer = customers[partition.cluster[i]];
        assigned_[member.key] = customer;
        if (member.customer == customer) continue;
        moved.push_back({member.key, customer});
        moved_.push_back(member.key);
        if (member.customer == CustomerKey::none) joined[partition.cluster[i]] = true;
    }
    TOUCHLINE_CHECK(transaction_.set_memberships(moved));
    for (std::size_t cluster = 0; cluster < customers.size(); ++cluster) {
        if (!joined[cluster] || plan.assignments[cluster].origin != identity::Origin::kept)
            continue;
        TOUCHLINE_CHECK(announce(
            "touchline.customer.updated", customers[cluster], R"({"changed":["identities"]})"
        ));
    }
    return {};
}

Result<void> Resolver::note_shared(const identity::Partition& partition) {
    for (const MemberId member : partition.shared)
        TOUCHLINE_CHECK(transaction_.set_shared(identity_key(member), true));
    return {};
}

Result<CustomerKey> Resolver::create_customer(
    const identity::Component& component, MemberId anchor
) {
    const auto member =
        std::find_if(component.members.begin(), component.members.end(), [anchor](const auto& one) {
            return one.id == anchor;
        });
    TOUCHLINE_ASSERT(member != component.members.end());
    for (int attempt = 0;; ++attempt) {
        const std::string id = customer_id(tenant_, *member, attempt);
        // An id that was handed out for this identity before, and lives on as somebody's alias, is
        // not used again.
        TOUCHLINE_TRY(const auto taken, transaction_.read().customer(id));
        if (!taken) return transaction_.create_customer(id, identity_key(anchor), now_);
    }
}

Result<void> Resolver::announce(std::string_view type, CustomerKey customer, std::string data) {
    const store::FeedWrite entry{type, customer, store::TouchpointKey::none, data};
    return transaction_.append_feed(std::span(&entry, 1), now_);
}

}  // namespace touchline::ingest
