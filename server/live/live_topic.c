#include "live/live_topic.h"

#include <string.h>

#include "base/mem.h"
#include "live/merge_patch.h"

void cr_topic_open(cr_topic *topic, cr_topic_kind kind, const char *film, int64_t seq)
{
    int room = kind == CR_TOPIC_FILM ? CR_LIVE_PATCHES_MAX : CR_LIVE_EDITS_MAX;
    *topic = (cr_topic){.kind = kind,
                        .film = cr_strdup(film),
                        .seq = seq,
                        .seq_first = seq + 1,
                        .kept = cr_alloc((size_t)room, sizeof(char *)),
                        .room = room};
}

void cr_topic_close(cr_topic *topic)
{
    for (int i = 0; i < topic->room; i++)
        cr_free(topic->kept[i]);
    cr_free(topic->kept);
    cJSON_Delete(topic->state);
    cr_free(topic->film);
    cr_free(topic->people);
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

// Takes [text], the message of [seq].
static void keep(cr_topic *topic, char *text)
{
    char **place = &topic->kept[topic->seq % topic->room];
    cr_free(*place);
    *place = text;
    if (topic->seq - topic->seq_first >= topic->room)
        topic->seq_first = topic->seq - topic->room + 1;
}

bool cr_topic_change(cr_topic *topic, const cJSON *state)
{
    topic->is_there = true;
    if (!topic->state) {
        // Nobody has seen anything yet: there is no patch to it.
        topic->state = cJSON_Duplicate(state, true);
        return true;
    }
    cJSON *patch = cr_merge_patch(topic->state, state);
    if (!patch) return false;
    topic->seq++;
    keep(topic, message(topic, "patch", "patch", patch));
    cJSON_Delete(topic->state);
    topic->state = cJSON_Duplicate(state, true);
    return true;
}

void cr_topic_reach(cr_topic *topic, int64_t seq)
{
    topic->is_there = true;
    if (topic->seq >= seq) return;
    topic->seq = seq;
    topic->seq_first = seq + 1;
}

// What was printed once is not read again only to be printed: the edit is put in as text.
static char *edit_message(const cr_live_edit *edit)
{
    cJSON *head = cJSON_CreateObject();
    cJSON_AddStringToObject(head, "type", "edit");
    cJSON_AddStringToObject(head, "film", edit->film);
    cr_json_add_int(head, "seq", edit->sequence);
    cJSON_AddStringToObject(head, "id", edit->id);
    cJSON_AddStringToObject(head, "person", edit->person);
    cJSON_AddStringToObject(head, "name", edit->name);
    char *text = cr_json_print(head, false);
    text[strlen(text) - 1] = 0;
    char *whole = cr_format("%s,\"edit\":%s}", text, edit->text);
    cr_free(text);
    cJSON_Delete(head);
    return whole;
}

void cr_topic_edit(cr_topic *topic, const cr_live_edit *edit)
{
    if (edit->sequence <= topic->seq) return;
    // After a gap, who is behind it gets the project whole.
    if (edit->sequence != topic->seq + 1) topic->seq_first = edit->sequence;
    topic->seq = edit->sequence;
    keep(topic, edit_message(edit));
}

bool cr_topic_knows(const cr_topic *topic, int64_t seq)
{
    return seq + 1 >= topic->seq_first && seq <= topic->seq;
}

char *cr_topic_next(const cr_topic *topic, int64_t *seq)
{
    if (!topic->is_there || *seq == topic->seq) return NULL;
    if (cr_topic_knows(topic, *seq)) {
        ++*seq;
        return cr_strdup(topic->kept[*seq % topic->room]);
    }
    if (topic->kind == CR_TOPIC_PROJECT) return NULL;
    *seq = topic->seq;
    return message(topic, "snapshot", "state", cJSON_Duplicate(topic->state, true));
}

char *cr_topic_project_message(const char *film, int64_t seq, const char *project)
{
    cJSON *head = cJSON_CreateObject();
    cJSON_AddStringToObject(head, "type", "project");
    cJSON_AddStringToObject(head, "film", film);
    cr_json_add_int(head, "seq", seq);
    char *text = cr_json_print(head, false);
    text[strlen(text) - 1] = 0;
    char *whole = cr_format("%s,\"project\":%s}", text, project);
    cr_free(text);
    cJSON_Delete(head);
    return whole;
}
