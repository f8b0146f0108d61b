// A benchmark ends with the error's text when a step of it fails.
#pragma once

#include "touchline/base/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace touchline::bench {

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
}

inline void must(Result<void> result) {
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
}

}  // namespace touchline::bench
