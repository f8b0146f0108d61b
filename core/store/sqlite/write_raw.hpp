// Keeps pages and judges their records.
#pragma once

#include "writer.hpp"

namespace touchline::store::sqlite {

Result<SourceKey> find_or_make_source(
    Writer& writer, std::string_view connection, std::string_view stream
);
Result<std::vector<RecordState>> put_raw(
    Writer& writer,
    SourceKey source,
    std::string_view page,
    std::span<const RawRecord> records,
    Time at
);

}  // namespace touchline::store::sqlite
