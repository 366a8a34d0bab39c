#include "broker/ledger.h"

#include <string.h>

#include "base/mem.h"

static const char *const names[] = {"none",
#define X(name, text) text,
                                    CR_CALL_STATE_MAP(X)
#undef X
};

const char *cr_call_state_name(cr_call_state state)
{
    return names[state];
}

cr_call_state cr_call_state_of(const char *name)
{
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) return (cr_call_state)i;
    return CR_CALL_NONE;
}

void cr_call_list_free(cr_call_list *list)
{
    for (int i = 0; i < list->count; i++) {
        cr_call *call = &list->calls[i];
        cr_free(call->job);
        cr_free(call->provider);
        cr_free(call->model);
        cr_free(call->request);
        cr_free(call->external_id);
        cr_free(call->note);
    }
    cr_free(list->calls);
    *list = (cr_call_list){0};
}
