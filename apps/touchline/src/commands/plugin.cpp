#include "../commands.hpp"
#include "../plugin_files.hpp"

#include "touchline/host/plugin_library.hpp"
#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::app {

int plugin_list(Terminal& terminal, const Globals& globals) {
    const host::Discovery found = installed_plugins(globals);
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
    const auto file = plugin_file(globals, name);
    if (!file) return terminal.fail(file.error(), "touchline plugin list");
    const auto read = host::read_manifest(*file);
    if (!read) {
        terminal.fail(read.error());
        return k_bad;
    }
    const host::Manifest& manifest = *read;
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
