// The sentences of an explanation.
#pragma once

#include "touchline/identity/partition.hpp"

#include <span>
#include <string>

namespace touchline::identity {

/// "email:ana@example.org"
std::string label(const Member& member);
/// `links`: the assertions about the pair, oldest first, at least one.
std::string sentence_for_link(
    const Member& from, const Member& to, std::span<const LinkEvidence* const> links
);

/// The members that a refusal names, and for not_same the word that counts; `other_*`, `holder` and
/// `word` may be null.
struct RefusalMembers {
    const Member* a = nullptr;
    const Member* b = nullptr;
    const Member* other_a = nullptr;
    const Member* other_b = nullptr;
    const Member* holder = nullptr;
    const LinkEvidence* word = nullptr;
};
std::string sentence_for_refusal(const RefusedLink& refused, const RefusalMembers& members);

}  // namespace touchline::identity
