#include "check_value.hpp"

#include "check.hpp"
#include "key_tree.hpp"

#include "touchline/base/text.hpp"
#include "touchline/config/secrets.hpp"
#include "touchline/config/units.hpp"

#include <algorithm>
#include <charconv>

namespace touchline::config {
namespace {

using json::Node;

bool is_integer_in(const Node& value, int minimum, int maximum) {
    int number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto [stop, failed] = std::from_chars(value.text.data(), end, number);
    return !value.quoted && failed == std::errc() && stop == end && number >= minimum &&
           number <= maximum;
}

bool is_url(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!text.starts_with(scheme)) continue;
        const std::string_view rest = text.substr(scheme.size());
        return !rest.empty() && rest.front() != '/' &&
               rest.find_first_of(" \t") == std::string_view::npos;
    }
    return false;
}

bool is_pointer(std::string_view text) {
    if (!text.starts_with('/')) return false;
    for (auto at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1)) {
        if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
    }
    return true;
}

bool is_region(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool fits_text(std::string_view text, Type type) {
    switch (type) {
        case Type::id:
            return is_id(text);
        case Type::duration:
            return parse_duration(text).has_value();
        case Type::rate:
            return parse_rate(text).has_value();
        case Type::time:
            return parse_since(text).has_value();
        case Type::address:
            return check_address(text).has_value();
        case Type::url:
            return is_url(text);
        case Type::url_path:
            return text.starts_with('/') && text.find_first_of(" \t?#") == std::string_view::npos;
        case Type::pointer:
            return is_pointer(text);
        case Type::region:
            return is_region(text);
        case Type::secret:
            return parse_secret_ref(text, {}).has_value();
        default:
            return !text.empty();
    }
}

bool is_choice(const Node& value, std::string_view choices) {
    const auto words = split_words(choices);
    return is_text(value) && std::find(words.begin(), words.end(), value.text) != words.end();
}

bool is_list_of_texts(const Node& value, const Key& key) {
    return value.is_sequence() &&
           std::all_of(value.items.begin(), value.items.end(), [&](const Node& item) {
               return key.choices.empty() ? is_text(item) && !item.text.empty()
                                          : is_choice(item, key.choices);
           });
}

bool fits(const Node& value, const Key& key) {
    switch (key.type) {
        case Type::object:
        case Type::map:
        case Type::anything:
            return value.is_mapping();
        case Type::texts:
        case Type::paths:
            return is_list_of_texts(value, key);
        case Type::boolean:
            return value.is_scalar() && !value.quoted &&
                   (value.text == "true" || value.text == "false");
        case Type::integer:
            return value.is_scalar() && is_integer_in(value, key.minimum, key.maximum);
        case Type::choice:
            return is_choice(value, key.choices);
        default:
            return is_text(value) && fits_text(value.text, key.type);
    }
}

std::string found_instead(const Node& value, const Key& key) {
    if (value.is_sequence() && key.type == Type::texts && !key.choices.empty()) {
        for (const Node& item : value.items) {
            if (!is_choice(item, key.choices)) return "one with " + found_instead(item, key);
        }
    }
    if (value.is_mapping()) return "a mapping";
    if (value.is_sequence()) return "a list";
    if (!is_text(value)) return value.text;
    return "\"" + truncate_text(value.text, 60) + "\"";
}

std::string cure_for(const Node& value, const Key& key) {
    if (value.is_scalar() && key.type == Type::choice) {
        const auto words = split_words(key.choices);
        if (const auto meant = closest(value.text, words); !meant.empty()) {
            return "did you mean \"" + std::string(meant) + "\"?";
        }
        return {};
    }
    const bool only_lacks_quotes =
        value.is_scalar() && !is_text(value) && fits_text(value.text, key.type);
    if (only_lacks_quotes && key.type != Type::boolean && key.type != Type::integer) {
        return "put it in quotes: \"" + value.text + "\"";
    }
    if (key.example.empty() || key.type == Type::boolean) return {};
    return "for example " + std::string(key.example);
}

}  // namespace

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                      c == '.';
           });
}

bool is_text(const Node& node) {
    return node.is_scalar() && node.to_json().starts_with('"');
}

int shown_length(const Node& node) {
    if (!node.is_scalar()) return 1;
    const auto letters = count_code_points(node.text) + (node.quoted ? 2 : 0);
    return static_cast<int>(std::clamp<std::size_t>(letters, 1, 120));
}

std::optional<WrongValue> wrong_value(const Node& value, const Key& key) {
    if (fits(value, key)) return std::nullopt;
    if (key.type == Type::secret && value.is_scalar()) {
        // The text may be the secret itself: never shown.
        return WrongValue{
            "must be a reference, never the secret itself",
            "put the secret into the secrets file and write \"${secret:NAME}\" here"};
    }
    return WrongValue{
        "must be " + describe(key) + ", not " + found_instead(value, key), cure_for(value, key)};
}

}  // namespace touchline::config
