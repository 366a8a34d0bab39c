// flow: brief + results -> [studio] -> what is to be done
// Every unit of work of a film and what it stands on, derived from the state alone: a unit's input
// is made of the results before it, and names it by its hash; a row with that hash is its result.
// Nothing is marked as stale anywhere, and what an edit changes is exactly what hashes differently.
#pragma once

#include "broker/registry.h"
#include "store/store_jobs.h"
#include "studio/brief.h"
#include "studio/canonical.h"
#include "studio/pacing.h"

// Fixed numbers of the graph.
enum {
    CR_UNIT_ID_BYTES = 48,
    CR_SCENES_MAX = 200,
    CR_ASSEMBLE_VERSION = 1, // raise it when the same results make another project
};

#define CR_PHASE_MAP(X)                                                                            \
    X(BRIEF, "brief")                                                                              \
    X(SCRIPT, "script")                                                                            \
    X(STORYBOARD, "storyboard")                                                                    \
    X(SOUND, "sound")                                                                              \
    X(MOTION, "motion")                                                                            \
    X(ASSEMBLE, "assemble")

// Which stretch of the work a unit belongs to.
typedef enum cr_phase {
    CR_PHASE_NONE = 0,
#define X(name, text) CR_PHASE_##name,
    CR_PHASE_MAP(X)
#undef X
        CR_PHASE_COUNT,
} cr_phase;

// For people. Static.
const char *cr_phase_name(cr_phase phase);

// Where a unit stands.
typedef enum cr_unit_state {
    CR_UNIT_NONE = 0,
    CR_UNIT_BLOCKED, // something before it has no result yet
    CR_UNIT_READY,   // nobody was asked for it yet
    CR_UNIT_LIVE,    // there is a row that has not ended
    CR_UNIT_DONE,
    CR_UNIT_FAILED,
} cr_unit_state;

// One thing to be made.
typedef struct cr_unit {
    char id[CR_UNIT_ID_BYTES]; // "script", "scene/3/voice"
    cr_phase phase;
    const char *kind; // see broker/provider.h; "assemble" is the studio's own
    int scene;        // 0: of the whole film
    cr_unit_state state;
    cJSON *input;             // NULL while blocked; files are named relative to the project folder
    char hash[CR_HASH_BYTES]; // "" while blocked
    const cr_provider *provider; // NULL for "assemble"
    const cr_job *job;           // borrowed from the snapshot; NULL none
} cr_unit;

// A scene with its units (indices into the graph's) and, once its voice is known, its place.
typedef struct cr_scene_plan {
    const cr_scene *scene;
    int picture, voice, motion; // voice -1: nothing is said
    bool is_timed;
    cr_scene_timing timing;
    cr_ticks start; // in the film; right once all scenes are timed
} cr_scene_plan;

// What a graph is derived from; all borrowed, and outliving it.
typedef struct cr_snapshot {
    const cr_brief *brief;
    const cr_job_list *jobs;
    const cr_scene_list *scenes;  // as they stand, each script's in the order of the film
    const cr_scene_list *written; // as the scripts have them: the pace is theirs
    const cr_registry *registry;
} cr_snapshot;

// All that a film needs.
typedef struct cr_graph {
    int unit_count;
    cr_unit *units;                         // in the order of the phases
    int questions, script, music, assemble; // indices; -1 until they are known of
    int scene_count;
    cr_scene_plan *scenes;
    cr_ticks duration; // of the film; 0 until every voice is known
} cr_graph;

// Scene [number] with its units; NULL: it is not in the film. Borrowed.
const cr_scene_plan *cr_graph_scene(const cr_graph *graph, int number);

// Gives the graph. CR_UNSUPPORTED: nothing makes one of the kinds; CR_CORRUPT: a result lacks what
// the next unit needs; CR_LIMIT: too many scenes.
CR_CHECKED cr_status cr_graph_build(cr_graph *out, const cr_snapshot *snapshot, cr_fault *fault);
void cr_graph_free(cr_graph *graph);

// The result of unit [index], or NULL. Borrowed.
const cJSON *cr_graph_output(const cr_graph *graph, int index);

// NULL when there is none of this id. Borrowed.
const cr_unit *cr_graph_unit(const cr_graph *graph, const char *id);
