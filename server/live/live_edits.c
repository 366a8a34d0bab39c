// The projects of films as people edit them.
#include <string.h>

#include "base/mem.h"
#include "live/live_state.h"

static void refuse_edit(cr_live_client *client, const cr_live_wish *wish, const cr_fault *fault)
{
    cJSON *word = cr_live_word("edit-refused", wish->film, -1);
    cJSON_AddStringToObject(word, "id", wish->id);
    cJSON *error = cJSON_AddObjectToObject(word, "error");
    char code[CR_STATUS_CODE_BYTES];
    cr_status_code(fault->status, code);
    cJSON_AddStringToObject(error, "code", code);
    cJSON_AddStringToObject(error, "message", fault->text);
    cJSON_AddStringToObject(error, "place", fault->where);
    cr_live_say_word(client, word);
}

void cr_live_take_edit(cr_live *live, cr_live_client *client, const cr_live_wish *wish)
{
    cr_fault fault = {0};
    const cr_live_edit edit = {.film = wish->film,
                               .id = wish->id,
                               .name = wish->name,
                               .person = client->socket.who.name,
                               .edit = wish->edit};
    int64_t sequence = 0;
    bool is_known = false;
    if (!live->desc.edit || !cr_live_may(live, client, CR_LIVE_RIGHT_EDIT, wish->film))
        (void)!cr_fail(&fault, CR_DENIED, "", "this film is not yours to edit");
    else
        (void)!live->desc.edit(live->desc.cookie, &edit, &sequence, &is_known, &fault);
    if (fault.status != CR_OK) {
        refuse_edit(client, wish, &fault);
    } else if (is_known) {
        // All others have heard of it long ago.
        cJSON *word = cr_live_word("edit-known", wish->film, sequence);
        cJSON_AddStringToObject(word, "id", wish->id);
        cr_live_say_word(client, word);
    }
}

bool cr_live_say_whole(cr_live *live, cr_live_client *client, int index)
{
    (void)pthread_mutex_lock(&live->lock);
    cr_topic *topic = &live->topics[client->topics[index]];
    bool is_needed = topic->kind == CR_TOPIC_PROJECT && topic->is_there &&
                     !cr_topic_knows(topic, client->seqs[index]);
    char *film = is_needed ? cr_strdup(topic->film) : NULL;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_needed) return true;
    int64_t sequence = 0;
    char *project = live->desc.project(live->desc.cookie, film, &sequence);
    if (project) {
        char *text = cr_topic_project_message(film, sequence, project);
        cr_live_client_say(client, text);
        client->seqs[index] = sequence;
        (void)pthread_mutex_lock(&live->lock);
        cr_topic_reach(topic, sequence);
        (void)pthread_mutex_unlock(&live->lock);
        cr_free(text);
    }
    cr_free(film);
    cr_free(project);
    return project != NULL;
}

void cr_live_edited(cr_live *live, const cr_live_edit *edit)
{
    (void)pthread_mutex_lock(&live->lock);
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++) {
        cr_topic *topic = &live->topics[i];
        bool is_it = topic->kind == CR_TOPIC_PROJECT && strcmp(topic->film, edit->film) == 0;
        if (is_it) cr_topic_edit(topic, edit);
        live->is_changed |= is_it;
    }
    (void)pthread_mutex_unlock(&live->lock);
    cr_crowd_ring(&live->crowd);
}

void cr_live_say_watched(cr_live *live, int64_t now_ms)
{
    if (!live->desc.watched || now_ms - live->watched_ms < CR_LIVE_RIGHTS_MS) return;
    live->watched_ms = now_ms;
    // This thread alone opens and closes topics, and counts who is at them.
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++) {
        const cr_topic *topic = &live->topics[i];
        if (topic->kind == CR_TOPIC_PROJECT && topic->subscribers > 0)
            live->desc.watched(live->desc.cookie, topic->film);
    }
}
