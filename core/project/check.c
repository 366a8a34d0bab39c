#include "project/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "project/draft.h"
#include "project/id_set.h"

// Ids that are looked for one by one; more are worth a table of all.
enum { few_changes = 8 };

typedef struct checker {
    const cr_project *project;
    const cJSON *json; // NULL: an edit is judged, and [where] is the place
    const char *where;
    cr_fault *fault;
    // Of the noun that is judged, for the place.
    const cr_sequence *sequence;
    const cr_track *track;
} checker;

// The item of a list that has this id, from the [from]-th on.
static const cJSON *step_into(const cJSON *parent, const char *list, const char *id, int skip,
                              cr_str *pointer)
{
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(parent, list);
    size_t index = 0;
    for (const cJSON *item = items ? items->child : NULL; item; item = item->next, index++) {
        const cJSON *found = cJSON_GetObjectItemCaseSensitive(item, "id");
        if (!cJSON_IsString(found) || strcmp(found->valuestring, id) != 0 || skip-- > 0) continue;
        cr_str_addf(pointer, "/%s/%zu", list, index);
        return item;
    }
    return NULL;
}

// [list] and [id] name the noun within its track, sequence or project; [skip] as many of that id.
CR_PRINTF(6, 7)
static cr_status fail(const checker *check, const char *list, const char *id, int skip,
                      const char *key, const char *format, ...)
{
    if (!check->fault) return CR_INVALID;
    char text[sizeof check->fault->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (!check->json) return cr_fail(check->fault, CR_INVALID, check->where, "%s", text);
    cr_str pointer = {0};
    const cJSON *at = check->json;
    if (check->sequence) at = step_into(at, "sequences", check->sequence->id, 0, &pointer);
    if (check->track) at = step_into(at, "tracks", check->track->id, 0, &pointer);
    if (list) step_into(at, list, id, skip, &pointer);
    if (key) cr_str_addf(&pointer, "/%s", key);
    cr_fail(check->fault, CR_INVALID, cr_str_text(&pointer), "%s", text);
    cr_str_free(&pointer);
    return CR_INVALID;
}

// --- clips

static bool fits_track(cr_clip_kind clip, cr_track_kind track)
{
    switch (track) {
    case CR_TRACK_VIDEO:
        return clip != CR_CLIP_CAPTION;
    case CR_TRACK_AUDIO:
        return clip == CR_CLIP_MEDIA || clip == CR_CLIP_SEQUENCE;
    case CR_TRACK_TEXT:
        return clip == CR_CLIP_TITLE || clip == CR_CLIP_CAPTION;
    case CR_TRACK_NONE:
        break;
    }
    return false;
}

static cr_status check_source(const checker *check, const cr_clip *clip)
{
    bool is_media = clip->kind == CR_CLIP_MEDIA, is_sequence = clip->kind == CR_CLIP_SEQUENCE;
    if (is_media && !clip->asset[0])
        return fail(check, "clips", clip->id, 0, "asset",
                    "is missing: clip \"%s\" shows media and must name its asset", clip->id);
    if (is_media && !cr_project_asset(check->project, clip->asset))
        return fail(check, "clips", clip->id, 0, "asset",
                    "there is no asset \"%s\", which clip \"%s\" shows", clip->asset, clip->id);
    if (is_sequence && !clip->sequence[0])
        return fail(check, "clips", clip->id, 0, "sequence",
                    "is missing: clip \"%s\" must name the sequence that it shows", clip->id);
    if (is_sequence && !cr_project_sequence(check->project, clip->sequence))
        return fail(check, "clips", clip->id, 0, "sequence",
                    "there is no sequence \"%s\", which clip \"%s\" shows", clip->sequence,
                    clip->id);
    if (!is_media && clip->asset[0])
        return fail(check, "clips", clip->id, 0, "asset",
                    "only a clip of the kind \"media\" has an asset");
    if (!is_sequence && clip->sequence[0])
        return fail(check, "clips", clip->id, 0, "sequence",
                    "only a clip of the kind \"sequence\" has a sequence");
    return CR_OK;
}

static cr_status check_clip(const checker *check, const cr_clip *clip)
{
    if (clip->range.start < 0)
        return fail(check, "clips", clip->id, 0, "start",
                    "clip \"%s\" would begin before the beginning", clip->id);
    if (clip->range.duration <= 0)
        return fail(check, "clips", clip->id, 0, "duration", "clip \"%s\" would have no length",
                    clip->id);
    if (clip->range.duration > CR_TICKS_MAX - clip->range.start)
        return fail(check, "clips", clip->id, 0, "duration",
                    "clip \"%s\" ends behind the largest time", clip->id);
    if (!fits_track(clip->kind, check->track->kind))
        return fail(check, "clips", clip->id, 0, "kind",
                    "clip \"%s\" is of a kind that track \"%s\" cannot hold", clip->id,
                    check->track->id);
    return check_source(check, clip);
}

static cr_status check_overlap(const checker *check, const cr_clip *left, const cr_clip *right)
{
    if (cr_range_end(left->range) <= right->range.start) return CR_OK;
    // Two of one id are found elsewhere, with a better sentence.
    int skip = strcmp(left->id, right->id) == 0;
    return fail(check, "clips", right->id, skip, NULL,
                "clip \"%s\" begins before clip \"%s\" ends: clips of a track cannot overlap",
                right->id, left->id);
}

static cr_status check_clips(const checker *check, const cr_track *before)
{
    const cr_track *track = check->track;
    int first, end;
    cr_track_changed(before, track, &first, &end);
    for (int i = first; i < end; i++) {
        cr_status status = check_clip(check, track->clips[i]);
        if (status != CR_OK) return status;
    }
    // Shared neighbours did not overlap before; where the ends meet the middle they may.
    int from = first > 0 ? first : 1, to = end < track->clip_count ? end + 1 : end;
    for (int i = from; i < to; i++) {
        cr_status status = check_overlap(check, track->clips[i - 1], track->clips[i]);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

// --- transitions

// The index of the first clip that ends after [at].
static int clip_ending_after(const cr_track *track, cr_ticks at)
{
    int low = 0, high = track->clip_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (cr_range_end(track->clips[middle]->range) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The clip [id] among those that lie around [range]; -1 when it is not there.
static int clip_around(const cr_track *track, cr_range range, const char *id)
{
    int first = clip_ending_after(track, range.start);
    if (first > 0) first--;
    for (int i = first; i < track->clip_count; i++) {
        if (track->clips[i]->range.start > cr_range_end(range)) break;
        if (strcmp(track->clips[i]->id, id) == 0) return i;
    }
    return -1;
}

static cr_status check_ends(const checker *check, const cr_transition *transition, int from, int to)
{
    const cr_track *track = check->track;
    const char *id = transition->id;
    cr_ticks start = transition->range.start, end = cr_range_end(transition->range);
    const cr_clip *left = from >= 0 ? track->clips[from] : NULL;
    const cr_clip *right = to >= 0 ? track->clips[to] : NULL;
    if (left && right && cr_range_end(left->range) != right->range.start)
        return fail(check, "transitions", id, 0, NULL,
                    "transition \"%s\" joins clips \"%s\" and \"%s\", which do not touch", id,
                    left->id, right->id);
    cr_ticks cut = left ? cr_range_end(left->range) : right->range.start;
    if (start > cut || end < cut)
        return fail(check, "transitions", id, 0, "start",
                    "transition \"%s\" does not cover the cut", id);
    // At a gap it may not reach the clip behind the gap.
    int before = left ? from : to - 1, after = right ? to : from + 1;
    cr_ticks lowest = 0, highest = CR_TICKS_MAX;
    if (left)
        lowest = left->range.start;
    else if (before >= 0)
        lowest = cr_range_end(track->clips[before]->range);
    if (right)
        highest = cr_range_end(right->range);
    else if (after < track->clip_count)
        highest = track->clips[after]->range.start;
    if (start < lowest || end > highest)
        return fail(check, "transitions", id, 0, "duration",
                    "transition \"%s\" is longer than the clips that it joins", id);
    return CR_OK;
}

static cr_status check_transition(const checker *check, const cr_transition *transition)
{
    const char *id = transition->id;
    if (check->track->kind == CR_TRACK_AUDIO)
        return fail(check, "transitions", id, 0, NULL,
                    "a track of sound has no transitions: fade its clips");
    if (!transition->from[0] && !transition->to[0])
        return fail(check, "transitions", id, 0, NULL,
                    "transition \"%s\" must name the clip it comes from or the one it goes to", id);
    int from = -1, to = -1;
    if (transition->from[0]) {
        from = clip_around(check->track, transition->range, transition->from);
        if (from < 0)
            return fail(check, "transitions", id, 0, "from",
                        "there is no clip \"%s\" where transition \"%s\" begins", transition->from,
                        id);
    }
    if (transition->to[0]) {
        to = clip_around(check->track, transition->range, transition->to);
        if (to < 0)
            return fail(check, "transitions", id, 0, "to",
                        "there is no clip \"%s\" where transition \"%s\" ends", transition->to, id);
    }
    if (from >= 0 && from == to)
        return fail(check, "transitions", id, 0, "to", "transition \"%s\" joins a clip with itself",
                    id);
    return check_ends(check, transition, from, to);
}

// Those that the two do not share lie in [*first, *end) of [after].
static void find_changed_transitions(const cr_track *before, const cr_track *after, int *first,
                                     int *end)
{
    int head = 0, tail = 0, count = after->transition_count;
    int old_count = before ? before->transition_count : 0;
    int most = old_count < count ? old_count : count;
    while (head < most && before->transitions[head] == after->transitions[head])
        head++;
    while (tail < most - head &&
           before->transitions[old_count - 1 - tail] == after->transitions[count - 1 - tail])
        tail++;
    *first = head;
    *end = count - tail;
}

static cr_status check_transitions(const checker *check, const cr_track *before)
{
    const cr_track *track = check->track;
    int first, end;
    find_changed_transitions(before, track, &first, &end);
    cr_range changed = cr_track_changed_time(before, track);
    for (int i = 0; i < track->transition_count; i++) {
        const cr_transition *transition = track->transitions[i];
        if (i && cr_range_overlaps(track->transitions[i - 1]->range, transition->range))
            return fail(check, "transitions", transition->id, 0, "start",
                        "transition \"%s\" begins before transition \"%s\" ends", transition->id,
                        track->transitions[i - 1]->id);
        bool is_old = before && (i < first || i >= end);
        if (is_old && !cr_range_overlaps(transition->range, changed)) continue;
        cr_status status = check_transition(check, transition);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

// --- ids

static cr_status twice(const checker *check, const char *list, const char *noun, const char *id)
{
    return fail(check, list, id, 1, "id", "two %s have the id \"%s\"", noun, id);
}

static cr_status check_track_ids(checker *check, cr_id_set sets[3])
{
    const cr_track *track = check->track;
    if (!cr_id_set_add(&sets[0], track->id)) {
        check->track = NULL;
        return twice(check, "tracks", "tracks", track->id);
    }
    for (int i = 0; i < track->clip_count; i++)
        if (!cr_id_set_add(&sets[1], track->clips[i]->id))
            return twice(check, "clips", "clips", track->clips[i]->id);
    for (int i = 0; i < track->transition_count; i++)
        if (!cr_id_set_add(&sets[2], track->transitions[i]->id))
            return twice(check, "transitions", "transitions", track->transitions[i]->id);
    return CR_OK;
}

static cr_status check_sequence_ids(checker *check, cr_id_set sets[3])
{
    cr_status status = CR_OK;
    for (int i = 0; i < check->sequence->track_count && status == CR_OK; i++) {
        check->track = check->sequence->tracks[i];
        status = check_track_ids(check, sets);
    }
    check->track = NULL;
    cr_id_set markers = {0};
    for (int i = 0; i < check->sequence->marker_count && status == CR_OK; i++)
        if (!cr_id_set_add(&markers, check->sequence->markers[i]->id))
            status = twice(check, "markers", "markers", check->sequence->markers[i]->id);
    cr_id_set_free(&markers);
    return status;
}

// Clips, tracks and transitions have ids that are their own in the whole project.
static cr_status check_ids(checker *check)
{
    const cr_project *project = check->project;
    cr_id_set sets[3] = {{0}};
    cr_status status = CR_OK;
    for (int i = 1; i < project->sequence_count && status == CR_OK; i++)
        for (int j = 0; j < i && status == CR_OK; j++)
            if (strcmp(project->sequences[i]->id, project->sequences[j]->id) == 0)
                status = twice(check, "sequences", "sequences", project->sequences[i]->id);
    for (int i = 0; i < project->sequence_count && status == CR_OK; i++) {
        check->sequence = project->sequences[i];
        status = check_sequence_ids(check, sets);
    }
    check->sequence = NULL;
    check->track = NULL;
    if (status == CR_OK && sets[1].count > CR_CLIPS_MAX)
        status = fail(check, NULL, NULL, 0, NULL, "the project has %zu clips, at most %d",
                      sets[1].count, CR_CLIPS_MAX);
    for (int i = 0; i < 3; i++)
        cr_id_set_free(&sets[i]);
    return status;
}

static cr_status check_assets(const checker *check)
{
    const cr_project *project = check->project;
    for (int i = 1; i < project->asset_count; i++)
        if (strcmp(project->assets[i - 1]->id, project->assets[i]->id) == 0)
            return twice(check, "assets", "assets", project->assets[i]->id);
    return CR_OK;
}

// --- nesting

// How deep sequence [index] nests; more than CR_NESTING_MAX when it contains itself. [depths]
// remembers: 0 not known yet.
static int nesting_of(const cr_project *project, int index, int level, int *depths)
{
    if (depths[index]) return depths[index];
    if (level > CR_NESTING_MAX) return CR_NESTING_MAX + 1;
    const cr_sequence *sequence = project->sequences[index];
    int deepest = 0;
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        for (int j = 0; j < track->clip_count; j++) {
            if (track->clips[j]->kind != CR_CLIP_SEQUENCE) continue;
            int below = 0;
            while (strcmp(project->sequences[below]->id, track->clips[j]->sequence) != 0)
                below++;
            int depth = nesting_of(project, below, level + 1, depths);
            if (depth > deepest) deepest = depth;
            if (deepest > CR_NESTING_MAX) return deepest;
        }
    }
    return depths[index] = deepest + 1;
}

static cr_status check_nesting(const checker *check)
{
    const cr_project *project = check->project;
    int *depths = cr_alloc((size_t)project->sequence_count, sizeof *depths);
    cr_status status = CR_OK;
    for (int i = 0; i < project->sequence_count && status == CR_OK; i++)
        if (nesting_of(project, i, 1, depths) > CR_NESTING_MAX)
            status = fail(check, "sequences", project->sequences[i]->id, 0, NULL,
                          "sequence \"%s\" contains itself, or is nested deeper than %d",
                          project->sequences[i]->id, CR_NESTING_MAX);
    cr_free(depths);
    return status;
}

// --- the whole

static cr_status check_film(const checker *check)
{
    if (check->project->sequence_count == 0)
        return fail(check, NULL, NULL, 0, "sequences", "a project has at least one sequence");
    return CR_OK;
}

static cr_status check_timeline(checker *check)
{
    const cr_project *project = check->project;
    for (int i = 0; i < project->sequence_count; i++) {
        check->sequence = project->sequences[i];
        for (int j = 0; j < check->sequence->track_count; j++) {
            check->track = check->sequence->tracks[j];
            cr_status status = check_clips(check, NULL);
            if (status == CR_OK) status = check_transitions(check, NULL);
            if (status != CR_OK) return status;
        }
    }
    check->sequence = NULL;
    check->track = NULL;
    return CR_OK;
}

static cr_status check_all(checker *check)
{
    cr_status status = check_film(check);
    if (status == CR_OK) status = check_assets(check);
    if (status == CR_OK) status = check_ids(check);
    if (status == CR_OK) status = check_timeline(check);
    if (status == CR_OK) status = check_nesting(check);
    return status;
}

cr_status cr_check_project(const cr_project *project, const cJSON *json, cr_fault *fault)
{
    checker check = {.project = project, .json = json, .where = "", .fault = fault};
    return check_all(&check);
}

// --- changes

static const cr_track *same_track(const cr_sequence *sequence, const char *id, int likely)
{
    if (!sequence) return NULL;
    if (likely < sequence->track_count && strcmp(sequence->tracks[likely]->id, id) == 0)
        return sequence->tracks[likely];
    for (int i = 0; i < sequence->track_count; i++)
        if (strcmp(sequence->tracks[i]->id, id) == 0) return sequence->tracks[i];
    return NULL;
}

static int count_transitions(const cr_project *project, const char *id)
{
    int count = 0;
    for (int i = 0; i < project->sequence_count; i++)
        for (int j = 0; j < project->sequences[i]->track_count; j++) {
            const cr_track *track = project->sequences[i]->tracks[j];
            for (int k = 0; k < track->transition_count; k++)
                count += strcmp(track->transitions[k]->id, id) == 0;
        }
    return count;
}

typedef struct changes {
    const char *clips[few_changes]; // ids of clips that are new or changed
    int clip_count;
    const char *transitions[few_changes];
    int transition_count;
    bool is_more;     // than can be looked at one by one: everything is
    bool has_nesting; // a clip of a sequence was touched, or the sequences were
} changes;

// Two of one id: one of them at least is new or changed.
static cr_status check_few_clips(const checker *check, const changes *noted)
{
    int seen[few_changes] = {0};
    const cr_project *project = check->project;
    for (int i = 0; i < project->sequence_count && noted->clip_count; i++) {
        for (int j = 0; j < project->sequences[i]->track_count; j++) {
            const cr_track *track = project->sequences[i]->tracks[j];
            for (int k = 0; k < track->clip_count; k++)
                for (int l = 0; l < noted->clip_count; l++)
                    seen[l] += strcmp(track->clips[k]->id, noted->clips[l]) == 0;
        }
    }
    for (int i = 0; i < noted->clip_count; i++)
        if (seen[i] > 1)
            return fail(check, NULL, NULL, 0, NULL, "there is a clip \"%s\" already",
                        noted->clips[i]);
    return CR_OK;
}

static void note_clips(const cr_track *before, const cr_track *after, changes *noted)
{
    int first, end;
    cr_track_changed(before, after, &first, &end);
    for (int i = first; i < end; i++) {
        const cr_clip *clip = after->clips[i];
        if (clip->kind == CR_CLIP_SEQUENCE) noted->has_nesting = true;
        if (noted->clip_count < few_changes)
            noted->clips[noted->clip_count++] = clip->id;
        else
            noted->is_more = true;
    }
    find_changed_transitions(before, after, &first, &end);
    for (int i = first; i < end; i++) {
        if (noted->transition_count < few_changes)
            noted->transitions[noted->transition_count++] = after->transitions[i]->id;
        else
            noted->is_more = true;
    }
}

// Whether tracks and markers are those of before, changed or not.
static bool same_lists(const cr_sequence *before, const cr_sequence *after)
{
    if (before->track_count != after->track_count || before->marker_count != after->marker_count)
        return false;
    for (int i = 0; i < after->track_count; i++)
        if (strcmp(before->tracks[i]->id, after->tracks[i]->id) != 0) return false;
    for (int i = 0; i < after->marker_count; i++)
        if (before->markers[i] != after->markers[i]) return false;
    return true;
}

static cr_status check_changed_tracks(checker *check, const cr_sequence *before, changes *noted)
{
    const cr_sequence *after = check->sequence;
    for (int i = 0; i < after->track_count; i++) {
        const cr_track *track = after->tracks[i];
        const cr_track *old = same_track(before, track->id, i);
        if (old == track) continue;
        if (!old) noted->is_more = true;
        check->track = track;
        note_clips(old, track, noted);
        const cr_track *judged = old && old->kind == track->kind ? old : NULL;
        cr_status status = check_clips(check, judged);
        if (status == CR_OK) status = check_transitions(check, judged);
        if (status != CR_OK) return status;
    }
    check->track = NULL;
    if (after->track_count > CR_TRACKS_MAX)
        return fail(check, NULL, NULL, 0, NULL, "sequence \"%s\" has more than %d tracks",
                    after->id, CR_TRACKS_MAX);
    if (!before || !same_lists(before, after)) noted->is_more = true;
    return CR_OK;
}

// Whether [after] lacks an asset that [before] has; both are sorted by id.
static bool lost_asset(const cr_project *before, const cr_project *after)
{
    int at = 0;
    for (int i = 0; i < before->asset_count; i++) {
        const char *id = before->assets[i]->id;
        while (at < after->asset_count && strcmp(after->assets[at]->id, id) < 0)
            at++;
        if (at == after->asset_count || strcmp(after->assets[at]->id, id) != 0) return true;
    }
    return false;
}

cr_status cr_check_change(const cr_project *before, const cr_project *after, const char *where,
                          cr_fault *fault)
{
    checker check = {.project = after, .where = where, .fault = fault};
    changes noted = {0};
    bool same_sequences = before->sequence_count == after->sequence_count;
    for (int i = 0; i < after->sequence_count && same_sequences; i++)
        same_sequences = strcmp(before->sequences[i]->id, after->sequences[i]->id) == 0;
    // An asset or a sequence that is gone may be wanted anywhere.
    if (!same_sequences || lost_asset(before, after)) return check_all(&check);
    cr_status status = check_assets(&check);
    if (status != CR_OK) return status;
    for (int i = 0; i < after->sequence_count; i++) {
        check.sequence = after->sequences[i];
        if (before->sequences[i] == check.sequence) continue;
        status = check_changed_tracks(&check, before->sequences[i], &noted);
        if (status != CR_OK) return status;
    }
    check.sequence = NULL;
    if (noted.is_more) {
        status = check_ids(&check);
        if (status != CR_OK) return status;
    }
    if (!noted.is_more) status = check_few_clips(&check, &noted);
    if (status != CR_OK) return status;
    for (int i = 0; i < noted.transition_count && !noted.is_more; i++)
        if (count_transitions(after, noted.transitions[i]) > 1)
            return fail(&check, NULL, NULL, 0, NULL, "there is a transition \"%s\" already",
                        noted.transitions[i]);
    return noted.has_nesting ? check_nesting(&check) : CR_OK;
}
