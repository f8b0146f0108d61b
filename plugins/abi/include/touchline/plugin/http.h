/* tl.http/1: the host sends requests for the plugin.
 *
 * A request names a target of the manifest, never a host: the host adds address and credentials,
 * keeps to rate limits and quotas, retries what is safe to retry, and follows redirects inside the
 * target only. The plugin must not set Authorization, Cookie, Host or hop-by-hop headers
 * (TL_DENIED). */
#ifndef TOUCHLINE_PLUGIN_HTTP_H
#define TOUCHLINE_PLUGIN_HTTP_H

#include "touchline/plugin/base.h"

#define TL_HTTP_1 "tl.http/1"

enum {
    /* Every answer is TL_OK with its http_status. Without this flag only 2xx and 304 are, and
     * others become a status: 401 AUTH, 403 DENIED, 404 and 410 NOT_FOUND, 408 TIMEOUT, 409
     * CONFLICT, 429 RATE_LIMITED, 425 and 5xx UNAVAILABLE, the rest BAD_DATA. */
    TL_HTTP_ANY_STATUS = 1u << 0,
    /* The host sends this request once. */
    TL_HTTP_NO_RETRY = 1u << 1,
    /* Sending it twice does no harm although the method does not say so: a POST that searches. */
    TL_HTTP_IDEMPOTENT = 1u << 2,
    /* A redirect is an answer, not a way to go. */
    TL_HTTP_NO_REDIRECT = 1u << 3
};

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_http_request {
    uint32_t size;
    uint32_t flags;
    tl_str target;        /* a name from the manifest */
    tl_str method;        /* "GET" */
    tl_str path;          /* below the target's base URL, percent-encoded, may carry a query:
                             "/tickets?page=2" */
    const tl_pair* query; /* added to the query; the host percent-encodes */
    uint64_t query_count;
    const tl_pair* headers;
    uint64_t header_count;
    tl_body body; /* what to send; or 0 and: */
    tl_str inline_body;
    uint32_t timeout_ms; /* of each attempt, at most 15 minutes; 0: the host's default */
    uint32_t reserved;
} tl_http_request;

typedef struct tl_http_response {
    uint32_t size;       /* set by the plugin before the call */
    int32_t http_status; /* 0 when there was no answer */
    tl_body body;        /* set when the call returns TL_OK; release it */
    uint64_t body_bytes;
    int64_t retry_after_ms; /* -1 when the answer does not say */
} tl_http_response;

typedef struct tl_http_1 {
    uint32_t size;
    uint32_t reserved;
    /* Blocks. [job] */
    tl_status (*execute)(tl_job* job, const tl_http_request* request, tl_http_response* response);
    /* GETs an absolute URL that an answer contained, such as a next link: only with the origin of a
     * declared target (TL_DENIED otherwise). Of `request` the flags but TL_HTTP_NO_REDIRECT, the
     * headers and timeout_ms count; it may be NULL. [job] */
    tl_status (*follow
    )(tl_job* job, tl_str url, const tl_http_request* request, tl_http_response* response);
    /* Each value of a header of the answer that `body` belongs to, by name without case; never
     * Set-Cookie or credentials. [job] */
    tl_status (*header)(tl_job* job, tl_body body, tl_str name, tl_text_sink sink, void* user);
} tl_http_1;

#ifdef __cplusplus
}
#endif
#endif
