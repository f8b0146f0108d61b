#include "touchline/model/touchpoint.hpp"

// The file is the published schema; the assembler embeds it, so that it exists once.
asm(".section .rodata\n"
    "touchline_touchpoint_schema_begin:\n"
    ".incbin \"" TOUCHLINE_TOUCHPOINT_SCHEMA
    "\"\n"
    "touchline_touchpoint_schema_end:\n"
    ".previous\n");

extern "C" const char touchline_touchpoint_schema_begin[];
extern "C" const char touchline_touchpoint_schema_end[];

namespace touchline::model {

std::string_view touchpoint_json_schema() {
    return {touchline_touchpoint_schema_begin, touchline_touchpoint_schema_end};
}

}  // namespace touchline::model
