#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "project/fields.h"

enum { name_bytes_max = 1024, markers_max = 10000, transitions_max = CR_CLIPS_MAX };

static cr_status check_list(const cJSON *json, int max, const char *what,
                            const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsArray(json))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be a list of %s", what);
    if (cJSON_GetArraySize(json) > max)
        return cr_json_fail(fault, CR_LIMIT, place, NULL, "has %d %s, at most %d",
                            cJSON_GetArraySize(json), what, max);
    return CR_OK;
}

// --- markers

static const cr_marker marker_defaults = {.color = 0xf5a623ff};

static const cr_field marker_fields[] = {
    {.name = "id",
     .type = CR_FIELD_ID,
     .flags = CR_FIELD_REQUIRED,
     .offset = offsetof(cr_marker, id)},
    {.name = "name",
     .type = CR_FIELD_TEXT,
     .offset = offsetof(cr_marker, name),
     .max = name_bytes_max},
    {.name = "start",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = offsetof(cr_marker, range.start),
     .max = CR_TICKS_MAX},
    {.name = "duration",
     .type = CR_FIELD_TICKS,
     .offset = offsetof(cr_marker, range.duration),
     .max = CR_TICKS_MAX},
    {.name = "color", .type = CR_FIELD_COLOR, .offset = offsetof(cr_marker, color)},
};

const cr_spec cr_marker_spec = {"marker", marker_fields,
                                sizeof marker_fields / sizeof marker_fields[0], &marker_defaults,
                                offsetof(cr_marker, extra)};

cr_status cr_marker_read(cr_marker **out, const cJSON *json, const cr_json_place *place,
                         cr_fault *fault)
{
    cr_marker *marker = cr_marker_make();
    cr_status status = cr_fields_read(&cr_marker_spec, marker, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cr_marker_drop(marker);
        return status;
    }
    *out = marker;
    return CR_OK;
}

static int compare_markers(const void *left, const void *right)
{
    const cr_marker *a = *(cr_marker *const *)left, *b = *(cr_marker *const *)right;
    if (a->range.start != b->range.start) return a->range.start < b->range.start ? -1 : 1;
    return strcmp(a->id, b->id);
}

void cr_markers_sort(cr_sequence *sequence)
{
    if (sequence->marker_count > 1)
        qsort(sequence->markers, (size_t)sequence->marker_count, sizeof *sequence->markers,
              compare_markers);
}

// --- tracks

static int compare_clips(const void *left, const void *right)
{
    const cr_clip *a = *(cr_clip *const *)left, *b = *(cr_clip *const *)right;
    if (a->range.start != b->range.start) return a->range.start < b->range.start ? -1 : 1;
    return strcmp(a->id, b->id);
}

static int compare_transitions(const void *left, const void *right)
{
    const cr_transition *a = *(cr_transition *const *)left, *b = *(cr_transition *const *)right;
    if (a->range.start != b->range.start) return a->range.start < b->range.start ? -1 : 1;
    return strcmp(a->id, b->id);
}

void cr_track_sort(cr_track *track)
{
    bool is_sorted = true;
    for (int i = 1; i < track->clip_count && is_sorted; i++)
        is_sorted = track->clips[i - 1]->range.start <= track->clips[i]->range.start;
    if (!is_sorted)
        qsort(track->clips, (size_t)track->clip_count, sizeof *track->clips, compare_clips);
    is_sorted = true;
    for (int i = 1; i < track->transition_count && is_sorted; i++)
        is_sorted = track->transitions[i - 1]->range.start < track->transitions[i]->range.start;
    if (!is_sorted)
        qsort(track->transitions, (size_t)track->transition_count, sizeof *track->transitions,
              compare_transitions);
}

static const cr_field duck_fields[] = {
    {.name = "under",
     .type = CR_FIELD_TEXT,
     .flags = CR_FIELD_REQUIRED,
     .offset = offsetof(cr_duck, under),
     .max = name_bytes_max},
    {.name = "amount",
     .type = CR_FIELD_NUMBER,
     .offset = offsetof(cr_duck, amount),
     .min = -96 * CR_ONE},
    {.name = "attack",
     .type = CR_FIELD_TICKS,
     .offset = offsetof(cr_duck, attack),
     .max = 60 * CR_TICKS_PER_SECOND},
    {.name = "release",
     .type = CR_FIELD_TICKS,
     .offset = offsetof(cr_duck, release),
     .max = 60 * CR_TICKS_PER_SECOND},
};

static const cr_duck duck_defaults = {
    .amount = -12 * CR_ONE,
    .attack = CR_TICKS_PER_SECOND / 5,
    .release = CR_TICKS_PER_SECOND * 3 / 5,
};

static const cr_spec duck_spec = {"duck", duck_fields, sizeof duck_fields / sizeof duck_fields[0],
                                  &duck_defaults, offsetof(cr_duck, extra)};

static void free_duck(cr_duck *duck)
{
    cr_text_free(&duck->under);
    cJSON_Delete(duck->extra);
}

static cr_status read_duck(void *noun, const cJSON *json, const cr_json_place *place,
                           cr_fault *fault)
{
    cr_track *track = noun;
    cr_duck duck = duck_defaults;
    cr_text_set(&duck.under, "");
    cr_status status = CR_OK;
    if (json) status = cr_fields_read(&duck_spec, &duck, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        free_duck(&duck);
        return status;
    }
    free_duck(&track->duck);
    track->duck = duck;
    return CR_OK;
}

static cJSON *write_duck(const void *noun)
{
    const cr_duck *duck = &((const cr_track *)noun)->duck;
    cJSON *json = cr_fields_write(&duck_spec, duck, true);
    // Off, and nothing said beside it.
    if (!duck->under[0] && !json->child->next) {
        cJSON_Delete(json);
        return NULL;
    }
    return json;
}

static cr_status read_track_style(void *noun, const cJSON *json, const cr_json_place *place,
                                  cr_fault *fault)
{
    cr_track *track = noun;
    cr_text_style *style = NULL;
    if (json) {
        cr_status status = cr_text_style_read(&style, json, CR_CLIP_CAPTION, place, fault);
        if (status != CR_OK) return status;
    }
    cr_text_style_free(track->style);
    track->style = style;
    return CR_OK;
}

static cJSON *write_track_style(const void *noun)
{
    const cr_track *track = noun;
    return track->style ? cr_text_style_write(track->style, CR_CLIP_CAPTION) : NULL;
}

static cr_status read_clips(void *noun, const cJSON *json, const cr_json_place *place,
                            cr_fault *fault)
{
    cr_track *track = noun;
    cr_status status = check_list(json, CR_CLIPS_MAX, "clips", place, fault);
    if (status != CR_OK) return status;
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        cr_json_place below = {place, NULL, (size_t)track->clip_count};
        cr_clip *clip;
        status = cr_clip_read(&clip, item, &below, fault);
        if (status != CR_OK) return status;
        CR_VEC_ADD(track->clips, track->clip_count, room, clip);
    }
    return CR_OK;
}

static cJSON *write_clips(const void *noun)
{
    const cr_track *track = noun;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < track->clip_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&cr_clip_spec, track->clips[i], true));
    return list;
}

static cr_status read_transitions(void *noun, const cJSON *json, const cr_json_place *place,
                                  cr_fault *fault)
{
    cr_track *track = noun;
    cr_status status = check_list(json, transitions_max, "transitions", place, fault);
    if (status != CR_OK) return status;
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        cr_json_place below = {place, NULL, (size_t)track->transition_count};
        cr_transition *transition;
        status = cr_transition_read(&transition, item, &below, fault);
        if (status != CR_OK) return status;
        CR_VEC_ADD(track->transitions, track->transition_count, room, transition);
    }
    return CR_OK;
}

static cJSON *write_transitions(const void *noun)
{
    const cr_track *track = noun;
    if (!track->transition_count) return NULL;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < track->transition_count; i++)
        cJSON_AddItemToArray(list,
                             cr_fields_write(&cr_transition_spec, track->transitions[i], true));
    return list;
}

static const cr_name track_kinds[] = {
    {"video", CR_TRACK_VIDEO}, {"audio", CR_TRACK_AUDIO}, {"text", CR_TRACK_TEXT}, {NULL, 0}};

#define AT(member) offsetof(cr_track, member)

static const cr_track track_defaults = {
    .duck = {.amount = -12 * CR_ONE,
             .attack = CR_TICKS_PER_SECOND / 5,
             .release = CR_TICKS_PER_SECOND * 3 / 5},
};

static const cr_field track_fields[] = {
    {.name = "kind",
     .type = CR_FIELD_ENUM,
     .flags = CR_FIELD_FIRST | CR_FIELD_REQUIRED,
     .offset = AT(kind),
     .names = track_kinds},
    {.name = "id", .type = CR_FIELD_ID, .flags = CR_FIELD_REQUIRED, .offset = AT(id)},
    {.name = "name", .type = CR_FIELD_TEXT, .offset = AT(name), .max = name_bytes_max},
    {.name = "role", .type = CR_FIELD_TEXT, .offset = AT(role), .max = name_bytes_max},
    {.name = "locked", .type = CR_FIELD_BOOL, .offset = AT(is_locked)},
    {.name = "hidden", .type = CR_FIELD_BOOL, .offset = AT(is_hidden)},
    {.name = "muted", .type = CR_FIELD_BOOL, .offset = AT(is_muted)},
    {.name = "solo", .type = CR_FIELD_BOOL, .offset = AT(is_solo)},
    {.name = "gain",
     .type = CR_FIELD_NUMBER,
     .offset = AT(gain),
     .min = -144 * CR_ONE,
     .max = 24 * CR_ONE},
    {.name = "pan", .type = CR_FIELD_NUMBER, .offset = AT(pan), .min = -CR_ONE, .max = CR_ONE},
    {.name = "duck", .type = CR_FIELD_OWN, .read = read_duck, .write = write_duck},
    {.name = "style", .type = CR_FIELD_OWN, .read = read_track_style, .write = write_track_style},
    {.name = "clips",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST,
     .read = read_clips,
     .write = write_clips},
    {.name = "transitions",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST,
     .read = read_transitions,
     .write = write_transitions},
};

const cr_spec cr_track_spec = {"track", track_fields, sizeof track_fields / sizeof track_fields[0],
                               &track_defaults, AT(extra)};

cr_status cr_track_read(cr_track **out, const cJSON *json, const cr_json_place *place,
                        cr_fault *fault)
{
    cr_track *track = cr_track_make();
    cr_status status = cr_fields_read(&cr_track_spec, track, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cr_track_drop(track);
        return status;
    }
    cr_track_sort(track);
    *out = track;
    return CR_OK;
}

// --- sequences

static cr_status read_tracks(void *noun, const cJSON *json, const cr_json_place *place,
                             cr_fault *fault)
{
    cr_sequence *sequence = noun;
    cr_status status = check_list(json, CR_TRACKS_MAX, "tracks", place, fault);
    if (status != CR_OK) return status;
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        cr_json_place below = {place, NULL, (size_t)sequence->track_count};
        cr_track *track;
        status = cr_track_read(&track, item, &below, fault);
        if (status != CR_OK) return status;
        CR_VEC_ADD(sequence->tracks, sequence->track_count, room, track);
    }
    return CR_OK;
}

static cJSON *write_tracks(const void *noun)
{
    const cr_sequence *sequence = noun;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < sequence->track_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&cr_track_spec, sequence->tracks[i], true));
    return list;
}

static cr_status read_markers(void *noun, const cJSON *json, const cr_json_place *place,
                              cr_fault *fault)
{
    cr_sequence *sequence = noun;
    cr_status status = check_list(json, markers_max, "markers", place, fault);
    if (status != CR_OK) return status;
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        cr_json_place below = {place, NULL, (size_t)sequence->marker_count};
        cr_marker *marker;
        status = cr_marker_read(&marker, item, &below, fault);
        if (status != CR_OK) return status;
        CR_VEC_ADD(sequence->markers, sequence->marker_count, room, marker);
    }
    return CR_OK;
}

static cJSON *write_markers(const void *noun)
{
    const cr_sequence *sequence = noun;
    if (!sequence->marker_count) return NULL;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < sequence->marker_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&cr_marker_spec, sequence->markers[i], true));
    return list;
}

static const cr_sequence sequence_defaults = {0};

static const cr_field sequence_fields[] = {
    {.name = "id",
     .type = CR_FIELD_ID,
     .flags = CR_FIELD_REQUIRED,
     .offset = offsetof(cr_sequence, id)},
    {.name = "name",
     .type = CR_FIELD_TEXT,
     .offset = offsetof(cr_sequence, name),
     .max = name_bytes_max},
    {.name = "tracks",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST,
     .read = read_tracks,
     .write = write_tracks},
    {.name = "markers",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST,
     .read = read_markers,
     .write = write_markers},
};

const cr_spec cr_sequence_spec = {"sequence", sequence_fields,
                                  sizeof sequence_fields / sizeof sequence_fields[0],
                                  &sequence_defaults, offsetof(cr_sequence, extra)};

cr_status cr_sequence_read(cr_sequence **out, const cJSON *json, const cr_json_place *place,
                           cr_fault *fault)
{
    cr_sequence *sequence = cr_sequence_make();
    cr_status status =
        cr_fields_read(&cr_sequence_spec, sequence, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cr_sequence_drop(sequence);
        return status;
    }
    cr_markers_sort(sequence);
    *out = sequence;
    return CR_OK;
}
