// Times as the exporting systems write them, and office hours in Brussels.
#pragma once

#include "touchline/base/time.hpp"

#include <string>

namespace touchline::sample {

/// Central European time: +01:00, in summer (last Sunday of March to last Sunday of October, 01:00
/// UTC) +02:00.
std::chrono::minutes brussels_offset(Time time);

std::string iso(Time time);       ///< "2026-10-02T07:14:00Z"
std::string crm_time(Time time);  ///< "02/10/2026 07:14", UTC
std::string pbx_time(Time time);  ///< "2026-10-02T09:14:00+02:00", Brussels
std::string day(Time time);       ///< "2026-10-02"
std::string month(Time time);     ///< "2026-10"

/// The same day or a later working day, at `minute_of_day` in Brussels (540 is nine o'clock).
Time at_office(Time time, int minute_of_day);

}  // namespace touchline::sample
