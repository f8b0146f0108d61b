// A bundle is one file (a tar archive, so that anybody can look into it) with a connector, its
// default mappings, the list of their hashes and the signature over that list.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/host/bundle.hpp"
#include "touchline/host/signing.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace touchline::host {

/// The bytes of a bundle of this connector and the mappings that its manifest names; signed when
/// there is a key. The same files always give the same bytes. Errors: as read_manifest; not_found:
/// a mapping is not beside the file.
Result<std::string> pack_bundle(const std::filesystem::path& plugin, const SigningKey* key);

struct Bundle {
    BundleContents contents;
    std::map<std::string, std::string> files;  ///< by path: what the contents name, nothing else
    std::optional<PublicKey> signer;           ///< none: it is not signed
};
/// Errors: bad_data (no bundle, damaged); denied: a file differs from the contents, is missing or
/// too many, or the signature does not fit.
Result<Bundle> open_bundle(std::string_view bytes);

/// Writes the connector and its mappings below `directory`, each file under another name first, and
/// takes it into the plugins.lock there. Errors: denied, unavailable.
Result<void> install_bundle(const Bundle& bundle, const std::filesystem::path& directory);

}  // namespace touchline::host
