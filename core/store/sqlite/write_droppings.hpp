// Dead letters that are dropped, and come back when that was a mistake.
#pragma once

#include "writer.hpp"

namespace touchline::store::sqlite {

Result<DroppingKey> set_aside_dead_letters(
    Writer& writer, std::span<const DeadLetterKey> letters, Time at
);
Result<std::int64_t> restore_dead_letters(Writer& writer, DroppingKey key);
Result<void> forget_droppings(Writer& writer, Time before);

}  // namespace touchline::store::sqlite
