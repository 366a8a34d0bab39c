// What a client says, read.
#pragma once

#include "base/json.h"

// What it wants.
typedef enum cr_live_wish_kind {
    CR_LIVE_WISH_NONE = 0,
    CR_LIVE_SUBSCRIBE,
    CR_LIVE_UNSUBSCRIBE,
    CR_LIVE_EDIT,
    CR_LIVE_SAY_HERE,
} cr_live_wish_kind;

// One message; what it points to is borrowed from the message.
typedef struct cr_live_wish {
    cr_live_wish_kind kind;
    const char *film;      // NULL: the list
    bool is_project;       // the film's project, not its state
    int64_t since;         // -1: nothing was seen
    const char *id, *name; // of an edit
    const cJSON *edit;
    const cJSON *here; // where somebody is
} cr_live_wish;

// Gives what is wrong with it, for a person (static); NULL: nothing.
const char *cr_live_wish_read(cr_live_wish *out, const cJSON *message);
