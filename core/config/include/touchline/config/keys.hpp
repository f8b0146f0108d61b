// The description of every key of touchline.yaml. The check of a file, the JSON Schema for editors,
// `config explain` and the reference page are all made from this one table, so they cannot
// disagree.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchline::config {

enum class Type {
    object,    ///< a mapping with the keys that the table lists under this one
    map,       ///< a mapping whose keys the person chooses; "*" in the table
    text,      ///< a text that is not empty
    texts,     ///< a list of such texts
    id,        ///< lower case letters, digits, "-", "_" and "."
    choice,    ///< one of `choices`
    boolean,   ///< true or false
    integer,   ///< a whole number from `minimum` to `maximum`
    duration,  ///< "5m"
    rate,      ///< "400/min"
    time,      ///< a date or a point in time
    path,      ///< a path; relative ones begin at the folder of the file
    paths,     ///< a list of them
    address,   ///< host:port
    url,       ///< http:// or https://
    url_path,  ///< begins with "/"
    pointer,   ///< a JSON pointer (RFC 6901)
    region,    ///< two capital letters (ISO 3166)
    secret,    ///< a reference: "${secret:NAME}" or "${env:NAME}"
    anything,  ///< a mapping that is handed on as it is
};

struct Key {
    std::string_view path = {};  ///< "connections.*.streams.*.schedule"
    Type type = Type::text;
    std::string_view fallback = {};  ///< as written in a file; empty: none
    std::string_view example = {};
    std::string_view sentence = {};
    std::string_view since = "0.1";
    bool required = false;
    std::string_view choices = {};  ///< "bearer basic": separated by spaces; of texts, each is one
    int minimum = 0;
    int maximum = 0;
};

/// Parents before their children, in the order of the reference page.
std::span<const Key> keys();
/// `path` may have real names where the table has "*"; nullptr when there is no such key.
const Key* find_key(std::string_view path);
std::string_view to_string(Type type);

/// The JSON Schema (draft 2020-12) for editors.
std::string json_schema();
/// What `touchline config explain` prints; nothing for an unknown key. The empty path explains the
/// whole file.
std::optional<std::string> explain(std::string_view path);
/// The reference page, in Markdown.
std::string reference_page();

}  // namespace touchline::config
