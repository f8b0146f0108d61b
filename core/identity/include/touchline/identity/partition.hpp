// Which identities are one customer: a pure function of identities, links and names, whatever order
// they came in.
//
// Links are taken in a fixed order (people's first, then between sources' own keys, then through
// strong identities, the more telling namespace first; among equals the verified one, then the one
// most often stated, then of phone numbers, which are handed on, the one stated last) and each
// joins its two sides unless a `not_same`, a cap or the names forbid it. So a phone shared by
// differently named people stays with the side that comes first in that order and the others are
// refused, not merged; and one that more of them share than its namespace allows (max_customers)
// joins nobody. Likenesses come last: of what is left, the two sides that are most alike in the
// mean over all pairs of their records are joined, again and again, by the same brakes.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/identity/policy.hpp"
#include "touchline/model/identity.hpp"
#include "touchline/model/link.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace touchline::identity {

using MemberId = std::int64_t;

struct Member {
    MemberId id = 0;
    std::string ns;
    model::Strength strength = model::Strength::unique;
    std::string value;
    /// Known to be shared by too many (see Partition::shared): only what people say of it counts,
    /// and the other links that lead to it need not all be here.
    bool shared = false;
    /// Likenesses to others were looked for: one that is not among the links is none.
    bool compared = false;
};

/// An assertion about a pair; there may be several about one.
struct LinkEvidence {
    std::int64_t id = 0;
    MemberId a = 0, b = 0;
    model::Polarity polarity = model::Polarity::same;
    model::By by = model::By::source;
    std::string rule;
    Time asserted_at{};
    std::int64_t support = 1;  ///< records that say so
    /// Bits of a likeness that a model found, also of one too weak to join anybody by itself.
    std::optional<double> score{};
    std::string evidence{};  ///< the first record that says so: "crm/contacts/17"
    std::string reason{};    ///< what is alike, or why somebody says so
};

struct NameEvidence {
    MemberId member = 0;
    std::string name;  ///< normalised
};

struct BirthEvidence {
    MemberId member = 0;
    std::string date;  ///< normalised
};

/// Everything that links can reach from one identity. (ns, value) and `id` are unique among the
/// members; links and names that speak of other members are left out of account.
struct Component {
    std::vector<Member> members;
    std::vector<LinkEvidence> links;
    std::vector<NameEvidence> names;
    std::vector<BirthEvidence> births{};
    double join_from = 0;  ///< mean bits from which two sides are alike
};

enum class Refusal {
    not_same,  ///< somebody said that members of the two sides are different
    cap,       ///< `ns` would have more values than one customer may
    names,     ///< no name of one side is compatible with any of the other
    weak,      ///< one end is of a weak namespace
    shared,    ///< more different holders share one end than its namespace allows
    births,    ///< the two sides were born on different days
    size,      ///< likenesses would tie more together than one person has
};

/// A pair that is linked but stays apart.
struct RefusedLink {
    std::int64_t link = 0;  ///< the first assertion: oldest, then smallest id
    MemberId a = 0, b = 0;
    Refusal reason = Refusal::names;
    std::string ns;              ///< cap: the namespace
    std::string name_a, name_b;  ///< names, births: an example from a's side and from b's
    MemberId other_a = 0,
             other_b = 0;  ///< not_same: the pair said to differ, from a's side and from b's
    /// The strong end already belongs to the customer of this member ("shared with"); 0 when
    /// neither end does.
    MemberId shared_with = 0;
};

struct Partition {
    std::vector<std::uint32_t>
        cluster;  ///< by position in `members`; numbered by each cluster's first (ns, value)
    std::uint32_t count = 0;
    std::vector<std::uint32_t> side;   ///< the same before likenesses joined any; any numbers
    std::vector<RefusedLink> refused;  ///< in the order of the decision
    /// Strong members that turned out to be shared by too many: a family's mailbox, a switchboard.
    /// By id; without those that were known to be.
    std::vector<MemberId> shared;
};

/// Likenesses hold at most so many sides together that nothing surer joins.
inline constexpr std::uint32_t k_most_likenesses = 40;
/// A strong member with more links and names than this is shared, whoever they lead to.
inline constexpr std::uint32_t k_crowd = 100;

/// Pure; any thread. Linear in the links but for their sorting.
Partition partition(const Component& component, const Policy& policy);

}  // namespace touchline::identity
