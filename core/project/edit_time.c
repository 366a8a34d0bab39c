// Stretches of the timeline: put in, written over, taken out.
#include <string.h>

#include "base/mem.h"
#include "project/edit_op.h"
#include "project/fields.h"

// The first clip that ends after [at]; may be behind the last.
static int first_ending_after(const cr_track *track, cr_ticks at)
{
    int index = cr_draft_first_from(track, at);
    if (index > 0 && cr_range_end(track->clips[index - 1]->range) > at) index--;
    return index;
}

// One clip that reaches into [range].
static cr_status clear_clip(const cr_edit *edit, cr_spot spot, cr_range range)
{
    cr_range clip = cr_draft_clip_at(edit->draft, spot)->range;
    if (clip.start < range.start) {
        // Cut where the range begins; what is behind comes up next, if anything is.
        if (cr_range_end(clip) > cr_range_end(range))
            return cr_edit_cut(edit, spot, range.start, NULL);
        return cr_edit_trim_end(edit, spot, range.start - cr_range_end(clip));
    }
    if (cr_range_end(clip) > cr_range_end(range))
        return cr_edit_trim_start(edit, spot, cr_range_end(range) - clip.start);
    cr_clip_drop(cr_draft_take_clip(edit->draft, spot));
    return CR_OK;
}

cr_status cr_edit_clear(const cr_edit *edit, cr_spot spot, cr_range range)
{
    for (;;) {
        const cr_track *track = cr_draft_track_at(edit->draft, spot);
        spot.index = first_ending_after(track, range.start);
        if (spot.index == track->clip_count ||
            track->clips[spot.index]->range.start >= cr_range_end(range))
            return CR_OK;
        cr_status status = clear_clip(edit, spot, range);
        if (status != CR_OK) return status;
    }
}

// Cuts what is on at [at] and moves everything behind it.
static cr_status make_room(const cr_edit *edit, cr_spot spot, cr_ticks at, cr_ticks duration)
{
    const cr_track *track = cr_draft_track_at(edit->draft, spot);
    spot.index = first_ending_after(track, at);
    if (spot.index < track->clip_count && track->clips[spot.index]->range.start < at) {
        cr_status status = cr_edit_cut(edit, spot, at, NULL);
        if (status != CR_OK) return status;
        spot.index++;
    }
    cr_draft_shift(edit->draft, spot, duration);
    return CR_OK;
}

static cr_status close_gap(const cr_edit *edit, cr_spot spot, cr_range range)
{
    cr_status status = cr_edit_clear(edit, spot, range);
    if (status != CR_OK) return status;
    spot.index = cr_draft_first_from(cr_draft_track_at(edit->draft, spot), range.start);
    cr_draft_shift(edit->draft, spot, -range.duration);
    return CR_OK;
}

// Markers behind [at] go along when time comes or goes on all tracks; those within time that goes
// end up where it was.
static void shift_markers(const cr_edit *edit, int sequence, cr_ticks at, cr_ticks by)
{
    const cr_sequence *before = edit->draft->after->sequences[sequence];
    cr_ticks first = by < 0 ? at + by : at;
    bool is_needed = false;
    for (int i = 0; i < before->marker_count; i++)
        is_needed = is_needed || before->markers[i]->range.start >= first;
    if (!is_needed) return;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, sequence);
    for (int i = 0; i < in->marker_count; i++) {
        if (in->markers[i]->range.start < first) continue;
        cJSON *json = cr_fields_write(&cr_marker_spec, in->markers[i], true);
        cr_marker *copy = NULL;
        cr_status status = cr_marker_read(&copy, json, NULL, NULL);
        CR_ASSERT(status == CR_OK);
        cJSON_Delete(json);
        copy->range.start += by;
        if (copy->range.start < first) copy->range.start = first;
        cr_marker_drop(in->markers[i]);
        in->markers[i] = copy;
    }
    cr_markers_sort(in);
}

// --- insert and overwrite

static cr_status read_clip(const cr_edit *edit, cr_spot *spot, cr_clip **clip)
{
    const cJSON *json;
    cr_status status = cr_edit_track(edit, "track", spot);
    if (status == CR_OK) status = cr_edit_object(edit, "clip", &json);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "clip", 0};
    return cr_clip_read(clip, json, &place, edit->fault);
}

cr_status cr_edit_insert(const cr_edit *edit)
{
    cr_spot spot;
    cr_clip *clip = NULL;
    bool all = false;
    cr_status status = cr_edit_flag(edit, "all_tracks", &all);
    if (status == CR_OK) status = read_clip(edit, &spot, &clip);
    if (status != CR_OK) return status;
    cr_range range = clip->range;
    int count = edit->draft->after->sequences[spot.sequence]->track_count;
    for (int i = 0; i < count && status == CR_OK; i++) {
        cr_spot other = {spot.sequence, i, -1};
        bool is_locked = cr_draft_track_at(edit->draft, other)->is_locked;
        if (i == spot.track || (all && !is_locked))
            status = make_room(edit, other, range.start, range.duration);
    }
    if (status != CR_OK) {
        cr_clip_drop(clip);
        return status;
    }
    if (all) shift_markers(edit, spot.sequence, range.start, range.duration);
    cr_draft_add_clip(edit->draft, spot, clip);
    return CR_OK;
}

cr_status cr_edit_overwrite(const cr_edit *edit)
{
    cr_spot spot;
    cr_clip *clip = NULL;
    cr_status status = read_clip(edit, &spot, &clip);
    if (status != CR_OK) return status;
    status = cr_edit_clear(edit, spot, clip->range);
    if (status == CR_OK)
        cr_draft_add_clip(edit->draft, spot, clip);
    else
        cr_clip_drop(clip);
    return status;
}

// --- lift and extract

typedef cr_status (*range_verb)(const cr_edit *edit, cr_spot spot, cr_range range);

static cr_status read_range(const cr_edit *edit, cr_range *out)
{
    cr_status status = cr_edit_ticks(edit, "start", true, &out->start, NULL);
    if (status == CR_OK) status = cr_edit_ticks(edit, "duration", true, &out->duration, NULL);
    if (status != CR_OK) return status;
    if (out->start < 0) return cr_edit_fail(edit, CR_INVALID, "start", "lies before the beginning");
    if (out->duration < 1 || out->duration > CR_TICKS_MAX - out->start)
        return cr_edit_fail(edit, CR_INVALID, "duration", "must be at least 1");
    return CR_OK;
}

// The tracks named in "tracks", or every unlocked one of the sequence.
static cr_status each_track(const cr_edit *edit, int sequence, cr_range range, range_verb verb)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(edit->json, "tracks");
    cr_json_place place = {edit->place, "tracks", 0};
    if (list && !cJSON_IsArray(list))
        return cr_json_fail(edit->fault, CR_INVALID, &place, NULL, "must be a list of tracks' ids");
    size_t index = 0;
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next, index++) {
        cr_json_place below = {&place, NULL, index};
        cr_spot spot;
        if (!cJSON_IsString(item) || !cr_draft_find_track(edit->draft, item->valuestring, &spot) ||
            spot.sequence != sequence)
            return cr_json_fail(edit->fault, CR_NOTFOUND, &below, NULL,
                                "there is no track \"%s\" in this sequence",
                                cJSON_IsString(item) ? item->valuestring : "");
        cr_status status = cr_edit_unlocked(edit, "tracks", spot);
        if (status == CR_OK) status = verb(edit, spot, range);
        if (status != CR_OK) return status;
    }
    int count = list ? 0 : edit->draft->after->sequences[sequence]->track_count;
    for (int i = 0; i < count; i++) {
        cr_spot spot = {sequence, i, -1};
        if (cr_draft_track_at(edit->draft, spot)->is_locked) continue;
        cr_status status = verb(edit, spot, range);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_edit_lift(const cr_edit *edit)
{
    int sequence;
    cr_range range;
    cr_status status = cr_edit_sequence(edit, &sequence);
    if (status == CR_OK) status = read_range(edit, &range);
    return status == CR_OK ? each_track(edit, sequence, range, cr_edit_clear) : status;
}

cr_status cr_edit_extract(const cr_edit *edit)
{
    int sequence;
    cr_range range;
    cr_status status = cr_edit_sequence(edit, &sequence);
    if (status == CR_OK) status = read_range(edit, &range);
    if (status == CR_OK) status = each_track(edit, sequence, range, close_gap);
    if (status == CR_OK && !cJSON_GetObjectItemCaseSensitive(edit->json, "tracks"))
        shift_markers(edit, sequence, range.start + range.duration, -range.duration);
    return status;
}

// Takes the clip and its company out; each track closes up behind.
static cr_status ripple_delete_company(const cr_edit *edit, cr_spot spot)
{
    char **ids;
    int count;
    cr_status status = cr_edit_company(edit, spot, false, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count; i++) {
        if (!cr_draft_find_clip(edit->draft, ids[i], &spot)) continue;
        cr_clip *clip = cr_draft_take_clip(edit->draft, spot);
        cr_draft_shift(edit->draft, spot, -clip->range.duration);
        cr_clip_drop(clip);
    }
    cr_edit_company_free(ids, count);
    return CR_OK;
}

cr_status cr_edit_ripple_delete(const cr_edit *edit)
{
    cr_spot spot;
    bool all = false;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_flag(edit, "all_tracks", &all);
    if (status != CR_OK) return status;
    if (!all) return ripple_delete_company(edit, spot);
    cr_range range = cr_draft_clip_at(edit->draft, spot)->range;
    status = each_track(edit, spot.sequence, range, close_gap);
    if (status == CR_OK) shift_markers(edit, spot.sequence, cr_range_end(range), -range.duration);
    return status;
}
