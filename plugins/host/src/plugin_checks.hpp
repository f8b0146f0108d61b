// Whether a connector's file, its manifest and its table fit each other and this host.
#pragma once

#include "touchline/host/manifest.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace touchline::host {

/// Error denied: others than root, this user and its group may put connectors into the directory.
/// One that is not there is no error of this.
Result<void> check_directory(const std::filesystem::path& directory);

/// The manifest of an open file. Errors as read_manifest, without the place.
Result<Manifest> manifest_of(int descriptor);

/// What the connector's code says about itself.
struct TableFacts {
    std::uint32_t abi_major = 0, abi_minor_needed = 0;
    std::string_view id, version;
    bool (*has_capability)(const void* context, const std::string& id) = nullptr;
    const void* context = nullptr;
};
/// Error config: the code and its manifest disagree.
Result<void> agrees(const TableFacts& table, const Manifest& manifest);

}  // namespace touchline::host
