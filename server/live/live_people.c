// Who is at a project, and where.
#include <string.h>

#include "base/mem.h"
#include "live/live_state.h"

static bool is_project(const cr_live *live, int topic)
{
    return live->topics[topic].kind == CR_TOPIC_PROJECT;
}

void cr_live_stale_people(cr_live *live, int topic)
{
    if (!is_project(live, topic)) return;
    live->topics[topic].are_people_stale = true;
    live->has_stale_people = true;
}

void cr_live_take_here(cr_live *live, cr_live_client *client, const cr_live_wish *wish)
{
    for (int i = 0; i < client->topic_count; i++) {
        int topic = client->topics[i];
        if (!is_project(live, topic) || strcmp(live->topics[topic].film, wish->film) != 0) continue;
        char *here = cr_json_print(wish->here, false);
        if (strlen(here) > CR_LIVE_HERE_BYTES_MAX) {
            cr_live_client_refuse(client, "where somebody is can be said in fewer words");
            cr_free(here);
            return;
        }
        cr_free(client->here[i]);
        client->here[i] = here;
        cr_live_stale_people(live, topic);
        return;
    }
    cr_live_client_refuse(client, "subscribe to the film's project first");
}

// What is said of those at [topic] who said where they are.
static void add_people(const cr_live *live, int topic, cJSON *people)
{
    for (int i = 0; i < live->crowd.count; i++) {
        const cr_live_client *client = live->crowd.clients[i];
        for (int j = 0; j < client->topic_count; j++) {
            if (client->topics[j] != topic || !client->here[j]) continue;
            cJSON *one = cJSON_CreateObject();
            cJSON_AddStringToObject(one, "name", client->socket.who.name);
            cJSON_AddItemToObject(one, "here", cJSON_CreateRaw(client->here[j]));
            cJSON_AddItemToArray(people, one);
        }
    }
}

static void make_people(cr_live *live, int index, int64_t now_ms)
{
    cr_topic *topic = &live->topics[index];
    cJSON *word = cr_live_word("people", topic->film, -1);
    add_people(live, index, cJSON_AddArrayToObject(word, "people"));
    cr_free(topic->people);
    topic->people = cr_json_print(word, false);
    topic->people_seq++;
    topic->people_ms = now_ms;
    topic->are_people_stale = false;
    cJSON_Delete(word);
}

void cr_live_make_people(cr_live *live, int64_t now_ms)
{
    if (!live->has_stale_people) return;
    live->has_stale_people = false;
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++) {
        const cr_topic *topic = &live->topics[i];
        if (!topic->are_people_stale) continue;
        if (now_ms - topic->people_ms >= CR_LIVE_PEOPLE_MS) {
            make_people(live, i, now_ms);
            (void)pthread_mutex_lock(&live->lock);
            live->is_changed = true;
            (void)pthread_mutex_unlock(&live->lock);
        } else {
            live->has_stale_people = true;
        }
    }
}

void cr_live_tell_people(cr_live *live, cr_live_client *client)
{
    for (int i = 0; i < client->topic_count; i++) {
        const cr_topic *topic = &live->topics[client->topics[i]];
        if (!topic->people || client->people[i] == topic->people_seq ||
            cr_live_client_is_full(client))
            continue;
        client->people[i] = topic->people_seq;
        cr_live_client_say(client, topic->people);
    }
}
