// What answers mean that do not say it with their status.
#pragma once

#include "touchline/host/manifest.hpp"
#include "touchline/net/http_client.hpp"

#include <functional>
#include <vector>

namespace touchline::host {

/// For net::Target::status_of; empty when nothing is declared. Only answers with a declared status
/// are looked into.
std::function<int(const net::Response&)> status_reader(std::vector<AnswerDeclaration> answers);

}  // namespace touchline::host
