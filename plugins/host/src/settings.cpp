#include "touchline/host/settings.hpp"

#include "touchline/base/text.hpp"
#include "touchline/json/writer.hpp"

#include <vector>

namespace touchline::host {

namespace {

Error wrong(std::string_view name, const std::string& what) {
    return Error(Code::config, "the setting \"" + std::string(name) + "\" " + what);
}

bool has_type(json::View value, std::string_view type) {
    const json::Kind kind = value.kind();
    if (type == "string") return kind == json::Kind::string;
    if (type == "integer") return kind == json::Kind::integer;
    if (type == "number") return kind == json::Kind::integer || kind == json::Kind::number;
    if (type == "boolean") return kind == json::Kind::boolean;
    if (type == "array") return kind == json::Kind::array;
    if (type == "object") return kind == json::Kind::object;
    return true;
}

std::string people_word(std::string_view type) {
    if (type == "string") return "a text";
    if (type == "integer") return "a whole number";
    if (type == "number") return "a number";
    if (type == "boolean") return "true or false";
    return type == "array" ? "a list" : "a mapping";
}

std::string_view type_of(json::View schema) {
    const auto type = schema.get("type");
    return type ? type->as_string().value_or("") : "";
}

Result<void> check_range(std::string_view name, json::View schema, json::View value) {
    if (const auto number = value.as_double()) {
        if (const auto least = schema.get("minimum");
            least && *number < least->as_double().value_or(*number)) {
            return wrong(name, "has to be at least " + least->text());
        }
        if (const auto most = schema.get("maximum");
            most && *number > most->as_double().value_or(*number)) {
            return wrong(name, "may be at most " + most->text());
        }
    }
    if (const auto string = value.as_string()) {
        const auto least = schema.get("minLength");
        if (least &&
            static_cast<std::int64_t>(count_code_points(*string)) < least->as_int().value_or(0)) {
            return wrong(
                name,
                string->empty() ? "may not be empty"
                                : "needs at least " + least->text() + " characters"
            );
        }
    }
    return {};
}

Result<void> check_value(std::string_view name, json::View schema, json::View value) {
    const std::string_view type = type_of(schema);
    if (!has_type(value, type)) return wrong(name, "has to be " + people_word(type));
    if (const auto choices = schema.get("enum")) {
        std::string list;
        std::vector<std::string_view> words;
        bool fits = false;
        for (const json::View choice : choices->elements()) {
            fits = fits || choice.text() == value.text();
            list += (list.empty() ? "" : ", ") + choice.text();
            if (const auto word = choice.as_string()) words.push_back(*word);
        }
        if (!fits) {
            const auto meant = closest(value.as_string().value_or(""), words);
            Error error = wrong(name, "has to be one of " + list);
            if (meant.empty()) return error;
            return std::move(error).cure("Did you mean \"" + std::string(meant) + "\"?");
        }
    }
    TOUCHLINE_CHECK(check_range(name, schema, value));
    if (const auto items = schema.get("items")) {
        for (const json::View item : value.elements())
            TOUCHLINE_CHECK(check_value(name, *items, item));
    }
    return {};
}

Error unknown(
    std::string_view name, const std::vector<std::string_view>& known, const std::string& id
) {
    Error error(Code::config, id + " has no setting \"" + std::string(name) + "\"");
    if (const auto meant = closest(name, known); !meant.empty()) {
        return std::move(error).cure("Did you mean \"" + std::string(meant) + "\"?");
    }
    std::string list;
    for (const auto word : known) list.append(list.empty() ? "" : ", ").append(word);
    return std::move(error).cure(
        list.empty() ? "It takes no settings." : "Its settings are " + list + "."
    );
}

}  // namespace

Result<std::string> complete_settings(const Manifest& manifest, std::string_view settings_json) {
    TOUCHLINE_TRY(const auto schema, json::Document::parse(manifest.settings_schema));
    TOUCHLINE_TRY(
        const auto settings, json::Document::parse(settings_json).with("reading the settings")
    );
    if (settings.root().kind() != json::Kind::object)
        return Error(Code::config, "settings have to be a mapping");

    std::vector<std::string_view> known;
    const auto properties = schema.root().get("properties");
    if (properties) {
        for (const auto& [name, property] : properties->members()) known.push_back(name);
    }
    json::Writer out;
    out.begin_object();
    for (const auto& [name, value] : settings.root().members()) {
        const auto property = properties ? properties->get(name) : std::nullopt;
        if (!property) return unknown(name, known, manifest.id);
        // "key:" with nothing after it means: as if it were not there.
        if (value.is_null()) continue;
        TOUCHLINE_CHECK(check_value(name, *property, value));
        out.key(name).raw(value.text());
    }
    const auto is_set = [&](std::string_view name) {
        const auto value = settings.root().get(name);
        return value && !value->is_null();
    };
    if (const auto required = schema.root().get("required")) {
        for (const json::View item : required->elements()) {
            const std::string_view name = item.as_string().value_or("");
            if (is_set(name)) continue;
            const auto property = properties ? properties->get(name) : std::nullopt;
            const auto meaning = property ? property->get("description") : std::nullopt;
            Error error(
                Code::config, manifest.id + " needs the setting \"" + std::string(name) + "\""
            );
            if (!meaning) return error;
            return std::move(error).cure(
                std::string(name) + ": " + std::string(meaning->as_string().value_or(""))
            );
        }
    }
    for (const std::string_view name : known) {
        const auto otherwise = properties->get(name)->get("default");
        if (otherwise && !is_set(name)) out.key(name).raw(otherwise->text());
    }
    out.end_object();
    return out.take();
}

Result<std::string> expand(std::string_view text, json::View settings) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open + 1);
        const auto close = text.find('}');
        if (close == std::string_view::npos)
            return Error(Code::config, "\"{\" without \"}\" in a text of the manifest");
        const std::string_view name = text.substr(0, close);
        const auto value = settings.get(name);
        if (!value || value->is_null()) return wrong(name, "is needed here");
        const auto string = value->as_string();
        out += string ? std::string(*string) : value->text();
        text.remove_prefix(close + 1);
    }
    return out;
}

Result<void> accept_credentials(const Manifest& manifest, std::string_view kind) {
    // Without targets there is nobody to sign in to; without `auth` the connector does not care.
    if (manifest.targets.empty() || manifest.auth.empty()) return {};
    std::string list;
    for (const std::string& known : manifest.auth) {
        if (known == kind || (known == "header" && kind == "token")) return {};
        list.append(list.empty() ? "" : ", ").append(known == "header" ? "header, token" : known);
    }
    const std::string cure = "It takes " + list + ".";
    if (kind == "none") return Error(Code::config, manifest.id + " needs credentials").cure(cure);
    return Error(
               Code::config,
               manifest.id + " cannot use credentials of the kind " + std::string(kind)
    )
        .cure(cure);
}

}  // namespace touchline::host
