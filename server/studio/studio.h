// The studio: a film from a brief, as a durable graph of jobs.
//
// Nothing here waits. A step asks for what is ready, looks at what is under way and writes down
// what has come; the process may die between any two instructions, and another one (or two at once)
// goes on with the same folder and store.
#pragma once

#include "host/host.h"
#include "studio/desk.h"
#include "studio/graph.h"

// How long nobody else takes over what a process works on, unless it is known to have died.
#define CR_STUDIO_LEASE_MS INT64_C(30000)

// Jobs under way at once.
enum { CR_STUDIO_CONCURRENT_MAX = 64 };

typedef struct cr_studio cr_studio;

// What a studio works on and with.
typedef struct cr_studio_desc {
    const char *folder;  // of the film: assets/, project.json; made when missing
    const char *project; // its id in the store; NULL: "film"
    cr_store *store;     // borrowed, as the three below
    const cr_registry *registry;
    // For looking into results; NULL: they only have to be there.
    const cr_host *host;
    int concurrent_max; // units at once; 0: 4
    int64_t lease_ms;   // 0: CR_STUDIO_LEASE_MS
    int64_t (*now_ms)(void *cookie);
    void *clock_cookie;
    // See cr_desk_desc.decided; may be NULL.
    void (*edited)(void *cookie, const cr_store_edit *edit);
    void *edited_cookie;
} cr_studio_desc;

// CR_NOTFOUND is never given: without a brief the studio waits for one.
CR_CHECKED cr_status cr_studio_open(cr_studio **out, const cr_studio_desc *desc, cr_fault *fault);

// Cancels what this process has under way; others may take it over at once.
void cr_studio_close(cr_studio **studio);

// The brief as it is, NULL when there is none yet. Borrowed until the next call.
const cr_brief *cr_studio_brief(const cr_studio *studio);

// Replace it; what depends on what changed is made anew.
CR_CHECKED cr_status cr_studio_brief_set(cr_studio *studio, const cr_brief *brief, cr_fault *fault);

// The questions to ask, once they are there and as long as the brief is not answered; else NULL.
// Borrowed until the next call.
const cJSON *cr_studio_questions(const cr_studio *studio);
// The same, also when they have been answered.
const cJSON *cr_studio_asked(const cr_studio *studio);

// What to change about a scene; NULL members stay as they are.
typedef struct cr_scene_edit {
    const char *heading, *narration, *visual, *shot, *on_screen;
    const bool *is_presenter; // somebody speaks to the camera
    const bool *is_approved;  // the picture is right
    const char *note;         // change the picture that is there: "closer", "at night"
    const char *speaker;      // who speaks here; "": the film's voice
    const cJSON *pronunciation;
    const char *motion_prompt;
    const int64_t *length_ms; // the scene is to be so long at least; 0: as its voice needs
    // The same words, but another result.
    bool another_picture, another_voice, another_motion;
    const char *model_kind, *model; // who makes this kind of thing here, by id; "": as in the film
} cr_scene_edit;

// CR_NOTFOUND: no such scene (yet); CR_CONFLICT: a note to a picture that is not there; CR_INVALID:
// nobody of that id makes it.
CR_CHECKED cr_status cr_studio_scene_edit(cr_studio *studio, int number, const cr_scene_edit *edit,
                                          cr_fault *fault);

// Back to what scene [number] had of a [kind] ("picture", "voice", "motion"): [job] is the row that
// made it. CR_NOTFOUND: none did.
CR_CHECKED cr_status cr_studio_pick(cr_studio *studio, int number, const char *kind, int64_t job,
                                    cr_fault *fault);

// The scenes of the film; none of these makes anything anew but what is other than before. *number
// names the new one. A scene is added, or put back, after scene [after]; 0: at the beginning, -1:
// at the end. CR_CONFLICT: it cannot be done as the film stands.
CR_CHECKED cr_status cr_studio_scene_add(cr_studio *studio, int after, const cr_scene_edit *edit,
                                         int *number, cr_fault *fault);
CR_CHECKED cr_status cr_studio_scene_remove(cr_studio *studio, int number, cr_fault *fault);
CR_CHECKED cr_status cr_studio_scene_restore(cr_studio *studio, int number, cr_fault *fault);
CR_CHECKED cr_status cr_studio_scene_order(cr_studio *studio, const int *numbers, int count,
                                           cr_fault *fault);
// [at]: byte of the narration at which the second one begins; [visual] NULL: the same picture.
CR_CHECKED cr_status cr_studio_scene_split(cr_studio *studio, int number, size_t at,
                                           const char *visual, cr_fault *fault);
CR_CHECKED cr_status cr_studio_scene_merge(cr_studio *studio, int number, cr_fault *fault);

// The scenes that were deleted and can be put back, as they stand on the board (see board.h); NULL:
// none. Borrowed until the next call.
const cJSON *cr_studio_removed(const cr_studio *studio);

// Who makes [kind] from now on; "": the first there is. What scenes have of it stays theirs.
// CR_INVALID: nobody of that id makes it.
CR_CHECKED cr_status cr_studio_model_set(cr_studio *studio, const char *kind, const char *id,
                                         cr_fault *fault);

// Begin nothing of a later phase than [last] but for scenes that are approved, from now on;
// CR_PHASE_NONE: go on to the end.
void cr_studio_hold(cr_studio *studio, cr_phase last);

// Let failed units (all with [unit] NULL) be tried again. *count: how many.
CR_CHECKED cr_status cr_studio_retry(cr_studio *studio, const char *unit, int *count,
                                     cr_fault *fault);

// A step. CR_OK: the project is assembled; CR_AGAIN: there is more to come (or the questions wait
// for answers), call again after a while; CR_INVALID: some units have failed and nothing is left
// that does not need them, the fault names the first. Anything else: the store or the disk failed.
CR_CHECKED cr_status cr_studio_step(cr_studio *studio, cr_fault *fault);

// How far one phase is, in units.
typedef struct cr_phase_progress {
    int done, total, failed, active;
    int percent; // of the phase, units under way counted in part
} cr_phase_progress;

// How far the film is.
typedef struct cr_studio_progress {
    cr_phase_progress phases[CR_PHASE_COUNT];
    cr_phase phase; // the first that is not complete
} cr_studio_progress;

// A copy of how far it is by now.
void cr_studio_progress_get(const cr_studio *studio, cr_studio_progress *out);

// All units as they stand. Borrowed until the next call that is not a question.
const cr_graph *cr_studio_graph(const cr_studio *studio);
const cr_job_list *cr_studio_jobs(const cr_studio *studio);

// The project as people edit it; borrowed until the studio is closed. CR_NOTFOUND: nothing was
// assembled yet.
CR_CHECKED cr_status cr_studio_desk(cr_studio *studio, cr_desk **out, cr_fault *fault);

// What could not be one project: a project.json that was none, or what was assembled anew where
// people's edits left no room for it. Where it was kept beside the project; "" when there was none.
const char *cr_studio_set_aside(const cr_studio *studio);
