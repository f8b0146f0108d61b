/* tl.run/1: time, cancellation, the log and the words of an error. */
#ifndef TOUCHLINE_PLUGIN_RUN_H
#define TOUCHLINE_PLUGIN_RUN_H

#include "touchline/plugin/base.h"

#define TL_RUN_1 "tl.run/1"

enum { TL_LOG_DEBUG = 0, TL_LOG_INFO = 1, TL_LOG_WARNING = 2, TL_LOG_ERROR = 3 };

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_run_1 {
    uint32_t size;
    uint32_t reserved;
    /* 1 after cancellation; from then on every other host call returns TL_CANCELLED. [job] */
    int32_t (*cancelled)(tl_job* job);
    /* The only clocks a plugin may use: tests own them. [job] */
    int64_t (*now_unix_ms)(tl_job* job);
    int64_t (*monotonic_ms)(tl_job* job);
    /* Blocks until monotonic_ms() >= `monotonic_ms`, or cancellation. [job] */
    tl_status (*sleep_until)(tl_job* job, int64_t monotonic_ms);
    /* No customer data, no secret. The host names the connection itself. [job] */
    void (*log
    )(tl_job* job, int32_t level, tl_str message, const tl_pair* fields, uint64_t field_count);
    /* Says what the status that the plugin is about to return means: a stable code
     * ("acme.page_gone", may be empty), one sentence for people, and when to try again (-1: no
     * opinion). The last call before returning counts. [job] */
    void (*error
    )(tl_job* job, tl_status status, tl_str code, tl_str message, int64_t retry_after_ms);
} tl_run_1;

#ifdef __cplusplus
}
#endif
#endif
