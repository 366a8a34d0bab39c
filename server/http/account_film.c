// Who is in a film, and how they come there.
#include <string.h>

#include "accounts/film_people.h"
#include "base/mem.h"
#include "http/account_call.h"

// The invitations into it are for those who may take them back.
static cr_status add_invitations(const cr_account_ask *ask, cJSON *body, cr_fault *fault)
{
    cJSON *invitations = NULL, *one;
    const cr_account_call *call = ask->call;
    cr_status status =
        cr_film_invitations(call->accounts, ask->text, call->now_ms, &invitations, fault);
    if (status != CR_OK) return status;
    cJSON_ArrayForEach(one, invitations)
    {
        const char *scope = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(one, "scope"));
        cJSON_AddBoolToObject(one, "joins", scope && strcmp(scope, "read") != 0);
        cJSON_AddItemToObject(one, "from", cJSON_DetachItemFromObjectCaseSensitive(one, "label"));
        cJSON_DeleteItemFromObjectCaseSensitive(one, "scope");
        cJSON_DeleteItemFromObjectCaseSensitive(one, "seen");
    }
    cJSON_AddItemToObject(body, "invitations", invitations);
    return CR_OK;
}

void cr_account_get_parts(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_READ, answer) ||
        !cr_account_may(call, ask->text, CR_ROLE_VIEWER, answer))
        return;
    cJSON *people = NULL, *body = cJSON_CreateObject();
    cr_fault fault = {0};
    cr_role role = cr_accounts_role(call->accounts, &call->person, ask->text);
    cr_status status = cr_film_people(call->accounts, ask->text, &people, &fault);
    cJSON_AddStringToObject(body, "role", cr_role_name(role));
    cJSON_AddItemToObject(body, "people", people ? people : cJSON_CreateArray());
    bool may_invite = role == CR_ROLE_OWNER && call->person.scope == CR_SCOPE_ADMIN;
    if (status == CR_OK && may_invite) status = add_invitations(ask, body, &fault);
    if (status == CR_OK) {
        cr_api_say_json(answer, 200, body);
    } else {
        cJSON_Delete(body);
        cr_api_say_fault(answer, &fault);
    }
}

void cr_account_put_part(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    const char *name = cr_account_text(ask, "name");
    cr_role role = CR_ROLE_NONE;
    bool is_role = cr_role_read(cr_account_text(ask, "role"), &role);
    // Whoever is in it may leave.
    bool leaves = is_role && role == CR_ROLE_NONE && strcmp(name, call->person.name) == 0;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer) ||
        !cr_account_may(call, ask->text, leaves ? CR_ROLE_VIEWER : CR_ROLE_OWNER, answer))
        return;
    cr_fault fault = {0};
    if (!is_role)
        cr_api_say_error(answer, 400, "invalid", "A role is none, viewer, editor or owner.",
                         "role");
    else
        cr_account_say_done(cr_accounts_share(call->accounts, &call->person, ask->text, name, role,
                                              call->now_ms, &fault),
                            &fault, answer);
}

void cr_account_post_film_invitation(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_role role = CR_ROLE_NONE;
    cr_fault fault = {0};
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer) ||
        !cr_account_may(call, ask->text, CR_ROLE_OWNER, answer))
        return;
    if (!cr_role_read(cr_account_text(ask, "role"), &role) || role == CR_ROLE_NONE)
        cr_api_say_error(answer, 400, "invalid", "One is invited as viewer, editor or owner.",
                         "role");
    else if (cr_film_invite(call->accounts, &call->person, ask->text, role, call->now_ms, key,
                            &fault) == CR_OK)
        cr_account_say_key("invitation", key, answer);
    else
        cr_api_say_fault(answer, &fault);
}

void cr_account_end_film_invitation(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    cr_fault fault = {0};
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer) ||
        !cr_account_may(call, ask->text, CR_ROLE_OWNER, answer))
        return;
    cr_account_say_done(cr_film_uninvite(call->accounts, &call->person, ask->text, ask->number,
                                         call->now_ms, &fault),
                        &fault, answer);
}

void cr_account_take_part(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_has_scope(call, CR_SCOPE_ADMIN, answer)) return;
    const cr_visit visit = cr_account_visit(ask);
    char *film = NULL;
    cr_role role = CR_ROLE_NONE;
    cr_fault fault = {0};
    cr_status status = cr_film_take(call->accounts, &visit, &call->person,
                                    cr_account_text(ask, "invitation"), &film, &role, &fault);
    if (status != CR_OK) {
        cr_account_say_done(status, &fault, answer);
        return;
    }
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "film", film);
    cJSON_AddStringToObject(body, "role", cr_role_name(role));
    cr_api_say_json(answer, 201, body);
    cr_free(film);
}
