// Keeps customers true to the links: given identities that are new or whose links changed, works
// out who they are now, inside the transaction that changed them. The decision itself is
// core/identity's, a pure function.
#pragma once

#include "touchline/identity/partition.hpp"
#include "touchline/identity/policy.hpp"
#include "touchline/store/store.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace touchline::ingest {

/// An identity that this transaction has just made, and a link that it has just put: what a
/// component is made of while the store knows no more of it than we do.
struct NewIdentity {
    store::IdentityKey key = store::IdentityKey::none;
    std::string_view ns, value;
    model::Strength strength = model::Strength::unique;
};

struct NewLink {
    store::LinkKey key = store::LinkKey::none;
    store::IdentityKey a = store::IdentityKey::none, b = store::IdentityKey::none;
    model::Polarity polarity = model::Polarity::same;
    model::By by = model::By::source;
    std::string_view rule;
    Time asserted_at{};
    std::int64_t support = 1;
};

class Resolver {
public:
    Resolver(
        store::Transaction& transaction,
        const identity::Policy& policy,
        std::string_view tenant,
        Time now
    )
        : transaction_(transaction), policy_(policy), tenant_(tenant), now_(now) {}

    /// Not weak, and without a customer yet.
    void add(NewIdentity identity);
    void add(NewLink link);
    /// One more record says what the link says.
    void restate(store::IdentityKey a, store::IdentityKey b, store::LinkKey link, Time asserted_at);
    /// A name or a day of birth of an identity: a weak identity just made or known.
    void add_name(store::IdentityKey member, std::string_view name);
    void add_birth(store::IdentityKey member, std::string_view date);
    /// An end of a link that does not hold any more.
    void part(store::IdentityKey end);
    /// An identity whose links changed and that may have a customer already.
    void touch(store::IdentityKey identity);

    /// Decides, writes memberships and customers, and appends merges, splits and updates to the
    /// feed.
    Result<void> resolve();

    /// Customers that this transaction gave to identities; others have the one they had.
    const std::unordered_map<store::IdentityKey, store::CustomerKey>& assigned() const {
        return assigned_;
    }
    /// Those that are somebody else's now.
    const std::vector<store::IdentityKey>& moved() const { return moved_; }

private:
    using Group = std::vector<store::IdentityKey>;

    store::IdentityKey root_of(store::IdentityKey key);
    std::vector<Group> groups();
    bool is_all_new(const Group& group) const;
    identity::Component component_of_new(const Group& group) const;
    Result<void> resolve_group(const Group& group);
    Result<store::Component> whole_customers(Group seeds);
    Result<bool> review_shared(const store::Component& component);
    Result<bool> is_still_shared(store::IdentityKey key);
    Result<void> note_shared(const identity::Partition& partition);
    Result<void> resolve_new(const identity::Component& component);
    Result<void> resolve_known(const store::Component& component);
    Result<store::CustomerKey> create_customer(
        const identity::Component& component, identity::MemberId anchor
    );
    Result<void> announce(std::string_view type, store::CustomerKey customer, std::string data);

    store::Transaction& transaction_;
    const identity::Policy& policy_;
    std::string_view tenant_;
    Time now_;
    std::unordered_map<store::IdentityKey, NewIdentity> new_;
    std::unordered_map<store::IdentityKey, std::vector<NewLink>> links_;  // by their end a
    std::unordered_map<store::IdentityKey, std::vector<std::string_view>> names_, births_;
    std::unordered_map<store::IdentityKey, store::IdentityKey> parents_;
    std::vector<store::IdentityKey> seeds_;
    std::unordered_set<store::IdentityKey> parted_;
    std::unordered_map<store::IdentityKey, store::CustomerKey> assigned_;
    std::vector<store::IdentityKey> moved_;
};

}  // namespace touchline::ingest
