#include "http/account_answer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/vec.h"
#include "http/api_answer.h"
#include "http/gate.h"

enum { FILM_BYTES_MAX = 128, COOKIE_NAME_BYTES = 40, SESSION_SECONDS = 14 * 24 * 3600 };

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

// Cookies are not told apart by port: the name does it.
static void cookie_name(const cr_account_call *call, char out[COOKIE_NAME_BYTES])
{
    (void)snprintf(out, COOKIE_NAME_BYTES, "cutroom-account-%u=", call->site->port);
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
    char name[COOKIE_NAME_BYTES];
    cookie_name(call, name);
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

static bool has_scope(const cr_account_call *call, cr_scope scope, cr_http_answer *answer)
{
    if (call->person.id == 0) {
        cr_api_say_error(answer, 401, "nosession", "Sign in first.", "/api/session");
        return false;
    }
    if (call->person.scope >= scope) return true;
    cr_api_say_error(answer, 403, "denied", "This token is not for that.", "");
    return false;
}

static bool is_admin(const cr_account_call *call, cr_http_answer *answer)
{
    if (!has_scope(call, CR_SCOPE_ADMIN, answer)) return false;
    if (call->person.is_admin) return true;
    cr_api_say_error(answer, 403, "denied", "Only who runs this server may do that.", "");
    return false;
}

static const char *text_of(const cJSON *body, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, key));
    return text ? text : "";
}

static void say_person(const cr_person *person, cr_http_answer *answer)
{
    static const char *const scopes[] = {"", "read", "write", "admin"};
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "name", person->name);
    cJSON_AddBoolToObject(body, "admin", person->is_admin);
    cJSON_AddStringToObject(body, "scope", scopes[person->scope]);
    cr_api_say_json(answer, 200, body);
}

static void say_key(const char *name, const char *key, cr_http_answer *answer)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, name, key);
    cr_api_say_json(answer, 201, body);
}

static void get_session(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    (void)body;
    if (has_scope(call, CR_SCOPE_READ, answer)) say_person(&call->person, answer);
}

static void post_session(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    char key[CR_ACCOUNT_KEY_BYTES], name[COOKIE_NAME_BYTES];
    cr_fault fault = {0};
    cr_status status = cr_accounts_enter(call->accounts, text_of(body, "name"),
                                         text_of(body, "password"), call->now_ms, key, &fault);
    // The session that was there is over: nobody brings one along.
    if (status == CR_OK && call->person.id && !call->is_token)
        status = cr_accounts_leave(call->accounts, &call->person, call->key, false, call->now_ms,
                                   &fault);
    cr_person person;
    if (status == CR_OK && cr_accounts_who(call->accounts, key, false, call->now_ms, &person)) {
        cookie_name(call, name);
        say_person(&person, answer);
        cr_http_add_field(answer, "Set-Cookie", "%s%s; Max-Age=%d%s", name, key, SESSION_SECONDS,
                          cr_gate_cookie_end(call->request, call->site));
    } else if (status == CR_DENIED) {
        cr_api_say_error(answer, 401, "nosession", "The name or the password is wrong.", "");
    } else if (status == CR_LIMIT) {
        cr_api_say_error(answer, 429, "limit", "Too many wrong passwords: try again later.", "");
        cr_http_add_field(answer, "Retry-After", "%d", CR_ACCOUNT_TRIES_MS / 1000);
    } else {
        cr_api_say_fault(answer, &fault);
    }
}

static void delete_session(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    (void)body;
    if (!has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    const char *all = call->request->query(call->request->cookie, "all");
    char name[COOKIE_NAME_BYTES];
    cr_fault fault = {0};
    if (cr_accounts_leave(call->accounts, &call->person, call->key, all && strcmp(all, "true") == 0,
                          call->now_ms, &fault) != CR_OK) {
        cr_api_say_fault(answer, &fault);
        return;
    }
    cookie_name(call, name);
    answer->status = 204;
    cr_http_add_field(answer, "Set-Cookie", "%s; Max-Age=0%s", name,
                      cr_gate_cookie_end(call->request, call->site));
}

static void post_person(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    cr_fault fault = {0};
    cr_status status =
        cr_accounts_join(call->accounts, text_of(body, "invitation"), text_of(body, "name"),
                         text_of(body, "password"), call->now_ms, &fault);
    if (status == CR_OK)
        say_key("name", text_of(body, "name"), answer);
    else
        cr_api_say_fault(answer, &fault);
}

static void post_invitation(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    if (!is_admin(call, answer)) return;
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_fault fault = {0};
    bool as_admin = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "admin"));
    if (cr_accounts_invite(call->accounts, call->person.name, as_admin, call->now_ms, key,
                           &fault) == CR_OK)
        say_key("invitation", key, answer);
    else
        cr_api_say_fault(answer, &fault);
}

static void post_token(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    if (!has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    const char *wanted = text_of(body, "scope");
    cr_scope scope = CR_SCOPE_NONE;
    if (strcmp(wanted, "read") == 0) scope = CR_SCOPE_READ;
    if (strcmp(wanted, "write") == 0) scope = CR_SCOPE_WRITE;
    if (strcmp(wanted, "admin") == 0) scope = CR_SCOPE_ADMIN;
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_fault fault = {0};
    if (scope == CR_SCOPE_NONE)
        cr_api_say_error(answer, 400, "invalid", "A scope is read, write or admin.", "scope");
    else if (cr_accounts_token(call->accounts, &call->person, scope, call->now_ms, key, &fault) ==
             CR_OK)
        say_key("token", key, answer);
    else
        cr_api_say_fault(answer, &fault);
}

static void delete_tokens(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    (void)body;
    cr_fault fault = {0};
    if (!has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    if (cr_accounts_tokens_drop(call->accounts, &call->person, call->now_ms, &fault) == CR_OK)
        answer->status = 204;
    else
        cr_api_say_fault(answer, &fault);
}

static void get_audit(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    (void)body;
    cJSON *lines = NULL;
    cr_fault fault = {0};
    if (!is_admin(call, answer)) return;
    if (cr_accounts_audit(call->accounts, &lines, &fault) != CR_OK) {
        cr_api_say_fault(answer, &fault);
        return;
    }
    cJSON *told = cJSON_CreateObject();
    cJSON_AddItemToObject(told, "lines", lines);
    cr_api_say_json(answer, 200, told);
}

// The film that [path] is below, "" none.
static void film_of(const char *path, char out[FILM_BYTES_MAX])
{
    static const char *const prefixes[] = {"/api/films/", "/films/"};
    out[0] = 0;
    for (size_t i = 0; i < CR_COUNT_OF(prefixes); i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(path, prefixes[i], length) != 0) continue;
        size_t name = strcspn(path + length, "/");
        if (name < FILM_BYTES_MAX) (void)snprintf(out, name + 1, "%s", path + length);
    }
}

static bool ends(const char *text, const char *with)
{
    size_t length = strlen(text), end = strlen(with);
    return length >= end && strcmp(text + length - end, with) == 0;
}

// Whoever has no part in a film is not told that there is one.
static bool may(const cr_account_call *call, const char *film, cr_role role, cr_http_answer *answer)
{
    if (cr_accounts_may(call->accounts, &call->person, film, role)) return true;
    if (cr_accounts_may(call->accounts, &call->person, film, CR_ROLE_VIEWER))
        cr_api_say_error(answer, 403, "denied", "Your part in this film does not reach that far.",
                         "");
    else
        cr_api_say_error(answer, 404, "notfound", "There is no such film.", "");
    return false;
}

static void put_people(cr_account_call *call, const cJSON *body, cr_http_answer *answer)
{
    char film[FILM_BYTES_MAX];
    film_of(call->request->path, film);
    if (!has_scope(call, CR_SCOPE_ADMIN, answer) || !may(call, film, CR_ROLE_OWNER, answer)) return;
    static const char *const names[] = {"none", "viewer", "editor", "owner"};
    size_t role = 0;
    while (role < CR_COUNT_OF(names) && strcmp(text_of(body, "role"), names[role]) != 0)
        role++;
    cr_fault fault = {0};
    if (role == CR_COUNT_OF(names))
        cr_api_say_error(answer, 400, "invalid", "A role is none, viewer, editor or owner.",
                         "role");
    else if (cr_accounts_share(call->accounts, &call->person, film, text_of(body, "name"),
                               (cr_role)role, call->now_ms, &fault) == CR_OK)
        answer->status = 204;
    else
        cr_api_say_fault(answer, &fault);
}

static const struct {
    const char *method, *path;
    void (*function)(cr_account_call *call, const cJSON *body, cr_http_answer *answer);
    bool has_body;
} routes[] = {
    {"GET", "/api/session", get_session, false},
    {"POST", "/api/session", post_session, true},
    {"DELETE", "/api/session", delete_session, false},
    {"POST", "/api/people", post_person, true},
    {"POST", "/api/invitations", post_invitation, true},
    {"POST", "/api/tokens", post_token, true},
    {"DELETE", "/api/tokens", delete_tokens, false},
    {"GET", "/api/audit", get_audit, false},
    {"PUT", "/api/films/:/people", put_people, true},
};

static bool is_route(size_t i, const cr_http_request *request)
{
    if (strcmp(routes[i].method, request->method) != 0) return false;
    if (!strchr(routes[i].path, ':')) return strcmp(routes[i].path, request->path) == 0;
    static const char films[] = "/api/films/";
    if (strncmp(request->path, films, sizeof films - 1) != 0) return false;
    const char *name = request->path + sizeof films - 1;
    return strcmp(name + strcspn(name, "/"), "/people") == 0;
}

bool cr_account_answer(cr_account_call *call, cr_http_answer *answer)
{
    size_t i = 0;
    while (i < CR_COUNT_OF(routes) && !is_route(i, call->request))
        i++;
    if (i == CR_COUNT_OF(routes)) return false;
    if (!is_of_page(call, answer)) return true;
    cJSON *body = NULL;
    if (routes[i].has_body) {
        body = cr_api_read(call->request, answer);
        if (!body) return true;
    }
    routes[i].function(call, body, answer);
    cJSON_Delete(body);
    return true;
}

bool cr_account_admits(const cr_account_call *call, cr_http_answer *answer)
{
    const char *path = call->request->path;
    char film[FILM_BYTES_MAX];
    film_of(path, film);
    if (!has_scope(call, is_read(call) ? CR_SCOPE_READ : CR_SCOPE_WRITE, answer) ||
        !is_of_page(call, answer))
        return false;
    // What is told there is not told apart by person.
    if (strcmp(path, "/metrics") == 0) return is_admin(call, answer);
    bool is_of_film = strncmp(path, "/api/films/", 11) == 0 || strncmp(path, "/films/", 7) == 0;
    if (!is_of_film) return true;
    cr_role role = is_read(call) ? CR_ROLE_VIEWER : CR_ROLE_EDITOR;
    bool is_whole = strncmp(path, "/api/films/", 11) == 0 && !strchr(path + 11, '/');
    if ((strcmp(call->request->method, "DELETE") == 0 && is_whole) ||
        (!is_read(call) && ends(path, "/restore") && !strstr(path, "/scenes/")))
        role = CR_ROLE_OWNER;
    return may(call, film, role, answer);
}

cr_status cr_account_own(const cr_account_call *call, const char *film, cr_fault *fault)
{
    return cr_accounts_share(call->accounts, &call->person, film, call->person.name, CR_ROLE_OWNER,
                             call->now_ms, fault);
}
