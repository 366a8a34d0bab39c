#include "studio/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/provider_tell.h"
#include "studio/film.h"
#include "studio/film_money.h"
#include "studio/film_state.h"
#include "studio/shelf_copy.h"
#include "studio/shelf_state.h"
#include "studio/studio_state.h"

enum { STEP_INTERVAL_MS = 50, REST_INTERVAL_MS = 1000, ID_LETTERS_MAX = 40 };

static const char suffix[] = ".cutroom";

static void wake(cr_shelf *shelf)
{
    (void)pthread_mutex_lock(&shelf->lock);
    shelf->is_woken = true;
    (void)pthread_cond_signal(&shelf->woken);
    (void)pthread_mutex_unlock(&shelf->lock);
}

static cr_film *find(cr_shelf *shelf, const char *id)
{
    for (int i = 0; i < shelf->count; i++)
        if (strcmp(shelf->films[i]->id, id) == 0) return shelf->films[i];
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

// An id for a folder of this name or a film of this prompt, unlike the others: letters that an
// address shows as they are. Gives it.
static char *make_id(cr_shelf *shelf, const char *name, size_t length)
{
    char letters[ID_LETTERS_MAX + 1];
    size_t count = 0;
    for (size_t i = 0; i < length && count < ID_LETTERS_MAX; i++) {
        if (is_letter(name[i]))
            letters[count++] = name[i];
        else if (count > 0 && letters[count - 1] != '-')
            letters[count++] = '-';
    }
    while (count > 0 && letters[count - 1] == '-')
        count--;
    letters[count] = 0;
    const char *base = count ? letters : "film";
    char *id = cr_strdup(base);
    for (int number = 2;; number++) {
        char *folder = cr_format("%s/%s%s", shelf->folder, id, suffix);
        bool is_free = !find(shelf, id) && access(folder, F_OK) != 0;
        cr_free(folder);
        if (is_free) return id;
        cr_free(id);
        id = cr_format("%s-%d", base, number);
    }
}

// Takes [folder].
static cr_film *add_film(cr_shelf *shelf, char *folder, const char *id)
{
    cr_film *film = cr_film_new(folder, id, &shelf->desc, &shelf->builtins);
    shelf->films[shelf->count++] = film;
    return film;
}

static void look_at(cr_shelf *shelf, const char *name)
{
    if (!cr_text_ends(name, suffix) || shelf->count == CR_SHELF_FILMS_MAX) return;
    size_t length = strlen(name) - strlen(suffix);
    char *id = cr_strndup(name, length);
    bool is_plain = length > 0;
    for (size_t i = 0; i < length; i++)
        is_plain = is_plain && is_letter(id[i]);
    char *state =
        cr_format("%s/%s/%s", shelf->folder, name, shelf->desc.database ? "film.json" : "state.db");
    // A name that cannot be an address is left to whoever gave it.
    if (is_plain && !find(shelf, id) && access(state, R_OK) == 0)
        (void)add_film(shelf, cr_format("%s/%s", shelf->folder, name), id);
    cr_free(state);
    cr_free(id);
}

// Films that others have made in the folder since.
static void scan(cr_shelf *shelf)
{
    DIR *folder = opendir(shelf->folder);
    if (!folder) return;
    const struct dirent *entry;
    while ((entry = readdir(folder)))
        look_at(shelf, entry->d_name);
    closedir(folder);
}

cr_film *cr_shelf_take(cr_shelf *shelf, const char *id, cr_fault *fault)
{
    (void)pthread_mutex_lock(&shelf->lock);
    cr_film *film = find(shelf, id);
    if (!film) scan(shelf);
    if (!film) film = find(shelf, id);
    (void)pthread_mutex_unlock(&shelf->lock);
    if (film)
        (void)pthread_mutex_lock(&film->lock);
    else
        (void)!cr_fail(fault, CR_NOTFOUND, "", "there is no film \"%.60s\"", id);
    return film;
}

static void release(cr_film *film)
{
    (void)pthread_mutex_unlock(&film->lock);
}

// One round over all films. *running: how many are being made.
static void step_all(cr_shelf *shelf, int *running)
{
    *running = 0;
    (void)pthread_mutex_lock(&shelf->lock);
    int count = shelf->count;
    (void)pthread_mutex_unlock(&shelf->lock);
    for (int i = 0; i < count; i++) {
        cr_film *film = shelf->films[i];
        (void)pthread_mutex_lock(&film->lock);
        if (film->is_active && *running < CR_SHELF_RUNNING_MAX) {
            cr_film_step(film);
            *running += film->is_active;
        } else if (film->studio && !film->is_active) {
            int64_t idle = shelf->desc.now_ms(shelf->desc.cookie) - film->asked_ms;
            if (idle > CR_SHELF_IDLE_MS) cr_film_close(film);
        }
        cr_film_tend(film);
        (void)pthread_mutex_unlock(&film->lock);
    }
}

static void wait_until_woken(cr_shelf *shelf)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += REST_INTERVAL_MS / 1000;
    (void)pthread_mutex_lock(&shelf->lock);
    if (!shelf->is_woken && !shelf->is_closing)
        (void)pthread_cond_timedwait(&shelf->woken, &shelf->lock, &until);
    shelf->is_woken = false;
    (void)pthread_mutex_unlock(&shelf->lock);
}

static bool is_closing(cr_shelf *shelf)
{
    (void)pthread_mutex_lock(&shelf->lock);
    bool closing = shelf->is_closing;
    (void)pthread_mutex_unlock(&shelf->lock);
    return closing;
}

static void *run(void *cookie)
{
    cr_shelf *shelf = cookie;
    while (!is_closing(shelf)) {
        int running;
        step_all(shelf, &running);
        if (running > 0)
            cr_builtin_pool_wait(shelf->pool, STEP_INTERVAL_MS);
        else
            wait_until_woken(shelf);
    }
    return NULL;
}

// Every folder of the path, as far as it is missing.
static cr_status make_folders(const char *path, cr_fault *fault)
{
    char *part = cr_strdup(path);
    int failed = 0;
    for (char *slash = strchr(part + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash) *slash = 0;
        failed = mkdir(part, 0777) != 0 && errno != EEXIST ? errno : 0;
        if (!slash) break;
        *slash = '/';
    }
    cr_free(part);
    if (!failed) return CR_OK;
    return cr_fail(fault, failed == EACCES ? CR_DENIED : CR_IO, path,
                   "the folder for films cannot be made (%s)", strerror(failed));
}

// What a page calls the phase in which [kind] is made.
static cr_phase phase_of(const char *kind)
{
    static const struct {
        const char *kind;
        cr_phase phase;
    } kinds[] = {{"questions", CR_PHASE_BRIEF},
                 {"script", CR_PHASE_SCRIPT},
                 {"picture", CR_PHASE_STORYBOARD},
                 {"voice", CR_PHASE_SOUND},
                 {"music", CR_PHASE_SOUND}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0) return kinds[i].phase;
    return CR_PHASE_MOTION;
}

static cJSON *tell_all(const cr_registry *registry)
{
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < registry->count; i++) {
        const cr_provider *provider = &registry->providers[i];
        bool is_default = cr_registry_find(registry, provider->kind) == provider;
        cJSON *one = cr_provider_tell(provider, is_default);
        cJSON_AddStringToObject(one, "phase", cr_film_phase_name(phase_of(provider->kind)));
        cJSON_AddItemToArray(list, one);
    }
    return list;
}

// Which makers there are does not change while the process runs: the keys are its environment's.
// Services whose models are not right are told of by each film that wants them.
static cJSON *find_providers(const cr_shelf *shelf)
{
    cr_registry registry = {0};
    cr_paid_broker *paid = NULL;
    const cr_paid_desc desc = {.host = shelf->desc.host,
                               .data_folder = shelf->desc.data_folder,
                               .variable = shelf->desc.variable,
                               .cookie = shelf->desc.cookie};
    cr_fault fault = {0};
    if (cr_registry_add_paid(&registry, &desc, &paid, &fault) != CR_OK)
        cr_log_line(&shelf->desc.log, CR_LOG_WARNING, "%s: %s", fault.where, fault.text);
    for (int i = 0; i < shelf->builtins.count; i++)
        if (cr_registry_add(&registry, &shelf->builtins.providers[i], NULL) != CR_OK) break;
    cJSON *list = tell_all(&registry);
    // Not closed: what is in it belongs to the broker and to the shelf.
    cr_paid_broker_close(&paid);
    return list;
}

cr_status cr_shelf_open(cr_shelf **out, const cr_shelf_desc *desc, cr_fault *fault)
{
    cr_status status = make_folders(desc->folder, fault);
    if (status != CR_OK) return status;
    cr_shelf *shelf = cr_alloc(1, sizeof *shelf);
    shelf->desc = *desc;
    char *whole = realpath(desc->folder, NULL);
    shelf->folder = cr_strdup(whole ? whole : desc->folder);
    free(whole);
    (void)pthread_mutex_init(&shelf->lock, NULL);
    (void)pthread_cond_init(&shelf->woken, NULL);
    const cr_builtin_pool_desc pool = {.host = desc->host,
                                       .data_folder = desc->data_folder,
                                       .thread_count = desc->host->thread_count};
    status = cr_builtin_pool_open(&shelf->pool, &pool, fault);
    if (status == CR_OK) status = cr_registry_add_builtins(&shelf->builtins, shelf->pool, fault);
    if (status == CR_OK) {
        shelf->providers = find_providers(shelf);
        scan(shelf);
        shelf->has_thread = pthread_create(&shelf->thread, NULL, run, shelf) == 0;
        if (!shelf->has_thread) status = cr_fail(fault, CR_NOMEM, "", "no thread can be started");
    }
    if (status == CR_OK)
        *out = shelf;
    else
        cr_shelf_close(&shelf);
    return status;
}

void cr_shelf_close(cr_shelf **shelf)
{
    cr_shelf *closing = *shelf;
    if (!closing) return;
    (void)pthread_mutex_lock(&closing->lock);
    closing->is_closing = true;
    (void)pthread_cond_signal(&closing->woken);
    (void)pthread_mutex_unlock(&closing->lock);
    if (closing->has_thread) (void)pthread_join(closing->thread, NULL);
    for (int i = 0; i < closing->count; i++)
        cr_film_free(closing->films[i]);
    cJSON_Delete(closing->providers);
    cr_registry_close(&closing->builtins);
    cr_builtin_pool_close(&closing->pool);
    (void)pthread_cond_destroy(&closing->woken);
    (void)pthread_mutex_destroy(&closing->lock);
    cr_free(closing->folder);
    cr_free(closing);
    *shelf = NULL;
}

// Its card; made anew when it may be another one by now.
static cJSON *card_of(cr_film *film)
{
    bool is_known = film->card && !film->studio;
    if (!is_known && cr_film_open(film, NULL) == CR_OK &&
        cr_studio_refresh(film->studio, NULL) == CR_OK) {
        cJSON *state = cr_film_tell(film);
        cJSON_Delete(film->card);
        film->card = cr_film_card(state);
        cJSON_Delete(state);
    }
    return film->card ? cJSON_Duplicate(film->card, true) : NULL;
}

static int later_first(const void *a, const void *b)
{
    const cJSON *const *left = a, *const *right = b;
    double x = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(*left, "changed"));
    double y = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(*right, "changed"));
    return x < y ? 1 : x > y ? -1 : 0;
}

cJSON *cr_shelf_list(cr_shelf *shelf, bool deleted)
{
    (void)pthread_mutex_lock(&shelf->lock);
    scan(shelf);
    int count = shelf->count;
    (void)pthread_mutex_unlock(&shelf->lock);
    cJSON **cards = cr_alloc((size_t)count + 1, sizeof *cards);
    int listed = 0;
    for (int i = 0; i < count; i++) {
        cr_film *film = shelf->films[i];
        (void)pthread_mutex_lock(&film->lock);
        if (film->is_deleted == deleted) cards[listed] = card_of(film);
        if (film->is_deleted == deleted && cards[listed]) listed++;
        release(film);
    }
    qsort(cards, (size_t)listed, sizeof *cards, later_first);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < listed; i++)
        cJSON_AddItemToArray(list, cards[i]);
    cr_free(cards);
    return list;
}

// A new film's folder, with its lock held; NULL and why.
static cr_film *new_film(cr_shelf *shelf, const char *name, cr_fault *fault)
{
    cr_film *film = NULL;
    (void)pthread_mutex_lock(&shelf->lock);
    if (shelf->count < CR_SHELF_FILMS_MAX) {
        char *id = make_id(shelf, name, strlen(name));
        char *folder = cr_format("%s/%s%s", shelf->folder, id, suffix);
        if (mkdir(folder, 0777) == 0)
            film = add_film(shelf, folder, id);
        else {
            (void)!cr_fail(fault, errno == ENOSPC ? CR_NOSPACE : CR_IO, folder,
                           "the film's folder cannot be made (%s)", strerror(errno));
            cr_free(folder);
        }
        cr_free(id);
    } else {
        (void)!cr_fail(fault, CR_LIMIT, "", "there are %d films already", CR_SHELF_FILMS_MAX);
    }
    (void)pthread_mutex_unlock(&shelf->lock);
    if (!film) return NULL;
    (void)pthread_mutex_lock(&film->lock);
    film->created_ms = film->changed_ms = shelf->desc.now_ms(shelf->desc.cookie);
    return film;
}

// What else the wish names: how much it may cost, and who makes what.
static cr_status set_up(cr_film *film, const cJSON *wish, cr_fault *fault)
{
    const cJSON *cap = cJSON_GetObjectItemCaseSensitive(wish, "cap");
    const cJSON *models = cJSON_GetObjectItemCaseSensitive(wish, "models");
    cr_status status = CR_OK;
    if (cap) {
        cJSON *body = cJSON_CreateObject();
        cJSON_AddItemToObject(body, "cap", cJSON_Duplicate(cap, true));
        const cr_film_order order = {.deed = CR_FILM_CHANGE, .body = body};
        status = cr_film_do(film, &order, fault);
        cJSON_Delete(body);
    }
    const cr_film_order order = {.deed = CR_FILM_MODELS, .body = models};
    return status == CR_OK && models ? cr_film_do(film, &order, fault) : status;
}

cr_status cr_shelf_create(cr_shelf *shelf, const cJSON *wish, char **id, cr_fault *fault)
{
    cr_brief brief;
    cr_status status = cr_film_brief(wish, &brief, fault);
    if (status != CR_OK) return status;
    cr_film *film = new_film(shelf, brief.prompt, fault);
    if (film) {
        status = cr_film_open(film, fault);
        if (status == CR_OK) status = cr_studio_brief_set(film->studio, &brief, fault);
        if (status == CR_OK) status = set_up(film, wish, fault);
        // A wish that cannot be granted leaves nothing in the list.
        film->is_deleted = status != CR_OK;
        film->is_active = status == CR_OK;
        film->is_held = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(wish, "approves"));
        cr_status saved = cr_film_save(film, status == CR_OK ? fault : NULL);
        if (status == CR_OK) status = saved;
        if (status == CR_OK) *id = cr_strdup(film->id);
        cr_film_show(film, true);
        release(film);
        wake(shelf);
    } else {
        status = fault ? fault->status : CR_IO;
    }
    cr_brief_free(&brief);
    return status;
}

cr_status cr_shelf_duplicate(cr_shelf *shelf, const char *id, char **copy, cr_fault *fault)
{
    cr_fault trouble = {0};
    if (shelf->desc.database)
        return cr_fail(fault, CR_UNSUPPORTED, "",
                       "films whose state is in one database cannot be copied");
    cr_film *film = cr_shelf_take(shelf, id, fault);
    if (!film) return CR_NOTFOUND;
    bool was_active = film->is_active;
    // A closed store is one file, and nothing changes under the copy.
    cr_film_close(film);
    cr_status status = CR_OK;
    cr_film *twin = new_film(shelf, id, &trouble);
    if (twin) {
        status = cr_film_folder_copy(film->folder, twin->folder, &trouble);
        if (status == CR_OK) {
            cr_free(twin->title);
            twin->title = cr_format("%s (copy)", film->title[0] ? film->title : film->id);
            twin->is_active = was_active;
            twin->is_held = film->is_held;
            status = cr_film_save(twin, &trouble);
        }
        twin->is_deleted = status != CR_OK;
        if (status == CR_OK) *copy = cr_strdup(twin->id);
        release(twin);
    } else {
        status = trouble.status;
    }
    release(film);
    wake(shelf);
    if (status != CR_OK && fault) *fault = trouble;
    return status;
}

cr_status cr_shelf_state(cr_shelf *shelf, const char *id, cJSON **out, cr_fault *fault)
{
    cr_film *film = cr_shelf_take(shelf, id, fault);
    if (!film) return CR_NOTFOUND;
    cr_status status = cr_film_open(film, fault);
    if (status == CR_OK) status = cr_studio_refresh(film->studio, NULL);
    if (status == CR_OK) *out = cr_film_tell(film);
    release(film);
    return status;
}

typedef cr_status money_question(cr_film *film, cJSON **out, cr_fault *fault);

static cr_status ask_money(cr_shelf *shelf, const char *id, money_question *question, cJSON **out,
                           cr_fault *fault)
{
    cr_film *film = cr_shelf_take(shelf, id, fault);
    if (!film) return CR_NOTFOUND;
    cr_status status = cr_film_open(film, fault);
    if (status == CR_OK) status = cr_studio_refresh(film->studio, fault);
    if (status == CR_OK) status = question(film, out, fault);
    release(film);
    return status;
}

cr_status cr_shelf_ledger(cr_shelf *shelf, const char *id, cJSON **out, cr_fault *fault)
{
    return ask_money(shelf, id, cr_film_ledger, out, fault);
}

cr_status cr_shelf_estimate(cr_shelf *shelf, const char *id, cJSON **out, cr_fault *fault)
{
    return ask_money(shelf, id, cr_film_estimate, out, fault);
}

cr_status cr_shelf_do(cr_shelf *shelf, const char *id, const cr_film_order *order, cr_fault *fault)
{
    cr_film *film = cr_shelf_take(shelf, id, fault);
    if (!film) return CR_NOTFOUND;
    cr_status status = cr_film_open(film, fault);
    if (status == CR_OK) status = cr_film_do(film, order, fault);
    if (status == CR_OK && film->is_deleted && shelf->desc.changed)
        shelf->desc.changed(shelf->desc.cookie, film->id, NULL);
    release(film);
    wake(shelf);
    return status;
}

char *cr_shelf_folder(cr_shelf *shelf, const char *id)
{
    cr_film *film = NULL;
    (void)pthread_mutex_lock(&shelf->lock);
    film = find(shelf, id);
    char *folder = film ? cr_strdup(film->folder) : NULL;
    (void)pthread_mutex_unlock(&shelf->lock);
    return folder;
}

cJSON *cr_shelf_providers(const cr_shelf *shelf)
{
    return cJSON_Duplicate(shelf->providers, true);
}

void cr_shelf_count(cr_shelf *shelf, int *films, int *running)
{
    *films = 0;
    *running = 0;
    (void)pthread_mutex_lock(&shelf->lock);
    int count = shelf->count;
    (void)pthread_mutex_unlock(&shelf->lock);
    for (int i = 0; i < count; i++) {
        cr_film *film = shelf->films[i];
        (void)pthread_mutex_lock(&film->lock);
        *films += !film->is_deleted;
        *running += film->is_active;
        release(film);
    }
}
