// Which strong values so many different people hold that they tell nobody apart from the others:
// the mailbox of a family, the switchboard of a firm. Found in the evidence, not in a list.
#pragma once

#include "link_order.hpp"

#include <vector>

namespace touchline::identity {

/// By rank: true for members that are shared. A holder is the more telling end of a link to the
/// value. Holders of one namespace are different unless their names are compatible, as a system
/// knows a person under one key; those without a name count as different. A value is shared when it
/// has more different holders of one namespace than Policy::max_holders, more names of its own that
/// contradict, or more than k_crowd links and names.
std::vector<bool> shared_values(
    const Component& component, const Ranked& ranked, const Policy& policy
);

}  // namespace touchline::identity
