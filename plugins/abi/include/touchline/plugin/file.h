/* tl.file/1: the host reads files below the directory that the connection names, so that a
 * plugin needs no access to the file system. Names are relative to that directory; a name that
 * leads out of it is TL_DENIED. Needs
 * `"files": "{a setting}"` in the manifest. */
#ifndef TOUCHLINE_PLUGIN_FILE_H
#define TOUCHLINE_PLUGIN_FILE_H

#include "touchline/plugin/base.h"

#define TL_FILE_1 "tl.file/1"
#define TL_FILE_READ_MAX 8388608u

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_file_entry {
    uint32_t size;
    uint32_t reserved;
    tl_str name;
    uint64_t bytes;
    int64_t modified_unix_ns;
    uint64_t id; /* stays the same when a file is renamed and only then: device and inode */
} tl_file_entry;

/* Must not call the host. */
typedef void (*tl_file_sink)(void* user, const tl_file_entry* entry);

typedef struct tl_file_1 {
    uint32_t size;
    uint32_t reserved;
    /* Regular files whose name matches `pattern`, in byte order of their names. In a pattern "*"
     * stands for any characters but "/", "?" for one, "**" followed by "/" for any directories;
     * names with a leading dot are left out unless the pattern has the dot. [job] */
    tl_status (*list)(tl_job* job, tl_str pattern, tl_file_sink sink, void* user);
    /* At most `max` bytes (and TL_FILE_READ_MAX) from `offset`; an empty body at the end of the
     * file. [job] */
    tl_status (*read)(tl_job* job, tl_str name, uint64_t offset, uint64_t max, tl_body* out);
    /* 32 bytes to `out` that tell contents apart: SHA-256 over the SHA-256 of each MiB of `length`
     * bytes from `offset`, or of what there is. [job] */
    tl_status (*digest)(tl_job* job, tl_str name, uint64_t offset, uint64_t length, uint8_t* out);
} tl_file_1;

#ifdef __cplusplus
}
#endif
#endif
