#include "touchline/host/plugin_library.hpp"

#include "descriptor.hpp"
#include "load_failure.hpp"
#include "plugin_checks.hpp"

#include "touchline/plugin.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace touchline::host {

namespace {

namespace fs = std::filesystem;

Error in_file(Error error, const fs::path& file) {
    return std::move(error).at({file.string(), 0, 0});
}

Result<void> is_complete(const tl_plugin* table) {
    if (table == nullptr || !TL_HAS(tl_plugin, table, capability)) {
        return Error(Code::config, "the connector's table is incomplete")
            .cure("Build it against the current SDK.");
    }
    if (table->create == nullptr || table->destroy == nullptr || table->check == nullptr ||
        table->capability == nullptr || table->id == nullptr || table->version == nullptr) {
        return Error(Code::config, "the connector's table lacks a function")
            .cure("Build it against the current SDK.");
    }
    return {};
}

/// Whether the connector really has what a capability takes.
bool has_capability(const tl_plugin& table, const std::string& id) {
    const void* const found = table.capability(id.c_str());
    if (found == nullptr) return false;
    if (id == TL_SOURCE_1) return static_cast<const tl_source_1*>(found)->read != nullptr;
    if (id == TL_DESTINATION_1) {
        return static_cast<const tl_destination_1*>(found)->write != nullptr;
    }
    return true;
}

Result<void> fits(const tl_plugin* table, const Manifest& manifest) {
    TOUCHLINE_CHECK(is_complete(table));
    TableFacts facts{table->abi_major, table->abi_minor_needed, table->id, table->version};
    facts.context = table;
    facts.has_capability = [](const void* context, const std::string& id) {
        return has_capability(*static_cast<const tl_plugin*>(context), id);
    };
    return agrees(facts, manifest);
}

}  // namespace

Result<Manifest> read_manifest(const fs::path& path) {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) {
        return in_file(
            Error(Code::config, std::string("cannot be opened: ") + std::strerror(errno)), path
        );
    }
    auto manifest = manifest_of(file.get());
    if (!manifest) return in_file(std::move(manifest).error(), path);
    return manifest;
}

Discovery discover_plugins(std::span<const fs::path> directories) {
    Discovery found;
    for (const fs::path& directory : directories) {
        if (auto kept = check_directory(directory); !kept) {
            found.problems.push_back(in_file(std::move(kept).error(), directory));
            continue;
        }
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

Result<std::shared_ptr<const PluginLibrary>> PluginLibrary::load(const fs::path& path) {
    TOUCHLINE_TRY(const auto file, PluginFile::open(path));
    // A name without a slash would be looked for along the library path.
    const fs::path whole = fs::absolute(path);
    void* const handle = dlopen(whole.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
        const char* const why = dlerror();
        return in_file(explain_load_failure(why == nullptr ? "" : why), path);
    }
    const auto entry = reinterpret_cast<const tl_plugin* (*)()>(dlsym(handle, TL_ENTRY));
    if (entry == nullptr) {
        return in_file(
            Error(Code::config, "the library does not export " TL_ENTRY)
                .cure("One of its source files needs TOUCHLINE_PLUGIN(YourClass), and the function "
                      "has to be visible."),
            path
        );
    }
    const tl_plugin* const table = entry();
    if (auto agreed = fits(table, file->manifest()); !agreed)
        return in_file(std::move(agreed).error(), path);
    return std::shared_ptr<const PluginLibrary>(new PluginLibrary(file, table));
}

}  // namespace touchline::host
