// From facts to what a model compares.
#pragma once

#include "touchline/identity/features.hpp"
#include "touchline/identity/normalise.hpp"
#include "touchline/store/store.hpp"

#include <span>
#include <string>

namespace touchline::ingest {

/// The fields of a profile and what they mean.
identity::FieldMap profile_fields();

/// "email\tana@example.org\nname\tAna Silva\n": sorted, so that the same facts in any order give
/// the same text. Of a field that has one value the latest counts, of e-mail and phone all do, but
/// for those that too many share. Empty when nothing tells who it is.
Result<std::string> profile_text(
    store::Reader& reader,
    const identity::Normaliser& normaliser,
    std::span<const store::StoredFact> facts
);

identity::Record profile_record(std::string_view text);

}  // namespace touchline::ingest
