#include "key_tree.hpp"

namespace touchline::config {
namespace {

bool matches(std::string_view pattern, std::string_view path) {
    while (true) {
        const auto pattern_dot = pattern.find('.');
        const auto path_dot = path.find('.');
        const std::string_view wanted = pattern.substr(0, pattern_dot);
        if (wanted != "*" && wanted != path.substr(0, path_dot)) return false;
        if (pattern_dot == std::string_view::npos || path_dot == std::string_view::npos) {
            return pattern_dot == path_dot;
        }
        pattern.remove_prefix(pattern_dot + 1);
        path.remove_prefix(path_dot + 1);
    }
}

std::string choices_of(const Key& key) {
    std::string list;
    const auto words = split_words(key.choices);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
        list += words[i];
    }
    return list;
}

}  // namespace

std::string join_path(std::string_view parent, std::string_view name) {
    std::string path(parent);
    if (!path.empty()) path += '.';
    return path.append(name);
}

std::string_view last_part(std::string_view path) {
    const auto dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::vector<const Key*> children_of(std::string_view parent) {
    const std::string prefix = parent.empty() ? std::string() : std::string(parent) + ".";
    std::vector<const Key*> children;
    for (const Key& key : keys()) {
        if (key.path.size() > prefix.size() && key.path.starts_with(prefix) &&
            key.path.find('.', prefix.size()) == std::string_view::npos) {
            children.push_back(&key);
        }
    }
    return children;
}

std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto space = text.find(' ');
        words.push_back(text.substr(0, space));
        if (space == std::string_view::npos) break;
        text.remove_prefix(space + 1);
    }
    return words;
}

std::string describe(const Key& key) {
    switch (key.type) {
        case Type::choice:
            return choices_of(key);
        case Type::texts:
            if (key.choices.empty()) return std::string(to_string(key.type));
            return "a list of " + choices_of(key);
        case Type::integer:
            if (key.minimum == key.maximum) return std::to_string(key.minimum);
            return "a whole number from " + std::to_string(key.minimum) + " to " +
                   std::to_string(key.maximum);
        default:
            return std::string(to_string(key.type));
    }
}

const Key* find_key(std::string_view path) {
    for (const Key& key : keys()) {
        if (matches(key.path, path)) return &key;
    }
    return nullptr;
}

std::string_view to_string(Type type) {
    switch (type) {
        case Type::object:
        case Type::map:
        case Type::anything:
            return "a mapping (key: value)";
        case Type::text:
            return "a text";
        case Type::texts:
            return "a list of texts";
        case Type::id:
            return "a name of lower case letters, digits, \"-\", \"_\" and \".\"";
        case Type::choice:
            return "one of a few words";
        case Type::boolean:
            return "true or false";
        case Type::integer:
            return "a whole number";
        case Type::duration:
            return "a duration such as 30s, 5m, 1h30m or 2d";
        case Type::rate:
            return "a count and a period such as 10/s or 400/min";
        case Type::time:
            return "a date or a time such as 2024-01-01 or 2024-01-01T08:00:00Z";
        case Type::path:
            return "a path";
        case Type::paths:
            return "a list of paths";
        case Type::address:
            return "an address and a port such as 127.0.0.1:8420";
        case Type::url:
            return "an address that begins with http:// or https://";
        case Type::url_path:
            return "a path that begins with /";
        case Type::pointer:
            return "a JSON pointer such as /id";
        case Type::region:
            return "a country code of two capital letters such as BE";
        case Type::secret:
            return "a reference such as \"${secret:NAME}\" or \"${env:NAME}\"";
    }
    return {};
}

}  // namespace touchline::config
