// JMESPath's functions over objects and values of any kind.
#include "evaluator.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace touchline::mapping {
namespace {

Value keys(Call& call) {
    const auto list = call.evaluator.arena().array<Value>(call[0].size());
    std::size_t i = 0;
    call[0].each_member([&](std::string_view key, const Value&) {
        return list[i++] = Value::of(key), true;
    });
    return Value::of(std::span<const Value>(list));
}

Value values(Call& call) {
    const auto list = call.evaluator.arena().array<Value>(call[0].size());
    std::size_t i = 0;
    call[0].each_member([&](std::string_view, const Value& member) {
        return list[i++] = member, true;
    });
    return Value::of(std::span<const Value>(list));
}

Value merge(Call& call) {
    std::vector<Entry> members;
    std::unordered_map<std::string_view, std::size_t> places;
    for (const Value& object : call.arguments) {
        object.each_member([&](std::string_view key, const Value& member) {
            const auto [place, is_new] = places.try_emplace(key, members.size());
            if (is_new) {
                members.push_back({key, member});
            } else {
                members[place->second].value = member;
            }
            return true;
        });
    }
    const auto entries = call.evaluator.arena().array<Entry>(members.size());
    std::copy(members.begin(), members.end(), entries.begin());
    return Value::of(std::span<const Entry>(entries));
}

Value not_null(Call& call) {
    const auto found = std::find_if(
        call.arguments.begin(), call.arguments.end(), [](const Value& v) { return !v.is_null(); }
    );
    return found == call.arguments.end() ? Value() : *found;
}

Value coalesce(Call& call) {
    const auto found =
        std::find_if(call.arguments.begin(), call.arguments.end(), [](const Value& v) {
            return v.type() == Type::boolean || v.truthy();
        });
    return found == call.arguments.end() ? Value() : *found;
}

Value to_string(Call& call) {
    return Value::of(call.evaluator.text_of(call[0]));
}

Value type(Call& call) {
    switch (call[0].type()) {
        case Type::null:
            return Value::of(std::string_view("null"));
        case Type::boolean:
            return Value::of(std::string_view("boolean"));
        case Type::number:
            return Value::of(std::string_view("number"));
        case Type::string:
            return Value::of(std::string_view("string"));
        case Type::array:
            return Value::of(std::string_view("array"));
        case Type::object:
            return Value::of(std::string_view("object"));
        case Type::reference:
            return Value::of(std::string_view("expref"));
    }
    return {};
}

constexpr Function k_functions[] = {
    {{"coalesce",
      "coalesce(value, ...)",
      "The first value that is neither null nor empty; unlike `||` it accepts false.",
      "coalesce(null_member, '', 'last')",
      R"("last")",
      false},
     1,
     k_any_number,
     {k_any},
     false,
     coalesce},
    {{"keys", "keys(object)", "The names of the members.", "keys(`{\"a\": 1}`)", R"(["a"])", true},
     1,
     1,
     {k_object},
     false,
     keys},
    {{"merge",
      "merge(object, ...)",
      "All members in one object; the later one wins.",
      "merge(`{\"a\": 1}`, `{\"b\": 2}`)",
      R"({"a":1,"b":2})",
      true},
     0,
     k_any_number,
     {k_object},
     false,
     merge},
    {{"not_null",
      "not_null(value, ...)",
      "The first value that is not null.",
      "not_null(null_member, 'b')",
      R"("b")",
      true},
     1,
     k_any_number,
     {k_any},
     false,
     not_null},
    {{"to_string",
      "to_string(value)",
      "The text itself, or the JSON text of anything else.",
      "to_string(`[1]`)",
      R"("[1]")",
      true},
     1,
     1,
     {k_any},
     false,
     to_string},
    {{"type",
      "type(value)",
      "null, boolean, number, string, array or object.",
      "type('a')",
      R"("string")",
      true},
     1,
     1,
     {k_any},
     false,
     type},
    {{"values",
      "values(object)",
      "The values of the members.",
      "values(`{\"a\": 1}`)",
      "[1]",
      true},
     1,
     1,
     {k_object},
     false,
     values},
};

}  // namespace

std::span<const Function> object_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
