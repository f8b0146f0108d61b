// Makes the allocations of one loaded library fail, and of no other: its own slots for malloc and
// its kin are pointed to functions that count.
#pragma once

#include "touchline/base/result.hpp"

#include <cstdint>
#include <filesystem>

namespace touchline::check {

/// For the whole process, which is a test's own. Error unavailable: the library allocates in a way
/// that cannot be reached.
Result<void> watch_allocations(const std::filesystem::path& loaded_library);
/// From now on the nth allocation (from 1) of the library fails; 0: none does. Starts counting
/// anew.
void fail_allocation(std::uint64_t nth);
/// How many there were since.
std::uint64_t allocations();

}  // namespace touchline::check
