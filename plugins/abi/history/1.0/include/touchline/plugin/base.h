/* The rules and the few types that every part of the plugin ABI shares.
 *
 * Rules
 *  - Every struct that crosses begins with `size`: its sender sets it, its receiver reads only
 * members that lie inside it (TL_HAS). Released structs never change; a new member goes at the end,
 * or better into a new id. tl_str, tl_pair and tl_record are elements of arrays: they have no size
 * and are frozen for good.
 *  - `reserved` members are 0 and nobody looks at them. A flag or an enumerator that the receiver
 * does not know is answered with TL_UNSUPPORTED, never passed over: a newer plugin finds out on an
 * older host, and can do without.
 *  - 64-bit little-endian ELF systems: a pointer has 8 bytes.
 *  - In-arguments, and what they point to, live until the callee returns; the callee copies what it
 * keeps. Nothing is returned by pointer except static tables. Bytes that outlive a call are bodies:
 * handles, owned by the host.
 *  - Nothing is thrown across, no errno, no allocator is shared.
 *  - Thread tags: [scan] any thread, no host calls. [job] one call at a time per instance; the
 * thread may differ between calls. [any] thread-safe. Plugins start no threads unless their
 * manifest says `"needs": ["threads"]`.
 *  - This is ABI 1.0, and frozen. What comes later comes as new ids, or as members at the end of
 * structs that have a size. */
#ifndef TOUCHLINE_PLUGIN_BASE_H
#define TOUCHLINE_PLUGIN_BASE_H

#include <stddef.h>
#include <stdint.h>

#define TL_ABI_MAJOR 1u
#define TL_ABI_MINOR 0u
#define TL_BYTES_MAX 33554432u /* of bytes that one call hands over; more is TL_DENIED */
#define TL_SCHEMA_MAJOR 1u /* of the touchpoint schema */

/* Whether `member` lies inside what the sender of `*ptr` knows. For a function in a table, compare
 * with NULL as well. */
#define TL_HAS(type, ptr, member) ((ptr)->size >= offsetof(type, member) + sizeof((ptr)->member))

#ifdef __cplusplus
extern "C" {
#endif

/* The number decides what happens next; tl_run_1.error adds the words. Unknown negative numbers
 * count as TL_INTERNAL, unknown positive ones as TL_OK. */
typedef int32_t tl_status;
enum {
    TL_OK = 0,
    TL_END = 1,           /* done for good: all is read; the receiver wants nothing any more */
    TL_CANCELLED = -1,    /* stopped on request */
    TL_RETRY = -2,        /* failed for now: again, with backoff */
    TL_RATE_LIMITED = -3, /* again after the given time */
    TL_AUTH = -4,         /* credentials are missing, wrong or expired */
    TL_CONFIG = -5,       /* the settings have to change first */
    TL_BAD_DATA = -6,     /* this input can never be processed */
    TL_DENIED = -7,       /* refused by a rule or a permission */
    TL_UNSUPPORTED = -8,  /* not offered by this host or plugin */
    TL_INTERNAL = -9,     /* a defect */
    TL_TIMEOUT = -10,
    TL_NOT_FOUND = -11,
    TL_CONFLICT = -12,
    TL_UNAVAILABLE = -13 /* a part that is needed cannot be reached */
};

/* UTF-8 unless said otherwise, not terminated; p may be NULL when n is 0. */
typedef struct tl_str {
    const char* p;
    uint64_t n;
} tl_str;

typedef struct tl_pair {
    tl_str name, value;
} tl_pair;

/* Bytes that the host holds: an HTTP answer, a part of a file, a webhook's content. 0 is none. It
 * lives until tl_body_1.release, at the latest until the call that got it (create, check, read,
 * ...) returns. */
typedef uint64_t tl_body;

/* One call into the plugin, with its deadline, its cancel flag and its bodies. Valid until that
 * call returns. */
typedef struct tl_job tl_job;

/* Receives texts one by one before the function that takes it returns. Must not call the host. */
typedef void (*tl_text_sink)(void* user, tl_str text);

#ifdef __cplusplus
}
#endif
#endif
