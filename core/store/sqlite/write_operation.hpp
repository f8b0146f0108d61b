// Dead letters, checkpoints, runs and the inbox.
#pragma once

#include "writer.hpp"

namespace touchline::store::sqlite {

Result<std::int64_t> put_dead_letters(
    Writer& writer, std::span<const DeadLetterWrite> letters, Time at
);
Result<std::int64_t> clear_dead_letters(
    Writer& writer,
    std::string_view connection,
    std::string_view stream,
    std::string_view external_id
);
Result<void> drop_dead_letter(Writer& writer, DeadLetterKey key);
Result<void> put_checkpoint(
    Writer& writer, SourceKey source, std::uint32_t version, std::string_view state, Time at
);
Result<void> put_run(Writer& writer, const Run& run);
Result<InboxKey> put_inbox(Writer& writer, const InboxItem& item);
Result<void> remove_inbox(Writer& writer, InboxKey key);

}  // namespace touchline::store::sqlite
