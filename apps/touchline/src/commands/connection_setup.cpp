// Commands for setting a connection up: what to write for it, what it offers, what it would bring.
#include "../dry_run.hpp"
#include "../loading.hpp"
#include "../places.hpp"

#include "touchline/json/writer.hpp"

#include <algorithm>

namespace touchline::app {
namespace {

Error no_connection(const std::string& id) {
    return Error(Code::not_found, "there is no connection \"" + id + "\"");
}

/// An opened connection, or the code to end with after everything wrong has been said.
struct OpenOne {
    Opened installation;
    std::unique_ptr<Connector> connector;
    std::unique_ptr<OpenConnection> connection;
    int code = k_ok;
};

OpenOne open_one(Terminal& terminal, const Globals& globals, const std::string& id) {
    OpenOne one{open_installation(terminal, globals, Access::write), nullptr, nullptr, k_ok};
    if (!one.installation) {
        one.code = one.installation.code;
        return one;
    }
    const auto& connections = one.installation.installation->config().connections;
    const auto configured = connections.find(id);
    if (configured == connections.end()) {
        one.code = terminal.fail(no_connection(id), "touchline connections list");
        return one;
    }
    auto connector = Connector::make(*one.installation.installation);
    if (!connector) {
        one.code = terminal.fail(connector.error());
        return one;
    }
    one.connector = std::move(*connector);
    std::vector<FileProblem> problems;
    one.connection = one.connector->open(configured->second, problems);
    if (!one.connection) {
        show(terminal, problems, one.installation.config_source);
        one.code = k_config;
    }
    return one;
}

/// The lines of a setting in a configuration file, with what it means.
void print_setting(Terminal& terminal, std::string_view name, json::View property, bool required) {
    const auto otherwise = property.get("default");
    const auto meaning = property.get("description");
    if (meaning) terminal.print("      # " + std::string(meaning->as_string().value_or("")));
    const std::string value = otherwise ? " " + otherwise->text() : "";
    terminal.print("      " + std::string(required ? "" : "# ") + std::string(name) + ":" + value);
}

void print_settings(Terminal& terminal, const host::Manifest& manifest) {
    const auto schema = json::Document::parse(manifest.settings_schema);
    const auto properties = schema ? schema->root().get("properties") : std::nullopt;
    if (!properties || properties->size() == 0) return;
    std::vector<std::string_view> required;
    if (const auto list = schema->root().get("required")) {
        for (const json::View item : list->elements())
            required.push_back(item.as_string().value_or(""));
    }
    terminal.print("    settings:");
    for (const auto& [name, property] : properties->members())
        print_setting(terminal, name, property, std::ranges::count(required, name) > 0);
}

void print_auth(Terminal& terminal, const host::Manifest& manifest, const std::string& id) {
    if (manifest.auth.empty()) return;
    std::string name;
    for (const char c : id)
        name += c == '-' || c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    std::string others;
    for (std::size_t i = 1; i < manifest.auth.size(); ++i)
        others += (i == 1 ? "  # or " : ", ") + manifest.auth[i];
    terminal.print("    auth:");
    terminal.print("      kind: " + manifest.auth.front() + others);
    if (manifest.auth.front() == "basic" || manifest.auth.front() == "session")
        terminal.print("      user:");
    if (manifest.auth.front() == "header") terminal.print("      name:");
    terminal.print("      secret: \"${secret:" + name + "}\"");
}

void write(json::Writer& writer, const DryStream& stream) {
    writer.begin_object()
        .member("stream", stream.stream)
        .member("records", stream.records)
        .member("facts", stream.facts)
        .member("links", stream.links)
        .member("more", stream.more);
    writer.key("touchpoints").begin_object();
    for (const auto& [kind, count] : stream.kinds) writer.member(kind, count);
    writer.end_object().key("problems").begin_array();
    for (const std::string& problem : stream.problems) writer.value(problem);
    writer.end_array();
    if (!stream.example.empty()) writer.key("example").raw(stream.example);
    if (stream.failure) writer.member("error", stream.failure->text());
    writer.end_object();
}

void say(Terminal& terminal, const DryStream& stream) {
    std::string line = stream.stream + ": " +
                       counted(static_cast<std::int64_t>(stream.records), "record") +
                       (stream.more ? " and more" : "");
    for (const auto& [kind, count] : stream.kinds)
        line += ", " + std::to_string(count) + " " + kind;
    if (stream.facts > 0) line += ", " + counted(static_cast<std::int64_t>(stream.facts), "fact");
    if (stream.links > 0) line += ", " + counted(static_cast<std::int64_t>(stream.links), "link");
    terminal.print(line);
    if (!stream.example.empty()) terminal.print("  for example " + stream.example);
    for (const std::string& problem : stream.problems) terminal.say("  " + problem);
    if (!stream.failure) return;
    terminal.say("  failed: " + stream.failure->text());
    if (!stream.failure->cure().empty()) terminal.say("    " + stream.failure->cure());
}

}  // namespace

int connections_add(Terminal& terminal, const Globals& globals, const AddArguments& arguments) {
    const auto loaded = load_config(terminal, globals);
    if (!loaded) return k_config;
    if (loaded->config.connections.contains(arguments.connection)) {
        return terminal.fail(
            Error(Code::conflict, "there is a connection \"" + arguments.connection + "\" already")
        );
    }
    std::vector<std::filesystem::path> directories = loaded->config.plugin_dirs;
    directories.push_back(shipped_plugins());
    const auto discovery = host::discover_plugins(directories);
    for (const host::FoundPlugin& found : discovery.plugins) {
        const host::Manifest& manifest = found.manifest;
        if (manifest.id != arguments.plugin) continue;
        terminal.print("  # " + manifest.description);
        terminal.print("  " + arguments.connection + ":");
        terminal.print("    plugin: " + manifest.id);
        print_settings(terminal, manifest);
        print_auth(terminal, manifest, arguments.connection);
        terminal.say(
            "Put these lines under connections: in the configuration, and the secret into the "
            "secrets file."
        );
        terminal.say("next: touchline connections test " + arguments.connection);
        return k_ok;
    }
    return terminal.fail(
        Error(Code::not_found, "there is no connector \"" + arguments.plugin + "\""),
        "touchline plugin list"
    );
}

int connections_discover(Terminal& terminal, const Globals& globals, const std::string& id) {
    const OpenOne one = open_one(terminal, globals, id);
    if (!one.connection) return one.code;
    json::Writer writer;
    writer.begin_object().member("connection", id).key("streams").begin_array();
    for (const ingest::StreamInfo& info : one.connection->source->streams()) {
        const ingest::StreamPlan* const plan = one.connection->plan.stream(info.name);
        writer.begin_object()
            .member("name", info.name)
            .member("description", info.description)
            .member("read", plan != nullptr)
            .member_unless_empty("mapping", plan == nullptr ? "" : plan->mapping_name)
            .end_object();
        if (terminal.json) continue;
        terminal.print(
            info.name + (plan == nullptr ? "  (not read)" : "") + "  " + info.description
        );
        if (plan != nullptr) terminal.print("  mapping " + plan->mapping_name);
    }
    writer.end_array().end_object();
    if (terminal.json) terminal.print(writer.text());
    return k_ok;
}

int connections_dry_run(Terminal& terminal, const Globals& globals, const std::string& id) {
    constexpr std::size_t k_enough = 200;
    const OpenOne one = open_one(terminal, globals, id);
    if (!one.connection) return one.code;
    Installation& installation = *one.installation.installation;
    const auto reader = installation.store().reader();
    if (!reader) return terminal.fail(reader.error());
    const auto streams = dry_run(
        *one.connection, **reader, installation.clock(), installation.config().tenant, k_enough, {}
    );
    if (!streams) return terminal.fail(streams.error());
    json::Writer writer;
    writer.begin_object().member("connection", id).key("streams").begin_array();
    bool failed = false;
    for (const DryStream& stream : *streams) {
        write(writer, stream);
        if (!terminal.json) say(terminal, stream);
        failed = failed || stream.failure.has_value();
    }
    writer.end_array().end_object();
    if (terminal.json) terminal.print(writer.text());
    terminal.say("Nothing was stored.");
    return failed ? k_source : k_ok;
}

}  // namespace touchline::app
