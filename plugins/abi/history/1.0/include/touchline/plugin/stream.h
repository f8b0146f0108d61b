/* tl.stream/1: conversations that are not a request and an answer: a mailbox, a firehose.
 *
 * A stream names a target of the manifest, never a host. The scheme of the target's base URL is the
 * protocol, and decides what a frame is:
 *  - "imaps", "imap": one response of RFC 9051 with its literals and its line end; what is sent
 *    goes out as it is. "imap" begins without TLS and must offer STARTTLS.
 *  - "wss", "ws": one message of RFC 6455, out and in (out: binary).
 * The host resolves the target, verifies TLS, and signs in by itself with the connection's
 * credentials, so that what it hands over is a stream that is signed in already: no secret is ever in
 * a frame. It answers pings and notices a peer that has gone.
 *
 * A frame is a body: a plugin that looks into it says so ("needs": ["body_view"]). */
#ifndef TOUCHLINE_PLUGIN_STREAM_H
#define TOUCHLINE_PLUGIN_STREAM_H

#include "touchline/plugin/base.h"

#define TL_STREAM_1 "tl.stream/1"
#define TL_STREAM_FRAME_MAX 16777216u /* a longer frame ends the stream with TL_BAD_DATA */
#define TL_STREAM_WAIT_MAX 30000u     /* of one receive, in milliseconds */

#ifdef __cplusplus
extern "C" {
#endif

/* Lives until it is closed, at the latest until the call that opened it returns. 0 is none. */
typedef uint64_t tl_stream;

typedef struct tl_stream_open {
    uint32_t size;
    uint32_t reserved;
    tl_str target; /* a name from the manifest */
    tl_str path;   /* wss, ws: below the target's base URL, as in tl_http_request; else empty */
    const tl_pair* query; /* wss, ws: added to the query; the host percent-encodes */
    uint64_t query_count;
} tl_stream_open;

typedef struct tl_stream_1 {
    uint32_t size;
    uint32_t reserved;
    /* Blocks until the other side has let us in. TL_AUTH: it does not. [job] */
    tl_status (*open)(tl_job* job, const tl_stream_open* what, tl_stream* out);
    /* Blocks until the bytes are on their way. [job] */
    tl_status (*send)(tl_job* job, tl_stream stream, tl_str bytes);
    /* Waits at most `max_wait_ms` for a frame. TL_OK: `*out` is the frame, or 0 when none came in
     * time. TL_END: the other side has closed the stream in good order. Cancellation ends the wait
     * at once. [job] */
    tl_status (*receive)(tl_job* job, tl_stream stream, uint32_t max_wait_ms, tl_body* out);
    /* Works after cancellation too; 0 and unknown streams are ignored. [job] */
    void (*close)(tl_job* job, tl_stream stream);
    /* 1: this read goes on when everything is read: wait for what comes, with a checkpoint every
     * second or so, until it is cancelled. 0: end once there is nothing more. Only reads of streams
     * that the manifest calls "live" are ever told to stay. [job] */
    int32_t (*stays)(tl_job* job);
} tl_stream_1;

#ifdef __cplusplus
}
#endif
#endif
