#include "project/resolve.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

// The last clip that starts at or before [at]; -1 when none does.
static int clip_index_before(const cr_track *track, cr_ticks at)
{
    int low = 0, high = track->clip_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (track->clips[middle]->range.start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

static const cr_clip *clip_at(const cr_track *track, cr_ticks at)
{
    int index = clip_index_before(track, at);
    if (index < 0 || !cr_range_contains(track->clips[index]->range, at)) return NULL;
    return track->clips[index];
}

static const cr_transition *transition_at(const cr_track *track, cr_ticks at)
{
    int low = 0, high = track->transition_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (track->transitions[middle]->range.start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || !cr_range_contains(track->transitions[low - 1]->range, at)) return NULL;
    return track->transitions[low - 1];
}

// The clips that a transition joins lie around its range: the one that is on at or before its start
// and the one after.
static const cr_clip *clip_named(const cr_track *track, const cr_transition *transition,
                                 const char *id)
{
    if (!id[0]) return NULL;
    int last = clip_index_before(track, cr_range_end(transition->range));
    for (int i = last; i >= 0 && i >= last - 2; i--)
        if (strcmp(track->clips[i]->id, id) == 0) return track->clips[i];
    return NULL;
}

// How far into the source a clip is; runs on before its start and behind its end.
static cr_ticks unbounded_source_time(const cr_clip *clip, cr_ticks clip_time)
{
    cr_ticks played = clip->speed < 0 ? clip->range.duration - 1 - clip_time : clip_time;
    cr_number speed = clip->speed < 0 ? -clip->speed : clip->speed;
    return clip->source_start + cr_scale(played, speed, CR_ONE, CR_ROUND_DOWN);
}

static cr_ticks source_time(const cr_clip *clip, cr_ticks clip_time, cr_ticks source_duration)
{
    cr_ticks at = unbounded_source_time(clip, clip_time);
    if (source_duration != CR_TICKS_NONE && at >= source_duration) at = source_duration - 1;
    return at > 0 ? at : 0;
}

static int64_t square_root(int64_t value)
{
    int64_t low = 0, high = INT64_C(3037000499);
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        if (middle <= value / middle)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

// How much is there when [passed] of a fade of [length] is over.
static cr_number fade_level(cr_ticks passed, cr_ticks length, cr_fade_curve curve)
{
    if (length <= 0 || passed >= length) return CR_ONE;
    if (passed <= 0) return 0;
    cr_number linear = cr_scale(passed, CR_ONE, length, CR_ROUND_NEAREST);
    if (curve == CR_FADE_EQUAL_POWER) return square_root(linear * CR_ONE);
    if (curve == CR_FADE_EXPONENTIAL) return cr_scale(linear, linear, CR_ONE, CR_ROUND_NEAREST);
    return linear;
}

static cr_number faded(const cr_clip *clip, cr_ticks clip_time, cr_number opacity)
{
    cr_number in = fade_level(clip_time, clip->fade_in, clip->fade_in_curve);
    cr_number out =
        fade_level(clip->range.duration - clip_time, clip->fade_out, clip->fade_out_curve);
    opacity = cr_scale(opacity, in, CR_ONE, CR_ROUND_NEAREST);
    return cr_scale(opacity, out, CR_ONE, CR_ROUND_NEAREST);
}

static cr_number param_at(const cr_param_spec *spec, const cr_animated *animated, cr_ticks at)
{
    if (spec->type == CR_PARAM_COLOR) return cr_animated_color_at(animated, at);
    if (spec->type == CR_PARAM_NUMBER) return cr_animated_at(animated, at);
    return cr_animated_step_at(animated, at);
}

static void resolve_effects(const cr_clip *clip, cr_ticks clip_time, cr_layer *layer)
{
    layer->effect_count = 0;
    for (int i = 0; i < clip->effect_count; i++) {
        const cr_effect *effect = &clip->effects[i];
        if (effect->is_off) continue;
        cr_effect_value *value = &layer->effects[layer->effect_count++];
        value->entry = effect->entry;
        for (int j = 0; j < effect->entry->param_count; j++)
            value->params[j] = param_at(&effect->entry->params[j], &effect->params[j], clip_time);
    }
}

static int add_layer(const cr_project *project, const cr_track *track, const cr_clip *clip,
                     cr_ticks at, cr_layers *out)
{
    if (!clip || clip->is_off) return -1;
    CR_VEC_GROW(out->layers, out->layer_count, out->layer_room);
    cr_layer *layer = &out->layers[out->layer_count];
    layer->track = track;
    layer->clip = clip;
    layer->asset = clip->kind == CR_CLIP_MEDIA ? cr_project_asset(project, clip->asset) : NULL;
    layer->clip_time = at - clip->range.start;
    cr_ticks duration = CR_TICKS_NONE;
    if (layer->asset) duration = layer->asset->duration;
    if (clip->kind == CR_CLIP_SEQUENCE) {
        const cr_sequence *nested = cr_project_sequence(project, clip->sequence);
        if (nested) duration = cr_sequence_duration(nested);
    }
    layer->source_time = source_time(clip, layer->clip_time, duration);
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        layer->params[i] = cr_animated_at(&clip->params[i], layer->clip_time);
    layer->params[CR_CLIP_OPACITY] = faded(clip, layer->clip_time, layer->params[CR_CLIP_OPACITY]);
    resolve_effects(clip, layer->clip_time, layer);
    return out->layer_count++;
}

static void resolve_track(const cr_project *project, const cr_track *track, cr_ticks at,
                          cr_layers *out)
{
    cr_layer_item item = {.from = -1, .to = -1};
    item.transition = transition_at(track, at);
    if (item.transition) {
        const cr_transition *transition = item.transition;
        cr_number linear = cr_scale(at - transition->range.start, CR_ONE,
                                    transition->range.duration, CR_ROUND_NEAREST);
        item.progress = cr_ease(transition->easing, NULL, linear);
        item.from =
            add_layer(project, track, clip_named(track, transition, transition->from), at, out);
        item.to = add_layer(project, track, clip_named(track, transition, transition->to), at, out);
    } else {
        item.from = add_layer(project, track, clip_at(track, at), at, out);
    }
    if (item.from < 0 && item.to < 0) return;
    CR_VEC_ADD(out->items, out->item_count, out->item_room, item);
}

void cr_resolve(const cr_project *project, const cr_sequence *sequence, cr_ticks at, cr_layers *out)
{
    static const cr_track_kind order[] = {CR_TRACK_VIDEO, CR_TRACK_TEXT};
    out->layer_count = 0;
    out->item_count = 0;
    for (size_t i = 0; i < CR_COUNT_OF(order); i++) {
        for (int j = 0; j < sequence->track_count; j++) {
            const cr_track *track = sequence->tracks[j];
            if (track->kind == order[i] && !track->is_hidden)
                resolve_track(project, track, at, out);
        }
    }
}

void cr_layers_free(cr_layers *layers)
{
    cr_free(layers->layers);
    cr_free(layers->items);
    *layers = (cr_layers){0};
}

static bool has_solo(const cr_sequence *sequence)
{
    for (int i = 0; i < sequence->track_count; i++)
        if (sequence->tracks[i]->kind == CR_TRACK_AUDIO && sequence->tracks[i]->is_solo)
            return true;
    return false;
}

static bool is_heard(const cr_track *track, bool solo)
{
    return track->kind == CR_TRACK_AUDIO && !track->is_muted && (!solo || track->is_solo);
}

int cr_resolve_sound(const cr_project *project, const cr_sequence *sequence, cr_range range,
                     cr_audible **out)
{
    cr_audible *found = NULL;
    int count = 0, room = 0;
    bool solo = has_solo(sequence);
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        if (!is_heard(track, solo)) continue;
        int first = clip_index_before(track, range.start);
        for (int j = first < 0 ? 0 : first; j < track->clip_count; j++) {
            const cr_clip *clip = track->clips[j];
            if (clip->range.start >= cr_range_end(range)) break;
            if (clip->is_off || !cr_range_overlaps(clip->range, range)) continue;
            cr_audible audible = {.track = track, .clip = clip};
            if (clip->kind == CR_CLIP_SEQUENCE)
                audible.sequence = cr_project_sequence(project, clip->sequence);
            else
                audible.asset = cr_project_asset(project, clip->asset);
            CR_VEC_ADD(found, count, room, audible);
        }
    }
    *out = found;
    return count;
}

// Where on the timeline a stretch of a clip's source is heard; duration 0 when it is not.
static cr_range heard_at(const cr_clip *clip, cr_range source)
{
    cr_number speed = clip->speed < 0 ? -clip->speed : clip->speed;
    if (speed == 0) return (cr_range){clip->range.start, 0};
    cr_ticks from = source.start - clip->source_start;
    cr_ticks start = cr_scale(from, CR_ONE, speed, CR_ROUND_DOWN);
    cr_ticks end = cr_scale(from + source.duration, CR_ONE, speed, CR_ROUND_UP);
    if (clip->speed < 0) {
        cr_ticks mirrored = clip->range.duration - end;
        end = clip->range.duration - start;
        start = mirrored;
    }
    if (start < 0) start = 0;
    if (end > clip->range.duration) end = clip->range.duration;
    return (cr_range){clip->range.start + start, end > start ? end - start : 0};
}

static int compare_starts(const void *left, const void *right)
{
    cr_ticks a = ((const cr_range *)left)->start, b = ((const cr_range *)right)->start;
    return (a > b) - (a < b);
}

static int merge_ranges(cr_range *ranges, int count)
{
    if (count == 0) return 0;
    qsort(ranges, (size_t)count, sizeof *ranges, compare_starts);
    int kept = 0;
    for (int i = 1; i < count; i++) {
        cr_ticks end = cr_range_end(ranges[kept]);
        if (ranges[i].start > end) {
            ranges[++kept] = ranges[i];
        } else if (cr_range_end(ranges[i]) > end) {
            ranges[kept].duration = cr_range_end(ranges[i]) - ranges[kept].start;
        }
    }
    return kept + 1;
}

int cr_resolve_speech(const cr_project *project, const cr_sequence *sequence, const char *role,
                      cr_range **out)
{
    (void)project;
    cr_range *found = NULL;
    int count = 0, room = 0;
    bool solo = has_solo(sequence);
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        if (!is_heard(track, solo) || strcmp(track->role, role) != 0) continue;
        for (int j = 0; j < track->clip_count; j++) {
            const cr_clip *clip = track->clips[j];
            if (clip->is_off) continue;
            if (clip->speech_count == 0) CR_VEC_ADD(found, count, room, clip->range);
            for (int k = 0; k < clip->speech_count; k++) {
                cr_range heard = heard_at(clip, clip->speech[k]);
                if (heard.duration > 0) CR_VEC_ADD(found, count, room, heard);
            }
        }
    }
    *out = found;
    return merge_ranges(found, count);
}
