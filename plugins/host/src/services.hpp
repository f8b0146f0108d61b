// The tables that connectors call. Each function finds its job through the tl_job and never throws:
// where the standard library would, the process ends, as it does everywhere in core.
#pragma once

#include "instance.hpp"
#include "job.hpp"

#include <string_view>

namespace touchline::host {

const tl_run_1* run_service();
const tl_body_1* body_service();
const tl_json_1* json_service();
const tl_http_1* http_service();
const tl_emit_1* emit_service();
const tl_file_1* file_service();
const tl_result_1* result_service();
const tl_stream_1* stream_service();
const tl_rows_1* rows_service();

/// nullptr: not offered, or not asked for in the manifest.
const void* find_service(std::string_view id, const Instance& instance);

/// Every service function but release and the clocks begins with this.
inline bool stopped(tl_job* job) {
    return Job::of(job).stop.stop_requested();
}

/// What goes out begins with this as well. After something was not taken in, nothing goes out: it
/// might tell the source to forget what the store does not have.
inline tl_status after_refusal(Job& job) {
    return job.sink_error() ? job.fail_in_sink(*job.sink_error()) : TL_OK;
}

/// What a connector handed over in one call is no more than it may be.
Result<void> check_size(tl_str bytes);

/// Written by a connector, for people: one line, of bearable length.
std::string tame(tl_str text);

inline std::string_view view(tl_str text) {
    return text.n == 0 ? std::string_view() : std::string_view(text.p, text.n);
}

inline tl_str str(std::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace touchline::host
