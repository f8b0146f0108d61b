// Holds a JSON value against a schema: the part of JSON Schema 2020-12 that the API's description
// uses. A keyword that it does not know is a failure, so that nothing passes unchecked.
#pragma once

#include "touchline/base/time.hpp"
#include "touchline/json/view.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::testing_support {

class SchemaCheck {
public:
    /// `$ref` points into the document.
    explicit SchemaCheck(json::View document) : document_(document) {}

    /// What is wrong, a sentence each; empty when the value fits.
    std::vector<std::string> check(json::View schema, json::View value) const {
        std::vector<std::string> problems;
        check(schema, value, "", problems);
        return problems;
    }

private:
    using Problems = std::vector<std::string>;

    void check(json::View schema, json::View value, const std::string& at, Problems& problems)
        const {
        for (const json::Member keyword : schema.members()) {
            check_keyword(schema, keyword, value, at, problems);
        }
    }

    void check_keyword(
        json::View schema,
        const json::Member& keyword,
        json::View value,
        const std::string& at,
        Problems& problems
    ) const {
        const auto fail = [&](const std::string& what) {
            problems.push_back(at + ": " + what + ", got " + value.text());
        };
        const std::string_view name = keyword.key;
        const json::View wanted = keyword.value;
        if (name == "$ref") {
            const std::string_view pointer = wanted.as_string().value_or("").substr(1);
            const auto target = json::find(document_, pointer);
            target ? check(*target, value, at, problems)
                   : fail("the reference " + std::string(pointer) + " leads nowhere");
        } else if (name == "type") {
            if (!fits_type(wanted, value)) fail("has to be " + wanted.text());
        } else if (name == "properties") {
            for (const json::Member property : wanted.members()) {
                if (const auto member = value.get(property.key)) {
                    check(property.value, *member, at + "/" + std::string(property.key), problems);
                }
            }
        } else if (name == "required") {
            for (const json::View key : wanted.elements()) {
                if (!value.get(key.as_string().value_or(""))) fail("lacks " + key.text());
            }
        } else if (name == "additionalProperties") {
            check_others(schema, wanted, value, at, problems);
        } else if (name == "items") {
            std::size_t index = 0;
            for (const json::View item : value.elements())
                check(wanted, item, at + "/" + std::to_string(index++), problems);
        } else if (name == "enum") {
            bool found = false;
            for (const json::View option : wanted.elements()) found |= same(option, value);
            if (!found) fail("has to be one of " + wanted.text());
        } else if (name == "const") {
            if (!same(wanted, value)) fail("has to be " + wanted.text());
        } else if (name == "oneOf") {
            int fitting = 0;
            for (const json::View option : wanted.elements())
                fitting += this->check(option, value).empty() ? 1 : 0;
            if (fitting != 1) fail("fits " + std::to_string(fitting) + " of the alternatives");
        } else if (name == "format") {
            const auto text = value.as_string();
            if (wanted.as_string() == "date-time" && text && !parse_rfc3339(*text))
                fail("is not a time");
        } else if (name != "description" && name != "title") {
            problems.push_back(at + ": the schema's keyword " + std::string(name) + " is unknown");
        }
    }

    void check_others(
        json::View schema,
        json::View wanted,
        json::View value,
        const std::string& at,
        Problems& problems
    ) const {
        const auto properties = schema.get("properties");
        for (const json::Member member : value.members()) {
            if (properties && properties->get(member.key)) continue;
            const std::string place = at + "/" + std::string(member.key);
            if (wanted.kind() == json::Kind::object) {
                check(wanted, member.value, place, problems);
            } else if (wanted.as_bool() == false) {
                problems.push_back(place + ": is not in the schema");
            }
        }
    }

    static bool fits_type(json::View wanted, json::View value) {
        if (wanted.kind() == json::Kind::array) {
            for (const json::View one : wanted.elements()) {
                if (fits_type(one, value)) return true;
            }
            return false;
        }
        const std::string_view name = wanted.as_string().value_or("");
        switch (value.kind()) {
            case json::Kind::null:
                return name == "null";
            case json::Kind::boolean:
                return name == "boolean";
            case json::Kind::integer:
                return name == "integer" || name == "number";
            case json::Kind::number:
                return name == "number";
            case json::Kind::string:
                return name == "string";
            case json::Kind::array:
                return name == "array";
            case json::Kind::object:
                return name == "object";
        }
        return false;
    }

    static bool same(json::View a, json::View b) { return a.text() == b.text(); }

    const json::View document_;
};

}  // namespace touchline::testing_support
