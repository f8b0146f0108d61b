// Bytes as the world really sends them: cut, wrong, too large, hostile. Pure functions; the same
// dice give the same bytes.
#pragma once

#include "scene.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::check {

/// Beginnings of `bytes`, the empty one included.
std::vector<std::string> cut_off(std::string_view bytes);
/// Contents that have nothing to do with what was asked for.
std::vector<std::string> unrelated();
/// Each value of a JSON text (at most `most` of them) replaced by one of another kind, a huge one,
/// or none.
std::vector<std::string> with_other_values(std::string_view json, std::size_t most, Dice& dice);
/// Bytes that are not UTF-8 in the middle of the text.
std::vector<std::string> with_bad_utf8(std::string_view bytes, Dice& dice);
/// One of the above, or bits turned at random.
std::string spoiled(std::string_view bytes, Dice& dice);

}  // namespace touchline::check
