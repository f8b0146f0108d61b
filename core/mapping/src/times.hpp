// Points in time as the systems out there write them.
#pragma once

#include "touchline/base/time.hpp"

#include <chrono>
#include <string_view>

namespace touchline::mapping {

/// RFC 3339; also with "+0200", without seconds, with a space for the T, without a zone (then
/// `zone` counts), or a date alone (its midnight). Years 0001 to 9999. Error: bad_data, `"…" is not
/// a time`.
Result<Time> read_time(std::string_view text, std::chrono::minutes zone = {});

/// By a format of %Y %y %m %d %e %b %B %a %A %H %I %M %S %f %p %z %F %T %s %% and plain text; white
/// space in the format stands for any amount of it. Names are English. Error: bad_data.
Result<Time> read_time(std::string_view text, std::string_view format, std::chrono::minutes zone);

/// "+02:00", "-0530", "Z". Error: bad_data.
Result<std::chrono::minutes> read_zone(std::string_view text);

}  // namespace touchline::mapping
