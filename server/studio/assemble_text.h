// The words that are seen: titles and captions as tracks.
#pragma once

#include "project/project.h"
#include "studio/graph.h"

// How titles and captions of this project look, by its size and shape.
void cr_set_text_styles(cr_project *project);

// The opening title and the scenes' own. Gives the track.
cr_track *cr_make_titles(const cr_brief *brief, const cr_graph *graph, const cr_project *project);

// What the voices say, with word times. Gives the track. CR_CORRUPT names the unit.
CR_CHECKED cr_status cr_make_captions(cr_track **out, const cr_brief *brief, const cr_graph *graph,
                                      cr_fault *fault);

// Longest line of a caption, in characters, on a picture of this shape.
int cr_caption_line_max(int width, int height);
