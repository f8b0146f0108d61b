// Links come, gain and lose support, and are retracted; none is ever rewritten.
#pragma once

#include "writer.hpp"

#include "touchline/store/store.hpp"

namespace touchline::store::sqlite {

Result<std::vector<Transaction::LinkWritten>> put_links(
    Writer& writer, std::span<const LinkWrite> links, Time at
);
Result<std::vector<IdentityKey>> withdraw_links(
    Writer& writer, std::span<const LinkWrite> links, Time at
);
Result<void> retract_link(Writer& writer, LinkKey key, std::string_view reason, Time at);

}  // namespace touchline::store::sqlite
