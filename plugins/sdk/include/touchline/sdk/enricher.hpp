// The base of an enricher: a class that adds facts to customers.
//
//     class Acme : public touchline::sdk::Enricher<Acme> {
//     public:
//         static Result<std::unique_ptr<Acme>> create(const Config& config);
//         Result<std::string> check(Job& job);
//         Result<void> enrich(Job& job, const Batch& batch, Patches& patches);
//     };
//     TOUCHLINE_PLUGIN(Acme)
#pragma once

#include "touchline/sdk/destination.hpp"

#include <cstring>
#include <string_view>

namespace touchline::sdk {

/// Takes one answer per customer of the batch. One without an answer is tried again.
class Patches {
public:
    explicit Patches(Job& job) : job_(&job) {}

    /// `json` is an object of the fields that were found out; "{}" when nothing is known.
    Result<void> put(std::size_t index, std::string_view json) {
        return answer(index, TL_OK, {}, -1, json);
    }
    /// By the host's schedule, or after `retry_after_ms` when that is not negative.
    Result<void> retry(
        std::size_t index, std::string_view message, std::int64_t retry_after_ms = -1
    ) {
        return answer(index, TL_RETRY, message, retry_after_ms, {});
    }
    /// This customer can never be looked up.
    Result<void> rejected(std::size_t index, std::string_view message) {
        return answer(index, TL_BAD_DATA, message, -1, {});
    }

private:
    Result<void> answer(
        std::size_t index,
        tl_status status,
        std::string_view message,
        std::int64_t after,
        std::string_view bytes
    ) {
        const auto* table = job_->services().result;
        if (!TL_OFFERS(tl_result_1, table, item)) return Error(Status::unsupported);
        const tl_item item{sizeof(tl_item), status, index, after, to_tl(message), to_tl(bytes)};
        return to_result(table->item(job_->raw(), &item));
    }
    Job* job_;
};

namespace detail {

template <typename Plugin>
tl_status enrich(void* self, tl_job* raw_job, const tl_batch* raw) noexcept {
    auto& it = instance<Plugin>(self);
    return guard(
        it.services,
        raw_job,
        [&]() -> Result<void> {
            Job job(it.services, raw_job);
            const Batch batch = batch_of(it.services, raw_job, *raw);
            Patches patches(job);
            return it.plugin->enrich(job, batch, patches);
        },
        [](auto&) -> tl_status { return TL_OK; }
    );
}

}  // namespace detail

template <typename Plugin>
class Enricher {
public:
    /// The capability's table, for TOUCHLINE_PLUGIN.
    static const void* capability(const char* id) noexcept {
        if (std::strcmp(id, TL_ENRICHER_1) != 0) return nullptr;
        static constexpr tl_enricher_1 k_table{sizeof(tl_enricher_1), 0, &detail::enrich<Plugin>};
        return &k_table;
    }

protected:
    Enricher() = default;
    ~Enricher() = default;
};

}  // namespace touchline::sdk
