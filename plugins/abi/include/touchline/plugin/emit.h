/* tl.emit/1: hands records to the host, from tl_source_1.read and .webhook. An error from
 * here ends the read: the plugin returns it unchanged. It may be told one call late. */
#ifndef TOUCHLINE_PLUGIN_EMIT_H
#define TOUCHLINE_PLUGIN_EMIT_H

#include "touchline/plugin/base.h"

#define TL_EMIT_1 "tl.emit/1"
#define TL_STATE_MAX 65536u

enum {
    TL_FORMAT_JSON =
        0, /* one JSON text; `records` points to the array of records, or to a single one */
    TL_FORMAT_NDJSON = 1 /* one JSON text per line, each a record */
};

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_page {
    uint32_t size;
    int32_t format;
    tl_str stream;
    tl_body body; /* the page as it came; or 0 and: */
    tl_str inline_bytes;
    tl_str records; /* JSON pointer; empty is the whole text */
} tl_page;

typedef struct tl_bad_record {
    uint32_t size;
    uint32_t reserved;
    tl_str stream;
    tl_str external_id; /* empty when unknown */
    tl_str bytes;       /* as the source sent them, any encoding */
    tl_str reason;      /* one sentence: what and where */
} tl_bad_record;

typedef struct tl_checkpoint {
    uint32_t size;
    uint32_t state_version; /* from 1; a plugin accepts all its older ones or returns TL_CONFIG */
    tl_str stream;
    tl_str state; /* any bytes, at most TL_STATE_MAX */
} tl_checkpoint;

typedef struct tl_emit_1 {
    uint32_t size;
    uint32_t reserved;
    tl_status (*page)(tl_job* job, const tl_page* page);               /* [job] */
    tl_status (*bad_record)(tl_job* job, const tl_bad_record* record); /* [job] */
    /* The commit barrier: what was emitted since the last one and this state are stored together.
     * [job] */
    tl_status (*checkpoint)(tl_job* job, const tl_checkpoint* checkpoint);
} tl_emit_1;

#ifdef __cplusplus
}
#endif
#endif
