// Whether a function takes an argument, and what it says if not.
#include "evaluator.hpp"

#include <array>

namespace touchline::mapping {
namespace {

struct Kind {
    std::uint16_t bit;
    std::string_view name;
};
constexpr std::array<Kind, 9> k_kinds{
    {{k_text, "text"},
     {k_number, "a number"},
     {k_boolean, "true or false"},
     {k_array, "a list"},
     {k_numbers, "a list of numbers"},
     {k_texts, "a list of texts"},
     {k_object, "an object"},
     {k_null, "null"},
     {k_reference, "an expression like &name"}}};

std::string list_kinds(std::uint16_t takes) {
    if ((takes & k_any) == k_any) return "a value";
    std::string text;
    for (const Kind& kind : k_kinds) {
        if ((takes & kind.bit) == 0) continue;
        if (!text.empty()) text += " or ";
        text += kind.name;
    }
    return text;
}

std::uint16_t bit_of(Type type) {
    switch (type) {
        case Type::null:
            return k_null;
        case Type::boolean:
            return k_boolean;
        case Type::number:
            return k_number;
        case Type::string:
            return k_text;
        case Type::array:
            return k_array;
        case Type::object:
            return k_object;
        case Type::reference:
            return k_reference;
    }
    return 0;
}

bool holds_only(const Value& list, Type type) {
    bool only = true;
    list.each_element([&](const Value& element) { return only = element.type() == type; });
    return only;
}

}  // namespace

bool Evaluator::accepts(
    const Node& node, std::uint16_t takes, const Value& argument, std::size_t position
) {
    if ((takes & bit_of(argument.type())) != 0) return true;
    if (argument.is_array()) {
        if ((takes & k_numbers) != 0 && holds_only(argument, Type::number)) return true;
        if ((takes & k_texts) != 0 && holds_only(argument, Type::string)) return true;
    }
    std::string message(node.function->doc.name);
    message += "() takes " + list_kinds(takes);
    if (node.count > 1) message += " as argument " + std::to_string(position + 1);
    message += ", but got " + std::string(describe(argument.type()));
    if (!argument.is_null() && argument.type() != Type::reference)
        message += ": " + excerpt(argument);
    fail(std::move(message), "invalid-type");
    return false;
}

}  // namespace touchline::mapping
