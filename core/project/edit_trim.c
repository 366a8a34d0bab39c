// Where clips begin and end, and what of their source they show.
#include <string.h>

#include "base/mem.h"
#include "project/edit_op.h"
#include "project/fields.h"

enum { speed_max = 100 };

bool cr_edit_has_time(const cr_edit *edit, const cr_clip *clip)
{
    if (clip->kind == CR_CLIP_SEQUENCE) return true;
    if (clip->kind != CR_CLIP_MEDIA) return false;
    const cr_asset *asset = cr_project_asset(edit->draft->after, clip->asset);
    return !asset || asset->duration != 0;
}

// Moves where the source begins; refuses what lies before the source's beginning.
static cr_status move_source(const cr_edit *edit, cr_clip *clip, cr_ticks by)
{
    if (clip->source_start + by < 0)
        return cr_edit_fail(edit, CR_INVALID, NULL,
                            "the source of clip \"%s\" has only %lld more ticks there", clip->id,
                            (long long)clip->source_start);
    clip->source_start += by;
    return CR_OK;
}

static cr_status too_short(const cr_edit *edit, const cr_clip *clip)
{
    return cr_edit_fail(edit, CR_INVALID, NULL, "nothing would be left of clip \"%s\"", clip->id);
}

static void shift_words(cr_clip *clip, cr_ticks by)
{
    for (int i = 0; i < clip->word_count; i++)
        clip->words[i].range.start += by;
}

cr_status cr_edit_trim_start(const cr_edit *edit, cr_spot spot, cr_ticks by)
{
    cr_clip *clip = cr_draft_write_clip(edit->draft, spot);
    if (by >= clip->range.duration) return too_short(edit, clip);
    if (clip->speed > 0 && cr_edit_has_time(edit, clip)) {
        cr_status status =
            move_source(edit, clip, cr_scale(by, clip->speed, CR_ONE, CR_ROUND_NEAREST));
        if (status != CR_OK) return status;
    }
    clip->range.duration -= by;
    cr_edit_shift_content(clip, -by);
    shift_words(clip, -by);
    cr_draft_move(edit->draft, spot, spot, clip->range.start + by);
    return CR_OK;
}

cr_status cr_edit_trim_end(const cr_edit *edit, cr_spot spot, cr_ticks by)
{
    cr_clip *clip = cr_draft_write_clip(edit->draft, spot);
    if (-by >= clip->range.duration) return too_short(edit, clip);
    if (clip->speed < 0 && cr_edit_has_time(edit, clip)) {
        cr_status status =
            move_source(edit, clip, cr_scale(by, clip->speed, CR_ONE, CR_ROUND_NEAREST));
        if (status != CR_OK) return status;
    }
    clip->range.duration += by;
    return CR_OK;
}

// --- arguments

// Which edge, and by how much it moves: told by "by" or by "to", a time on the timeline.
static cr_status read_edge(const cr_edit *edit, cr_spot spot, bool *is_start, cr_ticks *by)
{
    const char *edge;
    cr_ticks to = 0;
    bool has_to, has_by;
    cr_status status = cr_edit_text(edit, "edge", true, &edge);
    if (status != CR_OK) return status;
    *is_start = strcmp(edge, "start") == 0;
    if (!*is_start && strcmp(edge, "end") != 0)
        return cr_edit_fail(edit, CR_INVALID, "edge", "must be \"start\" or \"end\"");
    *by = 0;
    status = cr_edit_ticks(edit, "to", false, &to, &has_to);
    if (status == CR_OK) status = cr_edit_ticks(edit, "by", false, by, &has_by);
    if (status != CR_OK) return status;
    if (has_to == has_by)
        return cr_edit_fail(edit, CR_INVALID, "to", "say either \"to\" or \"by\"");
    cr_range range = cr_draft_clip_at(edit->draft, spot)->range;
    if (has_to) *by = to - (*is_start ? range.start : cr_range_end(range));
    return CR_OK;
}

typedef cr_status (*edge_verb)(const cr_edit *edit, cr_spot spot, bool is_start, cr_ticks by);

// The clip of the edit and its company, each in turn.
static cr_status each_edge(const cr_edit *edit, edge_verb verb)
{
    cr_spot spot;
    bool is_start;
    cr_ticks by;
    char **ids;
    int count;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = read_edge(edit, spot, &is_start, &by);
    if (status == CR_OK) status = cr_edit_company(edit, spot, false, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count && status == CR_OK; i++)
        if (cr_draft_find_clip(edit->draft, ids[i], &spot)) status = verb(edit, spot, is_start, by);
    cr_edit_company_free(ids, count);
    return status;
}

// --- the verbs

static cr_status trim_one(const cr_edit *edit, cr_spot spot, bool is_start, cr_ticks by)
{
    return is_start ? cr_edit_trim_start(edit, spot, by) : cr_edit_trim_end(edit, spot, by);
}

cr_status cr_edit_trim(const cr_edit *edit)
{
    return each_edge(edit, trim_one);
}

// What follows on the track closes up or makes room; the clip's own beginning stays where it is.
static cr_status ripple_one(const cr_edit *edit, cr_spot spot, bool is_start, cr_ticks by)
{
    cr_spot next = {spot.sequence, spot.track, spot.index + 1};
    cr_range range = cr_draft_clip_at(edit->draft, spot)->range;
    if (range.duration + (is_start ? -by : by) <= 0)
        return too_short(edit, cr_draft_clip_at(edit->draft, spot));
    cr_draft_shift(edit->draft, next, is_start ? -by : by);
    if (!is_start) return cr_edit_trim_end(edit, spot, by);
    char *id = cr_strdup(cr_draft_clip_at(edit->draft, spot)->id);
    cr_status status = cr_edit_trim_start(edit, spot, by);
    if (status == CR_OK && cr_draft_find_clip(edit->draft, id, &spot))
        cr_draft_move(edit->draft, spot, spot, range.start);
    cr_free(id);
    return status;
}

cr_status cr_edit_ripple_trim(const cr_edit *edit)
{
    return each_edge(edit, ripple_one);
}

// The clip that touches this one's edge.
static bool find_neighbor(const cr_edit *edit, cr_spot spot, bool is_start, cr_spot *out)
{
    const cr_track *track = cr_draft_track_at(edit->draft, spot);
    cr_range range = track->clips[spot.index]->range;
    *out = (cr_spot){spot.sequence, spot.track, spot.index + (is_start ? -1 : 1)};
    if (out->index < 0 || out->index >= track->clip_count) return false;
    cr_range other = track->clips[out->index]->range;
    return is_start ? cr_range_end(other) == range.start : other.start == cr_range_end(range);
}

static cr_status roll_one(const cr_edit *edit, cr_spot spot, bool is_start, cr_ticks by)
{
    cr_spot neighbor;
    if (!find_neighbor(edit, spot, is_start, &neighbor)) {
        const char *main = cJSON_GetObjectItemCaseSensitive(edit->json, "clip")->valuestring;
        const char *id = cr_draft_clip_at(edit->draft, spot)->id;
        // A partner without a neighbour has no cut to roll.
        if (strcmp(main, id) != 0) return CR_OK;
        return cr_edit_fail(edit, CR_INVALID, "edge", "no clip touches this edge of clip \"%s\"",
                            id);
    }
    cr_spot left = is_start ? neighbor : spot, right = is_start ? spot : neighbor;
    cr_status status = cr_edit_trim_end(edit, left, by);
    return status == CR_OK ? cr_edit_trim_start(edit, right, by) : status;
}

cr_status cr_edit_roll(const cr_edit *edit)
{
    return each_edge(edit, roll_one);
}

typedef cr_status (*by_verb)(const cr_edit *edit, cr_spot spot, cr_ticks by);

static cr_status each_by(const cr_edit *edit, by_verb verb)
{
    cr_spot spot;
    cr_ticks by = 0;
    char **ids;
    int count;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_ticks(edit, "by", true, &by, NULL);
    if (status == CR_OK) status = cr_edit_company(edit, spot, false, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count && status == CR_OK; i++)
        if (cr_draft_find_clip(edit->draft, ids[i], &spot)) status = verb(edit, spot, by);
    cr_edit_company_free(ids, count);
    return status;
}

static cr_status slip_one(const cr_edit *edit, cr_spot spot, cr_ticks by)
{
    cr_clip *clip = cr_draft_write_clip(edit->draft, spot);
    if (!cr_edit_has_time(edit, clip))
        return cr_edit_fail(edit, CR_INVALID, "clip", "clip \"%s\" has no other part to show",
                            clip->id);
    return move_source(edit, clip, by);
}

cr_status cr_edit_slip(const cr_edit *edit)
{
    return each_by(edit, slip_one);
}

static cr_status slide_one(const cr_edit *edit, cr_spot spot, cr_ticks by)
{
    cr_spot left, right;
    bool has_left = find_neighbor(edit, spot, true, &left);
    bool has_right = find_neighbor(edit, spot, false, &right);
    cr_status status = CR_OK;
    // From the right, so that the places of those on the left stay.
    if (has_right) status = cr_edit_trim_start(edit, right, by);
    if (status == CR_OK && has_left) status = cr_edit_trim_end(edit, left, by);
    if (status != CR_OK) return status;
    cr_ticks start = cr_draft_clip_at(edit->draft, spot)->range.start;
    cr_draft_move(edit->draft, spot, spot, start + by);
    return CR_OK;
}

cr_status cr_edit_slide(const cr_edit *edit)
{
    return each_by(edit, slide_one);
}

// --- speed

static void scale_keyframes(cr_animated *animated, cr_ticks to, cr_ticks from)
{
    int kept = 0;
    for (int i = 0; i < animated->keyframe_count; i++) {
        cr_keyframe keyframe = animated->keyframes[i];
        keyframe.at = cr_scale(keyframe.at, to, from, CR_ROUND_NEAREST);
        // Two that fall together are one.
        if (kept && keyframe.at <= animated->keyframes[kept - 1].at)
            cJSON_Delete(keyframe.extra);
        else
            animated->keyframes[kept++] = keyframe;
    }
    animated->keyframe_count = kept;
}

static void scale_content(cr_clip *clip, cr_ticks to, cr_ticks from)
{
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        scale_keyframes(&clip->params[i], to, from);
    for (int i = 0; i < clip->effect_count; i++)
        for (int j = 0; j < CR_EFFECT_PARAMS_MAX; j++)
            scale_keyframes(&clip->effects[i].params[j], to, from);
    for (int i = 0; i < clip->word_count; i++) {
        cr_range *range = &clip->words[i].range;
        range->start = cr_scale(range->start, to, from, CR_ROUND_NEAREST);
        range->duration = cr_scale(range->duration, to, from, CR_ROUND_NEAREST);
    }
}

// The same stretch of the source, faster or slower; a held picture keeps its length.
static cr_status change_speed(const cr_edit *edit, cr_spot spot, cr_number speed, bool ripple)
{
    cr_clip *clip = cr_draft_write_clip(edit->draft, spot);
    cr_number was = clip->speed < 0 ? -clip->speed : clip->speed;
    cr_number now = speed < 0 ? -speed : speed;
    cr_ticks before = clip->range.duration, after = before;
    if (was && now) after = cr_scale(before, was, now, CR_ROUND_NEAREST);
    if (after < 1) after = 1;
    if (after > CR_TICKS_MAX)
        return cr_edit_fail(edit, CR_LIMIT, "speed", "clip \"%s\" would become too long", clip->id);
    clip->speed = speed;
    clip->range.duration = after;
    if (after != before) scale_content(clip, after, before);
    cr_spot next = {spot.sequence, spot.track, spot.index + 1};
    if (ripple) cr_draft_shift(edit->draft, next, after - before);
    return CR_OK;
}

cr_status cr_edit_speed(const cr_edit *edit)
{
    cr_spot spot;
    cr_number speed;
    bool ripple = false;
    char **ids;
    int count;
    cr_json_place place = {edit->place, "speed", 0};
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(edit->json, "speed");
    if (!json) return cr_edit_fail(edit, CR_INVALID, "speed", "is missing: this edit needs it");
    cr_status status = cr_value_read_number(&speed, json, -speed_max * CR_ONE, speed_max * CR_ONE,
                                            &place, edit->fault);
    if (status == CR_OK) status = cr_edit_flag(edit, "ripple", &ripple);
    if (status == CR_OK) status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_company(edit, spot, false, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count && status == CR_OK; i++)
        if (cr_draft_find_clip(edit->draft, ids[i], &spot))
            status = change_speed(edit, spot, speed, ripple);
    cr_edit_company_free(ids, count);
    return status;
}
