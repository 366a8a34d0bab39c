// The people of a server, for whoever runs it, and how somebody joins them.
#include "accounts/account_people.h"

#include "accounts/account_keys.h"
#include "http/account_call.h"

void cr_account_get_people(const cr_account_ask *ask, cr_http_answer *answer)
{
    cJSON *people = NULL;
    cr_fault fault = {0};
    if (!cr_account_is_admin(ask->call, answer)) return;
    cr_status status = cr_accounts_people(ask->call->accounts, &people, &fault);
    cr_account_say_list(status, "people", people, &fault, answer);
}

void cr_account_post_person(const cr_account_ask *ask, cr_http_answer *answer)
{
    const char *name = cr_account_text(ask, "name");
    const cr_visit visit = cr_account_visit(ask);
    cr_fault fault = {0};
    cr_status status =
        cr_accounts_join(ask->call->accounts, &visit, cr_account_text(ask, "invitation"), name,
                         cr_account_text(ask, "password"), &fault);
    if (status == CR_OK)
        cr_account_say_key("name", name, answer);
    else
        cr_account_say_done(status, &fault, answer);
}

void cr_account_post_reset_key(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_fault fault = {0};
    if (!cr_account_is_admin(call, answer)) return;
    if (cr_accounts_reset_key(call->accounts, call->person.name, ask->text, call->now_ms, key,
                              &fault) == CR_OK)
        cr_account_say_key("reset", key, answer);
    else
        cr_api_say_fault(answer, &fault);
}

void cr_account_get_invitations(const cr_account_ask *ask, cr_http_answer *answer)
{
    cJSON *invitations = NULL, *one;
    cr_fault fault = {0};
    if (!cr_account_is_admin(ask->call, answer)) return;
    cr_status status =
        cr_accounts_invitations(ask->call->accounts, ask->call->now_ms, &invitations, &fault);
    cJSON_ArrayForEach(one, invitations)
    {
        cJSON_AddItemToObject(one, "from", cJSON_DetachItemFromObjectCaseSensitive(one, "label"));
        cJSON_DeleteItemFromObjectCaseSensitive(one, "role");
        cJSON_DeleteItemFromObjectCaseSensitive(one, "seen");
    }
    cr_account_say_list(status, "invitations", invitations, &fault, answer);
}

void cr_account_post_invitation(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    if (!cr_account_is_admin(call, answer)) return;
    char key[CR_ACCOUNT_KEY_BYTES];
    cr_fault fault = {0};
    bool as_admin = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(ask->body, "admin"));
    if (cr_accounts_invite(call->accounts, call->person.name, as_admin, call->now_ms, key,
                           &fault) == CR_OK)
        cr_account_say_key("invitation", key, answer);
    else
        cr_api_say_fault(answer, &fault);
}

void cr_account_end_invitation(const cr_account_ask *ask, cr_http_answer *answer)
{
    const cr_account_call *call = ask->call;
    cr_fault fault = {0};
    if (!cr_account_is_admin(call, answer)) return;
    cr_account_say_done(
        cr_accounts_uninvite(call->accounts, call->person.name, ask->number, call->now_ms, &fault),
        &fault, answer);
}

void cr_account_get_audit(const cr_account_ask *ask, cr_http_answer *answer)
{
    cJSON *lines = NULL;
    cr_fault fault = {0};
    if (!cr_account_is_admin(ask->call, answer)) return;
    cr_status status = cr_accounts_audit(ask->call->accounts, CR_ACCOUNT_AUDIT_MAX, &lines, &fault);
    cr_account_say_list(status, "lines", lines, &fault, answer);
}
