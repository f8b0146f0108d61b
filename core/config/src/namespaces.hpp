// What a file says of kinds of identities and of fields; the ones that ship are known elsewhere.
#pragma once

#include "reader.hpp"

namespace touchline::config {

std::vector<model::NamespaceSetting> read_namespaces(const Reader& namespaces);
std::vector<Placed<model::FieldRule>> read_survivorship(const Reader& survivorship);

}  // namespace touchline::config
