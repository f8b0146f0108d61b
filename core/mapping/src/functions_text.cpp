// Text. (Patterns are left out on purpose: no expression engine here runs in bounded time.)
#include "evaluator.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <vector>

namespace touchline::mapping {
namespace {

Value starts_with(Call& call) {
    return Value::of(call[0].string().starts_with(call[1].string()));
}
Value ends_with(Call& call) {
    return Value::of(call[0].string().ends_with(call[1].string()));
}

// ASCII only: case beyond it depends on the language, and identifiers are normalised elsewhere.
Value lower(Call& call) {
    return call.text(lower_ascii(call[0].string()));
}

Value upper(Call& call) {
    std::string text(call[0].string());
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return call.text(text);
}

Value trimmed(Call& call) {
    return Value::of(trim(call[0].string()));
}

Value truncate(Call& call) {
    if (!call[1].is_integer() || call[1].integer() < 1) {
        return call.fail("the count is a whole number from 1, but got " + excerpt(call[1]));
    }
    const auto limit = static_cast<std::size_t>(call[1].integer());
    const std::string_view text = call[0].string();
    // A text of no more bytes has no more characters.
    return text.size() <= limit ? call[0] : call.text(truncate_text(text, limit));
}

Value split(Call& call) {
    const std::string_view separator = call[1].string();
    if (separator.empty()) return call.fail("the separator is empty");
    std::vector<Value> parts;
    std::string_view rest = call[0].string();
    for (auto at = rest.find(separator); at != std::string_view::npos; at = rest.find(separator)) {
        parts.push_back(Value::of(rest.substr(0, at)));
        rest.remove_prefix(at + separator.size());
    }
    parts.push_back(Value::of(rest));
    const auto list = call.evaluator.arena().array<Value>(parts.size());
    std::copy(parts.begin(), parts.end(), list.begin());
    return Value::of(std::span<const Value>(list));
}

Value replace(Call& call) {
    const std::string_view from = call[1].string();
    if (from.empty()) return call.fail("the text to replace is empty");
    std::string text;
    std::string_view rest = call[0].string();
    for (auto at = rest.find(from); at != std::string_view::npos; at = rest.find(from)) {
        text.append(rest.substr(0, at)).append(call[2].string());
        rest.remove_prefix(at + from.size());
    }
    return call.text(text.append(rest));
}

Value format(Call& call) {
    const auto arguments = call.arguments.subspan(1);
    if (std::any_of(arguments.begin(), arguments.end(), [](const Value& v) { return v.is_null(); }))
        return {};
    std::string text;
    std::size_t used = 0;
    const std::string_view pattern = call[0].string();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view two = pattern.substr(i, 2);
        if (two == "{}") {
            if (used < arguments.size()) text += call.evaluator.text_of(arguments[used]);
            ++used;
            ++i;
        } else {
            if (two == "{{" || two == "}}") ++i;
            text += pattern[i];
        }
    }
    if (used != arguments.size()) {
        return call.fail(
            "there are " + std::to_string(used) + " {} for " + std::to_string(arguments.size()) +
            " values"
        );
    }
    return call.text(text);
}

Value phone(Call& call) {
    std::string text;
    if (call[0].is_number()) {
        append_number(text, call[0]);
        return call.text(text);
    }
    std::string_view number = trim(call[0].string());
    for (const std::string_view scheme : {"tel:", "sms:", "whatsapp:"}) {
        if (lower_ascii(number.substr(0, scheme.size())) == scheme)
            number.remove_prefix(scheme.size());
    }
    number = number.substr(0, number.find(';'));
    if (number.starts_with("00")) {
        text = "+";
        number.remove_prefix(2);
    }
    for (const char c : number) {
        if ((c >= '0' && c <= '9') || (c == '+' && text.empty())) text += c;
        if (c == 'x' || c == 'X' || c == '#') break;  // an extension
    }
    return text.empty() || text == "+" ? Value() : call.text(text);
}

constexpr Function k_functions[] = {
    {{"ends_with",
      "ends_with(text, end)",
      "Whether the text ends so.",
      "ends_with('hello', 'lo')",
      "true",
      true},
     2,
     2,
     {k_text, k_text},
     false,
     ends_with},
    {{"format",
      "format('{} and {}', value, ...)",
      "The pattern with a value in place of each {}; null if one of them is null. {{ and }} stand "
      "for braces.",
      "format('{}/{}', 'a', `7`)",
      R"("a/7")",
      false},
     1,
     k_any_number,
     {k_text, k_any},
     true,
     format},
    {{"lower", "lower(text)", "Small letters; A to Z only.", "lower('ABC')", R"("abc")", false},
     1,
     1,
     {k_text},
     true,
     lower},
    {{"phone",
      "phone(text)",
      "Digits and a leading + only, without extension; identities are brought to their "
      "international form later.",
      "phone('tel:0032 (2) 555-12-12')",
      R"("+3225551212")",
      false},
     1,
     1,
     {k_text | k_number},
     true,
     phone},
    {{"replace",
      "replace(text, from, to)",
      "Each `from` in the text becomes `to`.",
      "replace('a-b', '-', '+')",
      R"("a+b")",
      false},
     3,
     3,
     {k_text, k_text, k_text},
     true,
     replace},
    {{"split",
      "split(text, separator)",
      "The parts between the separators.",
      "split('a,b', ',')",
      R"(["a","b"])",
      false},
     2,
     2,
     {k_text, k_text},
     true,
     split},
    {{"starts_with",
      "starts_with(text, start)",
      "Whether the text starts so.",
      "starts_with('hello', 'he')",
      "true",
      true},
     2,
     2,
     {k_text, k_text},
     false,
     starts_with},
    {{"trim", "trim(text)", "Without white space at either end.", "trim('  a ')", R"("a")", false},
     1,
     1,
     {k_text},
     true,
     trimmed},
    {{"truncate",
      "truncate(text, count)",
      "At most `count` characters; a cut text ends in …, which counts.",
      "truncate('abcdef', 4)",
      R"("abc…")",
      false},
     2,
     2,
     {k_text, k_number},
     true,
     truncate},
    {{"upper", "upper(text)", "Capital letters; a to z only.", "upper('abc')", R"("ABC")", false},
     1,
     1,
     {k_text},
     true,
     upper},
};

}  // namespace

std::span<const Function> text_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
