// Asserts that stay on in release. Never reachable from input: input that is wrong yields an Error.
#pragma once

namespace touchline {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace touchline

#define TOUCHLINE_ASSERT(...) \
    ((__VA_ARGS__) ? void(0) : ::touchline::assertion_failed(#__VA_ARGS__, __FILE__, __LINE__))
