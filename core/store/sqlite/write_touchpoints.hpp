// Touchpoints, the facts that records state, and what people decide on them.
#pragma once

#include "writer.hpp"

namespace touchline::store::sqlite {

Result<std::vector<TouchpointWritten>> put_touchpoints(
    Writer& writer, std::span<const TouchpointWrite> rows, Time at
);
Result<std::vector<TouchpointKey>> retract_parts(
    Writer& writer, RecordKey record, std::span<const std::string_view> keep, Time at
);
Result<void> put_pin(Writer& writer, const Pin& pin);
Result<void> remove_pin(Writer& writer, TouchpointKey touchpoint);
Result<void> put_facts(Writer& writer, RecordKey record, std::span<const FactWrite> facts);
Result<void> put_choice(Writer& writer, const FieldChoice& choice);
Result<bool> end_choice(Writer& writer, IdentityKey identity, std::string_view field, Time at);

}  // namespace touchline::store::sqlite
