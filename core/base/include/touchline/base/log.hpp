// The log: one line per event on standard error, a message and key=value fields. No customer data
// and no secret goes in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace touchline {

enum class LogLevel { debug, info, warning, error, off };

using LogFields = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Any thread.
void log(LogLevel level, std::string_view message, LogFields fields = {});
/// Once, from main, before threads start.
void set_log_level(LogLevel level);

}  // namespace touchline
