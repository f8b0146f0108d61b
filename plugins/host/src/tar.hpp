// Plain tar archives (POSIX ustar) of small files with short names, in memory.
#pragma once

#include "touchline/base/result.hpp"

#include <map>
#include <string>
#include <string_view>

namespace touchline::host {

/// Paths of at most 100 bytes; owner, time and mode are the same for all, so that the same files
/// give the same bytes.
std::string write_tar(const std::map<std::string, std::string>& files);
/// Regular files only. Error bad_data: damaged, another kind of entry, or one path twice.
Result<std::map<std::string, std::string>> read_tar(std::string_view bytes);

}  // namespace touchline::host
