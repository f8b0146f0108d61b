#include "plugin_checks.hpp"

#include "elf_note.hpp"

#include "touchline/plugin.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>

namespace touchline::host {
namespace {

std::string version_text(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

Result<void> check_versions(std::uint32_t note_major, const Manifest* manifest) {
    if (note_major != TL_ABI_MAJOR) {
        return Error(
                   Code::config,
                   "this connector was built for plugin ABI " + std::to_string(note_major) +
                       ", and this host speaks ABI " + std::to_string(TL_ABI_MAJOR)
        )
            .cure(
                note_major > TL_ABI_MAJOR
                    ? "Upgrade Touchline, or install an older release of the connector."
                    : "Install a newer release of the connector."
            );
    }
    if (manifest == nullptr) return {};
    if (manifest->abi_major != note_major || manifest->abi_minor > TL_ABI_MINOR) {
        return Error(
                   Code::config,
                   "this connector needs plugin ABI " +
                       version_text(manifest->abi_major, manifest->abi_minor) +
                       ", and this host offers " + version_text(TL_ABI_MAJOR, TL_ABI_MINOR)
        )
            .cure("Upgrade Touchline, or install an older release of the connector.");
    }
    if (manifest->schema_major != TL_SCHEMA_MAJOR) {
        return Error(
                   Code::config,
                   "this connector writes touchpoint schema " +
                       std::to_string(manifest->schema_major) + ", and this host knows schema " +
                       std::to_string(TL_SCHEMA_MAJOR)
        )
            .cure("Install the release of the connector that fits this release of Touchline.");
    }
    return {};
}

/// Who may change a file decides what runs with this user's rights.
Result<void> check_keeper(const struct stat& status, std::string_view what) {
    if (status.st_uid != 0 && status.st_uid != geteuid()) {
        return Error(
                   Code::denied,
                   std::string(what) + " belongs to another user, so nothing of it is loaded"
        )
            .cure("Run chown on it: root or the user that Touchline runs as.");
    }
    const bool foreign_group = (status.st_mode & S_IWGRP) != 0 && status.st_gid != getegid();
    if ((status.st_mode & S_IWOTH) == 0 && !foreign_group) return {};
    return Error(
               Code::denied,
               std::string(foreign_group ? "others" : "everyone") + " on this machine may change " +
                   std::string(what) + ", so nothing of it is loaded"
    )
        .cure("Run chmod go-w on it.");
}

}  // namespace

Result<void> check_directory(const std::filesystem::path& directory) {
    struct stat status {};
    if (stat(directory.c_str(), &status) != 0) return {};
    return check_keeper(status, "this plugin directory");
}

Result<Manifest> manifest_of(int descriptor) {
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error(Code::config, "this is not a file");
    }
    TOUCHLINE_CHECK(check_keeper(status, "this connector"));
    TOUCHLINE_TRY(const auto note, read_elf_note(descriptor));
    TOUCHLINE_CHECK(check_versions(note.abi_major, nullptr));
    TOUCHLINE_TRY(auto manifest, parse_manifest(note.manifest));
    TOUCHLINE_CHECK(check_versions(note.abi_major, &manifest));
    return manifest;
}

Result<void> agrees(const TableFacts& table, const Manifest& manifest) {
    const auto differs = [](std::string_view what, std::string_view here, std::string_view there) {
        return Error(
                   Code::config,
                   "the connector says that its " + std::string(what) + " is \"" +
                       std::string(here) + "\", and its manifest says \"" + std::string(there) +
                       "\""
        )
            .cure("Build it again from clean sources.");
    };
    if (table.abi_major != manifest.abi_major) {
        return differs("ABI", std::to_string(table.abi_major), std::to_string(manifest.abi_major));
    }
    if (table.abi_minor_needed > TL_ABI_MINOR) {
        return differs(
            "ABI minor", std::to_string(table.abi_minor_needed), std::to_string(manifest.abi_minor)
        );
    }
    if (manifest.id != table.id) return differs("id", table.id, manifest.id);
    if (manifest.version != table.version)
        return differs("version", table.version, manifest.version);
    for (const std::string& capability : manifest.capabilities) {
        if (!table.has_capability(table.context, capability)) {
            return Error(
                Code::config,
                "the manifest promises " + capability + ", which the connector does not have"
            );
        }
    }
    return {};
}

}  // namespace touchline::host
