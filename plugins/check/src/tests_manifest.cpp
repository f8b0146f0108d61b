// Does the manifest tell the truth, and all that people need?
#include "scene.hpp"

#include "touchline/host/settings.hpp"
#include "touchline/plugin.h"

#include <algorithm>
#include <array>

namespace touchline::check {

namespace {

using Names = std::vector<std::string>;

Finding is_described(const Scene& scene) {
    const host::Manifest& manifest = scene.manifest;
    for (const auto& [member, text] :
         {std::pair{"name", manifest.name},
          std::pair{"description", manifest.description},
          std::pair{"licence", manifest.licence}}) {
        if (text.empty()) return failed(std::string("its \"") + member + "\" is missing");
    }
    return passed();
}

Finding has_a_version(const Scene& scene) {
    int dots = 0;
    for (const char c :
         scene.manifest.version.substr(0, scene.manifest.version.find_first_of("-+"))) {
        if (c == '.')
            ++dots;
        else if (c < '0' || c > '9')
            return failed("\"" + scene.manifest.version + "\" is not a version such as 1.4.0");
    }
    if (dots == 2) return passed();
    return failed("\"" + scene.manifest.version + "\" is not a version such as 1.4.0");
}

/// The first function of a capability's table that has to be there; the tables begin alike.
struct CapabilityHead {
    std::uint32_t size, reserved;
    void (*first)();
};

Finding has_what_it_promises(const Scene& scene) {
    constexpr std::array<std::string_view, 3> k_known{TL_SOURCE_1, TL_DESTINATION_1, TL_ENRICHER_1};
    const auto library = scene.load();
    if (!library) return failed(library.error().text());
    for (const std::string& id : scene.manifest.capabilities) {
        if (std::ranges::count(k_known, id) == 0) return failed("no host knows " + id);
        const auto* table =
            static_cast<const CapabilityHead*>((*library)->table().capability(id.c_str()));
        if (table == nullptr || table->size < sizeof(CapabilityHead) || table->first == nullptr)
            return failed("its table of " + id + " lacks its function");
    }
    for (const std::string_view id : k_known) {
        const bool has = (*library)->table().capability(std::string(id).c_str()) != nullptr;
        if (has && !scene.manifest.can(id))
            return failed("it has " + std::string(id) + ", which the manifest does not say");
    }
    return passed();
}

Finding says_how_to_sign_in(const Scene& scene) {
    if (scene.manifest.targets.empty() || !scene.manifest.auth.empty()) return passed();
    return failed(
        "it has targets, but \"auth\" does not say with which credentials; \"none\" is one of them"
    );
}

Finding declares_streams(const Scene& scene) {
    if (!scene.manifest.can(TL_SOURCE_1)) return skipped("it is no source");
    if (scene.manifest.streams.empty()) return failed("it is a source without streams");
    for (const host::StreamDeclaration& stream : scene.manifest.streams) {
        if (stream.description.empty())
            return failed("the stream \"" + stream.name + "\" has no description");
        for (const std::string& pointer : {stream.key, stream.version}) {
            if (!pointer.empty() && pointer.front() != '/' && pointer.front() != '{') {
                return failed(
                    "the stream \"" + stream.name + "\": \"" + pointer +
                    "\" is not a JSON pointer, which begins with a slash"
                );
            }
        }
    }
    return passed();
}

/// The members of a schema's "properties" with the schema kept alive.
struct Schema {
    json::Document document;
    std::optional<json::View> properties() const { return document.root().get("properties"); }
};

Result<Schema> schema_of(const host::Manifest& manifest) {
    TOUCHLINE_TRY(auto document, json::Document::parse(manifest.settings_schema));
    return Schema{std::move(document)};
}

/// Settings with every required text, whole number and so on filled in with something plain.
std::string plain_settings(const Schema& schema) {
    std::string out;
    const auto required = schema.document.root().get("required");
    if (!required || !schema.properties()) return "{}";
    for (const json::View item : required->elements()) {
        const std::string name(item.as_string().value_or(""));
        const auto property = schema.properties()->get(name);
        const auto type = property ? property->get("type") : std::nullopt;
        const std::string_view word = type ? type->as_string().value_or("") : "";
        const auto least = property ? property->get("minimum") : std::nullopt;
        std::string value = "\"https://example.com\"";
        if (word == "integer" || word == "number") value = least ? least->text() : "1";
        if (word == "boolean") value = "false";
        if (word == "array") value = "[]";
        if (const auto choices = property ? property->get("enum") : std::nullopt;
            choices && choices->at(0)) {
            value = choices->at(0)->text();
        }
        out += (out.empty() ? "\"" : ",\"") + name + "\":" + value;
    }
    return "{" + out + "}";
}

Finding explains_settings(const Scene& scene) {
    constexpr std::array<std::string_view, 5> k_types{
        "string", "integer", "number", "boolean", "array"};
    const auto schema = schema_of(scene.manifest);
    if (!schema) return failed(schema.error().text());
    if (!schema->properties()) return passed();
    for (const json::Member property : schema->properties()->members()) {
        const std::string name = "the setting \"" + std::string(property.key) + "\" ";
        const auto type = property.value.get("type");
        if (!type || std::ranges::count(k_types, type->as_string().value_or("")) == 0)
            return failed(name + "has no type, or one that settings cannot have");
        const auto meaning = property.value.get("description");
        if (!meaning || meaning->as_string().value_or("").empty())
            return failed(name + "has no description");
    }
    return passed();
}

Finding takes_its_own_defaults(const Scene& scene) {
    const auto schema = schema_of(scene.manifest);
    if (!schema) return failed(schema.error().text());
    if (const auto required = schema->document.root().get("required")) {
        for (const json::View item : required->elements()) {
            const std::string_view name = item.as_string().value_or("");
            if (!schema->properties() || !schema->properties()->get(name))
                return failed("\"" + std::string(name) + "\" is required but not declared");
        }
    }
    const auto completed = host::complete_settings(scene.manifest, plain_settings(*schema));
    if (!completed) return failed(completed.error().text());
    const auto again = host::complete_settings(scene.manifest, *completed);
    return again ? passed() : failed("its own defaults: " + again.error().text());
}

Finding fills_its_texts(const Scene& scene) {
    const auto schema = schema_of(scene.manifest);
    if (!schema) return failed(schema.error().text());
    const auto completed = host::complete_settings(scene.manifest, plain_settings(*schema));
    if (!completed) return skipped("its settings have to be mended first");
    const auto settings = json::Document::parse(*completed);
    Names texts{scene.manifest.files};
    for (const host::TargetDeclaration& target : scene.manifest.targets)
        texts.push_back(target.base_url);
    for (const host::StreamDeclaration& stream : scene.manifest.streams)
        texts.insert(texts.end(), {stream.name, stream.key, stream.version});
    for (const std::string& text : texts) {
        const auto expanded = host::expand(text, settings->root());
        if (!expanded)
            return failed(
                "in \"" + text + "\": " + expanded.error().text() +
                "; a setting used there has to be required or to have a default"
            );
    }
    return passed();
}

Finding calls_safely(const Scene& scene) {
    for (const host::TargetDeclaration& target : scene.manifest.targets) {
        if (target.base_url.starts_with("http://"))
            return failed("the target \"" + target.name + "\" is called without encryption");
    }
    return passed();
}

Finding needs_known_things(const Scene& scene) {
    constexpr std::array<std::string_view, 2> k_known{"body_view", "threads"};
    for (const std::string& need : scene.manifest.needs) {
        if (std::ranges::count(k_known, need) == 0)
            return failed("\"needs\" names \"" + need + "\", which hosts do not know");
    }
    return passed();
}

Finding brings_its_mappings(const Scene& scene) {
    for (const std::string& name : scene.manifest.mappings) {
        const auto beside = scene.plugin.parent_path() / scene.manifest.id / "mappings" / name;
        std::error_code ignored;
        if (!std::filesystem::exists(beside, ignored))
            return failed("the mapping " + beside.string() + " is not there");
    }
    return passed();
}

Finding asks_for_what_it_uses(const Scene& scene) {
    // Whether a connector looks at bodies shows on the stage: without the need, the host refuses.
    for (const Cassette& cassette : scene.cassettes) {
        const auto settings = host::complete_settings(scene.manifest, cassette.settings);
        if (!settings) return failed("cassette " + cassette.name + ": " + settings.error().text());
    }
    return passed();
}

}  // namespace

std::vector<Test> manifest_tests() {
    return {
        {{"manifest.described", "It has a name, a description and a licence.", 'B'},
         Applies::everyone,
         &is_described},
        {{"manifest.version", "Its version has three numbers.", 'B'},
         Applies::everyone,
         &has_a_version},
        {{"manifest.capabilities", "It has the capabilities that it promises, and no others.", 'D'},
         Applies::everyone,
         &has_what_it_promises},
        {{"manifest.auth", "It says which credentials its targets take.", 'B'},
         Applies::everyone,
         &says_how_to_sign_in},
        {{"manifest.streams",
          "Each stream is described, and its key and version are pointers.",
          'B'},
         Applies::everyone,
         &declares_streams},
        {{"manifest.settings", "Each setting has a type and a description.", 'B'},
         Applies::everyone,
         &explains_settings},
        {{"manifest.defaults", "Its defaults are valid, and what is required is declared.", 'D'},
         Applies::everyone,
         &takes_its_own_defaults},
        {{"manifest.placeholders", "Every {setting} in its texts can be filled in.", 'D'},
         Applies::everyone,
         &fills_its_texts},
        {{"manifest.encryption", "No target is called without encryption by default.", 'B'},
         Applies::everyone,
         &calls_safely},
        {{"manifest.needs", "It needs only what hosts know.", 'D'},
         Applies::everyone,
         &needs_known_things},
        {{"manifest.mappings", "The mappings that it names lie beside it.", 'B'},
         Applies::everyone,
         &brings_its_mappings},
        {{"manifest.cassettes", "The settings of its cassettes are valid.", 'D'},
         Applies::everyone,
         &asks_for_what_it_uses},
    };
}

}  // namespace touchline::check
