/* tl.rows/1: rows of a database, asked for in SQL.
 *
 * A query names a target of the manifest whose base URL is "postgresql://host:port/database"; the
 * host connects with the connection's credentials over verified TLS (in a private network that the
 * operator allowed, also without). Each query runs alone, in a transaction that cannot write. */
#ifndef TOUCHLINE_PLUGIN_ROWS_H
#define TOUCHLINE_PLUGIN_ROWS_H

#include "touchline/plugin/base.h"

#define TL_ROWS_1 "tl.rows/1"
#define TL_ROWS_MAX 10000u             /* of one page */
#define TL_ROWS_BYTES_MAX 16777216u    /* of one page; one longer row is TL_BAD_DATA */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tl_rows_query {
    uint32_t size;
    uint32_t reserved;
    tl_str target;            /* a name from the manifest */
    tl_str sql;               /* one SELECT; $1, $2, ... stand for the parameters */
    const tl_str* parameters; /* texts: cast them in the SQL where it needs another type */
    uint64_t parameter_count;
    uint64_t max_rows; /* 0: TL_ROWS_MAX */
} tl_rows_query;

typedef struct tl_rows_page {
    uint32_t size; /* set by the plugin before the call */
    uint32_t more; /* 1: the query has more rows than are in the page */
    tl_body body;  /* one JSON object per line, its members named as the columns; release it */
    uint64_t rows;
} tl_rows_page;

typedef struct tl_rows_1 {
    uint32_t size;
    uint32_t reserved;
    /* Blocks. The first rows of the query, at most `max_rows` and TL_ROWS_BYTES_MAX: page by asking
     * for what comes after the last row. TL_CONFIG: the database refuses the SQL. [job] */
    tl_status (*query)(tl_job* job, const tl_rows_query* query, tl_rows_page* page);
} tl_rows_1;

#ifdef __cplusplus
}
#endif
#endif
