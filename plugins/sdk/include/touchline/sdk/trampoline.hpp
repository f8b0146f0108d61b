// What stands between the C ABI and a class: one place that catches everything and turns errors
// into statuses.
#pragma once

#include "touchline/sdk/config.hpp"

#include <exception>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace touchline::sdk::detail {

inline void say(
    const Services& services, tl_job* job, tl_status status, const Error& error
) noexcept {
    if (error.message.empty() || !TL_OFFERS(tl_run_1, services.run, error)) return;
    services.run->error(job, status, to_tl(error.code), to_tl(error.message), error.retry_after_ms);
}

/// Runs `f`, which returns a Result; its value goes to `on_value`, which returns the status for it.
template <typename F, typename OnValue>
tl_status guard(const Services& services, tl_job* job, F&& f, OnValue&& on_value) noexcept {
    try {
        try {
            auto result = f();
            if (result) return on_value(result);
            const auto status = static_cast<tl_status>(result.error().status);
            say(services, job, status, result.error());
            return status;
        } catch (const std::exception& exception) {
            say(services,
                job,
                TL_INTERNAL,
                Error(
                    Status::internal,
                    std::string("the plugin threw an exception: ") + exception.what()
                ));
        } catch (...) {
            say(services,
                job,
                TL_INTERNAL,
                Error(Status::internal, "the plugin threw something that is not an exception"));
        }
    } catch (...) {
        // There was no memory even for the message; the status says enough.
    }
    return TL_INTERNAL;
}

/// The object behind `self`: the author's class and the tables it calls.
template <typename Plugin>
struct Instance {
    Services services;
    std::unique_ptr<Plugin> plugin;
};

template <typename Plugin>
Instance<Plugin>& instance(void* self) {
    return *static_cast<Instance<Plugin>*>(self);
}

template <typename Plugin>
tl_status create(const tl_host* host, tl_job* raw_job, tl_str settings, void** self) noexcept {
    const Services services(host);
    return guard(
        services,
        raw_job,
        [&]() -> Result<std::unique_ptr<Plugin>> {
            Job job(services, raw_job);
            const Config config(job, from_tl(settings));
            return Plugin::create(config);
        },
        [&](auto& made) -> tl_status {
            if (*made == nullptr) return TL_INTERNAL;
            *self = new Instance<Plugin>{services, *std::move(made)};
            return TL_OK;
        }
    );
}

template <typename Plugin>
void destroy(void* self) noexcept {
    delete static_cast<Instance<Plugin>*>(self);
}

template <typename Plugin>
tl_status check(void* self, tl_job* raw_job) noexcept {
    auto& it = instance<Plugin>(self);
    return guard(
        it.services,
        raw_job,
        [&]() -> Result<std::string> {
            Job job(it.services, raw_job);
            return it.plugin->check(job);
        },
        [&](auto& sentence) -> tl_status {
            if (!TL_OFFERS(tl_result_1, it.services.result, item)) return TL_OK;
            const tl_item item{sizeof(tl_item), TL_OK, 0, -1, to_tl(*sentence), {}};
            return it.services.result->item(raw_job, &item);
        }
    );
}

}  // namespace touchline::sdk::detail
