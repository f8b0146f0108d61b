/* tl.result/1: answers per record, by index, of destinations and enrichers; and the sentence
 * of a check. */
#ifndef TOUCHLINE_PLUGIN_RESULT_H
#define TOUCHLINE_PLUGIN_RESULT_H

#include "touchline/plugin/base.h"

#define TL_RESULT_1 "tl.result/1"

#ifdef __cplusplus
extern "C" {
#endif

/* From tl_destination_1.write the status means: OK delivered; END the receiver wants nothing any
 * more; BAD_DATA and DENIED it will never take this record; all others: try again. From
 * tl_enricher_1.enrich: OK this is what is known; BAD_DATA and DENIED nobody can ever be found by
 * this; all others: ask again. A record without a result is tried again. */
typedef struct tl_item {
    uint32_t size;
    tl_status status;
    uint64_t index;
    int64_t retry_after_ms; /* -1: by the host's schedule */
    tl_str message;         /* for people */
    tl_str bytes;           /* an enricher's patch; otherwise empty */
} tl_item;

typedef struct tl_result_1 {
    uint32_t size;
    uint32_t reserved;
    tl_status (*item)(tl_job* job, const tl_item* item); /* [job] */
} tl_result_1;

#ifdef __cplusplus
}
#endif
#endif
