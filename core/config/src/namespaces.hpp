// What a file says of kinds of identities; core/identity knows the ones that ship.
#pragma once

#include "reader.hpp"

namespace touchline::config {

std::vector<model::NamespaceSetting> read_namespaces(const Reader& namespaces);

}  // namespace touchline::config
