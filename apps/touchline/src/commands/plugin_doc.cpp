// A connector's reference page, from its manifest: nothing in it can be out of date.
#include "../plugin_files.hpp"

#include "touchline/json/view.hpp"

namespace touchline::app {
namespace {

std::string list_of(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "`" : ", `") + word + "`";
    return list.empty() ? "none" : list;
}

std::string or_none(const std::string& text) {
    return text.empty() ? "none" : "`" + text + "`";
}

void describe_settings(std::string& out, const host::Manifest& manifest) {
    const auto schema = json::Document::parse(manifest.settings_schema);
    const auto properties = schema ? schema->root().get("properties") : std::nullopt;
    if (!properties || properties->size() == 0) {
        out += "It takes no settings.\n";
        return;
    }
    out += "| setting | type | default | meaning |\n|---|---|---|---|\n";
    const auto required = schema->root().get("required");
    for (const json::Member setting : properties->members()) {
        bool needed = false;
        if (required) {
            for (const json::View name : required->elements())
                needed = needed || name.as_string() == setting.key;
        }
        const auto type = setting.value.get("type");
        const auto otherwise = setting.value.get("default");
        const auto meaning = setting.value.get("description");
        out += "| `" + std::string(setting.key) + "` | " +
               std::string(type ? type->as_string().value_or("") : "") + " | " +
               (needed      ? "required"
                : otherwise ? "`" + otherwise->text() + "`"
                            : "none") +
               " | " + std::string(meaning ? meaning->as_string().value_or("") : "") + " |\n";
    }
}

}  // namespace

int plugin_doc(Terminal& terminal, const Globals& globals, const std::string& name) {
    const auto file = plugin_file(globals, name);
    if (!file) return terminal.fail(file.error(), "touchline plugin list");
    const auto manifest = host::read_manifest(*file);
    if (!manifest) return terminal.fail(manifest.error());
    std::string out = "# " + (manifest->name.empty() ? manifest->id : manifest->name) + "\n\n";
    out += manifest->description + "\n\n| | |\n|---|---|\n";
    out += "| Connector | `" + manifest->id + "` " + manifest->version + " |\n";
    out += "| Licence | " + (manifest->licence.empty() ? "not said" : manifest->licence) + " |\n";
    out += "| Can | " + list_of(manifest->capabilities) + " |\n";
    out += "| Credentials | " + list_of(manifest->auth) + "; held and applied by the host |\n";
    out += "| Needs | " + list_of(manifest->needs) + " |\n";
    if (!manifest->asks.empty())
        out += "| Is told of customers | " + list_of(manifest->asks) + " and nothing else |\n";
    for (const host::TargetDeclaration& target : manifest->targets)
        out += "| Calls | `" + target.base_url + "` and nothing else |\n";
    if (!manifest->files.empty()) out += "| Reads files below | `" + manifest->files + "` |\n";
    out += "\n## Settings\n\n";
    describe_settings(out, *manifest);
    if (!manifest->streams.empty()) {
        out += "\n## Streams\n\n| stream | key | version | what it is |\n|---|---|---|---|\n";
        for (const host::StreamDeclaration& stream : manifest->streams)
            out += "| `" + stream.name + "` | " + or_none(stream.key) + " | " +
                   or_none(stream.version) + " | " + stream.description + " |\n";
    }
    out.pop_back();
    terminal.print(out);
    return k_ok;
}

}  // namespace touchline::app
