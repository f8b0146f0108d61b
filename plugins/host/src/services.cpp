#include "services.hpp"

#include "touchline/base/text.hpp"

#include <algorithm>

namespace touchline::host {
namespace {

constexpr std::size_t k_longest_text = 500;

}  // namespace

Result<void> check_size(tl_str bytes) {
    if (bytes.n <= TL_BYTES_MAX) return {};
    return Error(Code::denied, "the connector handed over more than 32 MiB in one call")
        .cure("Hand it over in smaller pieces.");
}

std::string tame(tl_str text) {
    std::string tamed = truncate_text(to_utf8(view(text)), k_longest_text);
    std::ranges::replace_if(
        tamed, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' '
    );
    return tamed;
}

const void* find_service(std::string_view id, const Instance& instance) {
    if (id == TL_RUN_1) return run_service();
    if (id == TL_BODY_1) return body_service();
    if (id == TL_JSON_1) return json_service();
    if (id == TL_EMIT_1) return emit_service();
    if (id == TL_RESULT_1) return result_service();
    if (id == TL_HTTP_1) return instance.has_targets() ? http_service() : nullptr;
    if (id == TL_STREAM_1) return instance.has_stream_targets() ? stream_service() : nullptr;
    if (id == TL_ROWS_1) return instance.has_row_targets() ? rows_service() : nullptr;
    if (id == TL_FILE_1) return instance.files() ? file_service() : nullptr;
    return nullptr;
}

}  // namespace touchline::host
