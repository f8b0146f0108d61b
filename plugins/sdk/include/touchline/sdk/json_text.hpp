// Writing JSON records in a plugin: text only. Reading is the host's work (Body::pick).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace touchline::sdk {

/// Appends `utf8` as a quoted JSON string. The text has to be valid UTF-8: the host refuses the
/// page otherwise.
inline void append_quoted(std::string& out, std::string_view utf8) {
    constexpr char k_hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (byte < 0x20) {
                    out += "\\u00";
                    out += k_hex[byte >> 4];
                    out += k_hex[byte & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

/// One object, member by member, appended to a text that it does not own:
///     JsonObject(line).text("id", id).number("n", 3).raw("row", row_json).end();
class JsonObject {
public:
    explicit JsonObject(std::string& out) : out_(&out) { *out_ += '{'; }
    JsonObject& text(std::string_view name, std::string_view utf8) {
        key(name);
        append_quoted(*out_, utf8);
        return *this;
    }
    JsonObject& number(std::string_view name, std::int64_t value) {
        key(name);
        *out_ += std::to_string(value);
        return *this;
    }
    JsonObject& boolean(std::string_view name, bool value) {
        return raw(name, value ? "true" : "false");
    }
    /// `json` is one valid JSON value.
    JsonObject& raw(std::string_view name, std::string_view json) {
        key(name);
        *out_ += json;
        return *this;
    }
    void end() { *out_ += '}'; }

private:
    void key(std::string_view name) {
        if (!first_) *out_ += ',';
        first_ = false;
        append_quoted(*out_, name);
        *out_ += ':';
    }
    std::string* out_;
    bool first_ = true;
};

}  // namespace touchline::sdk
