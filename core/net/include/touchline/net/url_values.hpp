// The values in a URL's query, for those who show URLs to people.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace touchline::net {

/// The URL with what `shown` says in the place of each parameter's value; everything else, also a
/// parameter without a value, stays as it is written. Nothing is decoded.
std::string with_values(
    std::string_view url,
    const std::function<std::string(std::string_view name, std::string_view value)>& shown
);

}  // namespace touchline::net
