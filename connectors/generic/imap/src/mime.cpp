#include "mime.hpp"

#include "response.hpp"

#include "touchline/sdk/time_text.hpp"
#include "touchline/sdk/utf8.hpp"

#include <array>
#include <cstring>

namespace imap {

using touchline::sdk::valid_utf8;

namespace {

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// "=C3" or "%C3" at the beginning of the text: the byte.
std::optional<char> escaped(std::string_view text) {
    if (text.size() < 3 || hex(text[1]) < 0 || hex(text[2]) < 0) return std::nullopt;
    return static_cast<char>(hex(text[1]) * 16 + hex(text[2]));
}

std::string from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        constexpr std::string_view k_alphabet =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const auto digit = k_alphabet.find(c);
        if (digit == std::string_view::npos) continue;
        bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffffff;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(bits >> held & 0xff);
    }
    return out;
}

std::string from_quoted_printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            out += text[i];
        } else if (const auto byte = escaped(text.substr(i))) {
            out += *byte;
            i += 2;
        } else if (text.substr(i, 3) == "=\r\n") {
            i += 2;
        } else if (text.substr(i, 2) == "=\n") {
            i += 1;
        }
    }
    return out;
}

void append_code_point(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | code >> 18);
        out += static_cast<char>(0x80 | (code >> 12 & 0x3f));
        out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

/// Windows-1252 above ASCII; what it leaves undefined stays undefined.
std::string from_windows(std::string_view bytes) {
    constexpr std::array<std::uint16_t, 32> k_upper{
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_code_point(out, byte >= 0x80 && byte < 0xa0 ? k_upper[byte - 0x80] : byte);
    }
    return out;
}

std::string from_latin9(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        switch (byte) {
            case 0xa4:
                append_code_point(out, 0x20ac);
                break;
            case 0xa6:
                append_code_point(out, 0x160);
                break;
            case 0xa8:
                append_code_point(out, 0x161);
                break;
            case 0xb4:
                append_code_point(out, 0x17d);
                break;
            case 0xb8:
                append_code_point(out, 0x17e);
                break;
            case 0xbc:
                append_code_point(out, 0x152);
                break;
            case 0xbd:
                append_code_point(out, 0x153);
                break;
            case 0xbe:
                append_code_point(out, 0x178);
                break;
            default:
                append_code_point(out, byte);
        }
    }
    return out;
}

std::string from_utf16(std::string_view bytes, bool little) {
    std::string out;
    std::uint32_t high = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto a = static_cast<unsigned char>(bytes[i]);
        const auto b = static_cast<unsigned char>(bytes[i + 1]);
        const std::uint32_t unit = little ? a | std::uint32_t{b} << 8 : b | std::uint32_t{a} << 8;
        if (unit >= 0xd800 && unit < 0xdc00) {
            high = unit;
        } else if (unit >= 0xdc00 && unit < 0xe000) {
            const std::uint32_t low = unit - 0xdc00;
            append_code_point(out, high == 0 ? 0xfffd : 0x10000 + ((high - 0xd800) << 10) + low);
            high = 0;
        } else if (unit != 0xfeff) {
            append_code_point(out, unit);
        }
    }
    return out;
}

/// "?utf-8?q?Caf=C3=A9?=" after its "=": the bytes that it takes, and what it says.
struct Word {
    std::size_t length;
    std::string text;
};
std::optional<Word> encoded_word(std::string_view text) {
    if (text.substr(0, 2) != "=?") return std::nullopt;
    const auto charset_end = text.find('?', 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() ||
        text[charset_end + 2] != '?') {
        return std::nullopt;
    }
    const auto end = text.find("?=", charset_end + 3);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view charset = text.substr(2, charset_end - 2);
    charset = charset.substr(0, charset.find('*'));
    std::string payload(text.substr(charset_end + 3, end - charset_end - 3));
    if (payload.find(' ') != std::string::npos) return std::nullopt;
    const char encoding = text[charset_end + 1];
    if (encoding == 'q' || encoding == 'Q') {
        for (char& c : payload) c = c == '_' ? ' ' : c;
        payload = from_quoted_printable(payload);
    } else if (encoding == 'b' || encoding == 'B') {
        payload = from_base64(payload);
    } else {
        return std::nullopt;
    }
    return Word{end + 2, to_utf8(payload, charset)};
}

}  // namespace

std::string decode_transfer(std::string_view bytes, std::string_view encoding) {
    if (same_word(encoding, "base64")) return from_base64(bytes);
    if (same_word(encoding, "quoted-printable")) return from_quoted_printable(bytes);
    return std::string(bytes);
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    const auto is = [&](std::string_view name) { return same_word(charset, name); };
    if (is("iso-8859-1") || is("latin1") || is("windows-1252") || is("cp1252"))
        return valid_utf8(from_windows(bytes));
    if (is("iso-8859-15")) return valid_utf8(from_latin9(bytes));
    if (is("utf-16le")) return valid_utf8(from_utf16(bytes, true));
    if (is("utf-16") || is("utf-16be"))
        return valid_utf8(from_utf16(bytes, bytes.substr(0, 2) == "\xff\xfe"));
    return valid_utf8(bytes);
}

std::string decode_words(std::string_view text) {
    std::string out, gap;
    bool after_word = false;
    while (!text.empty()) {
        if (const auto word = encoded_word(text)) {
            // White space between two encoded words is not shown.
            if (!after_word) out += gap;
            gap.clear();
            out += word->text;
            text.remove_prefix(word->length);
            after_word = true;
        } else if (std::strchr(" \t\r\n", text.front()) != nullptr) {
            if (text.front() != '\r' && text.front() != '\n') gap += text.front();
            text.remove_prefix(1);
        } else {
            out += gap;
            gap.clear();
            out += text.front();
            text.remove_prefix(1);
            after_word = false;
        }
    }
    return valid_utf8(out);
}

std::string decode_extended(std::string_view text) {
    const auto charset_end = text.find('\'');
    const auto language_end =
        charset_end == std::string_view::npos ? charset_end : text.find('\'', charset_end + 1);
    std::string_view charset = "utf-8";
    if (language_end != std::string_view::npos) {
        charset = text.substr(0, charset_end);
        text.remove_prefix(language_end + 1);
    }
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? escaped(text.substr(i)) : std::nullopt;
        bytes += byte ? *byte : text[i];
        if (byte) i += 2;
    }
    return to_utf8(bytes, charset);
}

std::optional<std::int64_t> parse_mail_date(std::string_view text) {
    if (const auto comma = text.find(','); comma != std::string_view::npos)
        text.remove_prefix(comma + 1);
    std::array<std::string_view, 5> words{};
    std::size_t count = 0;
    while (count < words.size()) {
        const auto begin = text.find_first_not_of(" -");
        if (begin == std::string_view::npos) break;
        // The zone keeps its sign.
        if (count == 4) {
            words[count++] = text.substr(text.find_first_not_of(' '));
            break;
        }
        text.remove_prefix(begin);
        const auto end = std::min(text.find_first_of(count == 3 ? " " : " -"), text.size());
        words[count++] = text.substr(0, end);
        text.remove_prefix(end);
    }
    if (count < 4) return std::nullopt;
    constexpr std::string_view k_months = "janfebmaraprmayjunjulaugsepoctnovdec";
    std::string month(words[1].substr(0, 3));
    for (char& c : month) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const auto month_at = k_months.find(month);
    if (month.size() != 3 || month_at == std::string_view::npos || month_at % 3 != 0)
        return std::nullopt;
    const auto two = [](std::string_view digits) {
        return (digits.size() == 1 ? "0" : "") + std::string(digits);
    };
    std::string year(words[2]);
    // RFC 5322, section 4.3.
    if (year.size() == 2) year = (year < "50" ? "20" : "19") + year;
    std::string_view zone = words[4].substr(0, words[4].find(' '));
    if (zone.size() != 5 || (zone.front() != '+' && zone.front() != '-')) zone = "+0000";
    std::string time(words[3]);
    if (time.size() == 5) time += ":00";
    return touchline::sdk::parse_time_ms(
        year + "-" + two(std::to_string(month_at / 3 + 1)) + "-" + two(words[0]) + "T" + time +
        std::string(zone)
    );
}

}  // namespace imap
