/* Capability tl.destination/1: the unified view goes out. */
#ifndef TOUCHLINE_PLUGIN_DESTINATION_H
#define TOUCHLINE_PLUGIN_DESTINATION_H

#include "touchline/plugin/base.h"

#define TL_DESTINATION_1 "tl.destination/1"

#ifdef __cplusplus
extern "C" {
#endif

/* Frozen: it stands in arrays. */
typedef struct tl_record {
    tl_str id;      /* idempotency key: the same on every attempt */
    tl_str subject; /* the customer's id; order is kept per subject */
    tl_str type;    /* "touchline.touchpoint.recorded" */
    tl_body body;   /* CloudEvents 1.0, structured JSON; may be sent on without being looked at */
    uint64_t body_bytes;
} tl_record;

typedef struct tl_batch {
    uint32_t size;
    uint32_t reserved;
    const tl_record* records; /* at most 500, or 1 MiB of bodies */
    uint64_t count;
} tl_batch;

typedef struct tl_destination_1 {
    uint32_t size;
    uint32_t reserved;
    /* One tl_result_1.item per record. A negative status: nothing is known of the records without
     * one. [job] */
    tl_status (*write)(void* self, tl_job* job, const tl_batch* batch);
} tl_destination_1;

#ifdef __cplusplus
}
#endif
#endif
