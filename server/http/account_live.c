#include "http/account_live.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "accounts/film_people.h"

_Static_assert(sizeof(cr_live_person) <= CR_HTTP_NOTE_BYTES, "who asks fits into the note");
_Static_assert((int)CR_LIVE_NAME_BYTES == (int)CR_ACCOUNT_NAME_BYTES, "names are not cut");
_Static_assert((int)CR_LIVE_KEY_BYTES == (int)CR_ACCOUNT_KEY_BYTES, "keys are not cut");

void cr_account_note(const cr_account_call *call, unsigned char note[CR_HTTP_NOTE_BYTES])
{
    cr_live_person who = {.is_token = call->is_token};
    (void)snprintf(who.name, sizeof who.name, "%s", call->person.name);
    (void)snprintf(who.key, sizeof who.key, "%s", call->key);
    memcpy(note, &who, sizeof who);
}

static bool find_person(cr_accounts *accounts, const cr_live_person *who, cr_person *out)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    return cr_accounts_who(accounts, who->key, who->is_token, now_ms, out);
}

static bool may(void *cookie, const cr_live_person *who, cr_live_right right, const char *film)
{
    cr_person person;
    if (!find_person(cookie, who, &person)) return false;
    switch (right) {
    case CR_LIVE_RIGHT_HERE:
        return person.scope >= CR_SCOPE_READ;
    case CR_LIVE_RIGHT_SEE:
        return person.scope >= CR_SCOPE_READ &&
               cr_accounts_may(cookie, &person, film, CR_ROLE_VIEWER);
    case CR_LIVE_RIGHT_EDIT:
        return person.scope >= CR_SCOPE_WRITE &&
               cr_accounts_may(cookie, &person, film, CR_ROLE_EDITOR);
    case CR_LIVE_RIGHT_NONE:
        break;
    }
    return false;
}

static void sift(void *cookie, const cr_live_person *who, cJSON *films)
{
    cr_person person;
    bool is_in = find_person(cookie, who, &person);
    for (int i = cJSON_GetArraySize(films) - 1; i >= 0; i--) {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(films, i), "id");
        if (!is_in || !cJSON_IsString(id) ||
            !cr_accounts_may(cookie, &person, id->valuestring, CR_ROLE_VIEWER))
            cJSON_DeleteItemFromArray(films, i);
    }
}

cr_live_rights cr_account_rights(cr_accounts *accounts)
{
    return (cr_live_rights){.may = may, .sift = sift, .cookie = accounts};
}
