/* tl.json/1: the host parses, the plugin asks for the few values that steer it (cursors,
 * counts, links). */
#ifndef TOUCHLINE_PLUGIN_JSON_H
#define TOUCHLINE_PLUGIN_JSON_H

#include "touchline/plugin/base.h"

#define TL_JSON_1 "tl.json/1"

enum {
    TL_JSON_MISSING = 0,
    TL_JSON_NULL = 1,
    TL_JSON_BOOLEAN = 2,
    TL_JSON_INTEGER = 3, /* fits int64_t */
    TL_JSON_NUMBER = 4,
    TL_JSON_STRING = 5,
    TL_JSON_ARRAY = 6,
    TL_JSON_OBJECT = 7
};

#ifdef __cplusplus
extern "C" {
#endif

/* Called once per pointer, in order. `value` is JSON text, but of a string its characters. Must not
 * call the host. */
typedef void (*tl_json_sink)(void* user, uint64_t index, int32_t kind, tl_str value);

typedef struct tl_json_1 {
    uint32_t size;
    uint32_t reserved;
    /* Finds JSON pointers (RFC 6901) in a body; all of them in one call. TL_BAD_DATA when the body
     * is not JSON. The parsed form is kept while the body lives. [job] */
    tl_status (*pick
    )(tl_job* job,
      tl_body body,
      const tl_str* pointers,
      uint64_t count,
      tl_json_sink sink,
      void* user);
    /* Elements of the array, or members of the object, at `pointer`; 0 when there is neither. [job]
     */
    tl_status (*count)(tl_job* job, tl_body body, tl_str pointer, uint64_t* out);
} tl_json_1;

#ifdef __cplusplus
}
#endif
#endif
