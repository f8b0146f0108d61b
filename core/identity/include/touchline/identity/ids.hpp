// Which customer id each cluster gets, so that an id, once handed out, always finds the same
// person.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/identity/partition.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace touchline::identity {

/// An id handed out earlier, live or an alias. `anchor` is the member it was created for.
struct KnownId {
    std::string id;
    MemberId anchor = 0;
    Time created_at{};
    std::string alias_of;  ///< empty while live
};

/// Which live id a member belonged to before.
struct Membership {
    MemberId member = 0;
    std::string customer;
};

enum class Origin {
    kept,     ///< a live id goes on
    revived,  ///< an alias is live again, since its anchor stands alone
    created,  ///< a new id has to be minted
};

/// One cluster's customer.
struct Assignment {
    Origin origin = Origin::created;
    std::string id;       ///< empty when created
    MemberId anchor = 0;  ///< to be stored with the id
    /// Customers that some of these members left and that live on in another cluster.
    std::vector<std::string> split_from;
};

/// `id` now leads to the customer of `cluster`. `merged` when it was live until now.
struct AliasChange {
    std::string id;
    std::uint32_t cluster = 0;
    bool merged = false;
};

struct IdPlan {
    std::vector<Assignment> assignments;  ///< by cluster number
    std::vector<AliasChange> aliases;     ///< only what changes
    std::vector<std::string> vacant;      ///< live ids that no member is left of
};

/// The part with an id's anchor keeps the id. Where live ids meet, the oldest lives (then the
/// smallest text) and the others become its aliases. A part without a live id takes back its oldest
/// alias, else a new id. An id whose anchor is gone stays with the part that has most of its
/// members. Pure; the order of the inputs does not matter.
IdPlan assign_ids(
    const Component& component,
    const Partition& partition,
    std::span<const KnownId> known,
    std::span<const Membership> before
);

}  // namespace touchline::identity
