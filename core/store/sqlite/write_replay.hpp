// What replays keep: assertions, doubts, and their own place.
#pragma once

#include "writer.hpp"

#include "touchline/store/raw.hpp"

namespace touchline::store::sqlite {

Result<void> put_assertions(Writer& writer, RecordKey record, std::span<const LinkKey> links);
Result<void> doubt_link(Writer& writer, LinkKey link);
Result<void> settle_doubt(Writer& writer, LinkKey link);
Result<ReplayKey> put_replay(Writer& writer, const Replay& replay);

}  // namespace touchline::store::sqlite
