/* The layout of ABI 1, as literals: a change of any of these breaks plugins that are already built. */
#ifndef TOUCHLINE_TESTS_ABI_LAYOUT_H
#define TOUCHLINE_TESTS_ABI_LAYOUT_H

#include "touchline/plugin.h"

#ifdef __cplusplus
#define HOLDS(condition) static_assert(condition, #condition)
#else
#define HOLDS(condition) _Static_assert(condition, #condition)
#endif
#define AT(type, member, offset) HOLDS(offsetof(type, member) == (offset))

HOLDS(sizeof(void*) == 8);
HOLDS(sizeof(tl_status) == 4);
HOLDS(sizeof(tl_str) == 16);
HOLDS(sizeof(tl_pair) == 32);
HOLDS(sizeof(tl_record) == 64);

HOLDS(sizeof(tl_host) == 48);
AT(tl_host, abi_minor, 4); AT(tl_host, name, 8); AT(tl_host, version, 24); AT(tl_host, service, 40);
HOLDS(sizeof(tl_plugin) == 64);
AT(tl_plugin, abi_major, 4); AT(tl_plugin, abi_minor_needed, 8); AT(tl_plugin, schema_major, 12);
AT(tl_plugin, id, 16); AT(tl_plugin, version, 24); AT(tl_plugin, create, 32); AT(tl_plugin, destroy, 40);
AT(tl_plugin, check, 48); AT(tl_plugin, capability, 56);

HOLDS(sizeof(tl_run_1) == 56);
AT(tl_run_1, cancelled, 8); AT(tl_run_1, now_unix_ms, 16); AT(tl_run_1, monotonic_ms, 24);
AT(tl_run_1, sleep_until, 32); AT(tl_run_1, log, 40); AT(tl_run_1, error, 48);
HOLDS(sizeof(tl_body_1) == 40);
AT(tl_body_1, make, 8); AT(tl_body_1, view, 16); AT(tl_body_1, length, 24); AT(tl_body_1, release, 32);
HOLDS(sizeof(tl_json_1) == 24);
AT(tl_json_1, pick, 8); AT(tl_json_1, count, 16);
HOLDS(sizeof(tl_http_request) == 120);
AT(tl_http_request, flags, 4); AT(tl_http_request, target, 8); AT(tl_http_request, method, 24);
AT(tl_http_request, path, 40); AT(tl_http_request, query, 56); AT(tl_http_request, query_count, 64);
AT(tl_http_request, headers, 72); AT(tl_http_request, header_count, 80); AT(tl_http_request, body, 88);
AT(tl_http_request, inline_body, 96); AT(tl_http_request, timeout_ms, 112);
HOLDS(sizeof(tl_http_response) == 32);
AT(tl_http_response, http_status, 4); AT(tl_http_response, body, 8); AT(tl_http_response, body_bytes, 16);
AT(tl_http_response, retry_after_ms, 24);
HOLDS(sizeof(tl_http_1) == 32);
AT(tl_http_1, execute, 8); AT(tl_http_1, follow, 16); AT(tl_http_1, header, 24);
HOLDS(sizeof(tl_page) == 64);
AT(tl_page, format, 4); AT(tl_page, stream, 8); AT(tl_page, body, 24); AT(tl_page, inline_bytes, 32);
AT(tl_page, records, 48);
HOLDS(sizeof(tl_bad_record) == 72);
AT(tl_bad_record, stream, 8); AT(tl_bad_record, external_id, 24); AT(tl_bad_record, bytes, 40);
AT(tl_bad_record, reason, 56);
HOLDS(sizeof(tl_checkpoint) == 40);
AT(tl_checkpoint, state_version, 4); AT(tl_checkpoint, stream, 8); AT(tl_checkpoint, state, 24);
HOLDS(sizeof(tl_emit_1) == 32);
AT(tl_emit_1, page, 8); AT(tl_emit_1, bad_record, 16); AT(tl_emit_1, checkpoint, 24);
HOLDS(sizeof(tl_file_entry) == 48);
AT(tl_file_entry, name, 8); AT(tl_file_entry, bytes, 24); AT(tl_file_entry, modified_unix_ns, 32);
AT(tl_file_entry, id, 40);
HOLDS(sizeof(tl_file_1) == 32);
AT(tl_file_1, list, 8); AT(tl_file_1, read, 16); AT(tl_file_1, digest, 24);
HOLDS(sizeof(tl_item) == 56);
AT(tl_item, status, 4); AT(tl_item, index, 8); AT(tl_item, retry_after_ms, 16); AT(tl_item, message, 24);
AT(tl_item, bytes, 40);
HOLDS(sizeof(tl_result_1) == 16);
AT(tl_result_1, item, 8);
HOLDS(sizeof(tl_read) == 56);
AT(tl_read, state_version, 4); AT(tl_read, stream, 8); AT(tl_read, state, 24); AT(tl_read, since_unix_ms, 40);
AT(tl_read, until_unix_ms, 48);
HOLDS(sizeof(tl_webhook) == 48);
AT(tl_webhook, stream, 8); AT(tl_webhook, headers, 24); AT(tl_webhook, header_count, 32); AT(tl_webhook, body, 40);
HOLDS(sizeof(tl_source_1) == 24);
AT(tl_source_1, read, 8); AT(tl_source_1, webhook, 16);
AT(tl_record, subject, 16); AT(tl_record, type, 32); AT(tl_record, body, 48); AT(tl_record, body_bytes, 56);
HOLDS(sizeof(tl_batch) == 24);
AT(tl_batch, records, 8); AT(tl_batch, count, 16);
HOLDS(sizeof(tl_destination_1) == 16);
AT(tl_destination_1, write, 8);
HOLDS(sizeof(tl_enricher_1) == 16);
AT(tl_enricher_1, enrich, 8);
HOLDS(sizeof(tl_stream) == 8);
HOLDS(sizeof(tl_stream_open) == 56);
AT(tl_stream_open, target, 8); AT(tl_stream_open, path, 24); AT(tl_stream_open, query, 40);
AT(tl_stream_open, query_count, 48);
HOLDS(sizeof(tl_stream_1) == 48);
AT(tl_stream_1, open, 8); AT(tl_stream_1, send, 16); AT(tl_stream_1, receive, 24); AT(tl_stream_1, close, 32);
AT(tl_stream_1, stays, 40);
HOLDS(sizeof(tl_rows_query) == 64);
AT(tl_rows_query, target, 8); AT(tl_rows_query, sql, 24); AT(tl_rows_query, parameters, 40);
AT(tl_rows_query, parameter_count, 48); AT(tl_rows_query, max_rows, 56);
HOLDS(sizeof(tl_rows_page) == 24);
AT(tl_rows_page, more, 4); AT(tl_rows_page, body, 8); AT(tl_rows_page, rows, 16);
HOLDS(sizeof(tl_rows_1) == 16);
AT(tl_rows_1, query, 8);

HOLDS(TL_OK == 0 && TL_END == 1 && TL_CANCELLED == -1 && TL_RETRY == -2 && TL_RATE_LIMITED == -3 && TL_AUTH == -4);
HOLDS(TL_CONFIG == -5 && TL_BAD_DATA == -6 && TL_DENIED == -7 && TL_UNSUPPORTED == -8 && TL_INTERNAL == -9);
HOLDS(TL_TIMEOUT == -10 && TL_NOT_FOUND == -11 && TL_CONFLICT == -12 && TL_UNAVAILABLE == -13);

#endif
