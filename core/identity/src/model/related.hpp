// What people of one household or company have in common, where that is known beforehand.
#pragma once

#include "touchline/identity/comparison.hpp"

namespace touchline::identity {

/// In which share of related pairs an aspect agrees on purpose: sons are named after fathers, twins
/// share a birthday. Negative: it is learnt, as surname, address and company are. Without this, the
/// class of related people would take in the same people with a few errors.
constexpr double shared_on_purpose(Aspect aspect) {
    switch (aspect) {
        case Aspect::given_name:
            return 0.03;
        case Aspect::birth:
            return 0.004;
        case Aspect::exclusive_id:
        case Aspect::handle:
            return 0.0005;
        default:
            return -1;
    }
}

}  // namespace touchline::identity
