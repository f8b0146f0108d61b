// What an IMAP server says (RFC 9051, section 7), as a tree of values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imap {

struct Value {
    enum class Kind { nil, atom, string, list };
    Kind kind = Kind::nil;
    std::string text;
    std::vector<Value> items;

    bool is_list() const { return kind == Kind::list; }
    /// nil where there is no such item.
    const Value& at(std::size_t index) const;
    /// In a list of names and values, the value of a name, without regard to case.
    const Value* find(std::string_view name) const;
    std::int64_t number() const;
};

struct Response {
    std::string tag;                  ///< "*" of an untagged one
    std::vector<Value> values;        ///< what follows; of OK, NO, BAD and BYE only the first word
    std::string code, code_argument;  ///< "UIDVALIDITY" and "3857529045"
};

/// Never fails: what is malformed ends the response early.
Response parse_response(std::string_view frame);

bool same_word(std::string_view a, std::string_view b);
/// A quoted string or a literal, as commands carry folder names: modified UTF-7 (RFC 3501, 5.1.3).
std::string folder_argument(std::string_view utf8);

}  // namespace imap
