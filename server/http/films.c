#include "http/films.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "http/file_answer.h"

// Where films are served; what follows is a name and a path.
#define PREFIX "/films/"

typedef struct film {
    char *name, *folder; // folder: as realpath gives it
} film;

struct cr_films {
    int count;
    film all[CR_FILMS_MAX];
};

cr_films *cr_films_open(void)
{
    return cr_alloc(1, sizeof(cr_films));
}

void cr_films_close(cr_films **films)
{
    cr_films *closing = *films;
    if (!closing) return;
    for (int i = 0; i < closing->count; i++) {
        cr_free(closing->all[i].name);
        free(closing->all[i].folder); // realpath's
    }
    cr_free(closing);
    *films = NULL;
}

static const film *find(const cr_films *films, const char *name, size_t length)
{
    for (int i = 0; i < films->count; i++) {
        const char *known = films->all[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) return &films->all[i];
    }
    return NULL;
}

// The folder's own name without ".cutroom", of letters that an address shows as they are.
static char *name_of(const cr_films *films, const char *folder)
{
    const char *slash = strrchr(folder, '/');
    char *name = cr_strdup(slash && slash[1] ? slash + 1 : "film");
    char *end = strstr(name, ".cutroom");
    if (end && end > name) *end = 0;
    for (char *c = name; *c; c++) {
        bool is_plain = (*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
                        (*c >= 'A' && *c <= 'Z') || *c == '-' || *c == '_';
        if (!is_plain) *c = '-';
    }
    char *unlike = cr_strdup(name);
    for (int number = 2; find(films, unlike, strlen(unlike)); number++) {
        cr_free(unlike);
        unlike = cr_format("%s-%d", name, number);
    }
    cr_free(name);
    return unlike;
}

cr_status cr_films_add(cr_films *films, const char *folder, const char **name, cr_fault *fault)
{
    if (films->count == CR_FILMS_MAX)
        return cr_fail(fault, CR_LIMIT, folder, "more than %d films at once", CR_FILMS_MAX);
    char *project = cr_format("%s/project.json", folder);
    bool is_there = access(project, R_OK) == 0;
    cr_free(project);
    char *whole = is_there ? realpath(folder, NULL) : NULL;
    if (!whole)
        return cr_fail(fault, CR_NOTFOUND, folder, "there is no project.json in this folder");
    film *added = &films->all[films->count];
    added->folder = whole;
    added->name = name_of(films, whole);
    films->count++;
    *name = added->name;
    return CR_OK;
}

static void list_films(const cr_films *films, cr_http_answer *answer)
{
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < films->count; i++) {
        cJSON *one = cJSON_CreateObject();
        char *project = cr_format("films/%s/project.json", films->all[i].name);
        cJSON_AddStringToObject(one, "name", films->all[i].name);
        cJSON_AddStringToObject(one, "project", project);
        cJSON_AddItemToArray(list, one);
        cr_free(project);
    }
    answer->status = 200;
    answer->text = cr_json_print(list, false);
    cr_http_add_field(answer, "Content-Type", "application/json");
    cr_http_add_field(answer, "Cache-Control", "no-store");
    cJSON_Delete(list);
}

// What a film's folder holds beside its project and its assets is not for the network.
static bool is_shown(const char *path)
{
    return strcmp(path, "/project.json") == 0 || strncmp(path, "/assets/", 8) == 0;
}

// Where [path] leads, links followed, if that is inside of [folder]. free.
static char *inside(const char *folder, const char *path)
{
    char *joined = cr_format("%s%s", folder, path);
    char *whole = realpath(joined, NULL);
    cr_free(joined);
    size_t length = strlen(folder);
    if (whole && strncmp(whole, folder, length) == 0 && whole[length] == '/') return whole;
    free(whole);
    return NULL;
}

void cr_films_answer_file(const char *folder, const char *path, const cr_http_request *request,
                          cr_http_answer *answer)
{
    char *file = folder && is_shown(path) ? inside(folder, path) : NULL;
    if (file)
        cr_http_answer_file(request, file, cr_http_type_of(file), "private, no-cache", NULL,
                            answer);
    else
        cr_http_say(answer, 404, "There is nothing under this address.");
    cr_http_add_field(answer, "Cross-Origin-Resource-Policy", "same-origin");
    cr_http_add_field(answer, "X-Content-Type-Options", "nosniff");
    free(file);
}

bool cr_films_has(const cr_films *films, const char *path)
{
    const char *rest = path + sizeof PREFIX - 1;
    return *rest == 0 || find(films, rest, strcspn(rest, "/")) != NULL;
}

void cr_films_answer(const cr_films *films, const cr_http_request *request, cr_http_answer *answer)
{
    const char *rest = request->path + sizeof PREFIX - 1;
    if (*rest == 0) {
        list_films(films, answer);
        return;
    }
    size_t length = strcspn(rest, "/");
    const film *found = find(films, rest, length);
    cr_films_answer_file(found ? found->folder : NULL, rest + length, request, answer);
}
