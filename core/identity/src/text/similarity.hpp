// How alike two short texts are. All of it is exactly symmetric, byte-wise, and looks at the first
// 64 bytes of each: the texts are normalised ASCII and hardly ever longer.
#pragma once

#include "touchline/identity/features.hpp"

#include <cstdint>
#include <string_view>

namespace touchline::identity {

/// From 0 (nothing in common) to 1 (equal): Jaro's measure, raised for a common beginning of up to
/// four letters (Winkler 1990).
double jaro_winkler(std::string_view a, std::string_view b);

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), in
/// one pass of bit operations over the shorter text (Hyyrö 2003).
int edit_distance(std::string_view a, std::string_view b);

/// Whether edit_distance() is at most one; faster.
bool within_one_edit(std::string_view a, std::string_view b);

/// Which letters, digits and signs a text has, one bit each, and of digits which it has twice and
/// thrice: what cannot be alike is told apart without looking at the texts. One edit changes two
/// bits at most.
std::uint64_t signs_of(std::string_view text);

/// False only when jaro_winkler() is certainly below `limit`.
bool may_be_alike(const FeatureText& a, const FeatureText& b, double limit);
/// False only when edit_distance() is certainly above `edits`.
bool may_be_within(const FeatureText& a, const FeatureText& b, int edits);

}  // namespace touchline::identity
