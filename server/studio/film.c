#include "studio/film.h"

#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "host/host.h"
#include "studio/asset_folder.h"
#include "studio/film_money.h"
#include "studio/film_state.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

enum { FILM_FILE_BYTES_MAX = 1 << 20, PAID_UNITS = 24, TEND_INTERVAL_MS = 1000 };

static int64_t now_ms(const cr_film *film)
{
    return film->desc->now_ms(film->desc->cookie);
}

// What is remembered of it, {} when there is nothing. Gives the tree.
static cJSON *read_memory(const cr_film *film)
{
    char *path = cr_format("%s/film.json", film->folder);
    cr_source *source = NULL;
    uint8_t *text = NULL;
    size_t size = 0;
    cJSON *memory = NULL;
    const cr_host *host = film->desc->host;
    if (host->open_source(host->cookie, path, &source, NULL) == CR_OK &&
        cr_source_read_all(source, FILM_FILE_BYTES_MAX, &text, &size, NULL) == CR_OK &&
        cr_json_parse(&memory, (const char *)text, size, NULL) != CR_OK)
        memory = NULL;
    cr_source_close(&source);
    cr_free(text);
    cr_free(path);
    return memory ? memory : cJSON_CreateObject();
}

static bool is_set(const cJSON *memory, const char *key)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(memory, key));
}

static int64_t time_of(const cJSON *memory, const char *key, int64_t fallback)
{
    int64_t time = fallback;
    if (cr_json_get_int(memory, key, &time, 0, INT64_C(1) << 52, NULL, NULL) != CR_OK)
        return fallback;
    return time;
}

cr_film *cr_film_new(char *folder, const char *id, const cr_shelf_desc *desc,
                     const cr_registry *builtins)
{
    cr_film *film = cr_alloc(1, sizeof *film);
    film->folder = folder;
    film->id = cr_strdup(id);
    film->desc = desc;
    film->builtins = builtins;
    (void)pthread_mutex_init(&film->lock, NULL);
    cJSON *memory = read_memory(film);
    // A film of `cutroom make` has no film.json: its folder tells when.
    struct stat found;
    int64_t age = stat(folder, &found) == 0 ? (int64_t)found.st_mtim.tv_sec * 1000 : 0;
    film->title = cr_strdup(cr_member_text(memory, "title"));
    film->created_ms = time_of(memory, "created", age);
    film->changed_ms = time_of(memory, "changed", age);
    film->is_active = is_set(memory, "is_active");
    film->is_cancelled = is_set(memory, "is_cancelled");
    film->is_deleted = is_set(memory, "is_deleted");
    film->is_held = is_set(memory, "is_held");
    film->card = cJSON_DetachItemFromObjectCaseSensitive(memory, "card");
    film->fault_text = cr_strdup(cr_member_text(memory, "fault"));
    film->fault_where = cr_strdup(cr_member_text(memory, "fault_where"));
    cJSON_Delete(memory);
    return film;
}

void cr_film_free(cr_film *film)
{
    cr_film_close(film);
    (void)pthread_mutex_destroy(&film->lock);
    cJSON_Delete(film->card);
    cr_free(film->title);
    cr_free(film->fault_text);
    cr_free(film->fault_where);
    cr_free(film->id);
    cr_free(film->folder);
    cr_free(film);
}

cr_status cr_film_save(cr_film *film, cr_fault *fault)
{
    cJSON *memory = cJSON_CreateObject();
    cJSON_AddStringToObject(memory, "title", film->title);
    cr_json_add_int(memory, "created", film->created_ms);
    cr_json_add_int(memory, "changed", film->changed_ms);
    cJSON_AddBoolToObject(memory, "is_active", film->is_active);
    cJSON_AddBoolToObject(memory, "is_cancelled", film->is_cancelled);
    cJSON_AddBoolToObject(memory, "is_deleted", film->is_deleted);
    cJSON_AddBoolToObject(memory, "is_held", film->is_held);
    cJSON_AddStringToObject(memory, "fault", film->fault_text);
    cJSON_AddStringToObject(memory, "fault_where", film->fault_where);
    if (film->card) cJSON_AddItemToObject(memory, "card", cJSON_Duplicate(film->card, true));
    char *text = cr_json_print(memory, true);
    char *path = cr_format("%s/film.json", film->folder);
    cr_status status = cr_file_replace(path, text, strlen(text), fault);
    cJSON_Delete(memory);
    cr_free(text);
    cr_free(path);
    return status;
}

// The pool's makers are the shelf's: the film's registry names them and does not close them.
static void close_nothing(void *cookie)
{
    (void)cookie;
}

static cr_status open_makers(cr_film *film, cr_fault *fault)
{
    film->registry = cr_alloc(1, sizeof *film->registry);
    const cr_paid_desc paid = {.host = film->desc->host,
                               .data_folder = film->desc->data_folder,
                               .ledger = cr_ledger_store_calls(film->ledger),
                               .variable = film->desc->variable,
                               .cookie = film->desc->cookie};
    cr_status status = cr_registry_add_paid(film->registry, &paid, &film->paid, fault);
    for (int i = 0; i < film->builtins->count && status == CR_OK; i++) {
        cr_provider provider = film->builtins->providers[i];
        provider.close = close_nothing;
        status = cr_registry_add(film->registry, &provider, fault);
    }
    return status;
}

static void tell_edit(void *cookie, const cr_store_edit *edit)
{
    const cr_film *film = cookie;
    if (film->desc->edited) film->desc->edited(film->desc->cookie, film->id, edit);
}

cr_status cr_film_open(cr_film *film, cr_fault *fault)
{
    film->asked_ms = now_ms(film);
    if (film->studio) return CR_OK;
    const cr_shelf_desc *desc = film->desc;
    // Films in one database are told apart by their ids.
    const char *project = desc->database ? film->id : NULL;
    char *path =
        desc->database ? cr_strdup(desc->database) : cr_format("%s/state.db", film->folder);
    cr_status status = cr_asset_folder_make(film->folder, fault);
    if (status == CR_OK) status = cr_store_open(&film->store, path, fault);
    if (status == CR_OK)
        status =
            cr_ledger_store_open(&film->ledger, path, project, desc->now_ms, desc->cookie, fault);
    cr_free(path);
    if (status == CR_OK) status = open_makers(film, fault);
    if (status == CR_OK) {
        const cr_studio_desc studio = {.folder = film->folder,
                                       .project = project,
                                       .store = film->store,
                                       .registry = film->registry,
                                       .host = desc->host,
                                       .concurrent_max =
                                           desc->host->thread_count + (film->paid ? PAID_UNITS : 0),
                                       .now_ms = desc->now_ms,
                                       .clock_cookie = desc->cookie,
                                       .edited = tell_edit,
                                       .edited_cookie = film};
        status = cr_studio_open(&film->studio, &studio, fault);
    }
    if (status != CR_OK) cr_film_close(film);
    return status;
}

void cr_film_close(cr_film *film)
{
    cr_studio_close(&film->studio);
    if (film->registry) cr_registry_close(film->registry);
    cr_free(film->registry);
    film->registry = NULL;
    cr_paid_broker_close(&film->paid);
    cr_ledger_store_close(&film->ledger);
    cr_store_close(&film->store);
}

cr_status cr_film_desk(cr_film *film, cr_desk **out, cr_fault *fault)
{
    return cr_studio_desk(film->studio, out, fault);
}

void cr_film_tend(cr_film *film)
{
    int64_t now = now_ms(film);
    if (!film->studio || !film->studio->desk || now - film->tended_ms < TEND_INTERVAL_MS) return;
    film->tended_ms = now;
    cr_fault trouble;
    cr_status status = CR_OK;
    if (film->desc->database) status = cr_desk_catch_up(film->studio->desk, &trouble);
    if (status == CR_OK) status = cr_desk_write(film->studio->desk, &trouble);
    if (status != CR_OK)
        cr_log_line(&film->desc->log, CR_LOG_WARNING, "%s: %s", film->id, trouble.text);
}

// Everything up to the storyboard is there, and it is to be looked at.
static bool waits_for_approval(const cr_film *film)
{
    if (!film->is_held) return false;
    cr_studio_progress made;
    cr_studio_progress_get(film->studio, &made);
    return made.phase > CR_PHASE_STORYBOARD;
}

static bool has_live_work(const cr_studio *studio)
{
    for (int i = 0; i < studio->graph.unit_count; i++)
        if (studio->graph.units[i].state == CR_UNIT_LIVE) return true;
    return false;
}

static bool has_choice(const cr_film *film)
{
    cJSON *decisions = cr_film_decisions(film);
    cJSON_Delete(decisions);
    return decisions != NULL;
}

static const char *status_of(const cr_film *film)
{
    const cr_graph *graph = &film->studio->graph;
    if (film->is_cancelled) return "cancelled";
    if (film->fault_text[0]) return has_choice(film) ? "waiting" : "failed";
    if (graph->assemble >= 0 && graph->units[graph->assemble].state == CR_UNIT_DONE) return "done";
    if (cr_studio_questions(film->studio)) return "asking";
    if (waits_for_approval(film)) return "waiting";
    return film->is_active || has_live_work(film->studio) ? "working" : "cancelled";
}

cJSON *cr_film_tell(const cr_film *film)
{
    if (!film->studio) return NULL;
    cr_fault fault;
    if (film->fault_text[0])
        (void)!cr_fail(&fault, CR_INVALID, film->fault_where, "%s", film->fault_text);
    cr_budget budget = {0};
    if (cr_ledger_store_budget(film->ledger, &budget, NULL) != CR_OK) budget = (cr_budget){0};
    const cr_film_facts facts = {.id = film->id,
                                 .title = film->title,
                                 .status = status_of(film),
                                 .created_ms = film->created_ms,
                                 .changed_ms = film->changed_ms,
                                 .is_held = film->is_held,
                                 .budget = budget,
                                 .decisions = film->is_active ? NULL : cr_film_decisions(film),
                                 .fault = film->fault_text[0] ? &fault : NULL};
    return cr_film_state(film->studio, &facts);
}

// What a state depends on, mixed into a number: the store's revision and what only this process
// knows. The clock is none of it: two deeds can fall into one of its ticks.
static uint64_t sign(const cr_film *film)
{
    const cr_studio *studio = film->studio;
    uint64_t sum = (uint64_t)studio->revision * 31 + film->deeds;
    sum = sum * 31 + (film->is_active ? 1 : 0) + (film->is_cancelled ? 2 : 0) +
          (film->is_held ? 4 : 0) + (film->fault_text[0] ? 8 : 0);
    for (int i = 0; i < studio->graph.unit_count; i++)
        sum = sum * 31 + (uint64_t)(studio->percents[i] + 1);
    return sum ? sum : 1;
}

void cr_film_show(cr_film *film, bool now)
{
    if (!film->studio) return;
    int64_t time = now_ms(film);
    uint64_t signature = sign(film);
    if (signature == film->shown || (!now && time - film->shown_ms < CR_SHELF_PUBLISH_MS)) return;
    film->shown = signature;
    film->shown_ms = time;
    cJSON *state = cr_film_tell(film);
    cJSON_Delete(film->card);
    film->card = cr_film_card(state);
    if (film->desc->changed && !film->is_deleted)
        film->desc->changed(film->desc->cookie, film->id, state);
    cJSON_Delete(state);
}

static void set_text(char **text, const char *value)
{
    char *copy = cr_strdup(value);
    cr_free(*text);
    *text = copy;
}

// Nothing is left to do by itself: remembered, so that no other process begins it again.
static void rest(cr_film *film, const cr_fault *fault)
{
    film->is_active = false;
    film->deeds++;
    film->changed_ms = now_ms(film);
    set_text(&film->fault_text, fault ? fault->text : "");
    set_text(&film->fault_where, fault ? fault->where : "");
    cr_film_show(film, true);
    cr_fault trouble;
    if (cr_film_save(film, &trouble) != CR_OK)
        cr_log_line(&film->desc->log, CR_LOG_WARNING, "%s", trouble.text);
}

void cr_film_step(cr_film *film)
{
    cr_fault fault = {0};
    cr_status status = cr_film_open(film, &fault);
    if (status == CR_OK) {
        cr_studio_hold(film->studio, film->is_held ? CR_PHASE_STORYBOARD : CR_PHASE_NONE);
        status = cr_studio_step(film->studio, &fault);
    }
    if (status == CR_AGAIN) {
        bool waits = cr_studio_questions(film->studio) || waits_for_approval(film);
        if (waits && !has_live_work(film->studio))
            rest(film, NULL);
        else
            cr_film_show(film, false);
    } else {
        rest(film, status == CR_OK ? NULL : &fault);
    }
}
