#include "touchline/host/plugin_library.hpp"

#include "elf_note.hpp"

#include "touchline/plugin.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace touchline::host {

namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    explicit Descriptor(const fs::path& file) : value_(open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value_ >= 0) close(value_);
    }
    int get() const { return value_; }

private:
    int value_;
};

Error in_file(Error error, const fs::path& file) {
    return std::move(error).at({file.string(), 0, 0});
}

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

Result<Manifest> manifest_of(int descriptor) {
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error(Code::config, "this is not a file");
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        return Error(
                   Code::denied,
                   "everyone on this machine may change this connector, so it is not loaded"
        )
            .cure("Run chmod o-w on it.");
    }
    TOUCHLINE_TRY(const auto note, read_elf_note(descriptor));
    TOUCHLINE_CHECK(check_versions(note.abi_major, nullptr));
    TOUCHLINE_TRY(auto manifest, parse_manifest(note.manifest));
    TOUCHLINE_CHECK(check_versions(note.abi_major, &manifest));
    return manifest;
}

Result<void> agrees(const tl_plugin* table, const Manifest& manifest) {
    const auto differs = [](std::string_view what, std::string_view here, std::string_view there) {
        return Error(
                   Code::config,
                   "the connector says that its " + std::string(what) + " is \"" +
                       std::string(here) + "\", and its manifest says \"" + std::string(there) +
                       "\""
        )
            .cure("Build it again from clean sources.");
    };
    if (table == nullptr || !TL_HAS(tl_plugin, table, capability)) {
        return Error(Code::config, "the connector's table is incomplete")
            .cure("Build it against the current SDK.");
    }
    if (table->create == nullptr || table->destroy == nullptr || table->check == nullptr ||
        table->capability == nullptr || table->id == nullptr || table->version == nullptr) {
        return Error(Code::config, "the connector's table lacks a function")
            .cure("Build it against the current SDK.");
    }
    if (table->abi_major != manifest.abi_major) {
        return differs("ABI", std::to_string(table->abi_major), std::to_string(manifest.abi_major));
    }
    if (table->abi_minor_needed > TL_ABI_MINOR) {
        return differs(
            "ABI minor", std::to_string(table->abi_minor_needed), std::to_string(manifest.abi_minor)
        );
    }
    if (manifest.id != table->id) return differs("id", table->id, manifest.id);
    if (manifest.version != table->version)
        return differs("version", table->version, manifest.version);
    for (const std::string& capability : manifest.capabilities) {
        if (table->capability(capability.c_str()) == nullptr) {
            return Error(
                Code::config,
                "the manifest promises " + capability + ", which the connector does not have"
            );
        }
    }
    return {};
}

}  // namespace

Result<Manifest> read_manifest(const fs::path& file) {
    const Descriptor descriptor(file);
    if (descriptor.get() < 0) {
        return in_file(
            Error(Code::config, std::string("cannot be opened: ") + std::strerror(errno)), file
        );
    }
    auto manifest = manifest_of(descriptor.get());
    if (!manifest) return in_file(std::move(manifest).error(), file);
    return manifest;
}

Discovery discover_plugins(std::span<const fs::path> directories) {
    Discovery found;
    for (const fs::path& directory : directories) {
        std::error_code failure;
        std::vector<fs::path> files;
        for (fs::directory_iterator it(directory, failure), end; !failure && it != end;
             it.increment(failure)) {
            if (it->path().extension() == ".so") files.push_back(it->path());
        }
        if (failure) {
            found.problems.push_back(in_file(
                Error(Code::config, "the plugin directory cannot be read: " + failure.message()),
                directory
            ));
        }
        std::ranges::sort(files);
        for (const fs::path& file : files) {
            auto manifest = read_manifest(file);
            if (!manifest) {
                found.problems.push_back(std::move(manifest).error());
            } else if (std::ranges::none_of(found.plugins, [&](const auto& p) {
                           return p.manifest.id == manifest->id;
                       })) {
                found.plugins.push_back({file, *std::move(manifest)});
            }
        }
    }
    std::ranges::sort(found.plugins, {}, [](const FoundPlugin& plugin) {
        return plugin.manifest.id;
    });
    return found;
}

Result<std::shared_ptr<const PluginLibrary>> PluginLibrary::load(const fs::path& file) {
    const Descriptor descriptor(file);
    if (descriptor.get() < 0) {
        return in_file(
            Error(Code::config, std::string("cannot be opened: ") + std::strerror(errno)), file
        );
    }
    auto manifest = manifest_of(descriptor.get());
    if (!manifest) return in_file(std::move(manifest).error(), file);

    // A name without a slash would be looked for along the library path.
    const fs::path whole = fs::absolute(file);
    void* const handle = dlopen(whole.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
        const char* const why = dlerror();
        return in_file(
            Error(Code::config, std::string("cannot be loaded: ") + (why == nullptr ? "" : why)),
            file
        );
    }
    const auto entry = reinterpret_cast<const tl_plugin* (*)()>(dlsym(handle, TL_ENTRY));
    if (entry == nullptr) {
        return in_file(
            Error(Code::config, "the library does not export " TL_ENTRY)
                .cure("Does a source file have TOUCHLINE_PLUGIN(…)?"),
            file
        );
    }
    const tl_plugin* const table = entry();
    if (auto agreed = agrees(table, *manifest); !agreed)
        return in_file(std::move(agreed).error(), file);
    return std::shared_ptr<const PluginLibrary>(new PluginLibrary(file, *std::move(manifest), table)
    );
}

std::vector<fs::path> PluginLibrary::mappings() const {
    std::vector<fs::path> files;
    for (const std::string& name : manifest_.mappings) {
        files.push_back(file_.parent_path() / manifest_.id / "mappings" / name);
    }
    return files;
}

}  // namespace touchline::host
