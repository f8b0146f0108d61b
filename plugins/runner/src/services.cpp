#include "services.hpp"

#include "touchline/runner/start.hpp"

#include <string_view>

namespace touchline::runner {

const void* find_service(const char* name, std::uint32_t services) {
    const std::string_view id(name);
    if (id == TL_RUN_1) return run_service();
    if (id == TL_BODY_1) return body_service();
    if (id == TL_JSON_1) return json_service();
    if (id == TL_EMIT_1) return emit_service();
    if (id == TL_RESULT_1) return result_service();
    if (id == TL_HTTP_1 && (services & k_http_service) != 0) return http_service();
    if (id == TL_FILE_1 && (services & k_file_service) != 0) return file_service();
    if (id == TL_STREAM_1 && (services & k_stream_service) != 0) return stream_service();
    if (id == TL_ROWS_1 && (services & k_rows_service) != 0) return rows_service();
    return nullptr;
}

}  // namespace touchline::runner
