// Puts on record who did what and who looked at whom.
#pragma once

#include "routes.hpp"

namespace touchline::api {

struct Deed {
    std::string action;
    std::string customer = {}, subject = {};
    std::string outcome = "done";
};

/// Nothing happens without a door. What cannot be written is said loudly in the log.
void record(
    const ApiOptions& options,
    const net::ServerRequest& request,
    const access::Caller& caller,
    const Deed& deed
);
/// A call to a route that was answered.
void record(const Route& route, const Call& call, int status);

}  // namespace touchline::api
