// The operations behind edit.h, one table, and how they read what they are told.
#pragma once

#include "project/draft.h"

// One edit while it is applied.
typedef struct cr_edit {
    cr_draft *draft;
    const cJSON *json;
    const cr_json_place *place; // of the edit
    cr_fault *fault;
} cr_edit;

// One operation and the members that it reads.
typedef struct cr_edit_op {
    const char *name;
    const char *members; // those it understands beside "op", separated by spaces
    cr_status (*apply)(const cr_edit *edit);
} cr_edit_op;

// Every operation; ends with a NULL name.
extern const cr_edit_op cr_edit_ops[];

// edit.c and edit_patch.c: others in order, and what is recorded of them.
cr_status cr_edit_batch(const cr_edit *edit);
cr_status cr_edit_patch(const cr_edit *edit);
// edit_noun.c: what comes, goes and is set.
cr_status cr_edit_set(const cr_edit *edit);
cr_status cr_edit_settings(const cr_edit *edit);
cr_status cr_edit_add_asset(const cr_edit *edit);
cr_status cr_edit_remove_asset(const cr_edit *edit);
cr_status cr_edit_add_sequence(const cr_edit *edit);
cr_status cr_edit_remove_sequence(const cr_edit *edit);
cr_status cr_edit_add_track(const cr_edit *edit);
cr_status cr_edit_remove_track(const cr_edit *edit);
cr_status cr_edit_move_track(const cr_edit *edit);
cr_status cr_edit_add_transition(const cr_edit *edit);
cr_status cr_edit_remove_transition(const cr_edit *edit);
cr_status cr_edit_add_marker(const cr_edit *edit);
cr_status cr_edit_remove_marker(const cr_edit *edit);
// edit_effect.c
cr_status cr_edit_add_effect(const cr_edit *edit);
cr_status cr_edit_remove_effect(const cr_edit *edit);
cr_status cr_edit_set_effect(const cr_edit *edit);
cr_status cr_edit_move_effect(const cr_edit *edit);
cr_status cr_edit_set_keyframe(const cr_edit *edit);
cr_status cr_edit_remove_keyframe(const cr_edit *edit);
// edit_clip.c: clips as wholes
cr_status cr_edit_add_clip(const cr_edit *edit);
cr_status cr_edit_remove_clip(const cr_edit *edit);
cr_status cr_edit_move(const cr_edit *edit);
cr_status cr_edit_split(const cr_edit *edit);
cr_status cr_edit_link(const cr_edit *edit);
cr_status cr_edit_unlink(const cr_edit *edit);
cr_status cr_edit_group(const cr_edit *edit);
cr_status cr_edit_ungroup(const cr_edit *edit);
// edit_trim.c: where clips begin and end
cr_status cr_edit_trim(const cr_edit *edit);
cr_status cr_edit_ripple_trim(const cr_edit *edit);
cr_status cr_edit_roll(const cr_edit *edit);
cr_status cr_edit_slip(const cr_edit *edit);
cr_status cr_edit_slide(const cr_edit *edit);
cr_status cr_edit_speed(const cr_edit *edit);
// edit_time.c: stretches of the timeline
cr_status cr_edit_insert(const cr_edit *edit);
cr_status cr_edit_overwrite(const cr_edit *edit);
cr_status cr_edit_lift(const cr_edit *edit);
cr_status cr_edit_extract(const cr_edit *edit);
cr_status cr_edit_ripple_delete(const cr_edit *edit);

// --- arguments; each writes the fault itself

// cr_json_fail at the edit's place (+ "/key").
CR_PRINTF(4, 5)
cr_status cr_edit_fail(const cr_edit *edit, cr_status status, const char *key, const char *format,
                       ...);
// The text under [key]; absent: NULL, or a fault when it [is_needed].
CR_CHECKED cr_status cr_edit_text(const cr_edit *edit, const char *key, bool is_needed,
                                  const char **out);
// [*out] is left alone when it is absent.
CR_CHECKED cr_status cr_edit_flag(const cr_edit *edit, const char *key, bool *out);
CR_CHECKED cr_status cr_edit_ticks(const cr_edit *edit, const char *key, bool is_needed,
                                   cr_ticks *out, bool *is_there);
CR_CHECKED cr_status cr_edit_index(const cr_edit *edit, int max, int *out);
CR_CHECKED cr_status cr_edit_object(const cr_edit *edit, const char *key, const cJSON **out);

// The clip, or track, that the member under [key] names. Locked tracks are refused.
CR_CHECKED cr_status cr_edit_clip(const cr_edit *edit, const char *key, cr_spot *out);
CR_CHECKED cr_status cr_edit_track(const cr_edit *edit, const char *key, cr_spot *out);
// The sequence under "sequence", else the film.
CR_CHECKED cr_status cr_edit_sequence(const cr_edit *edit, int *out);
CR_CHECKED cr_status cr_edit_unlocked(const cr_edit *edit, const char *key, cr_spot spot);

// --- what several operations do

// The clips that an edit of this one also concerns: itself first, then those of its link, and with
// [with_group] those of its group. Only itself when the edit says "alone". Gives the ids (each and
// the list by cr_free).
CR_CHECKED cr_status cr_edit_company(const cr_edit *edit, cr_spot spot, bool with_group,
                                     char ***out, int *count);
void cr_edit_company_free(char **ids, int count);

// Whether the clip has a source that time passes in: not a still, a colour or a text.
bool cr_edit_has_time(const cr_edit *edit, const cr_clip *clip);

// Moves what is tied to the clip's content (keyframes) by a time.
void cr_edit_shift_content(cr_clip *clip, cr_ticks by);

// Moves a clip's beginning or end by a time; what it shows stays where it is on the timeline.
CR_CHECKED cr_status cr_edit_trim_start(const cr_edit *edit, cr_spot spot, cr_ticks by);
CR_CHECKED cr_status cr_edit_trim_end(const cr_edit *edit, cr_spot spot, cr_ticks by);

// Cuts a clip in two at a time inside it. The second half is called [id], or by a free name.
CR_CHECKED cr_status cr_edit_cut(const cr_edit *edit, cr_spot spot, cr_ticks at, const char *id);

// Makes [range] of a track free: what lies in it goes, what reaches into it is shortened.
CR_CHECKED cr_status cr_edit_clear(const cr_edit *edit, cr_spot track, cr_range range);

// A name that no clip has: [id], a dot and a number. Gives it (cr_free).
char *cr_edit_free_id(const cr_edit *edit, const char *id);
