// A value or an Error. Named like std::expected, which GCC 12 offers in C++23 only, so that an
// alias can replace it.
#pragma once

#include "touchline/base/assert.hpp"
#include "touchline/base/error.hpp"

#include <type_traits>
#include <utility>
#include <variant>

namespace touchline {

template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    // Implicit, so that `return value;` and `return Error{...};` both read as they should.
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return checked(), *std::get_if<0>(&state_); }
    const T& value() const& { return checked(), *std::get_if<0>(&state_); }
    // By value, so that `for (auto& x : *find())` holds what it walks over.
    T value() && { return checked(), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    template <typename U>
    T value_or(U&& other) && {
        return has_value() ? std::move(*this).value() : static_cast<T>(std::forward<U>(other));
    }

    const Error& error() const& { return *std::get_if<1>(&state_); }
    Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

    /// Adds context to an error; leaves a value alone.
    Result with(std::string context) && {
        if (has_value()) return std::move(*this);
        return std::move(*this).error().with(std::move(context));
    }

private:
    void checked() const { TOUCHLINE_ASSERT(has_value()); }

    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT

    bool has_value() const { return !error_.has_value(); }
    explicit operator bool() const { return has_value(); }
    const Error& error() const& { return *error_; }
    Error&& error() && { return std::move(*error_); }

    Result with(std::string context) && {
        if (has_value()) return {};
        return std::move(*error_).with(std::move(context));
    }

private:
    std::optional<Error> error_;
};

}  // namespace touchline

#define TOUCHLINE_CONCAT_(a, b) a##b
#define TOUCHLINE_CONCAT(a, b) TOUCHLINE_CONCAT_(a, b)
#define TOUCHLINE_TRY_(result, declaration, ...)   \
    auto result = (__VA_ARGS__);                   \
    if (!result) return std::move(result).error(); \
    declaration = std::move(result).value() /* NOLINT */

/// TOUCHLINE_TRY(auto page, client.get(url)); hands an error to the caller, or goes on with the
/// value.
#define TOUCHLINE_TRY(declaration, ...) \
    TOUCHLINE_TRY_(TOUCHLINE_CONCAT(try_, __COUNTER__), declaration, __VA_ARGS__)
/// The same for a Result<void>, or where the value does not matter.
#define TOUCHLINE_CHECK(...)                                                        \
    do {                                                                            \
        if (auto check_ = (__VA_ARGS__); !check_) return std::move(check_).error(); \
    } while (false)
