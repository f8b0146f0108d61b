// The host's service tables, looked up once per instance.
#pragma once

#include "touchline/plugin.h"
#include "touchline/sdk/result.hpp"

namespace touchline::sdk {

/// nullptr where the host does not offer a service; the calls that need it then yield
/// Status::unsupported.
struct Services {
    const tl_run_1* run = nullptr;
    const tl_body_1* body = nullptr;
    const tl_json_1* json = nullptr;
    const tl_http_1* http = nullptr;
    const tl_emit_1* emit = nullptr;
    const tl_file_1* file = nullptr;
    const tl_result_1* result = nullptr;
    const tl_stream_1* stream = nullptr;
    const tl_rows_1* rows = nullptr;

    explicit Services(const tl_host* host)
        : run(look_up<tl_run_1>(host, TL_RUN_1)),
          body(look_up<tl_body_1>(host, TL_BODY_1)),
          json(look_up<tl_json_1>(host, TL_JSON_1)),
          http(look_up<tl_http_1>(host, TL_HTTP_1)),
          emit(look_up<tl_emit_1>(host, TL_EMIT_1)),
          file(look_up<tl_file_1>(host, TL_FILE_1)),
          result(look_up<tl_result_1>(host, TL_RESULT_1)),
          stream(look_up<tl_stream_1>(host, TL_STREAM_1)),
          rows(look_up<tl_rows_1>(host, TL_ROWS_1)) {}

private:
    template <typename Table>
    static const Table* look_up(const tl_host* host, const char* id) {
        return static_cast<const Table*>(host->service(host, id));
    }
};

/// Whether `table` has `member`: it may come from an older host that knows fewer functions.
#define TL_OFFERS(Table, table, member) \
    ((table) != nullptr && TL_HAS(Table, table, member) && (table)->member != nullptr)

/// What a sink gathers while the host calls it. Nothing may be thrown through the host's frames, so
/// a lack of memory there is remembered and reported once the host has returned.
template <typename T>
class Gathered {
public:
    explicit Gathered(T start = {}) : items_(std::move(start)) {}

    template <typename F>
    void take(F&& f) noexcept {
        try {
            f(items_);
        } catch (...) {
            lost_ = true;
        }
    }
    Result<T> result() && {
        if (lost_) return Error(Status::internal);
        return std::move(items_);
    }

private:
    T items_;
    bool lost_ = false;
};

}  // namespace touchline::sdk
