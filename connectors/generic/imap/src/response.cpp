#include "response.hpp"

#include <cstdlib>

namespace imap {

namespace {

constexpr int k_deepest = 40;

class Parser {
public:
    explicit Parser(std::string_view text) : rest_(text) {}

    std::string word() {
        skip_spaces();
        const auto end = rest_.find_first_of(" \r\n");
        return std::string(take(end));
    }
    std::string_view rest() const { return rest_; }
    std::vector<Value> values() { return list(0); }

private:
    std::string_view take(std::size_t count) {
        const auto taken = rest_.substr(0, count);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    void skip_spaces() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    /// Up to a closing parenthesis, or the end.
    std::vector<Value> list(int depth) {
        std::vector<Value> items;
        while (true) {
            skip_spaces();
            if (rest_.empty() || rest_.front() == '\r' || rest_.front() == '\n') return items;
            if (rest_.front() == ')') {
                rest_.remove_prefix(1);
                return items;
            }
            items.push_back(value(depth));
        }
    }
    Value value(int depth) {
        Value value;
        if (rest_.front() == '(') {
            rest_.remove_prefix(1);
            value.kind = Value::Kind::list;
            if (depth < k_deepest)
                value.items = list(depth + 1);
            else
                rest_ = {};
        } else if (rest_.front() == '"') {
            value.kind = Value::Kind::string;
            value.text = quoted();
        } else if (rest_.front() == '{' || rest_.substr(0, 2) == "~{") {
            value.kind = Value::Kind::string;
            value.text = literal();
        } else {
            value.kind = Value::Kind::atom;
            value.text = atom();
            if (same_word(value.text, "NIL")) value = Value();
        }
        return value;
    }
    std::string quoted() {
        std::string text;
        rest_.remove_prefix(1);
        while (!rest_.empty() && rest_.front() != '"') {
            if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        take(1);
        return text;
    }
    std::string literal() {
        const auto open = rest_.find('{');
        const std::string count(rest_.substr(open + 1, 20));
        const auto line_end = rest_.find("\r\n");
        take(line_end == std::string_view::npos ? line_end : line_end + 2);
        return std::string(take(std::strtoull(count.c_str(), nullptr, 10)));
    }
    /// "BODY[HEADER.FIELDS (REFERENCES)]<0>" is one.
    std::string atom() {
        std::size_t end = 0;
        int brackets = 0;
        for (; end < rest_.size(); ++end) {
            const char c = rest_[end];
            if (c == '[') ++brackets;
            if (c == ']' && brackets > 0) --brackets;
            if (c == '\r' || c == '\n') break;
            if (brackets == 0 && (c == ' ' || c == '(' || c == ')') && end > 0) break;
        }
        return std::string(take(end == 0 ? 1 : end));
    }

    std::string_view rest_;
};

void append_utf7(std::string& out, const std::u16string& units) {
    constexpr char k_alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    std::uint32_t bits = 0;
    int held = 0;
    out += '&';
    for (const char16_t unit : units) {
        bits = bits << 16 | unit;
        for (held += 16; held >= 6; held -= 6) out += k_alphabet[bits >> (held - 6) & 63];
        bits &= (1U << held) - 1;
    }
    if (held > 0) out += k_alphabet[bits << (6 - held) & 63];
    out += '-';
}

/// The code point at the beginning, and its bytes are taken away.
char32_t next_code_point(std::string_view& utf8) {
    const auto first = static_cast<unsigned char>(utf8.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t code = length == 1 ? first : first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length && i < utf8.size(); ++i)
        code = code << 6 | (static_cast<unsigned char>(utf8[i]) & 0x3fU);
    utf8.remove_prefix(std::min(length, utf8.size()));
    return code;
}

}  // namespace

const Value& Value::at(std::size_t index) const {
    static const Value k_nil;
    return index < items.size() ? items[index] : k_nil;
}

const Value* Value::find(std::string_view name) const {
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        if (same_word(items[i].text, name)) return &items[i + 1];
    }
    return nullptr;
}

std::int64_t Value::number() const {
    return std::strtoll(text.c_str(), nullptr, 10);
}

bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; };
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

Response parse_response(std::string_view frame) {
    Response response;
    Parser parser(frame);
    response.tag = parser.word();
    Parser status = parser;
    const std::string word = status.word();
    for (const char* known : {"OK", "NO", "BAD", "BYE", "PREAUTH"}) {
        if (!same_word(word, known)) continue;
        response.values.push_back({Value::Kind::atom, known, {}});
        std::string_view rest = status.rest();
        if (rest.substr(0, 2) != " [") return response;
        rest = rest.substr(2, rest.find(']') - 2);
        response.code = rest.substr(0, rest.find(' '));
        if (rest.size() > response.code.size())
            response.code_argument = rest.substr(response.code.size() + 1);
        return response;
    }
    response.values = parser.values();
    return response;
}

std::string folder_argument(std::string_view utf8) {
    std::string name;
    std::u16string foreign;
    const auto flush = [&] {
        if (!foreign.empty()) append_utf7(name, foreign);
        foreign.clear();
    };
    while (!utf8.empty()) {
        const char32_t code = next_code_point(utf8);
        if (code >= 0x20 && code < 0x7f) {
            flush();
            if (code == '"' || code == '\\') name += '\\';
            name += static_cast<char>(code);
            if (code == '&') name += '-';
        } else if (code < 0x10000) {
            foreign += static_cast<char16_t>(code);
        } else {
            foreign += static_cast<char16_t>(0xd800 + ((code - 0x10000) >> 10));
            foreign += static_cast<char16_t>(0xdc00 + ((code - 0x10000) & 0x3ff));
        }
    }
    flush();
    return "\"" + name + "\"";
}

}  // namespace imap
