// The tables that the connector calls: each function is a message to the host.
#pragma once

#include "touchline/plugin.h"

#include <cstdint>

namespace touchline::runner {

const tl_run_1* run_service();
const tl_body_1* body_service();
const tl_json_1* json_service();
const tl_http_1* http_service();
const tl_emit_1* emit_service();
const tl_file_1* file_service();
const tl_result_1* result_service();
const tl_stream_1* stream_service();
const tl_rows_1* rows_service();

/// nullptr: not offered. `services` as in StartOrder.
const void* find_service(const char* id, std::uint32_t services);

}  // namespace touchline::runner
