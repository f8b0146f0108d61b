// A value or an error, for plugin code. Nothing here crosses the ABI.
#pragma once

#include "touchline/plugin/base.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace touchline::sdk {

/// The ABI's statuses that are failures; each decides what the host does next.
enum class Status : tl_status {
    cancelled = TL_CANCELLED,
    retry = TL_RETRY,
    rate_limited = TL_RATE_LIMITED,
    auth = TL_AUTH,
    config = TL_CONFIG,
    bad_data = TL_BAD_DATA,
    denied = TL_DENIED,
    unsupported = TL_UNSUPPORTED,
    internal = TL_INTERNAL,
    timeout = TL_TIMEOUT,
    not_found = TL_NOT_FOUND,
    conflict = TL_CONFLICT,
    unavailable = TL_UNAVAILABLE,
};

/// Why something failed. An empty message leaves the host's own words for a failed host call in
/// place.
struct Error {
    Status status = Status::internal;
    std::string message;               ///< one sentence for people
    std::int64_t retry_after_ms = -1;  ///< -1: no opinion
    std::string code;                  ///< stable, for programs: "acme.page_gone"

    Error(Status s, std::string m = {}, std::int64_t retry_after = -1)
        : status(s), message(std::move(m)), retry_after_ms(retry_after) {}
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

    explicit operator bool() const { return state_.index() == 0; }
    /// std::bad_variant_access when there is no value; the trampoline turns that into TL_INTERNAL.
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    T value_or(T other) && { return *this ? std::get<0>(std::move(state_)) : std::move(other); }
    const Error& error() const& { return std::get<1>(state_); }
    Error&& error() && { return std::get<1>(std::move(state_)); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT

    explicit operator bool() const { return !error_.has_value(); }
    const Error& error() const& { return error_.value(); }
    Error&& error() && { return std::move(error_).value(); }

private:
    std::optional<Error> error_;
};

/// What a host call returned, as a Result.
inline Result<void> to_result(tl_status status) {
    if (status >= 0) return {};
    return Error(status < TL_UNAVAILABLE ? Status::internal : static_cast<Status>(status));
}

inline tl_str to_tl(std::string_view text) {
    return {text.data(), text.size()};
}
inline std::string_view from_tl(tl_str text) {
    return text.n == 0 ? std::string_view() : std::string_view(text.p, text.n);
}

}  // namespace touchline::sdk

#define TL_CONCAT_(a, b) a##b
#define TL_CONCAT(a, b) TL_CONCAT_(a, b)
#define TL_TRY_(result, declaration, ...)          \
    auto result = (__VA_ARGS__);                   \
    if (!result) return std::move(result).error(); \
    declaration = *std::move(result) /* NOLINT */

/// TL_TRY(auto page, job.get("api", "/tickets")); returns an error to the caller, or goes on with
/// the value.
#define TL_TRY(declaration, ...) TL_TRY_(TL_CONCAT(tl_try_, __LINE__), declaration, __VA_ARGS__)
/// The same for a Result<void>, or where the value does not matter.
#define TL_CHECK(...)                                                                        \
    do {                                                                                     \
        if (auto tl_check_ = (__VA_ARGS__); !tl_check_) return std::move(tl_check_).error(); \
    } while (false)
