// What the files of the studio share. No other folder includes this.
#pragma once

#include "studio/presence.h"
#include "studio/studio.h"

// See studio.h; open to the studio's own files only.
struct cr_studio {
    cr_studio_desc desc;
    char *folder; // absolute
    char *project;
    cr_presence *presence;
    int64_t renewed_ms;
    int64_t revision; // of what is below; -1: never read
    bool has_brief;
    cr_brief brief;
    cr_job_list jobs;
    cr_scene_list written, scenes; // as the scripts have them, and as they stand
    cr_graph graph;                // empty without a brief
    int *percents;                 // a unit's progress, by the graph's index
    char *set_aside;
    cr_desk *desk;      // NULL: not opened yet
    cr_phase phase_max; // nothing after it is begun; CR_PHASE_NONE: everything may be
};

// Read again what has changed in the store, and derive the graph.
CR_CHECKED cr_status cr_studio_refresh(cr_studio *studio, cr_fault *fault);

// Write the brief with this board and these models (both taken, NULL: none) and look again.
CR_CHECKED cr_status cr_studio_arrange(cr_studio *studio, cJSON *board, cJSON *models,
                                       cr_fault *fault);

// The plan of scene [number], or NULL and why. Borrowed until the next look.
const cr_scene_plan *cr_studio_plan(const cr_studio *studio, int number, cr_fault *fault);

// Is this the row of a [kind] ("picture", "voice", "motion") that the scene could have? Its
// pictures are told by what they were made from, and so are those of the scene that it was split
// from; its recordings are of the same words, its clips of the same picture.
bool cr_studio_is_variant(const cr_studio *studio, const cr_job *job, const cr_scene_plan *plan,
                          const char *kind);

// A lease of this process that begins now.
cr_lease cr_studio_lease(const cr_studio *studio);

// Judge the result of a [kind], move its files from [work] (a path) into the assets and give the
// output that names them there (cJSON_Delete).
CR_CHECKED cr_status cr_result_keep(cr_studio *studio, const char *kind, const char *work,
                                    const cJSON *output, cJSON **kept, cr_fault *fault);

// Are all files that a kept output names still there? If not, *missing is the first (cr_free).
bool cr_result_is_whole(const cr_studio *studio, const cJSON *output, char **missing);

// The input with its files under the project folder's path. Gives the tree.
cJSON *cr_result_paths(const cr_studio *studio, const cJSON *input);

// Assemble complete results into the project, and tell the hash of what was assembled.
CR_CHECKED cr_status cr_studio_assemble(cr_studio *studio, char hash[CR_HASH_BYTES],
                                        cr_fault *fault);
