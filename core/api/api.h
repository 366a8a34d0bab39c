// flow: a page -> [api] -> everything
// The engine for somebody who cannot hold a pointer: things have ids, and what they are told and
// answer is numbers and text. exports.def lists what there is; each is a function
// cr_api_<name>(api, …) of the thread that opened the api.
#pragma once

#include "engine/preview.h"
#include "host/host.h"
#include "project/value.h"

typedef struct cr_api cr_api;

// Things open at once, of all kinds.
enum { CR_API_THINGS_MAX = 4095 };

// What an api is opened with; texts are copied.
typedef struct cr_api_desc {
    const cr_host *host; // must outlive the api
    const char *font_folder;
    const cr_preview_screen *screen; // of its player; must outlive the api; NULL: nothing is shown
} cr_api_desc;

// Gives an api in which nothing is open.
cr_api *cr_api_open(const cr_api_desc *desc);
// Closes whatever is still open, too.
void cr_api_close(cr_api **api);

// Of the last call: the text or bytes it gave, and why it failed. Borrowed until the next call.
const char *cr_api_result(const cr_api *api, size_t *length);
const cr_fault *cr_api_fault(const cr_api *api);
// Things open now; what a page forgot to close is counted here.
int cr_api_open_count(const cr_api *api);

#define CR_TEXT(name) const char *name
#define CR_ID(name) uint32_t name
#define CR_INT(name) int32_t name
#define CR_TICKS(name) int64_t name
#define CR_NUMBER(name) cr_number name
#define CR_FLAG(name) int32_t name
#define CR_EXPORT(result, name, ...) int32_t cr_api_##name(cr_api *api, __VA_ARGS__);
#include "api/exports.def"
#undef CR_EXPORT
#undef CR_TEXT
#undef CR_ID
#undef CR_INT
#undef CR_TICKS
#undef CR_NUMBER
#undef CR_FLAG
