// The base of a source: a class that reads streams and, if it has a webhook(), takes webhooks.
//
//     class Acme : public touchline::sdk::Source<Acme> {
//     public:
//         static Result<std::unique_ptr<Acme>> create(const Config& config);
//         Result<std::string> check(Job& job);                   // one cheap call; a sentence for
//         people Result<ReadEnd> read(Job& job, const ReadArgs& args);  // pages and checkpoints
//         from args.state on Result<void> webhook(Job& job, const Webhook& webhook);  // optional
//     };
//     TOUCHLINE_PLUGIN(Acme)
//
// One call at a time; the thread may differ between calls.
#pragma once

#include "touchline/sdk/trampoline.hpp"

#include <cstring>
#include <optional>
#include <string>
#include <type_traits>

namespace touchline::sdk {

enum class ReadEnd {
    end,   ///< everything there is was read
    more,  ///< stopped early of its own accord: the host calls again
};

struct ReadArgs {
    std::string stream;
    std::uint32_t state_version = 0;  ///< 0: there is no state yet
    std::string state;                ///< what the last stored checkpoint of this stream held
    std::optional<std::int64_t> since_unix_ms, until_unix_ms;
};

/// A webhook call that the host has verified, stored and answered.
struct Webhook {
    std::string stream;
    Pairs headers;  ///< names in lower case
    Body body;

    std::string header(std::string_view lower_case_name) const {
        for (const auto& [name, value] : headers) {
            if (name == lower_case_name) return value;
        }
        return {};
    }
};

namespace detail {

template <typename T, typename = void>
struct HasWebhook : std::false_type {};
template <typename T>
struct HasWebhook<
    T,
    std::void_t<
        decltype(std::declval<T&>().webhook(std::declval<Job&>(), std::declval<const Webhook&>()))>>
    : std::true_type {};

inline std::optional<std::int64_t> bound(std::int64_t unix_ms) {
    if (unix_ms == TL_TIME_UNSET) return std::nullopt;
    return unix_ms;
}

template <typename Plugin>
tl_status read(void* self, tl_job* raw_job, const tl_read* args) noexcept {
    auto& it = instance<Plugin>(self);
    return guard(
        it.services,
        raw_job,
        [&]() -> Result<ReadEnd> {
            Job job(it.services, raw_job);
            return it.plugin->read(
                job,
                ReadArgs{
                    std::string(from_tl(args->stream)),
                    args->state_version,
                    std::string(from_tl(args->state)),
                    bound(args->since_unix_ms),
                    bound(args->until_unix_ms)}
            );
        },
        [](auto& end) -> tl_status { return *end == ReadEnd::end ? TL_END : TL_OK; }
    );
}

template <typename Plugin>
tl_status take_webhook(void* self, tl_job* raw_job, const tl_webhook* raw) noexcept {
    auto& it = instance<Plugin>(self);
    return guard(
        it.services,
        raw_job,
        [&]() -> Result<void> {
            Job job(it.services, raw_job);
            Webhook webhook{
                std::string(from_tl(raw->stream)),
                {},
                Body(&it.services, raw_job, raw->body, false)};
            for (std::uint64_t i = 0; i < raw->header_count; ++i) {
                webhook.headers.emplace_back(
                    from_tl(raw->headers[i].name), from_tl(raw->headers[i].value)
                );
            }
            return it.plugin->webhook(job, webhook);
        },
        [](auto&) -> tl_status { return TL_OK; }
    );
}

}  // namespace detail

template <typename Plugin>
class Source {
public:
    /// The capability's table, for TOUCHLINE_PLUGIN.
    static const void* capability(const char* id) noexcept {
        if (std::strcmp(id, TL_SOURCE_1) != 0) return nullptr;
        static constexpr tl_source_1 k_table = [] {
            tl_source_1 table{sizeof(tl_source_1), 0, &detail::read<Plugin>, nullptr};
            if constexpr (detail::HasWebhook<Plugin>::value)
                table.webhook = &detail::take_webhook<Plugin>;
            return table;
        }();
        return &k_table;
    }

protected:
    Source() = default;
    ~Source() = default;
};

}  // namespace touchline::sdk
