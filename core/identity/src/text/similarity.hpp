// How alike two short texts are. All of it is exactly symmetric, byte-wise, and looks at the first
// 64 bytes of each: the texts are normalised ASCII and hardly ever longer.
#pragma once

#include <string_view>

namespace touchline::identity {

/// From 0 (nothing in common) to 1 (equal): Jaro's measure, raised for a common beginning of up to
/// four letters (Winkler 1990).
double jaro_winkler(std::string_view a, std::string_view b);

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), in
/// one pass of bit operations over the shorter text (Hyyrö 2003).
int edit_distance(std::string_view a, std::string_view b);

}  // namespace touchline::identity
