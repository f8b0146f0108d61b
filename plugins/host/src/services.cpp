#include "services.hpp"

namespace touchline::host {

const void* find_service(std::string_view id, const Instance& instance) {
    if (id == TL_RUN_1) return run_service();
    if (id == TL_BODY_1) return body_service();
    if (id == TL_JSON_1) return json_service();
    if (id == TL_EMIT_1) return emit_service();
    if (id == TL_RESULT_1) return result_service();
    if (id == TL_HTTP_1) return instance.manifest().targets.empty() ? nullptr : http_service();
    if (id == TL_FILE_1) return instance.files() ? file_service() : nullptr;
    return nullptr;
}

}  // namespace touchline::host
