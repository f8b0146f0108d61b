// Everything for a plugin author, and the macro that makes a class the plugin.
#pragma once

#include "touchline/sdk/destination.hpp"
#include "touchline/sdk/enricher.hpp"
#include "touchline/sdk/json_text.hpp"
#include "touchline/sdk/source.hpp"

namespace touchline::sdk::detail {

template <typename Plugin>
const tl_plugin* describe(const char* id, const char* version) noexcept {
    static_assert(
        std::is_same_v<
            decltype(Plugin::create(std::declval<const Config&>())),
            Result<std::unique_ptr<Plugin>>>,
        "a plugin class needs: static Result<std::unique_ptr<Me>> create(const Config&)"
    );
    static_assert(
        std::is_same_v<
            decltype(std::declval<Plugin&>().check(std::declval<Job&>())),
            Result<std::string>>,
        "a plugin class needs: Result<std::string> check(Job&)"
    );
    static const tl_plugin k_plugin{
        sizeof(tl_plugin),
        TL_ABI_MAJOR,
        TL_ABI_MINOR,
        TL_SCHEMA_MAJOR,
        id,
        version,
        &create<Plugin>,
        &destroy<Plugin>,
        &check<Plugin>,
        &Plugin::capability};
    return &k_plugin;
}

}  // namespace touchline::sdk::detail

#if defined(__GNUC__)
#define TOUCHLINE_EXPORT __attribute__((visibility("default")))
#else
#define TOUCHLINE_EXPORT
#endif

/// Once per plugin, in one source file. touchline_add_plugin() defines id and version from the
/// manifest.
#define TOUCHLINE_PLUGIN(Class)                                              \
    extern "C" TOUCHLINE_EXPORT const tl_plugin* touchline_plugin_v1(void) { \
        return ::touchline::sdk::detail::describe<Class>(                    \
            TOUCHLINE_PLUGIN_ID, TOUCHLINE_PLUGIN_VERSION                    \
        );                                                                   \
    }
