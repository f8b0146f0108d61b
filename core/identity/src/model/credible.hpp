// Whether what pairs without labels taught can be what it is called. Classes that are learnt have
// no names of their own: where many pairs are alike for another reason than being the same
// (companies of one trade), "same" may take those, and leave the same ones to "related".
#pragma once

#include "touchline/identity/model.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace touchline::identity {

/// Whether the related agree better than the same, taking all comparisons together that the records
/// tell anything for.
bool classes_swapped(const Model& model, std::span<const LevelChances> chances);

/// The comparisons in which the same agree less often than strangers do, though as shipped they
/// would agree more often.
std::vector<std::size_t> out_of_order(const Model& model, std::span<const LevelChances> chances);

}  // namespace touchline::identity
