#include "../loading.hpp"
#include "../places.hpp"

#include "touchline/config/load.hpp"
#include "touchline/host/plugin_library.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::app {
namespace {

/// The shipped ones, and those of the configuration where there is one.
host::Discovery discover(const Globals& globals) {
    std::vector<std::filesystem::path> directories;
    std::error_code ignored;
    if (std::filesystem::exists(globals.config, ignored)) {
        directories = config::load(globals.config).config.plugin_dirs;
    }
    directories.push_back(shipped_plugins());
    return host::discover_plugins(directories);
}

}  // namespace

int plugin_list(Terminal& terminal, const Globals& globals) {
    const host::Discovery found = discover(globals);
    json::Writer writer;
    writer.begin_object().key("plugins").begin_array();
    for (const host::FoundPlugin& plugin : found.plugins) {
        if (!terminal.json) {
            terminal.print(
                plugin.manifest.id + "  " + plugin.manifest.version + "  " +
                plugin.manifest.description
            );
        }
        writer.begin_object()
            .member("id", plugin.manifest.id)
            .member("version", plugin.manifest.version);
        writer.member("description", plugin.manifest.description)
            .member("file", plugin.file.string())
            .end_object();
    }
    writer.end_array().end_object();
    if (terminal.json) terminal.print(writer.text());
    for (const Error& problem : found.problems) terminal.say("warning: " + located(problem));
    return found.problems.empty() ? k_ok : k_bad;
}

int plugin_info(Terminal& terminal, const Globals& globals, const std::string& name) {
    host::Manifest manifest;
    if (name.find('/') != std::string::npos || name.ends_with(".so")) {
        const auto read = host::read_manifest(name);
        if (!read) {
            terminal.fail(read.error());
            return k_bad;
        }
        manifest = *read;
    } else {
        for (const host::FoundPlugin& plugin : discover(globals).plugins) {
            if (plugin.manifest.id == name) manifest = plugin.manifest;
        }
        if (manifest.id.empty()) {
            return terminal.fail(
                Error(Code::not_found, "there is no connector \"" + name + "\""),
                "touchline plugin list"
            );
        }
    }
    if (terminal.json) {
        json::Writer writer;
        writer.begin_object().member("id", manifest.id).member("version", manifest.version);
        writer.member("name", manifest.name).member("description", manifest.description);
        writer.key("streams").begin_array();
        for (const host::StreamDeclaration& stream : manifest.streams) writer.value(stream.name);
        writer.end_array().key("settings").raw(manifest.settings_schema).end_object();
        terminal.print(writer.text());
        return k_ok;
    }
    terminal.print(manifest.id + " " + manifest.version + ": " + manifest.description);
    for (const host::StreamDeclaration& stream : manifest.streams) {
        terminal.print("stream   " + stream.name + "  " + stream.description);
    }
    const auto schema = json::Document::parse(manifest.settings_schema);
    const auto properties = schema ? schema->root().get("properties") : std::nullopt;
    if (!properties) return k_ok;
    for (const json::Member setting : properties->members()) {
        const auto description = setting.value.get("description");
        terminal.print(
            "setting  " + std::string(setting.key) + "  " +
            std::string(description ? description->as_string().value_or("") : std::string_view())
        );
    }
    return k_ok;
}

}  // namespace touchline::app
