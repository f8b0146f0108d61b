#include "schema_check.hpp"

#include "touchline/base/text.hpp"

#include <regex>

namespace touchline::config {
namespace {

using json::Kind;
using json::View;

bool has_type(View value, std::string_view type) {
    switch (value.kind()) {
        case Kind::null:
            return type == "null";
        case Kind::boolean:
            return type == "boolean";
        case Kind::integer:
            return type == "integer" || type == "number";
        case Kind::number:
            return type == "number";
        case Kind::string:
            return type == "string";
        case Kind::array:
            return type == "array";
        case Kind::object:
            return type == "object";
    }
    return false;
}

bool has_one_type(View value, View types) {
    if (const auto type = types.as_string()) return has_type(value, *type);
    for (const View type : types.elements()) {
        if (has_type(value, *type.as_string())) return true;
    }
    return false;
}

bool matches(std::string_view text, std::string_view pattern) {
    return std::regex_search(std::string(text), std::regex(std::string(pattern)));
}

bool is_one_of(View value, View choices) {
    for (const View choice : choices.elements()) {
        if (choice.text() == value.text()) return true;
    }
    return false;
}

std::string check_object(View schema, View object, const std::string& pointer) {
    for (const auto& [key, value] : object.members()) {
        const std::string at = pointer + "/" + std::string(key);
        if (const auto names = schema.get("propertyNames")) {
            if (!matches(key, *names->get("pattern")->as_string())) return at + ": name";
        }
        const auto properties = schema.get("properties");
        auto rule = properties ? properties->get(key) : std::nullopt;
        if (!rule) rule = schema.get("additionalProperties");
        if (!rule) continue;
        if (rule->as_bool() == false) return at + ": not known";
        if (auto found = refusal(*rule, value, at); !found.empty()) return found;
    }
    if (const auto required = schema.get("required")) {
        for (const View name : required->elements()) {
            if (!object.get(*name.as_string())) return pointer + ": lacks " + name.text();
        }
    }
    return {};
}

/// One word of the schema against a value that is not an object, or does not care.
bool holds(std::string_view word, View rule, View value) {
    if (word == "type") return has_one_type(value, rule);
    if (word == "enum") return is_one_of(value, rule);
    if (word == "pattern")
        return !value.as_string() || matches(*value.as_string(), *rule.as_string());
    if (word == "minLength") {
        const auto text = value.as_string();
        return !text || count_code_points(*text) >= static_cast<std::size_t>(*rule.as_int());
    }
    if (word == "minimum") return !value.as_double() || *value.as_double() >= *rule.as_double();
    if (word == "maximum") return !value.as_double() || *value.as_double() <= *rule.as_double();
    for (const std::string_view note :
         {"$schema",
          "$id",
          "title",
          "description",
          "default",
          "examples",
          "properties",
          "required",
          "additionalProperties",
          "propertyNames",
          "items"}) {
        if (word == note) return true;
    }
    return false;
}

}  // namespace

std::string refusal(View schema, View value, const std::string& pointer) {
    for (const auto& [word, rule] : schema.members()) {
        if (!holds(word, rule, value)) return pointer + ": " + std::string(word);
    }
    if (const auto items = schema.get("items"); items && value.kind() == Kind::array) {
        for (const View item : value.elements()) {
            if (auto found = refusal(*items, item, pointer + "/-"); !found.empty()) return found;
        }
    }
    return value.kind() == Kind::object ? check_object(schema, value, pointer) : std::string();
}

}  // namespace touchline::config
