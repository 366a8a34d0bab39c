// flow: project + time -> [engine] -> screen
// Makes a preview's pictures at the size that its quality asks for, and shows them.
#pragma once

#include "engine/pool.h"
#include "engine/preview.h"

typedef struct cr_preview_pictures cr_preview_pictures;

// [pool] must outlive it, and so must what [desc] names.
cr_preview_pictures *cr_preview_pictures_open(const cr_preview_desc *desc, cr_pool *pool);
void cr_preview_pictures_close(cr_preview_pictures **pictures);

// Another snapshot, shared.
void cr_preview_pictures_set_project(cr_preview_pictures *pictures, const cr_project *project);
// Full, half or quarter.
void cr_preview_pictures_set_quality(cr_preview_pictures *pictures, cr_preview_quality quality);

// The picture of [sequence] at [at]. CR_AGAIN: it is still being decoded; ask again, or for
// another. What is missing is a hole in it, told once in [fault] beside CR_OK.
CR_CHECKED cr_status cr_preview_pictures_show(cr_preview_pictures *pictures,
                                              const cr_sequence *sequence, cr_ticks at,
                                              cr_fault *fault);
