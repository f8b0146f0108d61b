// A source says that a field of a customer has a value.
#pragma once

#include "touchline/model/touchpoint.hpp"

namespace touchline::model {

struct Fact {
    std::vector<Claim> identities;
    std::string field;  ///< "name.full", "email", "address.postal", "company.name", "ext.ns.x"
    std::string value;  ///< JSON
    Time observed_at{};
    Source source;
    std::string group;  ///< fields of a group win or lose together
    std::optional<double> confidence;
    bool retract = false;
};

/// Error: bad_data, naming the member.
Result<void> validate(const Fact& fact);
void write(json::Writer& writer, const Fact& fact);

}  // namespace touchline::model
