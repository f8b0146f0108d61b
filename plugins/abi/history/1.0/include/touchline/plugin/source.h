/* Capability tl.source/1: records come in. */
#ifndef TOUCHLINE_PLUGIN_SOURCE_H
#define TOUCHLINE_PLUGIN_SOURCE_H

#include "touchline/plugin/base.h"

#define TL_SOURCE_1 "tl.source/1"
#define TL_TIME_UNSET INT64_MIN

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_read {
    uint32_t size;
    uint32_t state_version; /* of `state`; 0: there is none yet */
    tl_str stream;
    tl_str state; /* what the last stored checkpoint of this stream held */
    int64_t since_unix_ms,
        until_unix_ms; /* TL_TIME_UNSET: no bound. A plugin that cannot bound reads all */
} tl_read;

/* A webhook call that the host has verified, stored and answered. */
typedef struct tl_webhook {
    uint32_t size;
    uint32_t reserved;
    tl_str stream;
    const tl_pair* headers; /* names in lower case, without credentials */
    uint64_t header_count;
    tl_body body;
} tl_webhook;

typedef struct tl_source_1 {
    uint32_t size;
    uint32_t reserved;
    /* Emits pages and checkpoints from `state` on. TL_END: all there is was read. TL_OK: stopped
     * early of its own accord, call again. Reading twice from one state yields the same records.
     * [job] */
    tl_status (*read)(void* self, tl_job* job, const tl_read* args);
    /* May be NULL: the host then refuses webhooks for this connection. [job] */
    tl_status (*webhook)(void* self, tl_job* job, const tl_webhook* webhook);
} tl_source_1;

#ifdef __cplusplus
}
#endif
#endif
