// The table of keys as a JSON Schema (draft 2020-12).
#include "key_tree.hpp"

#include "touchline/config/keys.hpp"
#include "touchline/json/writer.hpp"

namespace touchline::config {
namespace {

constexpr std::string_view k_id = "^[a-z][a-z0-9_.-]{0,63}$";

/// The same language as the parser accepts, as far as a pattern can say it.
std::string_view pattern_of(Type type) {
    switch (type) {
        case Type::id:
            return k_id;
        case Type::duration:
            return "^([0-9]{1,9}(ms|s|m|h|d|w))+$";
        case Type::rate:
            return "^[1-9][0-9]{0,8}/(s|min|h|d)$";
        case Type::time:
            return "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
                   "([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$";
        case Type::address:
            return R"(^([^\s/:\[\]]+|\[[^\s/\[\]]+\]):([0-9]{1,4}|[0-5][0-9]{4}|6[0-4][0-9]{3}|)"
                   R"(65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$)";
        case Type::url:
            return R"(^https?://[^/\s][^\s]*$)";
        case Type::url_path:
            return R"(^/[^\s?#]*$)";
        case Type::pointer:
            return "^(/([^~/]|~[01])*)+$";
        case Type::region:
            return "^[A-Z]{2}$";
        case Type::secret:
            return "^[$][{]((secret|env|credential):[A-Za-z_][A-Za-z0-9_]*|file:/[^{}\\r\\n]*)[}]$";
        default:
            return {};
    }
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

void write_literal(json::Writer& out, const Key& key, std::string_view text) {
    if (key.type == Type::boolean || (key.type == Type::integer && is_number(text))) {
        out.raw(text);
    } else {
        out.value(text);
    }
}

class SchemaWriter {
public:
    std::string write() {
        out_.begin_object();
        out_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
        out_.member("$id", "https://touchline.example/schema/config/1");
        out_.member("title", "touchline.yaml");
        out_.member("type", "object");
        write_properties("");
        out_.end_object();
        return out_.take();
    }

private:
    void write_properties(std::string_view path) {
        const auto children = children_of(path);
        out_.key("properties").begin_object();
        for (const Key* key : children) {
            out_.key(last_part(key->path));
            write_key(*key);
        }
        out_.end_object();
        out_.member("additionalProperties", false);
        bool any = false;
        for (const Key* key : children) {
            if (!key->required) continue;
            if (!any) out_.key("required").begin_array();
            any = true;
            out_.value(last_part(key->path));
        }
        if (any) out_.end_array();
    }

    void write_key(const Key& key) {
        out_.begin_object();
        out_.member("description", key.sentence);
        if (!key.fallback.empty()) {
            out_.key("default");
            write_literal(out_, key, key.fallback);
        }
        write_type(key);
        out_.end_object();
    }

    /// What may be left empty in a file may be null, but a mapping that needs keys may not.
    void write_mapping_type(const Key& key) {
        bool needs_keys = false;
        if (key.type == Type::object) {
            for (const Key* child : children_of(key.path)) needs_keys |= child->required;
        }
        if (needs_keys) {
            out_.member("type", "object");
        } else {
            out_.key("type").begin_array().value("object").value("null").end_array();
        }
    }

    void write_type(const Key& key) {
        switch (key.type) {
            case Type::object:
                write_mapping_type(key);
                write_properties(key.path);
                break;
            case Type::map:
                write_mapping_type(key);
                out_.key("propertyNames").begin_object().member("pattern", k_id).end_object();
                out_.key("additionalProperties");
                write_key(*find_key(std::string(key.path) + ".*"));
                break;
            case Type::anything:
                write_mapping_type(key);
                break;
            case Type::boolean:
                out_.member("type", "boolean");
                break;
            case Type::integer:
                out_.member("type", "integer");
                out_.member("minimum", key.minimum).member("maximum", key.maximum);
                break;
            case Type::choice:
                write_choices(key);
                break;
            case Type::texts:
            case Type::paths:
                out_.member("type", "array");
                out_.key("items").begin_object();
                if (key.choices.empty()) {
                    out_.member("type", "string").member("minLength", 1);
                } else {
                    write_choices(key);
                }
                out_.end_object();
                break;
            default:
                write_text(key);
        }
    }

    void write_choices(const Key& key) {
        out_.key("enum").begin_array();
        for (const std::string_view word : split_words(key.choices)) out_.value(word);
        out_.end_array();
    }

    void write_text(const Key& key) {
        out_.member("type", "string");
        const std::string_view pattern = pattern_of(key.type);
        if (pattern.empty()) {
            out_.member("minLength", 1);
        } else {
            out_.member("pattern", pattern);
        }
        if (!key.example.empty()) out_.key("examples").begin_array().value(key.example).end_array();
    }

    json::Writer out_;
};

}  // namespace

std::string json_schema() {
    return SchemaWriter().write();
}

}  // namespace touchline::config
