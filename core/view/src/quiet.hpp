// Automatic and passing things step back, so that what people said and did stands out.
#pragma once

#include <string_view>

namespace touchline::view {

/// By kind: pages, products, searches, sessions, logins, features, campaigns, consents.
bool is_quiet(std::string_view kind);

}  // namespace touchline::view
