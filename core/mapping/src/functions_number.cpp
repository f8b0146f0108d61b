// Numbers, and money, which is text so that no cent is lost to binary fractions.
#include "decimal.hpp"
#include "evaluator.hpp"

#include <charconv>
#include <cmath>

namespace touchline::mapping {
namespace {

Value sum_of(const Value& list) {
    bool whole = true;
    std::int64_t integer = 0;
    double number = 0;
    list.each_element([&](const Value& e) {
        whole = whole && e.is_integer() && !__builtin_add_overflow(integer, e.integer(), &integer);
        number += e.number();
        return true;
    });
    return whole ? Value::of(integer) : Value::of(number);
}

Value rounded(double number) {
    constexpr double k_exact = 9007199254740992.0;  // 2^53
    if (std::abs(number) <= k_exact) return Value::of(static_cast<std::int64_t>(number));
    return Value::of(number);
}

Value absolute(Call& call) {
    if (call[0].is_integer() && call[0].integer() != INT64_MIN) {
        return Value::of(call[0].integer() < 0 ? -call[0].integer() : call[0].integer());
    }
    return Value::of(std::abs(call[0].number()));
}

Value average(Call& call) {
    const std::size_t size = call[0].size();
    if (size == 0) return {};
    return Value::of(sum_of(call[0]).number() / static_cast<double>(size));
}

Value to_number(Call& call) {
    if (call[0].is_number()) return call[0];
    if (!call[0].is_string()) return {};
    const std::string_view text = call[0].string();
    if (text.empty() || text.find_first_not_of("+-.eE0123456789") != std::string_view::npos)
        return {};
    const char* end = text.data() + text.size();
    std::int64_t integer = 0;
    if (const auto read = std::from_chars(text.data(), end, integer);
        read.ec == std::errc() && read.ptr == end) {
        return Value::of(integer);
    }
    double number = 0;
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? Value::of(number) : Value();
}

Value money(Call& call) {
    std::int64_t minor_digits = 0;
    if (call.size() > 2) {
        if (!call[2].is_integer() || call[2].integer() < 0 || call[2].integer() > 6) {
            return call.fail("the minor digits are 0 to 6, but got " + excerpt(call[2]));
        }
        minor_digits = call[2].integer();
    }
    if (call[1].is_null() || (call[0].is_string() && call[0].string().empty())) return {};
    std::string number(call[0].is_string() ? call[0].string() : std::string_view());
    if (call[0].is_number()) append_number(number, call[0]);
    const auto decimal = call[0].is_string() ? read_decimal(number) : plain_decimal(number);
    if (!decimal) {
        const Error& error = decimal.error();
        return call.fail(error.message() + (error.cure().empty() ? "" : "; " + error.cure()));
    }
    const auto entries = call.evaluator.arena().array<Entry>(2);
    entries[0] = {
        "value", call.text(shift_decimal(*decimal, static_cast<std::size_t>(minor_digits)))};
    std::string currency(call[1].string());
    for (char& c : currency) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    entries[1] = {"currency", call.text(currency)};
    return Value::of(std::span<const Entry>(entries));
}

constexpr Function k_functions[] = {
    {{"abs", "abs(number)", "Without its sign.", "abs(`-3`)", "3", true},
     1,
     1,
     {k_number},
     false,
     absolute},
    {{"avg", "avg(numbers)", "The mean, or null of none.", "avg(`[1, 2]`)", "1.5", true},
     1,
     1,
     {k_numbers},
     false,
     average},
    {{"ceil", "ceil(number)", "The next whole number up.", "ceil(`1.2`)", "2", true},
     1,
     1,
     {k_number},
     false,
     [](Call& call) { return rounded(std::ceil(call[0].number())); }},
    {{"floor", "floor(number)", "The next whole number down.", "floor(`1.8`)", "1", true},
     1,
     1,
     {k_number},
     false,
     [](Call& call) { return rounded(std::floor(call[0].number())); }},
    {{"money",
      "money(value, currency[, minor_digits])",
      "An amount as text with a currency, from a number or from text with either decimal mark; "
      "`minor_digits` "
      "says how many of its digits are cents.",
      "money('1.234,56', 'eur')",
      R"({"value":"1234.56","currency":"EUR"})",
      false},
     2,
     3,
     {k_number | k_text, k_text | k_null, k_number},
     true,
     money},
    {{"sum", "sum(numbers)", "All added up; 0 for none.", "sum(`[1, 2]`)", "3", true},
     1,
     1,
     {k_numbers},
     false,
     [](Call& call) { return sum_of(call[0]); }},
    {{"to_number",
      "to_number(value)",
      "The number that a text spells, or null.",
      "to_number('1.5')",
      "1.5",
      true},
     1,
     1,
     {k_any},
     false,
     to_number},
};

}  // namespace

std::span<const Function> number_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
