// What becomes of transitions when the clips that they join are moved.
#include <string.h>

#include "base/mem.h"
#include "project/draft.h"

// The index of clip [id]; [likely] is looked at first. -1 when it is not there.
static int find_clip(const cr_track *track, const char *id, int likely)
{
    if (!id[0]) return -1;
    for (int i = likely - 1; i <= likely + 1; i++)
        if (i >= 0 && i < track->clip_count && strcmp(track->clips[i]->id, id) == 0) return i;
    for (int i = 0; i < track->clip_count; i++)
        if (strcmp(track->clips[i]->id, id) == 0) return i;
    return -1;
}

// The cut of a transition whose clips stand at [from] and [to]; false when they do not touch.
static bool cut_between(const cr_track *track, const cr_transition *transition, int from, int to,
                        cr_ticks *cut)
{
    if ((transition->from[0] && from < 0) || (transition->to[0] && to < 0)) return false;
    if (from < 0 && to < 0) return false;
    *cut = from >= 0 ? cr_range_end(track->clips[from]->range) : track->clips[to]->range.start;
    return from < 0 || to < 0 || track->clips[to]->range.start == *cut;
}

// The stretch that the transition may cover.
static cr_range room_around(const cr_track *track, int from, int to, cr_ticks previous_end)
{
    cr_ticks low = 0, high = CR_TICKS_MAX;
    int before = from >= 0 ? from : to - 1, after = to >= 0 ? to : from + 1;
    if (from >= 0)
        low = track->clips[from]->range.start;
    else if (before >= 0)
        low = cr_range_end(track->clips[before]->range);
    if (to >= 0)
        high = cr_range_end(track->clips[to]->range);
    else if (after < track->clip_count)
        high = track->clips[after]->range.start;
    if (low < previous_end) low = previous_end;
    return (cr_range){low, high - low};
}

// Brings a transition to where its clips are now. NULL when they no longer touch, itself when
// nothing changed; gives the reference. [was]: the same on [before], where its clips may have had
// other names.
static cr_transition *settled(const cr_track *before, const cr_transition *was,
                              const cr_track *after, const cr_transition *now,
                              cr_ticks previous_end)
{
    int likely = cr_draft_first_from(before, was->range.start + 1);
    int shift = after->clip_count - before->clip_count;
    int old_from = find_clip(before, was->from, likely);
    int old_to = find_clip(before, was->to, likely);
    int from = find_clip(after, now->from, old_from + shift);
    int to = find_clip(after, now->to, old_to + shift);
    cr_ticks old_cut = 0, cut = 0;
    if (!cut_between(before, was, old_from, old_to, &old_cut)) return NULL;
    if (!cut_between(after, now, from, to, &cut)) return NULL;
    cr_range moved = {now->range.start + (cut - old_cut), now->range.duration};
    cr_range room = room_around(after, from, to, previous_end);
    if (cut < room.start || cut > cr_range_end(room)) return NULL;
    moved = cr_range_intersect(moved, room);
    if (moved.duration <= 0 || moved.start > cut || cr_range_end(moved) < cut) return NULL;
    if (moved.start == now->range.start && moved.duration == now->range.duration)
        return cr_transition_keep(now);
    cr_transition *copy = cr_transition_copy(now);
    copy->range = moved;
    return copy;
}

// What a transition was before; NULL when the edit put it there or gave it a time of its own.
// [likely]: where it would be if few came or went.
static const cr_transition *earlier(const cr_track *before, const cr_transition *now, int likely)
{
    const cr_transition *found = NULL;
    for (int i = likely - 2; i <= likely + 2 && !found; i++)
        if (i >= 0 && i < before->transition_count && before->transitions[i] == now) found = now;
    for (int i = 0; i < before->transition_count && !found; i++)
        if (strcmp(before->transitions[i]->id, now->id) == 0) found = before->transitions[i];
    bool is_same_time = found && found->range.start == now->range.start &&
                        found->range.duration == now->range.duration;
    return is_same_time ? found : NULL;
}

// A transition whose clips both went to another track goes with them.
static void follow(cr_draft *draft, int sequence, int home, const cr_track *before,
                   const cr_transition *transition)
{
    cr_sequence *after = draft->after->sequences[sequence];
    for (int i = 0; i < after->track_count; i++) {
        const cr_track *track = after->tracks[i];
        if (i == home || track->kind == CR_TRACK_AUDIO) continue;
        int from = find_clip(track, transition->from, 0), to = find_clip(track, transition->to, 0);
        if ((from < 0) != !transition->from[0] || (to < 0) != !transition->to[0]) continue;
        cr_transition *moved = settled(before, transition, track, transition, 0);
        if (!moved) return;
        for (int j = 0; j < track->transition_count; j++) {
            if (!cr_range_overlaps(track->transitions[j]->range, moved->range)) continue;
            cr_transition_drop(moved);
            return;
        }
        cr_draft_add_transition(draft, (cr_spot){sequence, i, -1}, moved);
        return;
    }
}

static void settle_track(cr_draft *draft, cr_spot spot, const cr_track *before)
{
    cr_track *track = cr_draft_write_track(draft, spot);
    int count = track->transition_count, kept = 0;
    cr_transition **all = track->transitions;
    track->transitions = cr_alloc((size_t)count, sizeof *all);
    track->transition_count = 0;
    cr_ticks previous_end = 0;
    cr_range touched = cr_track_changed_time(before, track);
    cr_range was_touched = cr_track_changed_time(track, before);
    for (int i = 0; i < count; i++) {
        cr_transition *now = all[i];
        bool is_near =
            cr_range_overlaps(now->range, touched) || cr_range_overlaps(now->range, was_touched);
        // What the edit itself put there is judged as it is.
        const cr_transition *was = is_near ? earlier(before, now, i) : NULL;
        if (was) {
            now = settled(before, was, track, all[i], previous_end);
            if (!now) follow(draft, spot.sequence, spot.track, before, was);
        } else {
            cr_transition_keep(now);
        }
        if (now) {
            track->transitions[kept++] = now;
            previous_end = cr_range_end(now->range);
        }
    }
    track->transition_count = kept;
    for (int i = 0; i < count; i++)
        cr_transition_drop(all[i]);
    cr_free(all);
    cr_track_sort(track);
}

static const cr_track *track_of(const cr_sequence *sequence, const char *id)
{
    for (int i = 0; i < sequence->track_count; i++)
        if (strcmp(sequence->tracks[i]->id, id) == 0) return sequence->tracks[i];
    return NULL;
}

static const cr_sequence *sequence_of(const cr_project *project, const char *id)
{
    return cr_project_sequence(project, id);
}

void cr_draft_settle(cr_draft *draft)
{
    for (int i = 0; i < draft->after->sequence_count; i++) {
        const cr_sequence *after = draft->after->sequences[i];
        const cr_sequence *before = sequence_of(draft->before, after->id);
        if (!before || before == after) continue;
        for (int j = 0; j < after->track_count; j++) {
            const cr_track *track = draft->after->sequences[i]->tracks[j];
            const cr_track *old = track_of(before, track->id);
            if (!old || old == track || !track->transition_count) continue;
            settle_track(draft, (cr_spot){i, j, -1}, old);
        }
    }
}
