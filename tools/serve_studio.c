#include "serve_studio.h"

#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "data_folder.h"
#include "native/native.h"
#include "report.h"

struct serve_studio {
    char *folder, *data_folder;
    cr_native *native;
    cr_live *live;
    cr_shelf *shelf;
};

static int64_t tell_time(void *cookie)
{
    (void)cookie;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *read_variable(void *cookie, const char *name)
{
    (void)cookie;
    return getenv(name);
}

static void on_change(void *cookie, const char *film, const cJSON *state)
{
    const serve_studio *studio = cookie;
    cr_live_changed(studio->live, film, state);
}

static cJSON *film_state(void *cookie, const char *id)
{
    const serve_studio *studio = cookie;
    cJSON *state = NULL;
    return cr_shelf_state(studio->shelf, id, &state, NULL) == CR_OK ? state : NULL;
}

static cJSON *film_list(void *cookie)
{
    const serve_studio *studio = cookie;
    return cr_shelf_list(studio->shelf, false);
}

static char *film_project(void *cookie, const char *id, int64_t *sequence)
{
    const serve_studio *studio = cookie;
    char *text = NULL;
    return cr_shelf_project(studio->shelf, id, &text, sequence, NULL) == CR_OK ? text : NULL;
}

static cr_status edit_film(void *cookie, const cr_live_edit *wish, int64_t *sequence,
                           bool *is_known, cr_fault *fault)
{
    const serve_studio *studio = cookie;
    const cr_desk_wish wanted = {.id = wish->id,
                                 .person = wish->person,
                                 .name = wish->name,
                                 .edit = wish->edit,
                                 .now_ms = tell_time(NULL)};
    return cr_shelf_edit(studio->shelf, wish->film, &wanted, sequence, is_known, fault);
}

static void keep_open(void *cookie, const char *id)
{
    const serve_studio *studio = cookie;
    cr_shelf_keep_open(studio->shelf, id);
}

static void on_edit(void *cookie, const char *film, const cr_store_edit *edit)
{
    const serve_studio *studio = cookie;
    const cr_live_edit decided = {.film = film,
                                  .id = edit->id,
                                  .name = edit->name,
                                  .person = edit->person,
                                  .sequence = edit->sequence,
                                  .text = edit->edit};
    cr_live_edited(studio->live, &decided);
}

// Where programs keep what is the user's.
char *serve_studio_usual_folder(void)
{
    const char *data = getenv("XDG_DATA_HOME");
    if (data && data[0] == '/') return cr_format("%s/cutroom/films", data);
    const char *home = getenv("HOME");
    return home && home[0] ? cr_format("%s/.local/share/cutroom/films", home) : cr_strdup("films");
}

static cr_status open_shelf(serve_studio *studio, const char *database, cr_fault *fault)
{
    const cr_shelf_desc desc = {.folder = studio->folder,
                                .database = database,
                                .data_folder = studio->data_folder,
                                .host = cr_native_host(studio->native),
                                .now_ms = tell_time,
                                .variable = read_variable,
                                .changed = on_change,
                                .edited = on_edit,
                                .cookie = studio,
                                .log = report_log()};
    return cr_shelf_open(&studio->shelf, &desc, fault);
}

cr_status serve_studio_open(serve_studio **out, const char *folder, const char *database,
                            cr_fault *fault)
{
    serve_studio *studio = cr_alloc(1, sizeof *studio);
    studio->folder = folder ? cr_strdup(folder) : serve_studio_usual_folder();
    studio->data_folder = data_folder_path("");
    const cr_native_desc native = {.log = report_log()};
    cr_status status = cr_native_open(&studio->native, &native);
    if (status != CR_OK) status = cr_fail(fault, status, "", "no thread can be started");
    const cr_live_desc live = {.film = film_state,
                               .films = film_list,
                               .project = film_project,
                               .edit = edit_film,
                               .watched = keep_open,
                               .cookie = studio,
                               .log = report_log()};
    if (status == CR_OK) status = cr_live_open(&studio->live, &live, fault);
    if (status == CR_OK) status = open_shelf(studio, database, fault);
    if (status == CR_OK)
        *out = studio;
    else
        serve_studio_close(&studio);
    return status;
}

void serve_studio_close(serve_studio **studio)
{
    serve_studio *closing = *studio;
    if (!closing) return;
    // Nobody asks any more; then the last changes have nowhere to go.
    if (closing->live) cr_live_stop(closing->live);
    cr_shelf_close(&closing->shelf);
    cr_live_close(&closing->live);
    cr_native_close(&closing->native);
    cr_free(closing->folder);
    cr_free(closing->data_folder);
    cr_free(closing);
    *studio = NULL;
}

const char *serve_studio_folder(const serve_studio *studio)
{
    return studio->folder;
}

cr_api serve_studio_api(const serve_studio *studio)
{
    return (cr_api){.shelf = studio->shelf, .live = studio->live, .version = CUTROOM_VERSION};
}
