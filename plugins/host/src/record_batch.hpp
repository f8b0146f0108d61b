// A batch for a destination or an enricher, with a body for each record.
#pragma once

#include "job.hpp"
#include "services.hpp"

#include <string_view>
#include <vector>

namespace touchline::host {

class RecordBatch {
public:
    /// The texts outlive the batch. Error denied: more than a job may hold.
    Result<void> add(
        Job& job,
        std::string_view id,
        std::string_view subject,
        std::string_view type,
        std::string_view bytes
    ) {
        HeldBody body;
        body.bytes = bytes;
        TOUCHLINE_TRY(const tl_body handle, job.bodies.add(std::move(body)));
        records_.push_back({str(id), str(subject), str(type), handle, bytes.size()});
        return {};
    }
    /// Valid until the next add().
    tl_batch raw() const { return {sizeof(tl_batch), 0, records_.data(), records_.size()}; }

private:
    std::vector<tl_record> records_;
};

}  // namespace touchline::host
