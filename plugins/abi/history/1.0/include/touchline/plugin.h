/* Touchline's plugin ABI, major 1. A plugin is one shared library that exports one function,
 * touchline_plugin_v1; all else is reached through tables that are asked for by id. The rules are
 * in touchline/plugin/base.h.
 *
 * The manifest (JSON) is embedded as an ELF note, owner "Touchline", type = TL_ABI_MAJOR, section
 * .note.touchline: it is read without running code from the plugin. */
#ifndef TOUCHLINE_PLUGIN_H
#define TOUCHLINE_PLUGIN_H

#include "touchline/plugin/base.h"
#include "touchline/plugin/body.h"
#include "touchline/plugin/destination.h"
#include "touchline/plugin/emit.h"
#include "touchline/plugin/enricher.h"
#include "touchline/plugin/file.h"
#include "touchline/plugin/http.h"
#include "touchline/plugin/json.h"
#include "touchline/plugin/result.h"
#include "touchline/plugin/rows.h"
#include "touchline/plugin/run.h"
#include "touchline/plugin/source.h"
#include "touchline/plugin/stream.h"

#define TL_ENTRY "touchline_plugin_v1"
#define TL_NOTE_OWNER "Touchline"
#define TL_NOTE_SECTION ".note.touchline"

#ifdef __cplusplus
extern "C" {
#endif

/* Outlives every instance that was created with it. */
typedef struct tl_host {
    uint32_t size;
    uint32_t abi_minor;
    tl_str name, version;
    /* The table of a service ("tl.http/1"), valid as long as the host; NULL when this host does not
     * offer it or the manifest did not ask for it. [any] */
    const void* (*service)(const struct tl_host* host, const char* id);
} tl_host;

typedef struct tl_plugin {
    uint32_t size;
    uint32_t abi_major;        /* TL_ABI_MAJOR */
    uint32_t abi_minor_needed; /* loaded only by hosts with this minor or a higher one */
    uint32_t schema_major;     /* TL_SCHEMA_MAJOR */
    const char* id;            /* as in the manifest */
    const char* version;       /* as in the manifest */
    /* Makes one instance for one connection. `config` is the connection's settings: valid by the
     * manifest's schema, defaults filled in, secrets replaced by opaque references. On failure
     * *self stays NULL. [job] */
    tl_status (*create)(const tl_host* host, tl_job* job, tl_str config, void** self);
    /* Always possible, also after a cancelled call; self is never NULL. Makes no host calls. [job]
     */
    void (*destroy)(void* self);
    /* One cheap call: are the credentials good and the system there? A sentence for people goes to
     * tl_result_1.item with index 0. [job] */
    tl_status (*check)(void* self, tl_job* job);
    /* The table of a capability ("tl.source/1"), or NULL. Static. [scan] */
    const void* (*capability)(const char* id);
} tl_plugin;

/* The one exported symbol. Static table. [scan] */
const tl_plugin* touchline_plugin_v1(void);

#ifdef __cplusplus
}
#endif
#endif
