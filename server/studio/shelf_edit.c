// The films' projects as people edit them.
#include "project/project_json.h"
#include "studio/shelf_state.h"

// Gives the desk of the film, whose lock is held then (*film); NULL: neither, and why.
static cr_desk *take_desk(cr_shelf *shelf, const char *id, cr_film **film, cr_fault *fault)
{
    *film = cr_shelf_take(shelf, id, fault);
    if (!*film) return NULL;
    cr_desk *desk = NULL;
    cr_status status = cr_film_open(*film, fault);
    if (status == CR_OK) status = cr_film_desk(*film, &desk, fault);
    if (status == CR_OK) return desk;
    (void)pthread_mutex_unlock(&(*film)->lock);
    return NULL;
}

cr_status cr_shelf_project(cr_shelf *shelf, const char *id, char **text, int64_t *sequence,
                           cr_fault *fault)
{
    cr_film *film = NULL;
    cr_fault why = {0};
    cr_desk *desk = take_desk(shelf, id, &film, &why);
    if (!desk) {
        if (fault) *fault = why;
        return why.status;
    }
    cr_status status = cr_desk_catch_up(desk, fault);
    if (status == CR_OK) *text = cr_project_print(cr_desk_now(desk, sequence));
    (void)pthread_mutex_unlock(&film->lock);
    return status;
}

const cr_host *cr_shelf_host(const cr_shelf *shelf)
{
    return shelf->desc.host;
}

cr_status cr_shelf_edit(cr_shelf *shelf, const char *id, const cr_desk_wish *wish,
                        int64_t *sequence, bool *is_known, cr_fault *fault)
{
    cr_film *film = NULL;
    cr_fault why = {0};
    cr_desk *desk = take_desk(shelf, id, &film, &why);
    if (!desk) {
        if (fault) *fault = why;
        return why.status;
    }
    cr_status status = cr_desk_edit(desk, wish, sequence, is_known, fault);
    (void)pthread_mutex_unlock(&film->lock);
    return status;
}

void cr_shelf_keep_open(cr_shelf *shelf, const char *id)
{
    cr_film *film = NULL;
    if (take_desk(shelf, id, &film, &(cr_fault){0})) (void)pthread_mutex_unlock(&film->lock);
}
