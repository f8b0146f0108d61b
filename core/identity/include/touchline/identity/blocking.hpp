// Which pairs are worth comparing: those with a key in common.
#pragma once

#include "touchline/identity/features.hpp"

#include <cstdint>
#include <vector>

namespace touchline::identity {

using BlockingKey = std::uint64_t;

/// A dozen to about thirty keys: identifiers whole and in halves, names by sound with dates, places
/// and initials. Sorted, each once; a pure function of the features. A key that more records carry
/// than the model's `block_max` tells nothing and is left out of account, whatever the order the
/// records came in.
std::vector<BlockingKey> blocking_keys(const Features& features);
/// The same in the place of what `keys` held: for many records, without an allocation for each.
void blocking_keys(const Features& features, std::vector<BlockingKey>& keys);

}  // namespace touchline::identity
