#include "http/account_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "accounts/film_people.h"
#include "base/vec.h"
#include "http/account_call.h"

// Digits of a key's number in a path.
enum { NUMBER_DIGITS_MAX = 15 };

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *field(const cr_account_call *call, const char *name)
{
    return call->request->field(call->request->cookie, name);
}

void cr_account_cookie_name(const cr_account_call *call, char out[CR_ACCOUNT_COOKIE_BYTES])
{
    // By the prefix a browser takes it from this very host only, over TLS.
    bool is_secure = cr_site_is_secure(call->site, field(call, "Host"));
    (void)snprintf(out, CR_ACCOUNT_COOKIE_BYTES,
                   "%scutroom-account-%u=", is_secure ? "__Host-" : "", call->site->port);
}

static bool find_key(const cr_account_call *call, const char *text, char key[CR_ACCOUNT_KEY_BYTES])
{
    size_t length = strspn(text, "0123456789abcdef");
    if (length != CR_ACCOUNT_KEY_BYTES - 1) return false;
    memcpy(key, text, length);
    key[length] = 0;
    return call->accounts != NULL;
}

void cr_account_find(cr_account_call *call, cr_accounts *accounts, const cr_http_request *request,
                     const cr_site *site)
{
    *call = (cr_account_call){
        .accounts = accounts, .request = request, .site = site, .now_ms = now_ms()};
    static const char bearer[] = "Bearer ";
    const char *authorization = field(call, "Authorization"), *cookies = field(call, "Cookie");
    call->is_token = authorization && strncmp(authorization, bearer, sizeof bearer - 1) == 0;
    if (call->is_token) {
        if (find_key(call, authorization + sizeof bearer - 1, call->key))
            (void)cr_accounts_who(accounts, call->key, true, call->now_ms, &call->person);
        return;
    }
    char name[CR_ACCOUNT_COOKIE_BYTES];
    cr_account_cookie_name(call, name);
    for (const char *at = cookies; at && (at = strstr(at, name)); at += strlen(name)) {
        if (at != cookies && at[-1] != ' ' && at[-1] != ';') continue;
        if (find_key(call, at + strlen(name), call->key) &&
            cr_accounts_who(accounts, call->key, false, call->now_ms, &call->person))
            return;
    }
}

static bool is_read(const cr_account_call *call)
{
    return strcmp(call->request->method, "GET") == 0 || strcmp(call->request->method, "HEAD") == 0;
}

// The browser sends a cookie along whoever made the page: only our own page says so in Origin,
// which is held against Host before.
static bool is_of_page(const cr_account_call *call, cr_http_answer *answer)
{
    if (is_read(call) || call->is_token || field(call, "Origin")) return true;
    cr_api_say_error(answer, 403, "denied", "A change from a page has to name its origin.", "");
    return false;
}

bool cr_account_has_scope(const cr_account_call *call, cr_scope scope, cr_http_answer *answer)
{
    if (call->person.id == 0) {
        cr_api_say_error(answer, 401, "nosession", "Sign in first.", "/api/session");
        return false;
    }
    if (call->person.scope >= scope) return true;
    cr_api_say_error(answer, 403, "denied", "This token is not for that.", "");
    return false;
}

bool cr_account_is_admin(const cr_account_call *call, cr_http_answer *answer)
{
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return false;
    if (call->person.is_admin) return true;
    cr_api_say_error(answer, 403, "denied", "Only who runs this server may do that.", "");
    return false;
}

const char *cr_account_text(const cr_account_ask *ask, const char *member)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(ask->body, member));
    return text ? text : "";
}

cr_visit cr_account_visit(const cr_account_ask *ask)
{
    return (cr_visit){.address = ask->address[0] ? ask->address : NULL,
                      .device = ask->device,
                      .now_ms = ask->call->now_ms};
}

void cr_account_say_key(const char *name, const char *key, cr_http_answer *answer)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, name, key);
    cr_api_say_json(answer, 201, body);
}

void cr_account_say_list(cr_status status, const char *name, cJSON *list, const cr_fault *fault,
                         cr_http_answer *answer)
{
    if (status != CR_OK) {
        cr_api_say_fault(answer, fault);
        return;
    }
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToObject(body, name, list);
    cr_api_say_json(answer, 200, body);
}

void cr_account_say_limit(const cr_fault *fault, cr_http_answer *answer)
{
    cr_api_say_error(answer, 429, "limit", fault->text, fault->where);
    cr_http_add_field(answer, "Retry-After", "%d", CR_ACCOUNT_TRIES_MS / 1000);
}

void cr_account_say_done(cr_status status, const cr_fault *fault, cr_http_answer *answer)
{
    if (status == CR_OK)
        answer->status = 204;
    else if (status == CR_LIMIT)
        cr_account_say_limit(fault, answer);
    else
        cr_api_say_fault(answer, fault);
}

// The film that [path] is below, "" none.
static void film_of(const char *path, char out[CR_CALL_TEXT_BYTES])
{
    static const char *const prefixes[] = {"/api/films/", "/films/"};
    out[0] = 0;
    for (size_t i = 0; i < CR_COUNT_OF(prefixes); i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(path, prefixes[i], length) != 0) continue;
        size_t name = strcspn(path + length, "/");
        if (name < CR_CALL_TEXT_BYTES) (void)snprintf(out, name + 1, "%s", path + length);
    }
}

static bool ends(const char *text, const char *with)
{
    size_t length = strlen(text), end = strlen(with);
    return length >= end && strcmp(text + length - end, with) == 0;
}

bool cr_account_may(const cr_account_call *call, const char *film, cr_role role,
                    cr_http_answer *answer)
{
    cr_role has = cr_accounts_role(call->accounts, &call->person, film);
    if (has >= role) return true;
    if (has > CR_ROLE_NONE)
        cr_api_say_error(answer, 403, "denied", "Your part in this film does not reach that far.",
                         "");
    else
        cr_api_say_error(answer, 404, "notfound", "There is no such film.", "");
    return false;
}

// ':' is a film's id or a person's name, '#' a key's number.
static const struct {
    const char *method, *path;
    cr_account_function *function;
} routes[] = {
    {"GET", "/api/session", cr_account_get_session},
    {"POST", "/api/session", cr_account_post_session},
    {"DELETE", "/api/session", cr_account_delete_session},
    {"GET", "/api/sessions", cr_account_get_sessions},
    {"DELETE", "/api/sessions/#", cr_account_end_session},
    {"PUT", "/api/password", cr_account_put_password},
    {"POST", "/api/reset", cr_account_post_reset},
    {"GET", "/api/tokens", cr_account_get_tokens},
    {"POST", "/api/tokens", cr_account_post_token},
    {"DELETE", "/api/tokens", cr_account_delete_tokens},
    {"DELETE", "/api/tokens/#", cr_account_end_token},
    {"GET", "/api/people", cr_account_get_people},
    {"POST", "/api/people", cr_account_post_person},
    {"POST", "/api/people/:/reset", cr_account_post_reset_key},
    {"GET", "/api/invitations", cr_account_get_invitations},
    {"POST", "/api/invitations", cr_account_post_invitation},
    {"DELETE", "/api/invitations/#", cr_account_end_invitation},
    {"GET", "/api/audit", cr_account_get_audit},
    {"POST", "/api/parts", cr_account_take_part},
    {"GET", "/api/films/:/people", cr_account_get_parts},
    {"PUT", "/api/films/:/people", cr_account_put_part},
    {"POST", "/api/films/:/invitations", cr_account_post_film_invitation},
    {"DELETE", "/api/films/:/invitations/#", cr_account_end_film_invitation},
};

// Whether the path is as the pattern says; fills what is variable.
static bool matches(const char *pattern, const char *path, cr_account_ask *out)
{
    for (; *pattern && *path; pattern++) {
        size_t length = strcspn(path, "/");
        if (*pattern == ':') {
            if (length == 0 || length >= CR_CALL_TEXT_BYTES) return false;
            (void)snprintf(out->text, length + 1, "%s", path);
            path += length;
        } else if (*pattern == '#') {
            bool is_number =
                length > 0 && length <= NUMBER_DIGITS_MAX && strspn(path, "0123456789") == length;
            if (!is_number) return false;
            out->number = strtoll(path, NULL, 10);
            path += length;
        } else if (*pattern != *path++) {
            return false;
        }
    }
    return !*pattern && !*path;
}

// From where, and with what.
static void look_at_visitor(cr_account_ask *ask)
{
    const cr_account_call *call = ask->call;
    const char *peer = call->request->peer, *proxy = call->site->proxy;
    cr_device_name(field(call, "User-Agent"), ask->device);
    // Behind a server that says nothing of them, all would be counted as one.
    bool is_hidden = !proxy && call->site->origin && peer && strncmp(peer, "127.", 4) == 0;
    if (!is_hidden) cr_forwarded_address(peer, field(call, "X-Forwarded-For"), proxy, ask->address);
}

bool cr_account_answer(cr_account_call *call, cr_http_answer *answer)
{
    cr_account_ask ask = {.call = call};
    size_t i = 0;
    while (i < CR_COUNT_OF(routes) && (strcmp(routes[i].method, call->request->method) != 0 ||
                                       !matches(routes[i].path, call->request->path, &ask)))
        i++;
    if (i == CR_COUNT_OF(routes)) return false;
    if (!is_of_page(call, answer)) return true;
    cJSON *body = NULL;
    bool has_body = strcmp(routes[i].method, "POST") == 0 || strcmp(routes[i].method, "PUT") == 0;
    if (has_body) {
        body = cr_api_read(call->request, answer);
        if (!body) return true;
    }
    ask.body = body;
    look_at_visitor(&ask);
    routes[i].function(&ask, answer);
    cJSON_Delete(body);
    return true;
}

bool cr_account_admits(const cr_account_call *call, cr_http_answer *answer)
{
    const char *path = call->request->path;
    char film[CR_CALL_TEXT_BYTES];
    film_of(path, film);
    if (!cr_account_has_scope(call, is_read(call) ? CR_SCOPE_READ : CR_SCOPE_WRITE, answer) ||
        !is_of_page(call, answer))
        return false;
    // What is told there is not told apart by person.
    if (strcmp(path, "/metrics") == 0) return cr_account_is_admin(call, answer);
    bool is_of_film = strncmp(path, "/api/films/", 11) == 0 || strncmp(path, "/films/", 7) == 0;
    if (!is_of_film) return true;
    cr_role role = is_read(call) ? CR_ROLE_VIEWER : CR_ROLE_EDITOR;
    bool is_whole = strncmp(path, "/api/films/", 11) == 0 && !strchr(path + 11, '/');
    if ((strcmp(call->request->method, "DELETE") == 0 && is_whole) ||
        (!is_read(call) && ends(path, "/restore") && !strstr(path, "/scenes/")))
        role = CR_ROLE_OWNER;
    return cr_account_may(call, film, role, answer);
}

cr_status cr_account_own(const cr_account_call *call, const char *film, cr_fault *fault)
{
    return cr_accounts_share(call->accounts, &call->person, film, call->person.name, CR_ROLE_OWNER,
                             call->now_ms, fault);
}
