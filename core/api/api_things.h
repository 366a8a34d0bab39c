// What the exports share: the table of open things, the result and the fault of a call.
#pragma once

#include "api/api.h"
#include "base/json.h"

// What an id can stand for.
typedef enum cr_api_kind {
    CR_API_NONE = 0,
    CR_API_FILM,
    CR_API_PLAYER,
    CR_API_EXPORT,
    CR_API_STRIP,
    CR_API_WAVE,
} cr_api_kind;

// Borrowed, valid while the api is open.
const cr_host *cr_api_host(const cr_api *api);
const char *cr_api_fonts(const cr_api *api);
const cr_preview_screen *cr_api_screen(const cr_api *api);

// Begins a call: forgets the result and the fault of the one before. Gives where to put the fault.
cr_fault *cr_api_begin(cr_api *api);
// What a call of [status] returns: 0 or the status.
int32_t cr_api_end(cr_api *api, cr_status status);

// Takes [thing], which [close] ends; gives its id, or CR_LIMIT with the thing closed.
int32_t cr_api_add(cr_api *api, cr_api_kind kind, void *thing, void (*close)(void *thing));
// The thing of [id]; NULL, with the fault written, when there is none of this kind. Borrowed.
void *cr_api_thing(cr_api *api, cr_api_kind kind, uint32_t id);
// Closes it.
cr_status cr_api_remove(cr_api *api, cr_api_kind kind, uint32_t id);

// The result of this call. Takes [text] (cr_free).
void cr_api_give_text(cr_api *api, char *text);
// Takes [bytes] (cr_free), of which there are [length].
void cr_api_give_bytes(cr_api *api, char *bytes, size_t length);
// Takes [tree] and gives it as text.
void cr_api_give_json(cr_api *api, cJSON *tree);
