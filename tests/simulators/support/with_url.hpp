// Settings of subjects name their simulator before it has an address.
#pragma once

#include <string>

namespace touchline::simulated {

/// "$URL" in settings becomes `url`.
std::string with_url(std::string settings, const std::string& url);

}  // namespace touchline::simulated
