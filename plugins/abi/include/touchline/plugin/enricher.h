/* Capability tl.enricher/1: facts are added to a customer. */
#ifndef TOUCHLINE_PLUGIN_ENRICHER_H
#define TOUCHLINE_PLUGIN_ENRICHER_H

#include "touchline/plugin/destination.h"

#define TL_ENRICHER_1 "tl.enricher/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_enricher_1 {
    uint32_t size;
    uint32_t reserved;
    /* A record's body is a JSON object with one identity of a namespace that the manifest `asks`
     * for, {"email": "ana@example.org"}, and nothing else of the customer. One tl_result_1.item per
     * record; with TL_OK its bytes are the patch: a JSON object with what is known, {} when that is
     * nothing. Its members are the plugin's own; they reach the mapping of the stream "customers"
     * as `facts`. [job] */
    tl_status (*enrich)(void* self, tl_job* job, const tl_batch* batch);
} tl_enricher_1;

#ifdef __cplusplus
}
#endif
#endif
