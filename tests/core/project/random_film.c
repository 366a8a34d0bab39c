#include "random_film.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static const cr_ticks frame = CR_TICKS_PER_SECOND / 30;

// SplitMix64.
static uint64_t next_number(random_source *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

int64_t random_below(random_source *random, int64_t below)
{
    return (int64_t)(next_number(random) % (uint64_t)below);
}

static bool one_in(random_source *random, int count)
{
    return random_below(random, count) == 0;
}

static cr_ticks random_time(random_source *random, int frames)
{
    cr_ticks time = random_below(random, frames) * frame;
    // Now and then not on a frame.
    return one_in(random, 4) ? time + random_below(random, frame) : time;
}

static void add_text(cJSON *object, const char *key, const char *text)
{
    cJSON_AddStringToObject(object, key, text);
}

static void add_id(cJSON *object, const char *key, const char *prefix, int64_t number)
{
    char *id = cr_format("%s%lld", prefix, (long long)number);
    add_text(object, key, id);
    cr_free(id);
}

static void add_decimal(cJSON *object, const char *key, int64_t millionths)
{
    cJSON_AddNumberToObject(object, key, (double)millionths / 1000000);
}

static cJSON *random_keyframes(random_source *random, int64_t low, int64_t high)
{
    static const char *const easings[] = {"linear", "hold", "in", "out", "in-out", "bezier"};
    cJSON *list = cJSON_CreateArray();
    cr_ticks at = -random_time(random, 30);
    for (int64_t count = 1 + random_below(random, 4); count > 0; count--) {
        cJSON *keyframe = cJSON_CreateObject();
        cr_json_add_int(keyframe, "at", at);
        add_decimal(keyframe, "value", low + random_below(random, high - low + 1));
        const char *easing = easings[random_below(random, 6)];
        add_text(keyframe, "easing", easing);
        if (strcmp(easing, "bezier") == 0) {
            const double curve[4] = {0.25, -0.5, 0.75, 1.5};
            cJSON_AddItemToObject(keyframe, "curve", cJSON_CreateDoubleArray(curve, 4));
        }
        if (one_in(random, 8)) add_text(keyframe, "note", "kept");
        cJSON_AddItemToArray(list, keyframe);
        at += 1 + random_time(random, 30);
    }
    return list;
}

static void add_effect(random_source *random, cJSON *list, int64_t number)
{
    cJSON *effect = cJSON_CreateObject();
    add_text(effect, "kind", "blur");
    add_id(effect, "id", "e", number);
    cJSON *params = cJSON_AddObjectToObject(effect, "params");
    if (one_in(random, 2))
        cJSON_AddItemToObject(params, "sigma", random_keyframes(random, 0, 20000000));
    else
        add_decimal(params, "sigma", random_below(random, 20000000));
    if (one_in(random, 4)) cJSON_AddBoolToObject(effect, "off", true);
    cJSON_AddItemToArray(list, effect);
}

static void add_words(random_source *random, cJSON *clip, cr_ticks duration)
{
    cJSON *words = cJSON_AddArrayToObject(clip, "words");
    cr_ticks at = 0;
    char text[64] = "";
    for (int i = 0; i < 4; i++) {
        cJSON *word = cJSON_CreateObject();
        add_id(word, "text", "word", i);
        cr_json_add_int(word, "start", at);
        cr_json_add_int(word, "duration", duration / 5);
        cJSON_AddItemToArray(words, word);
        at += duration / 4 + random_below(random, 100);
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%sword%d", i ? " " : "", i);
    }
    add_text(clip, "text", text);
}

static void add_looks(random_source *random, cJSON *clip)
{
    static const char *const params[] = {"x", "scale_x", "rotation", "opacity", "gain"};
    const char *name = params[random_below(random, 5)];
    if (one_in(random, 2))
        cJSON_AddItemToObject(clip, name, random_keyframes(random, 0, 1000000));
    else
        add_decimal(clip, name, random_below(random, 1000001));
    if (one_in(random, 3)) {
        cJSON *effects = cJSON_AddArrayToObject(clip, "effects");
        add_effect(random, effects, 0);
        if (one_in(random, 2)) add_effect(random, effects, 1);
    }
    if (one_in(random, 3)) cr_json_add_int(clip, "fade_in", random_time(random, 30));
    if (one_in(random, 5)) add_text(clip, "blend", "multiply");
    if (one_in(random, 6)) add_text(clip, "zebra", "kept");
    if (one_in(random, 6)) add_text(clip, "apple", "kept");
}

static cJSON *random_clip(random_source *random, const char *track_kind, int64_t number,
                          cr_ticks start)
{
    cJSON *clip = cJSON_CreateObject();
    bool is_text = strcmp(track_kind, "text") == 0, is_audio = strcmp(track_kind, "audio") == 0;
    const char *kind = is_text             ? (one_in(random, 2) ? "title" : "caption")
                       : is_audio          ? "media"
                       : one_in(random, 6) ? "solid"
                                           : "media";
    cr_ticks duration = frame + random_time(random, 120);
    add_text(clip, "kind", kind);
    add_id(clip, "id", "c", number);
    cr_json_add_int(clip, "start", start);
    cr_json_add_int(clip, "duration", duration);
    if (strcmp(kind, "media") == 0) {
        add_id(clip, "asset", "asset", random_below(random, 3));
        cr_json_add_int(clip, "source_start", random_time(random, 300));
        if (one_in(random, 5)) add_decimal(clip, "speed", random_below(random, 4000000) - 2000000);
        if (one_in(random, 2)) add_id(clip, "link", "link", number / 2 % 40);
    }
    if (strcmp(kind, "caption") == 0) add_words(random, clip, duration);
    if (one_in(random, 8)) add_id(clip, "group", "group", random_below(random, 3));
    if (one_in(random, 2)) add_looks(random, clip);
    return clip;
}

static cr_ticks time_of(const cJSON *object, const char *key)
{
    return (cr_ticks)cJSON_GetObjectItemCaseSensitive(object, key)->valuedouble;
}

// Joins every third pair of clips that touch.
static void add_transitions(random_source *random, cJSON *track, int64_t *number)
{
    cJSON *list = cJSON_AddArrayToObject(track, "transitions");
    const cJSON *clips = cJSON_GetObjectItemCaseSensitive(track, "clips");
    cr_ticks busy_until = 0;
    for (const cJSON *clip = clips->child; clip && clip->next; clip = clip->next) {
        cr_ticks cut = time_of(clip->next, "start"), duration = time_of(clip, "duration");
        if (time_of(clip, "start") + duration != cut || !one_in(random, 2)) continue;
        cr_ticks half = frame / 2, start = cut - half;
        if (start < busy_until || start < time_of(clip, "start")) continue;
        cJSON *transition = cJSON_CreateObject();
        add_text(transition, "kind", one_in(random, 2) ? "cross-dissolve" : "push");
        add_id(transition, "id", "t", (*number)++);
        add_text(transition, "from", cJSON_GetObjectItemCaseSensitive(clip, "id")->valuestring);
        add_text(transition, "to", cJSON_GetObjectItemCaseSensitive(clip->next, "id")->valuestring);
        cr_json_add_int(transition, "start", start);
        cr_json_add_int(transition, "duration", 2 * half);
        cJSON_AddItemToArray(list, transition);
        busy_until = start + 2 * half;
    }
}

static void add_assets(cJSON *project)
{
    cJSON *assets = cJSON_AddArrayToObject(project, "assets");
    for (int i = 0; i < 4; i++) {
        cJSON *asset = cJSON_CreateObject();
        add_id(asset, "id", "asset", i);
        add_id(asset, "uri", "file", i);
        if (i > 0) cr_json_add_int(asset, "duration", (i - 1) * 600 * frame);
        cJSON_AddItemToArray(assets, asset);
    }
}

cJSON *random_project(random_source *random, int clips_a_track)
{
    static const char *const kinds[] = {"video", "video", "audio", "audio", "text"};
    cJSON *project = cJSON_CreateObject();
    cJSON_AddNumberToObject(project, "version", CR_PROJECT_VERSION);
    add_text(project, "title", "Random");
    add_assets(project);
    cJSON *sequence = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(project, "sequences"), sequence);
    add_text(sequence, "id", "film");
    cJSON *tracks = cJSON_AddArrayToObject(sequence, "tracks");
    int64_t clips = 0, transitions = 0;
    for (int i = 0; i < 5; i++) {
        cJSON *track = cJSON_CreateObject();
        add_text(track, "kind", kinds[i]);
        add_id(track, "id", "track", i);
        if (i == 3) add_text(track, "role", "music");
        cJSON *list = cJSON_AddArrayToObject(track, "clips");
        cr_ticks at = random_time(random, 60);
        for (int j = 0; j < clips_a_track; j++) {
            cJSON *clip = random_clip(random, kinds[i], clips++, at);
            at += time_of(clip, "duration") + (one_in(random, 3) ? random_time(random, 90) : 0);
            cJSON_AddItemToArray(list, clip);
        }
        if (strcmp(kinds[i], "audio") != 0) add_transitions(random, track, &transitions);
        cJSON_AddItemToArray(tracks, track);
    }
    return project;
}

// --- edits

static const cr_track *any_track(random_source *random, const cr_project *project)
{
    const cr_sequence *film = cr_project_film(project);
    return film->tracks[random_below(random, film->track_count)];
}

static const char *any_clip(random_source *random, const cr_project *project)
{
    for (int tries = 0; tries < 20; tries++) {
        const cr_track *track = any_track(random, project);
        if (track->clip_count) return track->clips[random_below(random, track->clip_count)]->id;
    }
    return "none";
}

static const cr_clip *find_clip(const cr_project *project, const char *id)
{
    const cr_sequence *film = cr_project_film(project);
    for (int i = 0; i < film->track_count; i++)
        for (int j = 0; j < film->tracks[i]->clip_count; j++)
            if (strcmp(film->tracks[i]->clips[j]->id, id) == 0) return film->tracks[i]->clips[j];
    return NULL;
}

static cr_ticks random_by(random_source *random)
{
    return random_time(random, 60) - 30 * frame;
}

static const char *kind_name(cr_track_kind kind)
{
    return kind == CR_TRACK_VIDEO ? "video" : kind == CR_TRACK_AUDIO ? "audio" : "text";
}

static cJSON *new_edit(const char *op)
{
    cJSON *edit = cJSON_CreateObject();
    add_text(edit, "op", op);
    return edit;
}

static cJSON *clip_edit(random_source *random, const cr_project *project, const char *op)
{
    cJSON *edit = new_edit(op);
    add_text(edit, "clip", any_clip(random, project));
    if (one_in(random, 4)) cJSON_AddBoolToObject(edit, "alone", true);
    return edit;
}

static cJSON *edge_edit(random_source *random, const cr_project *project, const char *op)
{
    cJSON *edit = clip_edit(random, project, op);
    add_text(edit, "edge", one_in(random, 2) ? "start" : "end");
    cr_json_add_int(edit, "by", random_by(random));
    return edit;
}

static cJSON *by_edit(random_source *random, const cr_project *project, const char *op)
{
    cJSON *edit = clip_edit(random, project, op);
    cr_json_add_int(edit, "by", random_by(random));
    if (strcmp(op, "move") == 0 && one_in(random, 3))
        add_text(edit, "track", any_track(random, project)->id);
    return edit;
}

static cJSON *split_edit(random_source *random, const cr_project *project)
{
    cJSON *edit = clip_edit(random, project, "split");
    const cr_clip *clip =
        find_clip(project, cJSON_GetObjectItemCaseSensitive(edit, "clip")->valuestring);
    if (clip)
        cr_json_add_int(edit, "at", clip->range.start + random_below(random, clip->range.duration));
    return edit;
}

static cJSON *put_edit(random_source *random, const cr_project *project, const char *op)
{
    const cr_track *track = any_track(random, project);
    cJSON *edit = new_edit(op);
    add_text(edit, "track", track->id);
    int64_t number = 1000000 + random_below(random, 1000000000);
    cJSON_AddItemToObject(
        edit, "clip",
        random_clip(random, kind_name(track->kind), number, random_time(random, 3000)));
    if (strcmp(op, "insert") == 0 && one_in(random, 2))
        cJSON_AddBoolToObject(edit, "all_tracks", true);
    return edit;
}

static cJSON *range_edit(random_source *random, const cr_project *project, const char *op)
{
    cJSON *edit = new_edit(op);
    cr_json_add_int(edit, "start", random_time(random, 3000));
    cr_json_add_int(edit, "duration", 1 + random_time(random, 200));
    if (one_in(random, 2)) {
        cJSON *tracks = cJSON_AddArrayToObject(edit, "tracks");
        cJSON_AddItemToArray(tracks, cJSON_CreateString(any_track(random, project)->id));
    }
    return edit;
}

static cJSON *set_edit(random_source *random, const cr_project *project)
{
    cJSON *edit = new_edit("set");
    add_text(edit, "clip", any_clip(random, project));
    cJSON *values = cJSON_AddObjectToObject(edit, "values");
    add_looks(random, values);
    add_id(values, "name", "name", random_below(random, 100));
    if (one_in(random, 3)) cr_json_add_int(values, "start", random_time(random, 3000));
    cJSON *unset = cJSON_AddArrayToObject(edit, "unset");
    if (one_in(random, 2)) cJSON_AddItemToArray(unset, cJSON_CreateString("effects"));
    if (one_in(random, 2)) cJSON_AddItemToArray(unset, cJSON_CreateString("zebra"));
    return edit;
}

static cJSON *keyframe_edit(random_source *random, const cr_project *project)
{
    cJSON *edit = new_edit("set-keyframe");
    add_text(edit, "clip", any_clip(random, project));
    add_text(edit, "param", "opacity");
    cJSON *keyframe = cJSON_AddObjectToObject(edit, "keyframe");
    cr_json_add_int(keyframe, "at", random_below(random, 5) * frame);
    add_decimal(keyframe, "value", random_below(random, 1000001));
    return edit;
}

static cJSON *transition_edit(random_source *random, const cr_project *project)
{
    const cr_track *track = any_track(random, project);
    cJSON *edit = new_edit("add-transition");
    add_text(edit, "track", track->id);
    cJSON *transition = cJSON_AddObjectToObject(edit, "transition");
    add_text(transition, "kind", "wipe");
    add_id(transition, "id", "tr", random_below(random, 1000000000));
    int64_t index = track->clip_count ? random_below(random, track->clip_count) : 0;
    if (track->clip_count) {
        const cr_clip *clip = track->clips[index];
        bool is_last = index + 1 == track->clip_count;
        add_text(transition, "from", clip->id);
        if (!is_last && track->clips[index + 1]->range.start == cr_range_end(clip->range))
            add_text(transition, "to", track->clips[index + 1]->id);
        cr_json_add_int(transition, "start", cr_range_end(clip->range) - frame / 2);
        cr_json_add_int(transition, "duration", is_last ? frame / 2 : frame);
    }
    return edit;
}

static cJSON *track_edit(random_source *random, const cr_project *project)
{
    const cr_sequence *film = cr_project_film(project);
    if (one_in(random, 3)) {
        cJSON *edit = new_edit("add-track");
        cJSON *track = cJSON_AddObjectToObject(edit, "track");
        add_text(track, "kind", "video");
        add_id(track, "id", "more", random_below(random, 1000000000));
        cJSON_AddNumberToObject(edit, "index", (double)random_below(random, film->track_count + 1));
        return edit;
    }
    cJSON *edit = new_edit(one_in(random, 8) ? "remove-track" : "move-track");
    add_text(edit, "track", any_track(random, project)->id);
    if (strcmp(edit->child->valuestring, "move-track") == 0)
        cJSON_AddNumberToObject(edit, "index", (double)random_below(random, film->track_count));
    return edit;
}

static cJSON *link_edit(random_source *random, const cr_project *project)
{
    static const char *const ops[] = {"link", "unlink", "group", "ungroup"};
    cJSON *edit = new_edit(ops[random_below(random, 4)]);
    cJSON *clips = cJSON_AddArrayToObject(edit, "clips");
    cJSON_AddItemToArray(clips, cJSON_CreateString(any_clip(random, project)));
    cJSON_AddItemToArray(clips, cJSON_CreateString(any_clip(random, project)));
    return edit;
}

static cJSON *speed_edit(random_source *random, const cr_project *project)
{
    cJSON *edit = clip_edit(random, project, "speed");
    add_decimal(edit, "speed", random_below(random, 6000000) - 2000000);
    cJSON_AddBoolToObject(edit, "ripple", !one_in(random, 3));
    return edit;
}

static cJSON *marker_edit(random_source *random)
{
    cJSON *edit = new_edit("add-marker");
    cJSON *marker = cJSON_AddObjectToObject(edit, "marker");
    add_id(marker, "id", "m", random_below(random, 1000000000));
    cr_json_add_int(marker, "start", random_time(random, 3000));
    return edit;
}

static cJSON *simple_edit(random_source *random, const cr_project *project)
{
    switch (random_below(random, 21)) {
    case 0:
        return by_edit(random, project, "slip");
    case 1:
        return by_edit(random, project, "slide");
    case 2:
    case 3:
        return by_edit(random, project, "move");
    case 4:
        return edge_edit(random, project, "trim");
    case 5:
        return edge_edit(random, project, "ripple-trim");
    case 6:
        return edge_edit(random, project, "roll");
    case 7:
    case 8:
        return split_edit(random, project);
    case 9:
        return put_edit(random, project, "insert");
    case 10:
        return put_edit(random, project, "overwrite");
    case 11:
        return put_edit(random, project, "add-clip");
    case 12:
        return range_edit(random, project, one_in(random, 2) ? "lift" : "extract");
    case 13:
        return set_edit(random, project);
    case 14:
        return keyframe_edit(random, project);
    case 15:
    case 16:
        return transition_edit(random, project);
    case 17:
        return track_edit(random, project);
    case 18:
        return link_edit(random, project);
    case 19:
        return speed_edit(random, project);
    default:
        return one_in(random, 3)   ? clip_edit(random, project, "remove-clip")
               : one_in(random, 2) ? marker_edit(random)
                                   : clip_edit(random, project, "ripple-delete");
    }
}

cJSON *random_edit(random_source *random, const cr_project *project)
{
    if (!one_in(random, 10)) return simple_edit(random, project);
    cJSON *batch = new_edit("batch");
    cJSON *edits = cJSON_AddArrayToObject(batch, "edits");
    for (int64_t count = 1 + random_below(random, 3); count > 0; count--)
        cJSON_AddItemToArray(edits, simple_edit(random, project));
    return batch;
}
