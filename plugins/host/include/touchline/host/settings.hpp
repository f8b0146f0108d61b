// A connection's settings against its connector's manifest, and the texts that they fill in.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/host/manifest.hpp"
#include "touchline/json/view.hpp"

#include <string>
#include <string_view>

namespace touchline::host {

/// The settings with the schema's defaults filled in, as compact JSON. Error config: what is
/// unknown (with the name that was probably meant), missing, of the wrong type, or out of range.
Result<std::string> complete_settings(const Manifest& manifest, std::string_view settings_json);

/// "https://{shop}.example.com" with the settings' values. Error config: a setting that is not
/// there.
Result<std::string> expand(std::string_view text, json::View settings);

/// Whether the connector can use credentials of this kind: `auth.kind` of the configuration against
/// `auth` of the manifest, where a token is a header. Error config: says which kinds it takes.
Result<void> accept_credentials(const Manifest& manifest, std::string_view kind);

}  // namespace touchline::host
