#include "api/api_things.h"

#include <string.h>

#include "base/mem.h"

// An id is a slot's number with how often the slot was used above it, so that a stale one is found.
enum { SLOT_BITS = 12, SLOT_MASK = (1 << SLOT_BITS) - 1, USES_MASK = (1 << 18) - 1 };

typedef struct slot {
    cr_api_kind kind; // CR_API_NONE: free
    uint32_t uses;
    void *thing;
    void (*close)(void *thing);
} slot;

struct cr_api {
    const cr_host *host;
    const cr_preview_screen *screen;
    char *font_folder;
    slot slots[CR_API_THINGS_MAX];
    int open_count;
    char *result;
    size_t result_length;
    cr_fault fault;
};

cr_api *cr_api_open(const cr_api_desc *desc)
{
    cr_api *api = cr_alloc(1, sizeof *api);
    api->host = desc->host;
    api->screen = desc->screen;
    api->font_folder = cr_strdup(desc->font_folder);
    return api;
}

static void slot_close(cr_api *api, slot *closing)
{
    closing->close(closing->thing);
    closing->thing = NULL;
    closing->kind = CR_API_NONE;
    api->open_count--;
}

void cr_api_close(cr_api **api)
{
    cr_api *closing = *api;
    if (!closing) return;
    // Backwards: players and exports may lean on what was opened before them.
    for (int i = CR_API_THINGS_MAX - 1; i >= 0; i--) {
        if (closing->slots[i].kind != CR_API_NONE) slot_close(closing, &closing->slots[i]);
    }
    cr_free(closing->result);
    cr_free(closing->font_folder);
    cr_free(closing);
    *api = NULL;
}

const char *cr_api_result(const cr_api *api, size_t *length)
{
    *length = api->result_length;
    return api->result;
}

const cr_fault *cr_api_fault(const cr_api *api)
{
    return &api->fault;
}

int cr_api_open_count(const cr_api *api)
{
    return api->open_count;
}

const cr_host *cr_api_host(const cr_api *api)
{
    return api->host;
}

const char *cr_api_fonts(const cr_api *api)
{
    return api->font_folder;
}

const cr_preview_screen *cr_api_screen(const cr_api *api)
{
    return api->screen;
}

cr_fault *cr_api_begin(cr_api *api)
{
    cr_free(api->result);
    api->result = NULL;
    api->result_length = 0;
    api->fault = (cr_fault){0};
    return &api->fault;
}

int32_t cr_api_end(cr_api *api, cr_status status)
{
    if (status != CR_OK && api->fault.status == CR_OK)
        return cr_fail(&api->fault, status, "", "%s", cr_status_text(status));
    return status;
}

int32_t cr_api_add(cr_api *api, cr_api_kind kind, void *thing, void (*close)(void *thing))
{
    for (int i = 0; i < CR_API_THINGS_MAX; i++) {
        slot *at = &api->slots[i];
        if (at->kind != CR_API_NONE) continue;
        at->uses = (at->uses & USES_MASK) + 1;
        at->kind = kind;
        at->thing = thing;
        at->close = close;
        api->open_count++;
        return (int32_t)(at->uses << SLOT_BITS | (uint32_t)(i + 1));
    }
    close(thing);
    return cr_fail(&api->fault, CR_LIMIT, "", "more than %d things are open", CR_API_THINGS_MAX);
}

static slot *find(cr_api *api, cr_api_kind kind, uint32_t id)
{
    uint32_t number = id & SLOT_MASK;
    slot *at = number ? &api->slots[number - 1] : NULL;
    if (at && at->kind == kind && at->uses == id >> SLOT_BITS) return at;
    static const char *const names[] = {"thing", "film", "player", "export"};
    (void)cr_fail(&api->fault, CR_INVALID, "", "there is no open %s with the id %u", names[kind],
                  (unsigned)id);
    return NULL;
}

void *cr_api_thing(cr_api *api, cr_api_kind kind, uint32_t id)
{
    slot *at = find(api, kind, id);
    return at ? at->thing : NULL;
}

cr_status cr_api_remove(cr_api *api, cr_api_kind kind, uint32_t id)
{
    slot *at = find(api, kind, id);
    if (!at) return CR_INVALID;
    slot_close(api, at);
    return CR_OK;
}

void cr_api_give_bytes(cr_api *api, char *bytes, size_t length)
{
    cr_free(api->result);
    api->result = bytes;
    api->result_length = length;
}

void cr_api_give_text(cr_api *api, char *text)
{
    cr_api_give_bytes(api, text, strlen(text));
}

void cr_api_give_json(cr_api *api, cJSON *tree)
{
    cr_api_give_text(api, cr_json_print(tree, false));
    cJSON_Delete(tree);
}
