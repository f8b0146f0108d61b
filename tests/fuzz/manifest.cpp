// A connector's manifest, and settings against it.
#include "touchline/host/manifest.hpp"

#include "fuzz.hpp"

#include "touchline/host/settings.hpp"

void touchline::fuzz::run(std::string_view input) {
    const auto manifest = host::parse_manifest(input);
    if (!manifest) {
        TOUCHLINE_ASSERT(!manifest.error().message().empty());
        return;
    }
    TOUCHLINE_ASSERT(!manifest->id.empty());
    const auto settings =
        host::complete_settings(*manifest, R"({"path": "inbox", "url": "https://example.org"})");
    if (settings) TOUCHLINE_ASSERT(json::Document::parse(*settings).has_value());
}
