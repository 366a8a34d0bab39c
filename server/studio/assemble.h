// flow: results -> project
// The film laid out on a timeline: clips with transitions, titles, captions, voice and music. Pure:
// the same results give the same bytes.
#pragma once

#include "project/project.h"
#include "studio/graph.h"

// Of a graph whose every unit has its result. Gives the project (cr_project_drop). CR_CORRUPT names
// the unit whose result does not fit.
CR_CHECKED cr_status cr_assemble(cr_project **out, const cr_brief *brief, const cr_graph *graph,
                                 cr_fault *fault);
