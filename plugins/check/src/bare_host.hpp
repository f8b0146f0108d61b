// A connector on the SDK's fake host, which can be as strange as the ABI allows: an older one, one
// without services, one that lies.
#pragma once

#include "scene.hpp"

#include "touchline/sdk/testing/fake_host.hpp"

#include <memory>
#include <string>

namespace touchline::check {

/// A fake host that knows what the cassette knows. Requests are found by path, whatever the target.
std::unique_ptr<sdk::testing::FakeHost> fake_host_of(
    const host::Manifest& manifest, const Cassette& cassette
);
/// The cassette's settings with the defaults filled in; "{}" when they are not valid.
std::string settings_of(const host::Manifest& manifest, const Cassette& cassette);
/// Names of the streams as the settings fill them in.
std::vector<std::string> stream_names(const host::Manifest& manifest, const Cassette& cassette);
/// Everything that a host may ask of this connector, once; `host` is what the connector sees,
/// `fake` what stands behind it. Statuses are not looked at.
void use(
    const Scene& scene,
    const tl_plugin& plugin,
    const Cassette& cassette,
    sdk::testing::FakeHost& fake,
    const tl_host* host
);

}  // namespace touchline::check
