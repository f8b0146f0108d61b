#include "spoil.hpp"

namespace touchline::check {

namespace {

struct Span {
    std::size_t begin, end;
};

/// Where the scalar values of a JSON text stand: strings that are no keys, numbers, words.
std::vector<Span> values_in(std::string_view json) {
    std::vector<Span> spans;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        std::size_t end = i + 1;
        if (c == '"') {
            while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, json.size());
        } else if ((c >= '0' && c <= '9') || c == '-' || c == 't' || c == 'f' || c == 'n') {
            while (end < json.size() &&
                   std::string_view(",]} \n\r\t").find(json[end]) == std::string_view::npos)
                ++end;
        } else {
            continue;
        }
        const auto after = json.find_first_not_of(" \n\r\t", end);
        const bool key = c == '"' && after != std::string_view::npos && json[after] == ':';
        if (!key) spans.push_back({i, end});
        i = end - 1;
    }
    return spans;
}

std::string other_value(std::size_t choice) {
    switch (choice % 16) {
        case 0:
            return "null";
        case 1:
            return "true";
        case 2:
            return "0";
        case 3:
            return "-1";
        case 4:
            return "9223372036854775807";
        case 5:
            return "18446744073709551615";
        case 6:
            return "-9223372036854775808";
        case 7:
            return "123456789012345678901234567890";
        case 8:
            return "1e308";
        case 9:
            return "0.1";
        case 10:
            return "\"\"";
        case 11:
            return "\"" + std::string(1 << 20, 'A') + "\"";
        case 12:
            return R"("\u0000\ud83d\ude00'\"%0a../../")";
        case 13:
            return "[]";
        case 14:
            return "{}";
        default:
            return std::string(200, '[') + std::string(200, ']');
    }
}

std::string replaced(std::string_view text, Span span, std::string_view by) {
    std::string out(text.substr(0, span.begin));
    return out.append(by).append(text.substr(span.end));
}

}  // namespace

std::vector<std::string> cut_off(std::string_view bytes) {
    std::vector<std::string> out{""};
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / 12);
    for (std::size_t length = 1; length < bytes.size(); length += step)
        out.emplace_back(bytes.substr(0, length));
    if (bytes.size() > 1) out.emplace_back(bytes.substr(0, bytes.size() - 1));
    return out;
}

std::vector<std::string> unrelated() {
    return {
        "<!doctype html><html><body>Please sign in</body></html>",
        "null",
        "[]",
        "{}",
        "0",
        "\"text\"",
        std::string(20'000, '['),
        std::string(1 << 20, ' '),
        std::string("\0\0\0", 3),
        "\xFF\xFE\x00",
        "{\"error\":{\"code\":\"internal\"}}",
        "id,name\n\"unclosed\n",
    };
}

std::vector<std::string> with_other_values(std::string_view json, std::size_t most, Dice& dice) {
    std::vector<std::string> out;
    const std::vector<Span> spans = values_in(json);
    if (spans.empty()) return out;
    for (std::size_t i = 0; i < most; ++i) {
        const Span span = spans[i < spans.size() ? i : dice.below(spans.size())];
        out.push_back(replaced(json, span, other_value(dice.roll())));
    }
    return out;
}

std::vector<std::string> with_bad_utf8(std::string_view bytes, Dice& dice) {
    std::vector<std::string> out;
    for (const std::string_view bad : {"\xFF", "\xC3", "\xED\xA0\x80", "\xF0\x9F"}) {
        for (int i = 0; i < 4; ++i) {
            std::string text(bytes);
            text.insert(dice.below(text.size() + 1), bad);
            out.push_back(std::move(text));
        }
    }
    return out;
}

std::string spoiled(std::string_view bytes, Dice& dice) {
    switch (dice.below(5)) {
        case 0:
            return std::string(bytes.substr(0, dice.below(bytes.size() + 1)));
        case 1: {
            auto texts = with_other_values(bytes, 1 + dice.below(20), dice);
            if (!texts.empty()) return std::move(texts.back());
            break;
        }
        case 2: {
            auto texts = with_bad_utf8(bytes, dice);
            return std::move(texts[dice.below(texts.size())]);
        }
        case 3: {
            auto texts = unrelated();
            return std::move(texts[dice.below(texts.size())]);
        }
        default:
            break;
    }
    std::string out(bytes);
    for (std::size_t i = 0, count = 1 + dice.below(8); i < count && !out.empty(); ++i)
        out[dice.below(out.size())] = static_cast<char>(dice.roll());
    return out;
}

}  // namespace touchline::check
