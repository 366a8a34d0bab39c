// Random projects and random edits for property tests: the same seed, the same film.
#pragma once

#include "project/project.h"

typedef struct random_source {
    uint64_t state;
} random_source;

// From 0 to [below] − 1.
int64_t random_below(random_source *random, int64_t below);

// A valid project with a few of everything. Gives the JSON (cJSON_Delete).
cJSON *random_project(random_source *random, int clips_a_track);

// An edit that may or may not be possible. Gives the JSON (cJSON_Delete).
cJSON *random_edit(random_source *random, const cr_project *project);
