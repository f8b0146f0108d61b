// Which bad habit a connector of these tests has: named by the environment, so that one library has
// them all.
#pragma once

#include <cstdlib>
#include <string_view>

inline bool has_fault(std::string_view name) {
    const char* const fault = std::getenv("TOUCHLINE_TEST_FAULT");
    return fault != nullptr && name == fault;
}
