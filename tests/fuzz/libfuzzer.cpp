// Clang's libFuzzer at the wheel: coverage finds the way.
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    touchline::fuzz::run({reinterpret_cast<const char*>(data), size});
    return 0;
}
