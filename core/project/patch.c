#include "project/patch.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "project/fields.h"

// Adds [item] under [key] when there is something in it; takes it.
static void add_filled(cJSON *object, const char *key, cJSON *item)
{
    if (item->child)
        cJSON_AddItemToObjectCS(object, key, item);
    else
        cJSON_Delete(item);
}

// Same bytes: both were written by the same tables, so order counts.
static bool same_json(const cJSON *a, const cJSON *b)
{
    if ((a->type & 0xff) != (b->type & 0xff)) return false;
    if (cJSON_IsNumber(a)) return a->valuedouble == b->valuedouble;
    if (cJSON_IsString(a)) return strcmp(a->valuestring, b->valuestring) == 0;
    const cJSON *left = a->child, *right = b->child;
    for (; left && right; left = left->next, right = right->next) {
        if (cJSON_IsObject(a) && strcmp(left->string, right->string) != 0) return false;
        if (!same_json(left, right)) return false;
    }
    return !left && !right;
}

// "set" and "unset" that turn the one noun into the other.
static void add_delta(cJSON *object, const cr_spec *spec, const void *from, const void *to)
{
    cJSON *old = cr_fields_write(spec, from, false), *new = cr_fields_write(spec, to, false);
    cJSON *values = cJSON_CreateObject(), *unset = cJSON_CreateArray();
    for (const cJSON *member = old->child; member; member = member->next)
        if (!cJSON_GetObjectItemCaseSensitive(new, member->string))
            cJSON_AddItemToArray(unset, cJSON_CreateString(member->string));
    while (new->child) {
        cJSON *member = cJSON_DetachItemViaPointer(new, new->child);
        const cJSON *same = cJSON_GetObjectItemCaseSensitive(old, member->string);
        if (same && same_json(same, member))
            cJSON_Delete(member);
        else
            cJSON_AddItemToObject(values, member->string, member);
    }
    add_filled(object, "values", values);
    add_filled(object, "unset", unset);
    cJSON_Delete(old);
    cJSON_Delete(new);
}

// --- what the lists of nouns have in common

typedef struct noun_kind {
    const cr_spec *spec;
    const char *(*id)(const void *noun);
    // How one that is in both differs: adds itself to [changed]. NULL: written whole.
    void (*compare)(cJSON *changed, const void *from, const void *to);
} noun_kind;

typedef struct pairing {
    const void **from, **to; // sorted by id
    int from_count, to_count;
} pairing;

static const char *asset_id(const void *noun)
{
    return ((const cr_asset *)noun)->id;
}

static const char *clip_id(const void *noun)
{
    return ((const cr_clip *)noun)->id;
}

static const char *transition_id(const void *noun)
{
    return ((const cr_transition *)noun)->id;
}

static const char *marker_id(const void *noun)
{
    return ((const cr_marker *)noun)->id;
}

static const char *track_id(const void *noun)
{
    return ((const cr_track *)noun)->id;
}

static const char *sequence_id(const void *noun)
{
    return ((const cr_sequence *)noun)->id;
}

typedef struct keyed {
    const char *id;
    const void *noun;
} keyed;

static int compare_keyed(const void *left, const void *right)
{
    return strcmp(((const keyed *)left)->id, ((const keyed *)right)->id);
}

// The nouns between the shared head and tail, by id. Gives the list.
static keyed *sort_by_id(const noun_kind *kind, void *const *nouns, int first, int end)
{
    int count = end - first;
    keyed *list = cr_alloc((size_t)count, sizeof *list);
    for (int i = 0; i < count; i++)
        list[i] = (keyed){kind->id(nouns[first + i]), nouns[first + i]};
    if (count > 1) qsort(list, (size_t)count, sizeof *list, compare_keyed);
    return list;
}

// [to] whole, unless it says the same as [from].
static void put_changed(cJSON *put, const noun_kind *kind, const void *from, const void *to)
{
    cJSON *old = cr_fields_write(kind->spec, from, true),
          *new = cr_fields_write(kind->spec, to, true);
    if (same_json(old, new))
        cJSON_Delete(new);
    else
        cJSON_AddItemToArray(put, new);
    cJSON_Delete(old);
}

// {"remove": ids, "put": whole nouns, "set": differences}.
static cJSON *diff_list(const noun_kind *kind, void *const *from, int from_count, void *const *to,
                        int to_count)
{
    int head = 0, tail = 0, most = from_count < to_count ? from_count : to_count;
    while (head < most && from[head] == to[head])
        head++;
    while (tail < most - head && from[from_count - 1 - tail] == to[to_count - 1 - tail])
        tail++;
    int old_count = from_count - head - tail, new_count = to_count - head - tail;
    keyed *old = sort_by_id(kind, from, head, from_count - tail);
    keyed *new = sort_by_id(kind, to, head, to_count - tail);
    cJSON *removed = cJSON_CreateArray(), *put = cJSON_CreateArray(), *set = cJSON_CreateArray();
    int i = 0, j = 0;
    while (i < old_count || j < new_count) {
        int order = i == old_count ? 1 : j == new_count ? -1 : strcmp(old[i].id, new[j].id);
        if (order < 0) {
            cJSON_AddItemToArray(removed, cJSON_CreateString(old[i++].id));
        } else if (order > 0) {
            cJSON_AddItemToArray(put, cr_fields_write(kind->spec, new[j++].noun, true));
        } else {
            if (old[i].noun != new[j].noun) {
                if (kind->compare)
                    kind->compare(set, old[i].noun, new[j].noun);
                else
                    put_changed(put, kind, old[i].noun, new[j].noun);
            }
            i++, j++;
        }
    }
    cr_free(old);
    cr_free(new);
    cJSON *object = cJSON_CreateObject();
    add_filled(object, "remove", removed);
    add_filled(object, "put", put);
    add_filled(object, "set", set);
    return object;
}

// Keeps [one] in [changed] when it says more than its id; takes it.
static void keep_changed(cJSON *changed, cJSON *one)
{
    if (one->child && one->child->next)
        cJSON_AddItemToArray(changed, one);
    else
        cJSON_Delete(one);
}

static cJSON *named(const char *id)
{
    cJSON *one = cJSON_CreateObject();
    cJSON_AddItemToObjectCS(one, "id", cJSON_CreateString(id));
    return one;
}

static void compare_clips(cJSON *changed, const void *from, const void *to)
{
    cJSON *one = named(clip_id(from));
    add_delta(one, &cr_clip_spec, from, to);
    keep_changed(changed, one);
}

static const noun_kind asset_kind = {&cr_asset_spec, asset_id, NULL};
static const noun_kind clip_kind = {&cr_clip_spec, clip_id, compare_clips};
static const noun_kind transition_kind = {&cr_transition_spec, transition_id, NULL};
static const noun_kind marker_kind = {&cr_marker_spec, marker_id, NULL};

// --- many clips that only went elsewhere

static bool same_animated(const cr_animated *a, const cr_animated *b)
{
    if (a->value != b->value || a->keyframe_count != b->keyframe_count) return false;
    for (int i = 0; i < a->keyframe_count; i++) {
        const cr_keyframe *left = &a->keyframes[i], *right = &b->keyframes[i];
        if (left->at != right->at || left->value != right->value || left->easing != right->easing ||
            left->extra || right->extra ||
            memcmp(left->curve, right->curve, sizeof left->curve) != 0)
            return false;
    }
    return true;
}

static bool same_effects(const cr_clip *a, const cr_clip *b)
{
    if (a->effect_count != b->effect_count) return false;
    for (int i = 0; i < a->effect_count; i++) {
        const cr_effect *left = &a->effects[i], *right = &b->effects[i];
        if (left->entry != right->entry || left->is_off != right->is_off || left->extra ||
            right->extra || strcmp(left->id, right->id) != 0)
            return false;
        for (int j = 0; j < left->entry->param_count; j++)
            if (!same_animated(&left->params[j], &right->params[j])) return false;
    }
    return true;
}

static bool same_words(const cr_clip *a, const cr_clip *b)
{
    if (a->word_count != b->word_count) return false;
    for (int i = 0; i < a->word_count; i++) {
        const cr_word *left = &a->words[i], *right = &b->words[i];
        if (left->range.start != right->range.start ||
            left->range.duration != right->range.duration || left->extra || right->extra ||
            strcmp(left->text, right->text) != 0)
            return false;
    }
    return true;
}

static bool same_speech(const cr_clip *a, const cr_clip *b)
{
    return a->speech_count == b->speech_count &&
           (a->speech_count == 0 ||
            memcmp(a->speech, b->speech, (size_t)a->speech_count * sizeof *a->speech) == 0);
}

// True only when the start is all that differs; false also when that is tedious to find out.
static bool only_moved(const cr_clip *a, const cr_clip *b)
{
    if (strcmp(a->id, b->id) != 0 || a->range.duration != b->range.duration ||
        a->source_start != b->source_start || a->speed != b->speed || a->kind != b->kind ||
        a->keep_pitch != b->keep_pitch || a->is_off != b->is_off || a->fit != b->fit ||
        a->blend != b->blend || a->fade_in != b->fade_in || a->fade_out != b->fade_out ||
        a->fade_in_curve != b->fade_in_curve || a->fade_out_curve != b->fade_out_curve ||
        a->color != b->color)
        return false;
    if (a->style || b->style || a->extra || b->extra) return false;
    if (!same_effects(a, b) || !same_words(a, b) || !same_speech(a, b)) return false;
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        if (!same_animated(&a->params[i], &b->params[i])) return false;
    return strcmp(a->name, b->name) == 0 && strcmp(a->asset, b->asset) == 0 &&
           strcmp(a->sequence, b->sequence) == 0 && strcmp(a->link, b->link) == 0 &&
           strcmp(a->group, b->group) == 0 && strcmp(a->text, b->text) == 0;
}

// Runs of clips that all moved by the same time become {"first", "last", "by"}; the rest is
// compared one by one. Only for lists of the same clips in the same order.
static bool diff_shifted(cJSON *out, const cr_track *from, const cr_track *to)
{
    enum { run_min = 4 };
    if (from->clip_count != to->clip_count) return false;
    for (int i = 0; i < from->clip_count; i++)
        if (from->clips[i] != to->clips[i] && strcmp(from->clips[i]->id, to->clips[i]->id) != 0)
            return false;
    cJSON *shifts = cJSON_CreateArray(), *set = cJSON_CreateArray();
    for (int i = 0; i < from->clip_count;) {
        const cr_clip *a = from->clips[i], *b = to->clips[i];
        cr_ticks by = b->range.start - a->range.start;
        int end = i;
        while (a != b && end < from->clip_count &&
               to->clips[end]->range.start - from->clips[end]->range.start == by &&
               only_moved(from->clips[end], to->clips[end]))
            end++;
        if (end - i >= run_min) {
            cJSON *shift = cJSON_CreateObject();
            cJSON_AddItemToObjectCS(shift, "first", cJSON_CreateString(a->id));
            cJSON_AddItemToObjectCS(shift, "last", cJSON_CreateString(from->clips[end - 1]->id));
            cr_json_add_int(shift, "by", by);
            cJSON_AddItemToArray(shifts, shift);
            i = end;
            continue;
        }
        if (a != b) compare_clips(set, a, b);
        i++;
    }
    add_filled(out, "shift", shifts);
    add_filled(out, "set", set);
    return true;
}

// --- the nouns that hold others

static void compare_tracks(cJSON *changed, const void *left, const void *right)
{
    const cr_track *from = left, *to = right;
    cJSON *one = named(from->id), *clips = cJSON_CreateObject();
    add_delta(one, &cr_track_spec, from, to);
    if (!diff_shifted(clips, from, to)) {
        cJSON_Delete(clips);
        clips = diff_list(&clip_kind, (void *const *)from->clips, from->clip_count,
                          (void *const *)to->clips, to->clip_count);
    }
    add_filled(one, "clips", clips);
    add_filled(one, "transitions",
               diff_list(&transition_kind, (void *const *)from->transitions, from->transition_count,
                         (void *const *)to->transitions, to->transition_count));
    keep_changed(changed, one);
}

static const noun_kind track_kind = {&cr_track_spec, track_id, compare_tracks};

// The ids of [to] in their order, when that is not what removing and adding at the end leaves.
static void add_order(cJSON *object, const noun_kind *kind, void *const *from, int from_count,
                      void *const *to, int to_count)
{
    bool is_same = from_count == to_count;
    for (int i = 0; i < to_count && is_same; i++)
        is_same = strcmp(kind->id(from[i]), kind->id(to[i])) == 0;
    if (is_same) return;
    cJSON *order = cJSON_CreateArray();
    for (int i = 0; i < to_count; i++)
        cJSON_AddItemToArray(order, cJSON_CreateString(kind->id(to[i])));
    add_filled(object, "order", order);
}

static void compare_sequences(cJSON *changed, const void *left, const void *right)
{
    const cr_sequence *from = left, *to = right;
    cJSON *one = named(from->id);
    add_delta(one, &cr_sequence_spec, from, to);
    cJSON *tracks = diff_list(&track_kind, (void *const *)from->tracks, from->track_count,
                              (void *const *)to->tracks, to->track_count);
    add_order(tracks, &track_kind, (void *const *)from->tracks, from->track_count,
              (void *const *)to->tracks, to->track_count);
    add_filled(one, "tracks", tracks);
    add_filled(one, "markers",
               diff_list(&marker_kind, (void *const *)from->markers, from->marker_count,
                         (void *const *)to->markers, to->marker_count));
    keep_changed(changed, one);
}

static const noun_kind sequence_kind = {&cr_sequence_spec, sequence_id, compare_sequences};

cJSON *cr_patch_make(const cr_project *from, const cr_project *to)
{
    cJSON *patch = cJSON_CreateObject();
    cJSON_AddItemToObjectCS(patch, "op", cJSON_CreateString("patch"));
    add_delta(patch, &cr_project_spec, from, to);
    add_filled(patch, "assets",
               diff_list(&asset_kind, (void *const *)from->assets, from->asset_count,
                         (void *const *)to->assets, to->asset_count));
    cJSON *sequences =
        diff_list(&sequence_kind, (void *const *)from->sequences, from->sequence_count,
                  (void *const *)to->sequences, to->sequence_count);
    add_order(sequences, &sequence_kind, (void *const *)from->sequences, from->sequence_count,
              (void *const *)to->sequences, to->sequence_count);
    add_filled(patch, "sequences", sequences);
    return patch;
}
