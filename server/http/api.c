#include "http/api.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "accounts/film_people.h"
#include "base/str.h"
#include "base/vec.h"
#include "http/account_live.h"
#include "http/api_answer.h"
#include "http/file_answer.h"
#include "http/upload_answer.h"
#include "live/handshake.h"

enum { ID_BYTES_MAX = 128, SCENE_DIGITS_MAX = 6 };

// A request that found its route.
typedef struct call {
    const cr_api *api;
    const cr_http_request *request;
    char id[ID_BYTES_MAX]; // of the film; "" none
    int scene;             // 0 none
    cr_film_deed deed;
    const cJSON *body; // NULL for GET and DELETE
} call;

typedef void route_function(const call *made, cr_http_answer *answer);

static void get_server(const call *made, cr_http_answer *answer)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "version", made->api->version);
    cJSON *features = cJSON_AddObjectToObject(body, "features");
    cJSON_AddBoolToObject(features, "studio", true);
    cJSON_AddBoolToObject(features, "live", true);
    cJSON_AddBoolToObject(features, "uploads", true);
    cJSON_AddBoolToObject(features, "accounts", made->api->asked != NULL);
    cJSON_AddItemToObject(body, "providers", cr_shelf_providers(made->api->shelf));
    cr_api_say_json(answer, 200, body);
}

static void get_films(const call *made, cr_http_answer *answer)
{
    const char *deleted = made->request->query(made->request->cookie, "deleted");
    cJSON *body = cJSON_CreateObject();
    cJSON *films = cr_shelf_list(made->api->shelf, deleted != NULL && strcmp(deleted, "true") == 0);
    const cr_account_call *asked = made->api->asked;
    for (int i = cJSON_GetArraySize(films) - 1; asked && i >= 0; i--) {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(films, i), "id");
        if (!cJSON_IsString(id) ||
            !cr_accounts_may(asked->accounts, &asked->person, id->valuestring, CR_ROLE_VIEWER))
            cJSON_DeleteItemFromArray(films, i);
    }
    cJSON_AddItemToObject(body, "films", films);
    cr_api_say_json(answer, 200, body);
}

// Takes [id].
static void say_made(const call *made, cr_http_answer *answer, char *id)
{
    cr_fault fault = {0};
    if (made->api->asked && cr_account_own(made->api->asked, id, &fault) != CR_OK) {
        cr_api_say_fault(answer, &fault);
        cr_free(id);
        return;
    }
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "id", id);
    cr_http_add_field(answer, "Location", "/api/films/%s", id);
    cr_api_say_json(answer, 201, body);
    cr_free(id);
}

static void post_film(const call *made, cr_http_answer *answer)
{
    char *id = NULL;
    cr_fault fault = {0};
    if (cr_shelf_create(made->api->shelf, made->body, &id, &fault) == CR_OK)
        say_made(made, answer, id);
    else
        cr_api_say_fault(answer, &fault);
}

static void post_duplicate(const call *made, cr_http_answer *answer)
{
    char *id = NULL;
    cr_fault fault = {0};
    if (cr_shelf_duplicate(made->api->shelf, made->id, &id, &fault) == CR_OK)
        say_made(made, answer, id);
    else
        cr_api_say_fault(answer, &fault);
}

// Signed, not of a session: what is wrong with it is told in a word, and no more.
static void post_webhook(const call *made, cr_http_answer *answer)
{
    const cr_http_request *request = made->request;
    const cr_webhook webhook = {.id = request->field(request->cookie, "webhook-id"),
                                .timestamp = request->field(request->cookie, "webhook-timestamp"),
                                .signature = request->field(request->cookie, "webhook-signature"),
                                .body = request->body,
                                .body_size = request->body_size};
    cr_fault fault = {0};
    cr_status status = cr_shelf_hear(made->api->shelf, made->id, &webhook, &fault);
    if (status == CR_OK)
        answer->status = 204;
    else if (status == CR_DENIED || status == CR_TIMEOUT)
        cr_api_say_error(answer, 401, "denied", "No key of ours has signed this lately.", "");
    else if (status == CR_NOTFOUND)
        cr_api_say_fault(answer, &fault);
    else
        cr_api_say_error(answer, 400, "invalid", "This is no webhook that is read here.", "");
}

// An address of an asset that needs no session, for whoever it is handed to.
static void post_asset_link(const call *made, cr_http_answer *answer)
{
    const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(made->body, "seconds");
    const cJSON *download = cJSON_GetObjectItemCaseSensitive(made->body, "download");
    double seconds = wanted ? cJSON_GetNumberValue(wanted) : (double)CR_ASSET_LINK_SECONDS;
    cr_depot_info info;
    if (!(seconds >= 1 && seconds <= (double)CR_ASSET_LINK_SECONDS_MAX)) {
        cr_api_say_error(answer, 400, "invalid", "A link is good for a second to a week.",
                         "/seconds");
        return;
    }
    if (download && !cJSON_IsBool(download)) {
        cr_api_say_error(answer, 400, "invalid", "This is true or false.", "/download");
        return;
    }
    if (!made->api->assets || cr_depot_stat(made->api->assets, made->id, &info, NULL) != CR_OK) {
        cr_api_say_error(answer, 404, "notfound", "There is no asset with this key.", "");
        return;
    }
    const cr_asset_link link = {.key = made->id,
                                .expires = (int64_t)time(NULL) + (int64_t)seconds,
                                .is_download = cJSON_IsTrue(download)};
    char *address = cr_asset_link_print(made->api->links, &link);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "address", address);
    cJSON_AddNumberToObject(body, "expires", (double)link.expires);
    cr_api_say_json(answer, 201, body);
    cr_free(address);
}

typedef cr_status film_question(cr_shelf *shelf, const char *id, cJSON **out, cr_fault *fault);

static void say_of_film(const call *made, film_question *question, cr_http_answer *answer)
{
    cJSON *told = NULL;
    cr_fault fault = {0};
    if (question(made->api->shelf, made->id, &told, &fault) == CR_OK)
        cr_api_say_json(answer, 200, told);
    else
        cr_api_say_fault(answer, &fault);
}

static void get_film(const call *made, cr_http_answer *answer)
{
    say_of_film(made, cr_shelf_state, answer);
}

static void get_ledger(const call *made, cr_http_answer *answer)
{
    say_of_film(made, cr_shelf_ledger, answer);
}

static void get_estimate(const call *made, cr_http_answer *answer)
{
    say_of_film(made, cr_shelf_estimate, answer);
}

// What a voice sounds like; 202 while it is being spoken.
static void get_voice(const call *made, cr_http_answer *answer)
{
    char *path = NULL;
    cr_fault fault = {0};
    cr_status status = cr_shelf_voice(made->api->shelf, made->id, &path, &fault);
    if (status == CR_OK) {
        cr_http_answer_file(made->request, path, "audio/wav", "private, max-age=86400", NULL,
                            answer);
    } else if (status == CR_AGAIN) {
        cr_http_add_field(answer, "Retry-After", "1");
        cr_api_say_json(answer, 202, cJSON_CreateObject());
    } else {
        cr_api_say_fault(answer, &fault);
    }
    cr_free(path);
}

// The film as it stands after the deed, so that a page without live updates sees it.
static void do_deed(const call *made, cr_http_answer *answer)
{
    const cr_film_order order = {.deed = made->deed, .scene = made->scene, .body = made->body};
    cr_fault fault = {0};
    if (cr_shelf_do(made->api->shelf, made->id, &order, &fault) != CR_OK)
        cr_api_say_fault(answer, &fault);
    else if (made->deed == CR_FILM_DELETE)
        answer->status = 204;
    else
        get_film(made, answer);
}

static void take_socket(void *cookie, const cr_http_socket *socket)
{
    cr_live_socket taken = {.socket = socket->socket,
                            .early = socket->early,
                            .early_size = socket->early_size,
                            .close = socket->close,
                            .cookie = socket->cookie};
    memcpy(&taken.who, socket->note, sizeof taken.who);
    cr_live_take(cookie, &taken);
}

static void get_live(const call *made, cr_http_answer *answer)
{
    const cr_http_request *request = made->request;
    const cr_handshake wanted = {.upgrade = request->field(request->cookie, "Upgrade"),
                                 .connection = request->field(request->cookie, "Connection"),
                                 .version =
                                     request->field(request->cookie, "Sec-WebSocket-Version"),
                                 .key = request->field(request->cookie, "Sec-WebSocket-Key")};
    char accept[CR_HANDSHAKE_BYTES];
    const char *wrong = cr_handshake_judge(&wanted, accept);
    if (wrong) {
        bool is_other = !wanted.version || strcmp(wanted.version, "13") != 0;
        cr_api_say_error(answer, is_other ? 426 : 400, "invalid", wrong, "");
        cr_http_add_field(answer, "Sec-WebSocket-Version", "13");
        if (is_other) cr_http_add_field(answer, "Upgrade", "websocket");
        return;
    }
    answer->status = 101;
    answer->take = take_socket;
    answer->take_cookie = made->api->live;
    if (made->api->asked) cr_account_note(made->api->asked, answer->take_note);
    cr_http_add_field(answer, "Upgrade", "websocket");
    cr_http_add_field(answer, "Sec-WebSocket-Accept", "%s", accept);
}

// ':' is a film's id, '#' a scene's number.
static const struct {
    const char *method, *path;
    route_function *function;
    cr_film_deed deed;
} routes[] = {
    {"GET", "/api/server", get_server, CR_FILM_NONE},
    {"GET", "/api/live", get_live, CR_FILM_NONE},
    {"GET", "/api/films", get_films, CR_FILM_NONE},
    {"POST", "/api/films", post_film, CR_FILM_NONE},
    {"GET", "/api/films/:", get_film, CR_FILM_NONE},
    {"PATCH", "/api/films/:", do_deed, CR_FILM_CHANGE},
    {"DELETE", "/api/films/:", do_deed, CR_FILM_DELETE},
    {"POST", "/api/films/:/restore", do_deed, CR_FILM_RESTORE},
    {"POST", "/api/films/:/duplicate", post_duplicate, CR_FILM_NONE},
    {"POST", "/api/films/:/answers", do_deed, CR_FILM_ANSWER},
    {"PATCH", "/api/films/:/scenes/#", do_deed, CR_FILM_SCENE},
    {"POST", "/api/films/:/scenes/#/picture", do_deed, CR_FILM_PICTURE},
    {"PUT", "/api/films/:/scenes/#/picture", do_deed, CR_FILM_PICTURE_PICK},
    {"POST", "/api/films/:/approve", do_deed, CR_FILM_APPROVE},
    {"PATCH", "/api/films/:/sound", do_deed, CR_FILM_SOUND},
    {"POST", "/api/films/:/retry", do_deed, CR_FILM_RETRY},
    {"POST", "/api/films/:/cancel", do_deed, CR_FILM_CANCEL},
    {"POST", "/api/films/:/resume", do_deed, CR_FILM_RESUME},
    {"POST", "/api/webhooks/:", post_webhook, CR_FILM_NONE},
    {"POST", "/api/assets/:/link", post_asset_link, CR_FILM_NONE},
    {"GET", "/api/voices/:", get_voice, CR_FILM_NONE},
    {"GET", "/api/films/:/ledger", get_ledger, CR_FILM_NONE},
    {"GET", "/api/films/:/estimate", get_estimate, CR_FILM_NONE},
    {"PATCH", "/api/films/:/models", do_deed, CR_FILM_MODELS},
    {"POST", "/api/films/:/decide", do_deed, CR_FILM_DECIDE},
    {"POST", "/api/films/:/scenes", do_deed, CR_FILM_SCENE_ADD},
    {"POST", "/api/films/:/scenes/order", do_deed, CR_FILM_SCENE_ORDER},
    {"DELETE", "/api/films/:/scenes/#", do_deed, CR_FILM_SCENE_DELETE},
    {"POST", "/api/films/:/scenes/#/restore", do_deed, CR_FILM_SCENE_RESTORE},
    {"POST", "/api/films/:/scenes/#/split", do_deed, CR_FILM_SCENE_SPLIT},
    {"POST", "/api/films/:/scenes/#/merge", do_deed, CR_FILM_SCENE_MERGE},
    {"POST", "/api/films/:/scenes/#/voice", do_deed, CR_FILM_VOICE},
    {"PUT", "/api/films/:/scenes/#/voice", do_deed, CR_FILM_VOICE_PICK},
    {"POST", "/api/films/:/scenes/#/motion", do_deed, CR_FILM_MOTION},
    {"PUT", "/api/films/:/scenes/#/motion", do_deed, CR_FILM_MOTION_PICK},
};

// Whether the path is as the pattern says; fills what is variable.
static bool matches(const char *pattern, const char *path, call *out)
{
    out->id[0] = 0;
    out->scene = 0;
    while (*pattern && *path) {
        size_t length = strcspn(path, "/");
        if (*pattern == ':') {
            if (length == 0 || length >= ID_BYTES_MAX) return false;
            memcpy(out->id, path, length);
            out->id[length] = 0;
            path += length;
        } else if (*pattern == '#') {
            size_t digits = strspn(path, "0123456789");
            if (length == 0 || digits != length || length > SCENE_DIGITS_MAX) return false;
            out->scene = (int)strtol(path, NULL, 10);
            path += length;
        } else if (*pattern != *path++) {
            return false;
        }
        pattern++;
    }
    return !*pattern && !*path;
}

// Another method at an address that is there.
static void say_methods(const cr_http_request *request, cr_http_answer *answer)
{
    cr_str methods = {0};
    call made;
    for (size_t i = 0; i < CR_COUNT_OF(routes); i++)
        if (matches(routes[i].path, request->path, &made))
            cr_str_addf(&methods, "%s%s", methods.length ? ", " : "", routes[i].method);
    if (methods.length) {
        cr_http_add_field(answer, "Allow", "%s", cr_str_text(&methods));
        cr_api_say_error(answer, 405, "unsupported", "This method is not answered here.", "");
    } else {
        cr_api_say_error(answer, 404, "notfound", "There is nothing under this address.", "");
    }
    cr_str_free(&methods);
}

bool cr_api_is_webhook(const cr_http_request *request)
{
    call made;
    return strcmp(request->method, "POST") == 0 && matches("/api/webhooks/:", request->path, &made);
}

void cr_api_answer(const cr_api *api, const cr_http_request *request, cr_http_answer *answer)
{
    if (cr_upload_answer(api->shelf, request, answer)) return;
    call made = {.api = api, .request = request};
    // The transport leaves the body out.
    const char *method = strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
    size_t i = 0;
    while (i < CR_COUNT_OF(routes) && (strcmp(routes[i].method, method) != 0 ||
                                       !matches(routes[i].path, request->path, &made)))
        i++;
    if (i == CR_COUNT_OF(routes)) {
        say_methods(request, answer);
        return;
    }
    made.deed = routes[i].deed;
    cJSON *body = NULL;
    bool has_json = strcmp(method, "GET") != 0 && strcmp(method, "DELETE") != 0 &&
                    routes[i].function != post_webhook;
    if (has_json) {
        body = cr_api_read(request, answer);
        if (!body) return;
    }
    made.body = body;
    routes[i].function(&made, answer);
    cJSON_Delete(body);
}

void cr_api_wrap_error(cr_http_answer *answer)
{
    char *sentence = answer->text ? answer->text : cr_strdup("");
    answer->text = NULL;
    for (int i = 0; i < answer->field_count; i++)
        cr_free(answer->fields[i].value);
    answer->field_count = 0;
    sentence[strcspn(sentence, "\n")] = 0;
    cr_api_say_error(answer, answer->status, answer->status == 401 ? "nosession" : "denied",
                     sentence, "");
    cr_free(sentence);
}
