// The names of the rules under which links come about by themselves, and how far each is trusted.
#pragma once

#include "touchline/model/identity.hpp"

#include <string_view>

namespace touchline::identity {

/// One record names both: a contact says so until it changes.
inline constexpr std::string_view k_same_record = "same_record@1";
inline constexpr std::string_view k_verified_record = "verified_record@1";
inline constexpr std::string_view k_inferred_record = "inferred_record@1";
/// One touchpoint named both at once, which stays true.
inline constexpr std::string_view k_same_event = "same_event@1";
inline constexpr std::string_view k_verified_event = "verified_event@1";
inline constexpr std::string_view k_inferred_event = "inferred_event@1";

/// A record says that two identities are one, and gives no rule.
inline constexpr std::string_view k_stated = "stated@1";

/// What a link's rule says about it; every other rule is a claim.
constexpr model::Trust trust_of(std::string_view rule) {
    if (rule.starts_with("verified_")) return model::Trust::verified;
    return rule.starts_with("inferred_") ? model::Trust::inferred : model::Trust::claimed;
}

/// Where two events name the same, the link shows the one that arrived first.
constexpr bool is_of_event(std::string_view rule) {
    return rule == k_same_event || rule == k_verified_event || rule == k_inferred_event;
}

constexpr bool is_of_record(std::string_view rule) {
    return is_of_event(rule) || rule == k_same_record || rule == k_verified_record ||
           rule == k_inferred_record;
}

/// Begins the rule of links that a model found; its version follows.
inline constexpr std::string_view k_likeness = "likeness@";

}  // namespace touchline::identity
