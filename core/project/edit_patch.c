// Applies the differences that patch.c writes.
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "project/edit_op.h"
#include "project/fields.h"

// Items that are looked for one by one; more are worth a table of all ids.
enum { few = 8 };

// --- lists of nouns: a table from id to place, made once for a list

typedef struct entry {
    const char *id;
    int index;
} entry;

typedef struct id_table {
    entry *entries; // sorted by id
    int count;
} id_table;

static int compare_entries(const void *left, const void *right)
{
    return strcmp(((const entry *)left)->id, ((const entry *)right)->id);
}

static int find(const id_table *finder, const char *id)
{
    int low = 0, high = finder->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(finder->entries[middle].id, id);
        if (order == 0) return finder->entries[middle].index;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

// One list of a snapshot, whatever it holds.
typedef struct noun_list {
    void ***items;
    int *count;
    const char *noun;
    const char *(*id)(const void *item);
    void (*drop)(void *item);
    cr_status (*read)(void **out, const cJSON *json, const cr_json_place *place, cr_fault *fault);
    // Applies one entry of "set" to the item in the slot; NULL: there are none.
    cr_status (*set)(const cr_edit *edit, void **slot);
} noun_list;

static void find_all(const noun_list *list, id_table *out)
{
    out->count = *list->count;
    out->entries = cr_alloc((size_t)out->count, sizeof *out->entries);
    for (int i = 0; i < out->count; i++)
        out->entries[i] = (entry){list->id((*list->items)[i]), i};
    if (out->count > 1)
        qsort(out->entries, (size_t)out->count, sizeof *out->entries, compare_entries);
}

// One is looked for in order: a table costs more.
static int find_one(const noun_list *list, const char *id)
{
    for (int i = 0; i < *list->count; i++)
        if (strcmp(list->id((*list->items)[i]), id) == 0) return i;
    return -1;
}

static cr_status not_there(const cr_edit *edit, const char *noun, const char *id)
{
    return cr_edit_fail(edit, CR_NOTFOUND, NULL, "there is no %s \"%s\"", noun, id);
}

static cr_status remove_items(const cr_edit *edit, const noun_list *list)
{
    const cJSON *ids = cJSON_GetObjectItemCaseSensitive(edit->json, "remove");
    int count = cJSON_GetArraySize(ids);
    if (count == 0) return CR_OK;
    id_table finder = {0};
    if (count > few) find_all(list, &finder);
    void **items = *list->items;
    void **doomed = cr_alloc((size_t)count, sizeof *doomed);
    int found = 0;
    cr_status status = CR_OK;
    for (const cJSON *id = ids->child; id && status == CR_OK; id = id->next) {
        const char *text = cJSON_IsString(id) ? id->valuestring : "";
        int index = count > few ? find(&finder, text) : find_one(list, text);
        if (index >= 0 && items[index]) {
            doomed[found++] = items[index];
            // The finder borrows ids: nothing is dropped before it is through.
            if (count > few)
                items[index] = NULL;
            else
                CR_LIST_REMOVE(items, *list->count, index);
        } else {
            status = not_there(edit, list->noun, text);
        }
    }
    int kept = 0;
    for (int i = 0; i < *list->count; i++)
        if (items[i]) items[kept++] = items[i];
    *list->count = kept;
    for (int i = 0; i < found; i++)
        list->drop(doomed[i]);
    cr_free(doomed);
    cr_free(finder.entries);
    return status;
}

static cr_status put_items(const cr_edit *edit, const noun_list *list)
{
    const cJSON *put = cJSON_GetObjectItemCaseSensitive(edit->json, "put");
    int count = cJSON_GetArraySize(put);
    if (count == 0) return CR_OK;
    cr_json_place place = {edit->place, "put", 0};
    id_table finder = {0};
    if (count > few) find_all(list, &finder);
    int old_count = *list->count;
    void **replaced = cr_alloc((size_t)count, sizeof *replaced);
    *list->items = cr_realloc(*list->items, (size_t)old_count + (size_t)count, sizeof(void *));
    cr_status status = CR_OK;
    int replaced_count = 0;
    size_t at = 0;
    for (const cJSON *json = put->child; json && status == CR_OK; json = json->next) {
        cr_json_place below = {&place, NULL, at++};
        void *item;
        status = list->read(&item, json, &below, edit->fault);
        if (status != CR_OK) break;
        int index = count > few ? find(&finder, list->id(item)) : find_one(list, list->id(item));
        if (index >= 0) {
            // The table borrows ids: nothing is dropped before it is through.
            replaced[replaced_count++] = (*list->items)[index];
            (*list->items)[index] = item;
        } else {
            (*list->items)[(*list->count)++] = item;
        }
    }
    for (int i = 0; i < replaced_count; i++)
        list->drop(replaced[i]);
    cr_free(replaced);
    cr_free(finder.entries);
    return status;
}

static cr_status set_items(const cr_edit *edit, const noun_list *list)
{
    const cJSON *set = cJSON_GetObjectItemCaseSensitive(edit->json, "set");
    int count = cJSON_GetArraySize(set);
    if (count == 0 || !list->set) return CR_OK;
    cr_json_place place = {edit->place, "set", 0};
    id_table finder = {0};
    if (count > few) find_all(list, &finder);
    cr_status status = CR_OK;
    size_t at = 0;
    for (const cJSON *json = set->child; json && status == CR_OK; json = json->next) {
        cr_json_place below = {&place, NULL, at++};
        cr_edit one = {edit->draft, json, &below, edit->fault};
        const char *id;
        status = cr_edit_text(&one, "id", true, &id);
        if (status != CR_OK) break;
        int index = count > few ? find(&finder, id) : find_one(list, id);
        status =
            index < 0 ? not_there(&one, list->noun, id) : list->set(&one, &(*list->items)[index]);
    }
    cr_free(finder.entries);
    return status;
}

static cr_status order_items(const cr_edit *edit, const noun_list *list)
{
    const cJSON *order = cJSON_GetObjectItemCaseSensitive(edit->json, "order");
    if (!order) return CR_OK;
    int count = *list->count, placed = 0;
    if (cJSON_GetArraySize(order) != count)
        return cr_edit_fail(edit, CR_INVALID, "order", "must name every %s", list->noun);
    void **items = *list->items;
    for (const cJSON *id = order->child; id; id = id->next, placed++) {
        int index = placed;
        while (index < count &&
               strcmp(list->id(items[index]), cJSON_IsString(id) ? id->valuestring : "") != 0)
            index++;
        if (index == count)
            return cr_edit_fail(edit, CR_INVALID, "order", "must name every %s once", list->noun);
        void *item = items[index];
        memmove(&items[placed + 1], &items[placed], (size_t)(index - placed) * sizeof *items);
        items[placed] = item;
    }
    return CR_OK;
}

// "remove", "set", "put" and "order" of the object under [key].
static cr_status patch_list(const cr_edit *edit, const char *key, const noun_list *list)
{
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(edit->json, key);
    if (!json) return CR_OK;
    cr_json_place place = {edit->place, key, 0};
    cr_edit below = {edit->draft, json, &place, edit->fault};
    cr_status status = remove_items(&below, list);
    if (status == CR_OK) status = set_items(&below, list);
    if (status == CR_OK) status = put_items(&below, list);
    return status == CR_OK ? order_items(&below, list) : status;
}

static cr_status change(const cr_edit *edit, const cr_spec *spec, void *noun)
{
    cr_json_place values_place = {edit->place, "values", 0},
                  unset_place = {edit->place, "unset", 0};
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(edit->json, "values");
    const cJSON *unset = cJSON_GetObjectItemCaseSensitive(edit->json, "unset");
    cr_status status = CR_OK;
    if (unset) status = cr_fields_unset(spec, noun, unset, &unset_place, edit->fault);
    if (status != CR_OK || !values) return status;
    return cr_fields_read(spec, noun, values, CR_FIELDS_CHANGE, &values_place, edit->fault);
}

// --- what each list holds

#define LIST_OF(noun)                                                                              \
    static const char *noun##_id(const void *item)                                                 \
    {                                                                                              \
        return ((const cr_##noun *)item)->id;                                                      \
    }                                                                                              \
    static void noun##_drop(void *item)                                                            \
    {                                                                                              \
        cr_##noun##_drop(item);                                                                    \
    }                                                                                              \
    static cr_status noun##_read(void **out, const cJSON *json, const cr_json_place *place,        \
                                 cr_fault *fault)                                                  \
    {                                                                                              \
        cr_##noun *item = NULL;                                                                    \
        cr_status status = cr_##noun##_read(&item, json, place, fault);                            \
        if (status == CR_OK) *out = item;                                                          \
        return status;                                                                             \
    }

LIST_OF(asset)
LIST_OF(clip)
LIST_OF(transition)
LIST_OF(marker)
LIST_OF(track)
LIST_OF(sequence)

static cr_status set_clip(const cr_edit *edit, void **slot)
{
    cr_clip *copy = cr_clip_copy(*slot);
    cr_clip_drop(*slot);
    *slot = copy;
    return change(edit, &cr_clip_spec, copy);
}

// {"first", "last", "by"}: all clips from the one to the other.
static cr_status shift_run(const cr_edit *edit, cr_track *track)
{
    const char *first, *last;
    cr_ticks by;
    cr_status status = cr_edit_text(edit, "first", true, &first);
    if (status == CR_OK) status = cr_edit_text(edit, "last", true, &last);
    if (status == CR_OK) status = cr_edit_ticks(edit, "by", true, &by, NULL);
    if (status != CR_OK) return status;
    int index = 0;
    while (index < track->clip_count && strcmp(track->clips[index]->id, first) != 0)
        index++;
    for (; index < track->clip_count; index++) {
        cr_clip *copy = cr_clip_copy(track->clips[index]);
        copy->range.start += by;
        cr_clip_drop(track->clips[index]);
        track->clips[index] = copy;
        if (strcmp(copy->id, last) == 0) return CR_OK;
    }
    return not_there(edit, "clip", last);
}

static cr_status shift_clips(const cr_edit *edit, cr_track *track)
{
    const cJSON *clips = cJSON_GetObjectItemCaseSensitive(edit->json, "clips");
    const cJSON *shift = cJSON_GetObjectItemCaseSensitive(clips, "shift");
    cr_json_place clips_place = {edit->place, "clips", 0}, place = {&clips_place, "shift", 0};
    size_t at = 0;
    for (const cJSON *json = shift ? shift->child : NULL; json; json = json->next) {
        cr_json_place below = {&place, NULL, at++};
        cr_edit one = {edit->draft, json, &below, edit->fault};
        cr_status status = shift_run(&one, track);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status set_track(const cr_edit *edit, void **slot)
{
    cr_track *track = *slot;
    if (!cr_ref_is_single(&track->ref)) {
        cr_track *copy = cr_track_copy(track);
        cr_track_drop(track);
        *slot = track = copy;
    }
    noun_list clips = {(void ***)&track->clips,
                       &track->clip_count,
                       "clip",
                       clip_id,
                       clip_drop,
                       clip_read,
                       set_clip};
    noun_list transitions = {(void ***)&track->transitions,
                             &track->transition_count,
                             "transition",
                             transition_id,
                             transition_drop,
                             transition_read,
                             NULL};
    cr_status status = change(edit, &cr_track_spec, track);
    if (status == CR_OK) status = shift_clips(edit, track);
    if (status == CR_OK) status = patch_list(edit, "clips", &clips);
    if (status == CR_OK) status = patch_list(edit, "transitions", &transitions);
    cr_track_sort(track);
    return status;
}

static cr_status set_sequence(const cr_edit *edit, void **slot)
{
    cr_sequence *sequence = *slot;
    if (!cr_ref_is_single(&sequence->ref)) {
        cr_sequence *copy = cr_sequence_copy(sequence);
        cr_sequence_drop(sequence);
        *slot = sequence = copy;
    }
    noun_list tracks = {(void ***)&sequence->tracks,
                        &sequence->track_count,
                        "track",
                        track_id,
                        track_drop,
                        track_read,
                        set_track};
    noun_list markers = {(void ***)&sequence->markers,
                         &sequence->marker_count,
                         "marker",
                         marker_id,
                         marker_drop,
                         marker_read,
                         NULL};
    cr_status status = change(edit, &cr_sequence_spec, sequence);
    if (status == CR_OK) status = patch_list(edit, "tracks", &tracks);
    if (status == CR_OK) status = patch_list(edit, "markers", &markers);
    cr_markers_sort(sequence);
    return status;
}

cr_status cr_edit_patch(const cr_edit *edit)
{
    cr_project *project = edit->draft->after;
    noun_list assets = {(void ***)&project->assets,
                        &project->asset_count,
                        "asset",
                        asset_id,
                        asset_drop,
                        asset_read,
                        NULL};
    noun_list sequences = {(void ***)&project->sequences,
                           &project->sequence_count,
                           "sequence",
                           sequence_id,
                           sequence_drop,
                           sequence_read,
                           set_sequence};
    cr_status status = change(edit, &cr_project_spec, project);
    if (status == CR_OK) status = patch_list(edit, "assets", &assets);
    if (status == CR_OK) status = patch_list(edit, "sequences", &sequences);
    cr_assets_sort(project);
    return status;
}
