// Enrichment as a source like any other: customers' identities go to an enricher, and what it
// knows comes back as records of the stream "customers". So its answers are kept as they came,
// mapped by a file, replayed and planned, and its runs are scheduled, limited and shown as those
// of other connections.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/ingest/enricher.hpp"
#include "touchline/ingest/source.hpp"
#include "touchline/store/store.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace touchline::ingest {

struct EnrichmentRules {
    std::vector<std::string> asks;  ///< namespaces of identities: {"email"}
    std::size_t batch = 50;         ///< customers in one call
    /// What was answered is asked again after so long; nobody is asked about twice before.
    std::chrono::milliseconds again_after = std::chrono::hours(24) * 30;
};

/// A record is {"id": "email:ana@example.org", "email": "ana@example.org", "asked_at": …, "facts":
/// {…}}; who is not known makes none. Shared identities, which tell nobody apart, are never asked
/// about. A customer for whom there was no answer is asked about again by the next read, and does
/// not stop the others; one whom the enricher rejects becomes a bad record. Store and clock outlive
/// it.
std::unique_ptr<Source> make_enrichment_source(
    std::unique_ptr<Enricher> enricher,
    EnrichmentRules rules,
    store::Store& store,
    const Clock& clock
);

}  // namespace touchline::ingest
