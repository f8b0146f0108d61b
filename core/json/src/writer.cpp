#include "touchline/json/writer.hpp"

#include "touchline/base/text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace touchline::json {
namespace {

/// The same byte eight times.
constexpr std::uint64_t eight(std::uint64_t byte) {
    return byte * 0x0101010101010101U;
}

/// Eight bytes of which none needs a second look; seldom wrong about ones that need none.
bool is_plain(std::uint64_t bytes) {
    const std::uint64_t quote = bytes ^ eight('"'), backslash = bytes ^ eight('\\');
    const std::uint64_t suspect =
        bytes | (bytes - eight(0x20)) | (quote - eight(1)) | (backslash - eight(1));
    return (suspect & eight(0x80)) == 0;
}

bool is_plain(std::string_view text) {
    for (std::uint64_t bytes = 0; text.size() >= sizeof bytes;) {
        std::memcpy(&bytes, text.data(), sizeof bytes);
        if (!is_plain(bytes)) break;
        text.remove_prefix(sizeof bytes);
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\') return false;
    }
    return true;
}

void append_escape(std::string& out, char c) {
    static constexpr char k_hex[] = "0123456789abcdef";
    switch (c) {
        case '"':
            out.append("\\\"");
            break;
        case '\\':
            out.append("\\\\");
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\r':
            out.append("\\r");
            break;
        case '\t':
            out.append("\\t");
            break;
        default:
            out.append("\\u00").append(1, k_hex[(c >> 4) & 15]).append(1, k_hex[c & 15]);
    }
}

void append_escaped(std::string& out, std::string_view text) {
    std::size_t begin = 0;  // of what needs no escape
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, begin, i - begin);
        append_escape(out, c);
        begin = i + 1;
    }
    out.append(text, begin);
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    if (is_plain(text)) {
        out.append(text);
    } else if (is_utf8(text)) {
        append_escaped(out, text);
    } else {
        append_escaped(out, to_utf8(text));
    }
    out.push_back('"');
}

void append_number(std::string& out, double number) {
    if (!std::isfinite(number)) {
        out.append("null");
        return;
    }
    // Whole numbers print without an exponent as far as doubles hold them exactly.
    if (std::abs(number) < 9007199254740992.0 && number == std::trunc(number)) {
        out.append(std::to_string(static_cast<std::int64_t>(number)));
        return;
    }
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

Writer& Writer::begin_object() {
    // Most texts that begin so are records: without this they grow in six steps.
    if (out_.empty()) out_.reserve(512);
    separate();
    out_.push_back('{');
    comma_ = false;
    return *this;
}

Writer& Writer::end_object() {
    out_.push_back('}');
    comma_ = true;
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_.push_back('[');
    comma_ = false;
    return *this;
}

Writer& Writer::end_array() {
    out_.push_back(']');
    comma_ = true;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_.push_back(':');
    comma_ = false;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    append_quoted(out_, text);
    comma_ = true;
    return *this;
}

Writer& Writer::value(double number) {
    separate();
    append_number(out_, number);
    comma_ = true;
    return *this;
}

Writer& Writer::raw(std::string_view json) {
    separate();
    out_.append(json);
    comma_ = true;
    return *this;
}

void Writer::separate() {
    if (comma_) out_.push_back(',');
}

}  // namespace touchline::json
