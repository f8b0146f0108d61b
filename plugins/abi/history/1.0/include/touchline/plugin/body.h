/* tl.body/1: bytes that the host holds. */
#ifndef TOUCHLINE_PLUGIN_BODY_H
#define TOUCHLINE_PLUGIN_BODY_H

#include "touchline/plugin/base.h"

#define TL_BODY_1 "tl.body/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_body_1 {
    uint32_t size;
    uint32_t reserved;
    /* A body with a copy of `bytes`, so that tl.json/1 can read settings and states. [job] */
    tl_status (*make)(tl_job* job, tl_str bytes, tl_body* out);
    /* The bytes, read-only, valid until the body is released. TL_DENIED unless the body was made by
     * `make` or the manifest says `"needs": ["body_view"]`: whoever runs the host sees which
     * plugins look at customer data. [job] */
    tl_status (*view)(tl_job* job, tl_body body, tl_str* out);
    tl_status (*length)(tl_job* job, tl_body body, uint64_t* out);
    /* Works after cancellation too; 0 and unknown handles are ignored. [job] */
    void (*release)(tl_job* job, tl_body body);
} tl_body_1;

#ifdef __cplusplus
}
#endif
#endif
