#include "mail_text.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace touchline::mapping {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (;;) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

// How mail programs introduce a quote, in the languages they do it in most.
bool introduces(std::string_view line) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> k_frames{
        {{"On ", "wrote:"},
         {"Am ", "schrieb:"},
         {"Am ", "geschrieben:"},
         {"Le ", "écrit :"},
         {"Le ", "écrit\u00A0:"},
         {"El ", "escribió:"},
         {"Op ", "geschreven:"},
         {"Il ", "scritto:"}}};
    return std::any_of(k_frames.begin(), k_frames.end(), [&](const auto& frame) {
        return line.starts_with(frame.first) && line.ends_with(frame.second);
    });
}

bool separates(std::string_view line) {
    if (!line.starts_with("---") || !line.ends_with("---")) return false;
    const auto from = line.find_first_not_of("- ");
    if (from == std::string_view::npos) return false;
    const auto words = lower_ascii(line.substr(from, line.find_last_not_of("- ") + 1 - from));
    return words == "original message" || words == "forwarded message" ||
           words == "ursprüngliche nachricht" || words == "message d'origine";
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

// What stands between & and ;, or nullopt if it is no entity that text needs.
std::optional<std::string> entity(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> k_named{
        {{"amp", "&"},
         {"lt", "<"},
         {"gt", ">"},
         {"quot", "\""},
         {"apos", "'"},
         {"nbsp", " "},
         {"hellip", "…"},
         {"ndash", "–"},
         {"mdash", "—"},
         {"euro", "€"}}};
    for (const auto& [known, text] : k_named) {
        if (name == known) return std::string(text);
    }
    if (!name.starts_with('#')) return std::nullopt;
    name.remove_prefix(1);
    const bool hexadecimal = name.starts_with('x') || name.starts_with('X');
    if (hexadecimal) name.remove_prefix(1);
    std::uint32_t code = 0;
    const auto read =
        std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
    const bool scalar = code >= 0x20 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    if (read.ec != std::errc() || read.ptr != name.data() + name.size() || !scalar)
        return std::nullopt;
    std::string text;
    if (code == 0xA0) code = ' ';
    append_utf8(text, code);
    return text;
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Stripper {
public:
    explicit Stripper(std::string_view html) : rest_(html) {}

    std::string run() {
        while (!rest_.empty()) {
            if (rest_.starts_with("<!--")) {
                skip_past("-->");
            } else if (rest_[0] == '<' && rest_.size() > 1 && (std::isalpha(static_cast<unsigned char>(rest_[1])) != 0 || rest_[1] == '/' || rest_[1] == '!')) {
                tag();
            } else if (rest_[0] == '&') {
                reference();
            } else {
                put(rest_[0]);
                rest_.remove_prefix(1);
            }
        }
        return std::move(out_);
    }

private:
    void put(char c) {
        if (is_space(c)) {
            space_ = true;
            return;
        }
        separate();
        out_ += c;
    }
    void separate() {
        if (line_ && !out_.empty()) {
            out_ += '\n';
        } else if (space_ && !out_.empty()) {
            out_ += ' ';
        }
        line_ = space_ = false;
    }
    void skip_past(std::string_view end) {
        const auto at = rest_.find(end);
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
    }

    void tag() {
        const bool closing = rest_.starts_with("</");
        std::string_view name = rest_.substr(closing ? 2 : 1);
        const auto length = std::find_if(name.begin(), name.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) == 0;
        });
        const std::string lower =
            lower_ascii(name.substr(0, static_cast<std::size_t>(length - name.begin())));
        skip_past(">");
        if (!closing &&
            (lower == "script" || lower == "style" || lower == "head" || lower == "title")) {
            skip_element(lower);
            return;
        }
        static constexpr std::array<std::string_view, 16> k_blocks{
            "p",
            "div",
            "br",
            "li",
            "tr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "hr",
            "table",
            "blockquote"};
        if (std::find(k_blocks.begin(), k_blocks.end(), lower) != k_blocks.end()) line_ = true;
    }

    void skip_element(const std::string& name) {
        while (!rest_.empty()) {
            skip_past("</");
            if (lower_ascii(rest_.substr(0, name.size())) == name) {
                skip_past(">");
                return;
            }
        }
    }

    void reference() {
        constexpr std::size_t k_longest = 12;
        const auto end = rest_.substr(0, k_longest).find(';');
        const auto text =
            end == std::string_view::npos ? std::nullopt : entity(rest_.substr(1, end - 1));
        if (!text) {
            put('&');
            rest_.remove_prefix(1);
            return;
        }
        for (const char c : *text) put(c);
        rest_.remove_prefix(end + 1);
    }

    std::string_view rest_;
    std::string out_;
    bool space_ = false;  // white space is due before the next character
    bool line_ = false;   // a new line is
};

}  // namespace

std::string strip_quotes(std::string_view text) {
    std::string kept;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = trim(lines[i]);
        if (separates(line)) break;
        if (line.starts_with('>') || introduces(line)) continue;
        // Long introductions come broken in two.
        if (i + 1 < lines.size() && !line.empty() &&
            introduces(std::string(line) + " " + std::string(trim(lines[i + 1])))) {
            ++i;
            continue;
        }
        kept.append(lines[i]).append(1, '\n');
    }
    return std::string(trim(kept));
}

std::string strip_html(std::string_view html) {
    return Stripper(html).run();
}

}  // namespace touchline::mapping
