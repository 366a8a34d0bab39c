// What is a person's own: the session, the password, other sessions, tokens.
#include <stdio.h>
#include <string.h>

#include "accounts/account_keys.h"
#include "http/account_call.h"
#include "http/gate.h"

enum { SESSION_SECONDS = 14 * 24 * 3600 };

static void say_person(const cr_person *person, cr_http_answer *answer)
{
    static const char *const scopes[] = {"", "read", "write", "admin"};
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "name", person->name);
    cJSON_AddBoolToObject(body, "admin", person->is_admin);
    cJSON_AddStringToObject(body, "scope", scopes[person->scope]);
    cr_api_say_json(answer, 200, body);
}

void cr_account_get_session(const cr_account_ask *ask, cr_http_answer *answer)
{
    if (cr_account_has_scope(ask->call, CR_SCOPE_READ, answer))
        say_person(&ask->call->person, answer);
}

void cr_account_post_session(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    char key[CR_ACCOUNT_KEY_BYTES], name[CR_ACCOUNT_COOKIE_BYTES];
    cr_fault fault = {0};
    const cr_visit visit = cr_account_visit(ask);
    cr_status status = cr_accounts_enter(call->accounts, &visit, cr_account_text(ask, "name"),
                                         cr_account_text(ask, "password"), key, &fault);
    // The session that was there is over: nobody brings one along.
    if (status == CR_OK && call->person.id && !call->is_token)
        status = cr_accounts_leave(call->accounts, &call->person, call->key, false, call->now_ms,
                                   &fault);
    cr_person person;
    if (status == CR_OK && cr_accounts_who(call->accounts, key, false, call->now_ms, &person)) {
        cr_account_cookie_name(call, name);
        say_person(&person, answer);
        cr_http_add_field(answer, "Set-Cookie", "%s%s; Max-Age=%d%s", name, key, SESSION_SECONDS,
                          cr_gate_cookie_end(call->request, call->site));
    } else if (status == CR_DENIED) {
        cr_api_say_error(answer, 401, "nosession", "The name or the password is wrong.", "");
    } else if (status == CR_LIMIT) {
        cr_account_say_limit(&fault, answer);
    } else {
        cr_api_say_fault(answer, &fault);
    }
}

// The browser forgets its key.
static void forget_cookie(const cr_account_call *call, cr_http_answer *answer)
{
    char name[CR_ACCOUNT_COOKIE_BYTES];
    cr_account_cookie_name(call, name);
    cr_http_add_field(answer, "Set-Cookie", "%s; Max-Age=0%s", name,
                      cr_gate_cookie_end(call->request, call->site));
}

void cr_account_delete_session(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    const char *all = call->request->query(call->request->cookie, "all");
    cr_fault fault = {0};
    cr_status status = cr_accounts_leave(call->accounts, &call->person, call->key,
                                         all && strcmp(all, "true") == 0, call->now_ms, &fault);
    cr_account_say_done(status, &fault, answer);
    if (status == CR_OK) forget_cookie(call, answer);
}

// The person's keys of one kind. Which of the sessions is the one that asks is said of it.
static void say_keys(const cr_account_ask *ask, cr_key_kind kind, const char *name,
                     const char *label, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    cJSON *keys = NULL, *key;
    cr_fault fault = {0};
    cr_status status =
        cr_accounts_keys(call->accounts, &call->person, kind, call->now_ms, &keys, &fault);
    cJSON_ArrayForEach(key, keys)
    {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(key, "id");
        cJSON_AddItemToObject(key, label, cJSON_DetachItemFromObjectCaseSensitive(key, "label"));
        cJSON_DeleteItemFromObjectCaseSensitive(key, "role");
        if (kind != CR_KEY_SESSION) continue;
        cJSON_DeleteItemFromObjectCaseSensitive(key, "scope");
        cJSON_AddBoolToObject(key, "current",
                              !call->is_token &&
                                  (int64_t)cJSON_GetNumberValue(id) == call->person.key);
    }
    cr_account_say_list(status, name, keys, &fault, answer);
}

void cr_account_get_sessions(const cr_account_ask *ask, cr_http_answer *answer)
{
    say_keys(ask, CR_KEY_SESSION, "sessions", "device", answer);
}

void cr_account_get_tokens(const cr_account_ask *ask, cr_http_answer *answer)
{
    say_keys(ask, CR_KEY_TOKEN, "tokens", "name", answer);
}

static void end_key(const cr_account_ask *ask, cr_key_kind kind, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    cr_fault fault = {0};
    cr_account_say_done(
        cr_accounts_key_end(call->accounts, &call->person, kind, ask->number, call->now_ms, &fault),
        &fault, answer);
}

void cr_account_end_session(const cr_account_ask *ask, cr_http_answer *answer)
{
    end_key(ask, CR_KEY_SESSION, answer);
    bool is_own = !ask->call->is_token && ask->number == ask->call->person.key;
    if (answer->status == 204 && is_own) forget_cookie(ask->call, answer);
}

void cr_account_end_token(const cr_account_ask *ask, cr_http_answer *answer)
{
    end_key(ask, CR_KEY_TOKEN, answer);
}

void cr_account_put_password(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    const cr_visit visit = cr_account_visit(ask);
    cr_fault fault = {0};
    cr_status status = cr_accounts_password(call->accounts, &visit, &call->person, call->key,
                                            cr_account_text(ask, "password"),
                                            cr_account_text(ask, "wanted"), &fault);
    cr_account_say_done(status, &fault, answer);
}

void cr_account_post_reset(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_visit visit = cr_account_visit(ask);
    cr_fault fault = {0};
    cr_status status = cr_accounts_reset(ask->call->accounts, &visit, cr_account_text(ask, "reset"),
                                         cr_account_text(ask, "password"), &fault);
    cr_account_say_done(status, &fault, answer);
}

void cr_account_post_token(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    const char *wanted = cr_account_text(ask, "scope"), *label = cr_account_text(ask, "name");
    cr_scope scope = CR_SCOPE_NONE;
    if (strcmp(wanted, "read") == 0) scope = CR_SCOPE_READ;
    if (strcmp(wanted, "write") == 0) scope = CR_SCOPE_WRITE;
    if (strcmp(wanted, "admin") == 0) scope = CR_SCOPE_ADMIN;
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_fault fault = {0};
    if (scope == CR_SCOPE_NONE)
        cr_api_say_error(answer, 400, "invalid", "A scope is read, write or admin.", "scope");
    else if (strlen(label) >= CR_ACCOUNT_LABEL_BYTES)
        cr_api_say_error(answer, 400, "invalid", "This name is too long.", "name");
    else if (cr_accounts_token(call->accounts, &call->person, label, scope, call->now_ms, key,
                               &fault) == CR_OK)
        cr_account_say_key("token", key, answer);
    else
        cr_api_say_fault(answer, &fault);
}

void cr_account_delete_tokens(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    cr_fault fault = {0};
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    cr_account_say_done(
        cr_accounts_tokens_drop(call->accounts, &call->person, call->now_ms, &fault), &fault,
        answer);
}
