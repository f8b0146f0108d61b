// The base of a destination: a class that hands the unified view on.
//
//     class Acme : public touchline::sdk::Destination<Acme> {
//     public:
//         static Result<std::unique_ptr<Acme>> create(const Config& config);
//         Result<std::string> check(Job& job);
//         Result<void> write(Job& job, const Batch& batch, Results& results);
//     };
//     TOUCHLINE_PLUGIN(Acme)
#pragma once

#include "touchline/sdk/trampoline.hpp"

#include <cstring>
#include <string>
#include <vector>

namespace touchline::sdk {

/// One change of the unified view. Its body (CloudEvents 1.0 JSON) stays with the host: send it on
/// by handle.
struct Record {
    std::string id;       ///< idempotency key: the same on every attempt
    std::string subject;  ///< the customer's id; order is kept per subject
    std::string type;
    Body body;
    std::uint64_t body_bytes = 0;
};

using Batch = std::vector<Record>;

/// Takes one answer per record. A record without one is tried again.
class Results {
public:
    explicit Results(Job& job) : job_(&job) {}

    Result<void> delivered(std::size_t index, std::string_view message = {}) {
        return put(index, TL_OK, message);
    }
    /// By the host's schedule, or after `retry_after_ms` when that is not negative.
    Result<void> retry(
        std::size_t index, std::string_view message, std::int64_t retry_after_ms = -1
    ) {
        return put(index, TL_RETRY, message, retry_after_ms);
    }
    /// The receiver will never take this record.
    Result<void> rejected(std::size_t index, std::string_view message) {
        return put(index, TL_BAD_DATA, message);
    }
    /// The receiver wants nothing any more.
    Result<void> gone(std::size_t index, std::string_view message) {
        return put(index, TL_END, message);
    }

private:
    Result<void> put(
        std::size_t index, tl_status status, std::string_view message, std::int64_t after = -1
    ) {
        const auto* table = job_->services().result;
        if (!TL_OFFERS(tl_result_1, table, item)) return Error(Status::unsupported);
        const tl_item item{sizeof(tl_item), status, index, after, to_tl(message), {}};
        return to_result(table->item(job_->raw(), &item));
    }
    Job* job_;
};

namespace detail {

/// The bodies stay the host's.
inline Batch batch_of(const Services& services, tl_job* job, const tl_batch& raw) {
    Batch batch;
    batch.reserve(raw.count);
    for (std::uint64_t i = 0; i < raw.count; ++i) {
        const tl_record& record = raw.records[i];
        batch.push_back(
            {std::string(from_tl(record.id)),
             std::string(from_tl(record.subject)),
             std::string(from_tl(record.type)),
             Body(&services, job, record.body, false),
             record.body_bytes}
        );
    }
    return batch;
}

template <typename Plugin>
tl_status write(void* self, tl_job* raw_job, const tl_batch* raw) noexcept {
    auto& it = instance<Plugin>(self);
    return guard(
        it.services,
        raw_job,
        [&]() -> Result<void> {
            Job job(it.services, raw_job);
            const Batch batch = batch_of(it.services, raw_job, *raw);
            Results results(job);
            return it.plugin->write(job, batch, results);
        },
        [](auto&) -> tl_status { return TL_OK; }
    );
}

}  // namespace detail

template <typename Plugin>
class Destination {
public:
    /// The capability's table, for TOUCHLINE_PLUGIN.
    static const void* capability(const char* id) noexcept {
        if (std::strcmp(id, TL_DESTINATION_1) != 0) return nullptr;
        static constexpr tl_destination_1 k_table{
            sizeof(tl_destination_1), 0, &detail::write<Plugin>};
        return &k_table;
    }

protected:
    Destination() = default;
    ~Destination() = default;
};

}  // namespace touchline::sdk
