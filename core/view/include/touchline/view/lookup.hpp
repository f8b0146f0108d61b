// From what somebody typed to the customers it may mean.
#pragma once

#include "touchline/identity/normalise.hpp"
#include "touchline/json/writer.hpp"
#include "touchline/store/store.hpp"
#include "touchline/view/catalogue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchline::view {

struct Match {
    std::string customer, name, why;
    std::vector<std::string> identities;
    std::optional<Time> last_touch;
    std::int64_t touchpoints = 0;
};

struct Lookup {
    std::string text, kind;      ///< kind: email, phone, name, reference
    std::vector<Match> matches;  ///< best first, each customer once
};

/// An e-mail address, a phone number in any format, a name or its beginning (a few mistyped letters
/// are forgiven where nothing fits as it stands), a customer's id, a source's own key, or the
/// number of a case, an order or an invoice.
Result<Lookup> lookup(
    store::Reader& reader,
    const Catalogue& catalogue,
    const identity::Normaliser& normaliser,
    std::string_view text,
    std::size_t limit
);

void write(json::Writer& writer, const Lookup& lookup);

}  // namespace touchline::view
