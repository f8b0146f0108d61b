#include "touchline/api/api.hpp"

// The file is what the daemon serves; the assembler embeds it, so that it exists once.
asm(".section .rodata\n"
    "touchline_openapi_begin:\n"
    ".incbin \"" TOUCHLINE_OPENAPI
    "\"\n"
    "touchline_openapi_end:\n"
    ".previous\n");

extern "C" const char touchline_openapi_begin[];
extern "C" const char touchline_openapi_end[];

namespace touchline::api {

std::string_view openapi_json() {
    return {touchline_openapi_begin, touchline_openapi_end};
}

}  // namespace touchline::api
