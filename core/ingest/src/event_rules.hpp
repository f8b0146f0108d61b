// The rule of a link that one touchpoint states.
#pragma once

#include "touchline/identity/rules.hpp"

namespace touchline::ingest {

/// What an event names together is kept apart from what contacts say.
constexpr std::string_view rule_of_event(model::Trust trust) {
    switch (trust) {
        case model::Trust::verified:
            return identity::k_verified_event;
        case model::Trust::inferred:
            return identity::k_inferred_event;
        case model::Trust::claimed:
            break;
    }
    return identity::k_same_event;
}

}  // namespace touchline::ingest
