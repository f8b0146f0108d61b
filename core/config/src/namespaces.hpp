// The shipped kinds of identities, and what a file changes about them or adds.
#pragma once

#include "reader.hpp"

namespace touchline::config {

std::vector<model::Namespace> read_namespaces(
    const Reader& namespaces, const std::string& default_region, std::vector<model::Namespace> all
);

}  // namespace touchline::config
