// Who may stay, and see what.
#include "base/mem.h"
#include "live/live_state.h"

void cr_live_set_rights(cr_live *live, const cr_live_rights *rights)
{
    live->rights = *rights;
}

bool cr_live_may(const cr_live *live, const cr_live_client *client, cr_live_right right,
                 const char *film)
{
    return !live->rights.may ||
           live->rights.may(live->rights.cookie, &client->socket.who, right, film);
}

// Topics are opened and closed by this thread alone: their films can be read without the lock.
static void judge_one(cr_live *live, cr_live_client *client)
{
    if (!cr_live_may(live, client, CR_LIVE_RIGHT_HERE, NULL)) {
        cr_live_client_end(client, CR_LIVE_NOT_ALLOWED, "the session is over");
        return;
    }
    for (int i = client->topic_count - 1; i >= 0; i--) {
        const char *film = live->topics[client->topics[i]].film;
        if (cr_live_may(live, client, CR_LIVE_RIGHT_SEE, film)) continue;
        cr_live_say_word(client, cr_live_word("gone", film, -1));
        (void)pthread_mutex_lock(&live->lock);
        cr_live_drop(live, client, i);
        (void)pthread_mutex_unlock(&live->lock);
    }
    client->list_seq = -1; // what is in it may be another
}

void cr_live_judge_all(cr_live *live, int64_t now_ms)
{
    if (!live->rights.may) return;
    (void)pthread_mutex_lock(&live->lock);
    bool is_due = live->are_rights_stale || now_ms - live->judged_ms >= CR_LIVE_RIGHTS_MS;
    live->are_rights_stale = false;
    live->is_changed |= is_due;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_due) return;
    live->judged_ms = now_ms;
    for (int i = live->crowd.count - 1; i >= 0; i--)
        judge_one(live, live->crowd.clients[i]);
}

void cr_live_look_at_rights(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    live->are_rights_stale = true;
    (void)pthread_mutex_unlock(&live->lock);
    cr_crowd_ring(&live->crowd);
}
