/* Contacts by cursor, in plain C. The state is the cursor behind the last page that was read. */
#include <stdlib.h>
#include <string.h>
#include <touchline/plugin.h>

#define LONGEST_CURSOR 200u
#define TEXT(literal) ((tl_str){(literal), sizeof(literal) - 1})
/* Whether a table is there and has the function: hosts may be older than this header. */
#define OFFERS(type, table, function) \
    ((table) != NULL && TL_HAS(type, table, function) && (table)->function != NULL)

typedef struct {
    const tl_run_1* run;
    const tl_http_1* http;
    const tl_json_1* json;
    const tl_body_1* body;
    const tl_emit_1* emit;
    const tl_result_1* result;
} acme;

/* What one page says about itself. */
typedef struct {
    int32_t contacts;
    int32_t next_kind;
    char next[LONGEST_CURSOR];
    uint64_t next_bytes;
} page;

static tl_status fail(const acme* self, tl_job* job, tl_status status, tl_str message) {
    if (OFFERS(tl_run_1, self->run, error)) self->run->error(job, status, TEXT(""), message, -1);
    return status;
}

static tl_status create(const tl_host* host, tl_job* job, tl_str config, void** self) {
    acme* it = calloc(1, sizeof(acme));
    (void)job;
    (void)config;
    if (it == NULL) return TL_INTERNAL;
    it->run = host->service(host, TL_RUN_1);
    it->http = host->service(host, TL_HTTP_1);
    it->json = host->service(host, TL_JSON_1);
    it->body = host->service(host, TL_BODY_1);
    it->emit = host->service(host, TL_EMIT_1);
    it->result = host->service(host, TL_RESULT_1);
    *self = it;
    return TL_OK;
}

static void destroy(void* self) {
    free(self);
}

static tl_status get(const acme* self, tl_job* job, tl_str path, const tl_pair* query,
                     uint64_t query_count, tl_http_response* answer) {
    tl_http_request request;
    memset(&request, 0, sizeof(request));
    request.size = sizeof(request);
    request.target = TEXT("api");
    request.method = TEXT("GET");
    request.path = path;
    request.query = query;
    request.query_count = query_count;
    memset(answer, 0, sizeof(*answer));
    answer->size = sizeof(*answer);
    if (!OFFERS(tl_http_1, self->http, execute)) return TL_UNSUPPORTED;
    return self->http->execute(job, &request, answer);
}

static void let_go(const acme* self, tl_job* job, tl_body body) {
    if (OFFERS(tl_body_1, self->body, release)) self->body->release(job, body);
}

static tl_status check(void* me, tl_job* job) {
    const acme* self = me;
    tl_http_response answer;
    tl_item item;
    const tl_status status = get(self, job, TEXT("/me"), NULL, 0, &answer);
    if (status < 0) return status;
    let_go(self, job, answer.body);
    memset(&item, 0, sizeof(item));
    item.size = sizeof(item);
    item.retry_after_ms = -1;
    item.message = TEXT("The credentials are accepted.");
    if (!OFFERS(tl_result_1, self->result, item)) return TL_OK;
    return self->result->item(job, &item);
}

/* Must not call the host. */
static void take_value(void* user, uint64_t index, int32_t kind, tl_str value) {
    page* out = user;
    if (index == 0) out->contacts = kind;
    if (index != 1) return;
    out->next_kind = kind;
    if (kind != TL_JSON_STRING) return;
    out->next_bytes = value.n;
    if (value.n <= LONGEST_CURSOR && value.n > 0) memcpy(out->next, value.p, (size_t)value.n);
}

static tl_status look_at(const acme* self, tl_job* job, tl_body body, page* out) {
    const tl_str pointers[2] = {TEXT("/contacts"), TEXT("/next")};
    tl_status status = TL_UNSUPPORTED;
    memset(out, 0, sizeof(*out));
    if (OFFERS(tl_json_1, self->json, pick))
        status = self->json->pick(job, body, pointers, 2, &take_value, out);
    if (status < 0) return status;
    if (out->contacts != TL_JSON_ARRAY)
        return fail(self, job, TL_BAD_DATA, TEXT("The answer has no list of contacts."));
    if (out->next_kind != TL_JSON_STRING && out->next_kind != TL_JSON_NULL)
        return fail(self, job, TL_BAD_DATA, TEXT("The answer does not say where to go on."));
    if (out->next_bytes > LONGEST_CURSOR)
        return fail(self, job, TL_BAD_DATA, TEXT("The cursor is longer than 200 bytes."));
    return TL_OK;
}

static tl_status hand_over(const acme* self, tl_job* job, tl_str stream, tl_body body) {
    tl_page out;
    memset(&out, 0, sizeof(out));
    out.size = sizeof(out);
    out.format = TL_FORMAT_JSON;
    out.stream = stream;
    out.body = body;
    out.records = TEXT("/contacts");
    if (!OFFERS(tl_emit_1, self->emit, page)) return TL_UNSUPPORTED;
    return self->emit->page(job, &out);
}

static tl_status remember(const acme* self, tl_job* job, tl_str stream, tl_str cursor) {
    tl_checkpoint point;
    memset(&point, 0, sizeof(point));
    point.size = sizeof(point);
    point.state_version = 1;
    point.stream = stream;
    point.state = cursor;
    if (!OFFERS(tl_emit_1, self->emit, checkpoint)) return TL_UNSUPPORTED;
    return self->emit->checkpoint(job, &point);
}

/* One page from `cursor` on, which moves. TL_END: it was the last one. */
static tl_status read_page(const acme* self, tl_job* job, tl_str stream, char* cursor,
                           uint64_t* cursor_bytes) {
    const tl_pair after = {TEXT("after"), {cursor, *cursor_bytes}};
    tl_http_response answer;
    page found;
    tl_status status = get(self, job, TEXT("/contacts"), &after, *cursor_bytes > 0 ? 1 : 0, &answer);
    if (status < 0) return status;
    status = look_at(self, job, answer.body, &found);
    if (status >= 0) status = hand_over(self, job, stream, answer.body);
    let_go(self, job, answer.body);
    if (status < 0) return status;
    if (found.next_bytes > 0) {
        if (found.next_bytes == *cursor_bytes && memcmp(found.next, cursor, (size_t)*cursor_bytes) == 0)
            return fail(self, job, TL_BAD_DATA, TEXT("The same page comes again and again."));
        memcpy(cursor, found.next, (size_t)found.next_bytes);
        *cursor_bytes = found.next_bytes;
    }
    status = remember(self, job, stream, (tl_str){cursor, *cursor_bytes});
    if (status < 0) return status;
    return found.next_bytes == 0 ? TL_END : TL_OK;
}

static tl_status read_contacts(void* me, tl_job* job, const tl_read* args) {
    const acme* self = me;
    char cursor[LONGEST_CURSOR];
    uint64_t cursor_bytes = 0;
    tl_status status;
    if (args->stream.n != 8 || memcmp(args->stream.p, "contacts", 8) != 0)
        return fail(self, job, TL_CONFIG, TEXT("There is no such stream."));
    if (args->state_version > 1)
        return fail(self, job, TL_CONFIG, TEXT("The state was written by a newer release."));
    if (args->state.n > LONGEST_CURSOR)
        return fail(self, job, TL_CONFIG, TEXT("The state is damaged; read the stream anew."));
    if (args->state.n > 0) memcpy(cursor, args->state.p, (size_t)args->state.n);
    cursor_bytes = args->state.n;
    do {
        status = read_page(self, job, args->stream, cursor, &cursor_bytes);
    } while (status == TL_OK);
    return status;
}

static const void* capability(const char* id) {
    static const tl_source_1 source = {sizeof(tl_source_1), 0, &read_contacts, NULL};
    return strcmp(id, TL_SOURCE_1) == 0 ? &source : NULL;
}

__attribute__((visibility("default"))) const tl_plugin* touchline_plugin_v1(void) {
    static const tl_plugin plugin = {sizeof(tl_plugin), TL_ABI_MAJOR,       TL_ABI_MINOR,
                                     TL_SCHEMA_MAJOR,   TOUCHLINE_PLUGIN_ID, TOUCHLINE_PLUGIN_VERSION,
                                     &create,           &destroy,            &check,
                                     &capability};
    return &plugin;
}
