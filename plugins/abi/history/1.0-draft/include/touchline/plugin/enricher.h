/* DRAFT capability tl.enricher/1: facts are added to a customer. */
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
    /* Records carry the fields that the manifest asks for and no others. One tl_result_1.item per
     * record; with TL_OK its bytes are the patch, a JSON object. [job] */
    tl_status (*enrich)(void* self, tl_job* job, const tl_batch* batch);
} tl_enricher_1;

#ifdef __cplusplus
}
#endif
#endif
