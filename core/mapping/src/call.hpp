// What a function of the expression language is to the parser and the evaluator.
#pragma once

#include "value.hpp"

#include "touchline/mapping/functions.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace touchline::mapping {

class Evaluator;

/// Bits: what an argument may be.
enum Takes : std::uint16_t {
    k_boolean = 1,
    k_number = 2,
    k_text = 4,
    k_array = 8,
    k_object = 16,
    k_null = 32,
    k_any = 63,
    k_reference = 64,
    k_numbers = 128,  // an array of numbers only
    k_texts = 256,    // an array of texts only
};

/// One call in progress. A function that fails calls fail() and returns anything.
struct Call {
    Evaluator& evaluator;
    const struct Function& function;
    std::span<const Value> arguments;

    const Value& operator[](std::size_t i) const { return arguments[i]; }
    std::size_t size() const { return arguments.size(); }
    /// Keeps `text` until the evaluation ends.
    Value text(std::string_view text) const;
    /// Fails as "invalid-value": right type, senseless value.
    Value fail(std::string message) const;
};

struct Function {
    FunctionDoc doc;
    std::uint8_t least = 0, most = 0;  // arguments; most 255: any number
    std::array<std::uint16_t, 3>
        takes{};  // the last entry that is not 0 stands for all further arguments
    /// Null in the first argument is the answer: missing members stay missing through our
    /// functions.
    bool null_passes = false;
    Value (*run)(Call&) = nullptr;
};

inline constexpr std::uint8_t k_any_number = 255;

/// Or nullptr.
const Function* find_function(std::string_view name);
std::vector<std::string_view> function_names();

/// Each group of functions as its file defines it.
std::span<const Function> array_functions();
std::span<const Function> number_functions();
std::span<const Function> object_functions();
std::span<const Function> text_functions();
std::span<const Function> mail_functions();
std::span<const Function> time_functions();
std::span<const Function> lookup_functions();

}  // namespace touchline::mapping
