#include "value.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::mapping {

std::string_view describe(Type type) {
    switch (type) {
        case Type::null:
            return "null";
        case Type::boolean:
            return "true or false";
        case Type::number:
            return "a number";
        case Type::string:
            return "text";
        case Type::array:
            return "a list";
        case Type::object:
            return "an object";
        case Type::reference:
            return "an expression reference";
    }
    return "";
}

Value Value::of(json::View view) {
    Value value;
    switch (view.kind()) {
        case json::Kind::null:
            return value;
        case json::Kind::boolean:
            return of(*view.as_bool());
        case json::Kind::integer:
            return of(*view.as_int());
        case json::Kind::number:
            return of(*view.as_double());
        case json::Kind::string:
            return of(*view.as_string());
        case json::Kind::array:
            value.type_ = Type::array;
            break;
        case json::Kind::object:
            value.type_ = Type::object;
            break;
    }
    value.form_ = Form::view;
    value.view_ = view;
    return value;
}

Value Value::of(bool boolean) {
    Value value;
    value.type_ = Type::boolean;
    value.boolean_ = boolean;
    return value;
}

Value Value::of(std::int64_t integer) {
    Value value;
    value.type_ = Type::number;
    value.form_ = Form::integer;
    value.integer_ = integer;
    return value;
}

Value Value::of(double number) {
    Value value;
    value.type_ = Type::number;
    value.number_ = number;
    return value;
}

Value Value::of(std::string_view text) {
    Value value;
    value.type_ = Type::string;
    value.text_ = text.data();
    value.size_ = text.size();
    return value;
}

Value Value::of(std::span<const Value> elements) {
    Value value;
    value.type_ = Type::array;
    value.elements_ = elements.data();
    value.size_ = elements.size();
    return value;
}

Value Value::of(std::span<const Entry> members) {
    Value value;
    value.type_ = Type::object;
    value.members_ = members.data();
    value.size_ = members.size();
    return value;
}

Value Value::reference(std::uint32_t node) {
    Value value = of(std::int64_t{node});
    value.type_ = Type::reference;
    return value;
}

bool Value::truthy() const {
    switch (type_) {
        case Type::null:
            return false;
        case Type::boolean:
            return boolean_;
        case Type::string:
            return size_ != 0;
        case Type::array:
        case Type::object:
            return form_ == Form::view ? view_.size() != 0 : size_ != 0;
        case Type::number:
        case Type::reference:
            return true;
    }
    return false;
}

std::size_t Value::size() const {
    if (!is_array() && !is_object()) return 0;
    if (form_ != Form::view) return size_;
    const std::size_t size = view_.size();
    // The parser keeps the count in 24 bits and saturates.
    if (size < 0xFFFFFF) return size;
    std::size_t counted = 0;
    const auto count = [&](auto&&...) { return ++counted, true; };
    is_array() ? each_element(count) : each_member(count);
    return counted;
}

std::optional<Value> Value::get(std::string_view key) const {
    if (!is_object()) return std::nullopt;
    if (form_ == Form::view) {
        const auto found = view_.get(key);
        return found ? std::optional(of(*found)) : std::nullopt;
    }
    const auto* end = members_ + size_;
    const auto* found = std::find_if(members_, end, [&](const Entry& e) { return e.key == key; });
    return found == end ? std::nullopt : std::optional(found->value);
}

Value Value::at(std::int64_t index) const {
    if (!is_array()) return {};
    if (index < 0) index += static_cast<std::int64_t>(size());
    if (index < 0) return {};
    const auto position = static_cast<std::size_t>(index);
    if (form_ == Form::view) {
        const auto found = view_.at(position);
        return found ? of(*found) : Value();
    }
    return position < size_ ? elements_[position] : Value();
}

void append_number(std::string& out, const Value& number) {
    if (number.is_integer()) {
        out += std::to_string(number.integer());
    } else {
        json::append_number(out, number.number());
    }
}

bool write_json(std::string& out, const Value& value, std::size_t limit_bytes) {
    bool first = true;
    bool fits = true;
    const auto separate = [&] {
        if (!first) out += ',';
        first = false;
    };
    switch (value.type()) {
        case Type::null:
        case Type::reference:
            out += "null";
            break;
        case Type::boolean:
            out += value.boolean() ? "true" : "false";
            break;
        case Type::number:
            append_number(out, value);
            break;
        case Type::string:
            json::append_quoted(out, value.string());
            break;
        case Type::array:
            out += '[';
            value.each_element([&](const Value& element) {
                separate();
                return fits = write_json(out, element, limit_bytes);
            });
            out += ']';
            break;
        case Type::object:
            out += '{';
            value.each_member([&](std::string_view key, const Value& member) {
                separate();
                json::append_quoted(out, key);
                out += ':';
                return fits = write_json(out, member, limit_bytes);
            });
            out += '}';
            break;
    }
    return fits && out.size() <= limit_bytes;
}

Value deep_copy(const Value& value, Arena& arena) {
    std::size_t i = 0;
    switch (value.type()) {
        case Type::string:
            return Value::of(arena.copy(value.string()));
        case Type::array: {
            const auto copy = arena.array<Value>(value.size());
            value.each_element([&](const Value& e) { return copy[i++] = deep_copy(e, arena), true; }
            );
            return Value::of(std::span<const Value>(copy));
        }
        case Type::object: {
            const auto copy = arena.array<Entry>(value.size());
            value.each_member([&](std::string_view key, const Value& member) {
                copy[i++] = {arena.copy(key), deep_copy(member, arena)};
                return true;
            });
            return Value::of(std::span<const Entry>(copy));
        }
        default:
            return value;
    }
}

std::string excerpt(const Value& value) {
    constexpr std::size_t k_code_points = 60;
    std::string text;
    write_json(text, value, std::size_t{4096});
    return truncate_text(text, k_code_points);
}

}  // namespace touchline::mapping
