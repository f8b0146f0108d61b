// What somebody typed into the search box, as identities to look up.
#pragma once

#include "touchline/identity/normalise.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

enum class Lookup {
    exact,  ///< the identity (ns, value); an empty `ns` means: in any unique namespace
    term,   ///< identities of `ns` that carry `value` among their search terms
};

struct Candidate {
    Lookup lookup = Lookup::exact;
    std::string ns;
    std::string value;
    bool operator==(const Candidate&) const = default;
};

/// Most telling first. An e-mail address; a phone number in any format (or its last six digits and
/// more); a key as "crm.contact:7" or "#1001"; else the words of a name, all of which must match.
/// Empty for a text without any of these.
std::vector<Candidate> classify_query(
    const Normaliser& normaliser, std::string_view text, std::string_view region
);

}  // namespace touchline::identity
