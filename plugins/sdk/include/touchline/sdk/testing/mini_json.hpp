// Just enough JSON reading for FakeHost: find a pointer in a text. Strict about structure, generous
// about numbers. Not for production: there the host reads.
#pragma once

#include "touchline/plugin/json.h"

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::sdk::testing {

struct MiniJson {
    std::int32_t kind = TL_JSON_MISSING;
    std::string text;  ///< JSON, but of a string its characters
    std::vector<MiniJson> items;
    std::vector<std::string> names;  ///< of an object's members
    std::vector<MiniJson> values;    ///< theirs, in the same order

    static std::optional<MiniJson> parse(std::string_view text) {
        Reader reader{text, 0};
        auto value = reader.value(0);
        reader.space();
        if (!value || reader.at != text.size()) return std::nullopt;
        return value;
    }

    /// RFC 6901; nullptr when there is no such value.
    const MiniJson* find(std::string_view pointer) const {
        const MiniJson* here = this;
        while (!pointer.empty()) {
            if (pointer[0] != '/') return nullptr;
            pointer.remove_prefix(1);
            const auto end = pointer.find('/');
            here = here->child(unescape(pointer.substr(0, end)));
            if (here == nullptr) return nullptr;
            pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
        }
        return here;
    }

private:
    static std::string unescape(std::string_view token) {
        std::string plain;
        for (std::size_t i = 0; i < token.size(); ++i) {
            if (token[i] == '~' && i + 1 < token.size())
                plain += token[++i] == '1' ? '/' : '~';
            else
                plain += token[i];
        }
        return plain;
    }
    const MiniJson* child(const std::string& token) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == token) return &values[i];
        }
        if (token.empty() || token.find_first_not_of("0123456789") != std::string::npos)
            return nullptr;
        const auto index = std::strtoull(token.c_str(), nullptr, 10);
        return kind == TL_JSON_ARRAY && index < items.size() ? &items[index] : nullptr;
    }

    struct Reader {
        std::string_view in;
        std::size_t at;

        void space() {
            while (at < in.size() &&
                   std::string_view(" \t\r\n").find(in[at]) != std::string_view::npos)
                ++at;
        }
        bool take(char c) {
            space();
            if (at >= in.size() || in[at] != c) return false;
            ++at;
            return true;
        }
        std::optional<MiniJson> value(int depth) {
            space();
            if (at >= in.size() || depth > 200) return std::nullopt;
            const auto start = at;
            auto result = in[at] == '{'   ? object(depth)
                          : in[at] == '[' ? array(depth)
                          : in[at] == '"' ? string()
                                          : scalar();
            if (result && result->kind != TL_JSON_STRING)
                result->text = in.substr(start, at - start);
            return result;
        }
        std::optional<MiniJson> object(int depth) {
            MiniJson out;
            out.kind = TL_JSON_OBJECT;
            take('{');
            if (take('}')) return out;
            do {
                space();
                auto name = string();
                if (!name || !take(':')) return std::nullopt;
                auto member = value(depth + 1);
                if (!member) return std::nullopt;
                out.names.push_back(std::move(name->text));
                out.values.push_back(*std::move(member));
            } while (take(','));
            if (!take('}')) return std::nullopt;
            return out;
        }
        std::optional<MiniJson> array(int depth) {
            MiniJson out;
            out.kind = TL_JSON_ARRAY;
            take('[');
            if (take(']')) return out;
            do {
                auto item = value(depth + 1);
                if (!item) return std::nullopt;
                out.items.push_back(*std::move(item));
            } while (take(','));
            if (!take(']')) return std::nullopt;
            return out;
        }
        std::optional<MiniJson> string() {
            if (!take('"')) return std::nullopt;
            MiniJson out;
            out.kind = TL_JSON_STRING;
            while (at < in.size() && in[at] != '"') {
                if (in[at] != '\\') {
                    out.text += in[at++];
                } else if (!escape(out.text)) {
                    return std::nullopt;
                }
            }
            if (!take('"')) return std::nullopt;
            return out;
        }
        bool escape(std::string& out) {
            if (++at >= in.size()) return false;
            const char c = in[at++];
            constexpr std::string_view k_from = "\"\\/bfnrt", k_to = "\"\\/\b\f\n\r\t";
            if (const auto i = k_from.find(c); i != std::string_view::npos)
                return out += k_to[i], true;
            auto code = c == 'u' ? hex() : std::nullopt;
            if (!code) return false;
            if (*code >= 0xd800 && *code < 0xdc00 && in.substr(at, 2) == "\\u") {
                at += 2;
                const auto low = hex();
                if (!low) return false;
                code = 0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00);
            }
            append_utf8(out, *code);
            return true;
        }
        std::optional<std::uint32_t> hex() {
            const std::string digits(in.substr(at, 4));
            if (digits.size() != 4 ||
                digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
                return std::nullopt;
            }
            at += 4;
            return static_cast<std::uint32_t>(std::strtoul(digits.c_str(), nullptr, 16));
        }
        static void append_utf8(std::string& out, std::uint32_t code) {
            const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
            if (code < 0x80) return put(code);
            if (code < 0x800) return put(0xc0 | (code >> 6)), put(0x80 | (code & 63));
            if (code >= 0x10000) {
                put(0xf0 | (code >> 18));
                put(0x80 | ((code >> 12) & 63));
            } else {
                put(0xe0 | (code >> 12));
            }
            put(0x80 | ((code >> 6) & 63));
            put(0x80 | (code & 63));
        }
        std::optional<MiniJson> scalar() {
            const auto start = at;
            while (at < in.size() &&
                   std::string_view(",]} \t\r\n").find(in[at]) == std::string_view::npos)
                ++at;
            const auto word = in.substr(start, at - start);
            MiniJson out;
            if (word == "null")
                out.kind = TL_JSON_NULL;
            else if (word == "true" || word == "false")
                out.kind = TL_JSON_BOOLEAN;
            else if (word.empty() || word.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
                return std::nullopt;
            else
                out.kind = word.find_first_of(".eE") == std::string_view::npos ? TL_JSON_INTEGER
                                                                               : TL_JSON_NUMBER;
            return out;
        }
    };
};

}  // namespace touchline::sdk::testing
