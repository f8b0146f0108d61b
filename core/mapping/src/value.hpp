// A value during an evaluation: a scalar, a view into the record, or something built in an Arena.
// Trivially copyable; valid as long as the record's Parser and the Arena are.
#pragma once

#include "arena.hpp"

#include "touchline/json/view.hpp"
#include "touchline/json/writer.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchline::mapping {

/// The types of JMESPath.
enum class Type : std::uint8_t { null, boolean, number, string, array, object, reference };

/// "a number", "text": for messages.
std::string_view describe(Type type);

class Value;
struct Entry;

class Value {
public:
    Value() : integer_(0) {}
    static Value of(json::View view);
    static Value of(bool boolean);
    static Value of(std::int64_t integer);
    static Value of(double number);
    static Value of(std::string_view text);
    static Value of(std::span<const Value> elements);
    static Value of(std::span<const Entry> members);
    /// `&expression`: the index of its node in the program.
    static Value reference(std::uint32_t node);

    Type type() const { return type_; }
    bool is_null() const { return type_ == Type::null; }
    bool is_string() const { return type_ == Type::string; }
    bool is_array() const { return type_ == Type::array; }
    bool is_object() const { return type_ == Type::object; }
    bool is_number() const { return type_ == Type::number; }
    /// A number that was written without fraction and fits.
    bool is_integer() const { return type_ == Type::number && form_ == Form::integer; }

    bool boolean() const { return boolean_; }
    double number() const {
        return form_ == Form::integer ? static_cast<double>(integer_) : number_;
    }
    std::int64_t integer() const { return integer_; }
    std::string_view string() const { return {text_, size_}; }
    std::uint32_t node() const { return static_cast<std::uint32_t>(integer_); }

    /// False for null, false, "", [] and {}.
    bool truthy() const;
    /// Of an array or object.
    std::size_t size() const;
    /// The member of an object, or nullopt; a member that is null is there.
    std::optional<Value> get(std::string_view key) const;
    /// The element of an array, or null; negative counts from the end.
    Value at(std::int64_t index) const;

    /// Calls `take(Value)` for each element of an array until it returns false.
    template <typename F>
    void each_element(F&& take) const;
    /// Calls `take(key, Value)` for each member of an object until it returns false.
    template <typename F>
    void each_member(F&& take) const;

private:
    enum class Form : std::uint8_t { plain, integer, view };

    union {
        bool boolean_;
        std::int64_t integer_;
        double number_;
        const char* text_;
        const Value* elements_;
        const Entry* members_;
        json::View view_;
    };
    std::size_t size_ = 0;
    Type type_ = Type::null;
    Form form_ = Form::plain;
};

struct Entry {
    std::string_view key;
    Value value;
};

template <typename F>
void Value::each_element(F&& take) const {
    if (!is_array()) return;
    if (form_ == Form::view) {
        for (const json::View element : view_.elements()) {
            if (!take(Value::of(element))) return;
        }
    } else {
        for (std::size_t i = 0; i < size_; ++i) {
            if (!take(elements_[i])) return;
        }
    }
}

template <typename F>
void Value::each_member(F&& take) const {
    if (!is_object()) return;
    if (form_ == Form::view) {
        for (const json::Member member : view_.members()) {
            if (!take(member.key, Value::of(member.value))) return;
        }
    } else {
        for (std::size_t i = 0; i < size_; ++i) {
            if (!take(members_[i].key, members_[i].value)) return;
        }
    }
}

/// Appends JSON text; false once `out` would grow beyond `limit_bytes` (values can share parts, so
/// text can explode).
bool write_json(std::string& out, const Value& value, std::size_t limit_bytes);
/// The number as JSON has it: integers whole, others by the shortest text that reads back.
void append_number(std::string& out, const Value& number);
/// A copy that lives in `arena` and refers to nothing else.
Value deep_copy(const Value& value, Arena& arena);
/// For messages: JSON text, shortened.
std::string excerpt(const Value& value);

}  // namespace touchline::mapping
