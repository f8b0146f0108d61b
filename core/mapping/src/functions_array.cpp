// JMESPath's functions over lists.
#include "evaluator.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>
#include <vector>

namespace touchline::mapping {
namespace {

struct Keyed {
    Value key;
    Value element;
};

bool less(const Value& a, const Value& b) {
    if (a.is_string() && b.is_string()) return a.string() < b.string();
    if (a.is_integer() && b.is_integer()) return a.integer() < b.integer();
    return a.number() < b.number();
}

std::vector<Value> elements(const Value& list) {
    std::vector<Value> all;
    all.reserve(list.size());
    list.each_element([&](const Value& element) { return all.push_back(element), true; });
    return all;
}

Value list_of(Call& call, const std::vector<Value>& values) {
    const auto list = call.evaluator.arena().array<Value>(values.size());
    std::copy(values.begin(), values.end(), list.begin());
    return Value::of(std::span<const Value>(list));
}

// The elements of argument 0 with what argument 1 yields for each; empty after a failure.
std::vector<Keyed> keyed(Call& call) {
    std::vector<Keyed> all;
    call[0].each_element([&](const Value& element) {
        const Value key = call.evaluator.apply(call[1], element);
        if (call.evaluator.failed()) return false;
        const bool fits =
            all.empty() ? key.is_number() || key.is_string() : key.type() == all[0].key.type();
        if (!fits) {
            call.evaluator.fail(
                std::string(call.function.doc.name) +
                    "() needs a number for each element, or text for each, but got " +
                    std::string(describe(key.type())) +
                    (all.empty() ? "" : " after " + std::string(describe(all[0].key.type()))),
                "invalid-type"
            );
            return false;
        }
        all.push_back({key, element});
        return true;
    });
    if (call.evaluator.failed()) all.clear();
    return all;
}

Value contains(Call& call) {
    if (call[0].is_string()) {
        return Value::of(
            call[1].is_string() && call[0].string().find(call[1].string()) != std::string_view::npos
        );
    }
    bool found = false;
    call[0].each_element([&](const Value& e) {
        return !(found = call.evaluator.is_equal(e, call[1]));
    });
    return Value::of(found);
}

Value join(Call& call) {
    std::string text;
    bool first = true;
    call[1].each_element([&](const Value& element) {
        if (!first) text += call[0].string();
        first = false;
        text += element.string();
        return true;
    });
    return call.text(text);
}

Value length(Call& call) {
    const std::size_t size =
        call[0].is_string() ? count_code_points(call[0].string()) : call[0].size();
    return Value::of(static_cast<std::int64_t>(size));
}

Value map(Call& call) {
    std::vector<Value> values;
    call[1].each_element([&](const Value& element) {
        values.push_back(call.evaluator.apply(call[0], element));
        return !call.evaluator.failed();
    });
    return list_of(call, values);
}

Value most(Call& call, bool highest) {
    Value best;
    call[0].each_element([&](const Value& e) {
        if (best.is_null() || (highest ? less(best, e) : less(e, best))) best = e;
        return true;
    });
    return best;
}

Value most_by(Call& call, bool highest) {
    const auto all = keyed(call);
    if (all.empty()) return {};
    const Keyed* best = &all.front();
    for (const Keyed& one : all) {
        if (highest ? less(best->key, one.key) : less(one.key, best->key)) best = &one;
    }
    return best->element;
}

Value reverse(Call& call) {
    if (call[0].is_array()) {
        auto all = elements(call[0]);
        std::reverse(all.begin(), all.end());
        return list_of(call, all);
    }
    const std::string_view text = call[0].string();
    std::string reversed;
    reversed.reserve(text.size());
    for (std::size_t end = text.size(); end > 0;) {
        std::size_t start = end - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80) --start;
        reversed += text.substr(start, end - start);
        end = start;
    }
    return call.text(reversed);
}

Value sort(Call& call) {
    auto all = elements(call[0]);
    std::stable_sort(all.begin(), all.end(), less);
    return list_of(call, all);
}

Value sort_by(Call& call) {
    auto all = keyed(call);
    std::stable_sort(all.begin(), all.end(), [](const Keyed& a, const Keyed& b) {
        return less(a.key, b.key);
    });
    std::vector<Value> sorted;
    sorted.reserve(all.size());
    for (const Keyed& one : all) sorted.push_back(one.element);
    return list_of(call, sorted);
}

Value to_array(Call& call) {
    return call[0].is_array() ? call[0] : list_of(call, {call[0]});
}

constexpr std::uint16_t k_sortable = k_numbers | k_texts;

constexpr Function k_functions[] = {
    {{"contains",
      "contains(list or text, part)",
      "Whether a list has an element, or a text a part.",
      "contains('hello', 'ell')",
      "true",
      true},
     2,
     2,
     {k_array | k_text, k_any},
     false,
     contains},
    {{"join",
      "join(glue, texts)",
      "The texts of a list as one, with the glue between them.",
      "join(', ', ['a', 'b'])",
      R"("a, b")",
      true},
     2,
     2,
     {k_text, k_texts},
     false,
     join},
    {{"length",
      "length(value)",
      "How many characters a text, elements a list or members an object has.",
      "length('Zoë')",
      "3",
      true},
     1,
     1,
     {k_text | k_array | k_object},
     false,
     length},
    {{"map",
      "map(&expression, list)",
      "The result of the expression for each element; keeps nulls.",
      "map(&length(@), ['a', 'bcd'])",
      "[1,3]",
      true},
     2,
     2,
     {k_reference, k_array},
     false,
     map},
    {{"max",
      "max(list)",
      "The highest of numbers, or the last of texts in the order of their characters.",
      "max(`[3, 7, 5]`)",
      "7",
      true},
     1,
     1,
     {k_sortable},
     false,
     [](Call& call) { return most(call, true); }},
    {{"max_by",
      "max_by(list, &expression)",
      "The element for which the expression is highest.",
      "max_by(`[{\"a\": 1}, {\"a\": 2}]`, &a)",
      R"({"a":2})",
      true},
     2,
     2,
     {k_array, k_reference},
     false,
     [](Call& call) { return most_by(call, true); }},
    {{"min",
      "min(list)",
      "The lowest of numbers, or the first of texts in the order of their characters.",
      "min(`[3, 7, 5]`)",
      "3",
      true},
     1,
     1,
     {k_sortable},
     false,
     [](Call& call) { return most(call, false); }},
    {{"min_by",
      "min_by(list, &expression)",
      "The element for which the expression is lowest.",
      "min_by(`[{\"a\": 1}, {\"a\": 2}]`, &a)",
      R"({"a":1})",
      true},
     2,
     2,
     {k_array, k_reference},
     false,
     [](Call& call) { return most_by(call, false); }},
    {{"reverse", "reverse(list or text)", "Back to front.", "reverse('abc')", R"("cba")", true},
     1,
     1,
     {k_array | k_text},
     false,
     reverse},
    {{"sort",
      "sort(list)",
      "Numbers from low to high, or texts in the order of their characters.",
      "sort(`[3, 1, 2]`)",
      "[1,2,3]",
      true},
     1,
     1,
     {k_sortable},
     false,
     sort},
    {{"sort_by",
      "sort_by(list, &expression)",
      "The elements in the order of what the expression yields.",
      "sort_by(`[{\"a\": 2}, {\"a\": 1}]`, &a)[*].a",
      "[1,2]",
      true},
     2,
     2,
     {k_array, k_reference},
     false,
     sort_by},
    {{"to_array",
      "to_array(value)",
      "The list itself, or a list with the value as its only element.",
      "to_array('a')",
      R"(["a"])",
      true},
     1,
     1,
     {k_any},
     false,
     to_array},
};

}  // namespace

std::span<const Function> array_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
