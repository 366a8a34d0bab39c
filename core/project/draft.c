#include "project/draft.h"

#include <string.h>

#include "base/mem.h"

void cr_draft_open(cr_draft *draft, const cr_project *before)
{
    draft->before = before;
    draft->after = cr_project_copy(before);
    draft->after->revision++;
}

void cr_draft_close(cr_draft *draft)
{
    cr_project_drop(&draft->after);
}

bool cr_draft_find_clip(const cr_draft *draft, const char *id, cr_spot *out)
{
    const cr_project *project = draft->after;
    for (int i = 0; i < project->sequence_count; i++) {
        const cr_sequence *sequence = project->sequences[i];
        for (int j = 0; j < sequence->track_count; j++) {
            const cr_track *track = sequence->tracks[j];
            for (int k = 0; k < track->clip_count; k++) {
                if (strcmp(track->clips[k]->id, id) != 0) continue;
                *out = (cr_spot){i, j, k};
                return true;
            }
        }
    }
    return false;
}

bool cr_draft_find_track(const cr_draft *draft, const char *id, cr_spot *out)
{
    const cr_project *project = draft->after;
    for (int i = 0; i < project->sequence_count; i++) {
        for (int j = 0; j < project->sequences[i]->track_count; j++) {
            if (strcmp(project->sequences[i]->tracks[j]->id, id) != 0) continue;
            *out = (cr_spot){i, j, -1};
            return true;
        }
    }
    return false;
}

bool cr_draft_find_transition(const cr_draft *draft, const char *id, cr_spot *out)
{
    const cr_project *project = draft->after;
    for (int i = 0; i < project->sequence_count; i++) {
        for (int j = 0; j < project->sequences[i]->track_count; j++) {
            const cr_track *track = project->sequences[i]->tracks[j];
            for (int k = 0; k < track->transition_count; k++) {
                if (strcmp(track->transitions[k]->id, id) != 0) continue;
                *out = (cr_spot){i, j, k};
                return true;
            }
        }
    }
    return false;
}

bool cr_draft_find_sequence(const cr_draft *draft, const char *id, int *out)
{
    for (int i = 0; i < draft->after->sequence_count; i++) {
        if (strcmp(draft->after->sequences[i]->id, id) != 0) continue;
        *out = i;
        return true;
    }
    return false;
}

const cr_track *cr_draft_track_at(const cr_draft *draft, cr_spot spot)
{
    return draft->after->sequences[spot.sequence]->tracks[spot.track];
}

const cr_clip *cr_draft_clip_at(const cr_draft *draft, cr_spot spot)
{
    return cr_draft_track_at(draft, spot)->clips[spot.index];
}

cr_sequence *cr_draft_write_sequence(cr_draft *draft, int sequence)
{
    cr_sequence **slot = &draft->after->sequences[sequence];
    if (!cr_ref_is_single(&(*slot)->ref)) {
        cr_sequence *copy = cr_sequence_copy(*slot);
        cr_sequence_drop(*slot);
        *slot = copy;
    }
    return *slot;
}

cr_track *cr_draft_write_track(cr_draft *draft, cr_spot spot)
{
    cr_track **slot = &cr_draft_write_sequence(draft, spot.sequence)->tracks[spot.track];
    if (!cr_ref_is_single(&(*slot)->ref)) {
        cr_track *copy = cr_track_copy(*slot);
        cr_track_drop(*slot);
        *slot = copy;
    }
    return *slot;
}

static cr_clip *own_clip(cr_clip **slot)
{
    if (!cr_ref_is_single(&(*slot)->ref)) {
        cr_clip *copy = cr_clip_copy(*slot);
        cr_clip_drop(*slot);
        *slot = copy;
    }
    return *slot;
}

cr_clip *cr_draft_write_clip(cr_draft *draft, cr_spot spot)
{
    return own_clip(&cr_draft_write_track(draft, spot)->clips[spot.index]);
}

cr_transition *cr_draft_write_transition(cr_draft *draft, cr_spot spot)
{
    cr_transition **slot = &cr_draft_write_track(draft, spot)->transitions[spot.index];
    if (!cr_ref_is_single(&(*slot)->ref)) {
        cr_transition *copy = cr_transition_copy(*slot);
        cr_transition_drop(*slot);
        *slot = copy;
    }
    return *slot;
}

int cr_draft_first_from(const cr_track *track, cr_ticks at)
{
    int low = 0, high = track->clip_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (track->clips[middle]->range.start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

cr_spot cr_draft_add_clip(cr_draft *draft, cr_spot spot, cr_clip *clip)
{
    cr_track *track = cr_draft_write_track(draft, spot);
    spot.index = cr_draft_first_from(track, clip->range.start);
    CR_LIST_INSERT(track->clips, track->clip_count, spot.index, clip);
    return spot;
}

cr_clip *cr_draft_take_clip(cr_draft *draft, cr_spot spot)
{
    cr_track *track = cr_draft_write_track(draft, spot);
    cr_clip *clip = track->clips[spot.index];
    CR_LIST_REMOVE(track->clips, track->clip_count, spot.index);
    return clip;
}

cr_spot cr_draft_move(cr_draft *draft, cr_spot spot, cr_spot track, cr_ticks start)
{
    cr_clip *clip = cr_draft_take_clip(draft, spot);
    own_clip(&clip)->range.start = start;
    return cr_draft_add_clip(draft, track, clip);
}

void cr_draft_shift(cr_draft *draft, cr_spot spot, cr_ticks by)
{
    if (by == 0 || spot.index >= cr_draft_track_at(draft, spot)->clip_count) return;
    cr_track *track = cr_draft_write_track(draft, spot);
    for (int i = spot.index; i < track->clip_count; i++)
        own_clip(&track->clips[i])->range.start += by;
}

void cr_draft_add_transition(cr_draft *draft, cr_spot spot, cr_transition *transition)
{
    cr_track *track = cr_draft_write_track(draft, spot);
    int index = 0;
    while (index < track->transition_count &&
           track->transitions[index]->range.start <= transition->range.start)
        index++;
    CR_LIST_INSERT(track->transitions, track->transition_count, index, transition);
}

void cr_draft_remove_transition(cr_draft *draft, cr_spot spot)
{
    cr_track *track = cr_draft_write_track(draft, spot);
    cr_transition_drop(track->transitions[spot.index]);
    CR_LIST_REMOVE(track->transitions, track->transition_count, spot.index);
}

void cr_track_changed(const cr_track *before, const cr_track *after, int *first, int *end)
{
    int head = 0, tail = 0, count = after->clip_count;
    int most = !before ? 0 : before->clip_count < count ? before->clip_count : count;
    while (head < most && before->clips[head] == after->clips[head])
        head++;
    while (tail < most - head &&
           before->clips[before->clip_count - 1 - tail] == after->clips[count - 1 - tail])
        tail++;
    *first = head;
    *end = count - tail;
}

cr_range cr_track_changed_time(const cr_track *before, const cr_track *after)
{
    int first, end;
    cr_track_changed(before, after, &first, &end);
    cr_ticks low = first > 0 ? after->clips[first - 1]->range.start : 0;
    cr_ticks high = end < after->clip_count ? cr_range_end(after->clips[end]->range) : CR_TICKS_MAX;
    return (cr_range){low, high - low};
}
