// One record: from the source's bytes to what the store is to keep of it.
#pragma once

#include "batch.hpp"

namespace touchline::ingest {

/// A fault of one record, and at which stage it came out.
struct RecordFault {
    std::string_view stage;
    Error error;
};

/// Scratch memory of one Ingestor.
class RecordReader {
public:
    RecordReader(const Environment& environment, const ConnectionPlan& plan);

    /// Fills `record` (its place in the page is the caller's) and adds its identities to `batch`.
    /// With a fault, whatever of the record could be told is filled: with an external id, its bytes
    /// can still be kept.
    std::optional<RecordFault> read(
        std::string_view bytes,
        const StreamPlan& stream,
        model::Via via,
        Batch& batch,
        BatchRecord& record
    );

private:
    Result<void> name(json::View value, const StreamPlan& stream, BatchRecord& record) const;
    std::optional<RecordFault> take(mapping::Output& output, Batch& batch, BatchRecord& record);
    /// Nothing when the claim is of no use; `refused` then says why.
    Result<std::optional<IdentityIndex>> identify(
        const model::Claim& claim, Batch& batch, std::string& refused
    );
    Result<Claims> claims(std::vector<model::Claim>& stated, Batch& batch, bool all_needed);

    const Environment& environment_;
    const ConnectionPlan& plan_;
    identity::Normaliser normaliser_;
    mapping::Runner runner_;
    json::Parser parser_;
    mapping::Output output_;
    std::string stated_;
    model::Source source_;  // of the record in hand; what all records share is set once
};

}  // namespace touchline::ingest
