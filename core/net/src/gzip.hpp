// Undoes Content-Encoding: gzip and deflate (RFC 9110, section 8.4.1).
#pragma once

#include "touchline/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace touchline::net {

/// Error bad_data: damaged, cut, or more than `limit` bytes long when unpacked.
Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

}  // namespace touchline::net
