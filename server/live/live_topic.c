#include "live/live_topic.h"

#include "base/mem.h"
#include "live/merge_patch.h"

void cr_topic_open(cr_topic *topic, const char *film, int64_t seq)
{
    *topic = (cr_topic){.film = cr_strdup(film), .seq = seq, .seq_first = seq + 1};
}

void cr_topic_close(cr_topic *topic)
{
    for (int i = 0; i < CR_LIVE_PATCHES_MAX; i++)
        cr_free(topic->patches[i]);
    cJSON_Delete(topic->state);
    cr_free(topic->film);
    *topic = (cr_topic){0};
}

// Takes [body]. Gives the text.
static char *message(const cr_topic *topic, const char *type, const char *member, cJSON *body)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "type", type);
    cJSON_AddStringToObject(out, "film", topic->film);
    cr_json_add_int(out, "seq", topic->seq);
    if (body) cJSON_AddItemToObject(out, member, body);
    char *text = cr_json_print(out, false);
    cJSON_Delete(out);
    return text;
}

bool cr_topic_change(cr_topic *topic, const cJSON *state)
{
    if (!topic->state) {
        // Nobody has seen anything yet: there is no patch to it.
        topic->state = cJSON_Duplicate(state, true);
        return true;
    }
    cJSON *patch = cr_merge_patch(topic->state, state);
    if (!patch) return false;
    topic->seq++;
    char **place = &topic->patches[topic->seq % CR_LIVE_PATCHES_MAX];
    cr_free(*place);
    *place = message(topic, "patch", "patch", patch);
    if (topic->seq - topic->seq_first >= CR_LIVE_PATCHES_MAX)
        topic->seq_first = topic->seq - CR_LIVE_PATCHES_MAX + 1;
    cJSON_Delete(topic->state);
    topic->state = cJSON_Duplicate(state, true);
    return true;
}

char *cr_topic_next(const cr_topic *topic, int64_t *seq)
{
    if (!topic->state || *seq == topic->seq) return NULL;
    bool is_kept = *seq + 1 >= topic->seq_first && *seq < topic->seq;
    if (is_kept) {
        ++*seq;
        return cr_strdup(topic->patches[*seq % CR_LIVE_PATCHES_MAX]);
    }
    *seq = topic->seq;
    return message(topic, "snapshot", "state", cJSON_Duplicate(topic->state, true));
}
