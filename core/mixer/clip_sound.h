// One clip's own sound on the timeline: its source read forwards or backwards, at its speed, with
// or without its pitch. Gain comes later.
#pragma once

#include "project/project.h"

typedef struct cr_clip_sound cr_clip_sound;

// [count] source samples from [first] into both; silence outside of the source.
typedef cr_status cr_clip_sound_read_function(void *cookie, int64_t first, int count, float *out[2],
                                              cr_fault *fault);

// The most samples that are asked for at once.
enum { CR_CLIP_SOUND_BLOCK = 4096 };

// The timeline's sample at or after [at].
int64_t cr_sample_from(cr_ticks at);

// Borrows [clip] and [cookie]. [heard_from]: the first timeline sample that will ever be asked for;
// before the clip's own start where a transition lets it sound earlier. CR_NOMEM.
CR_CHECKED cr_status cr_clip_sound_open(cr_clip_sound **out, const cr_clip *clip,
                                        int64_t heard_from, cr_clip_sound_read_function *read,
                                        void *cookie);
void cr_clip_sound_close(cr_clip_sound **sound);

// [count] (at most CR_CLIP_SOUND_BLOCK) samples from timeline sample [first].
CR_CHECKED cr_status cr_clip_sound_run(cr_clip_sound *sound, int64_t first, int count,
                                       float *out[2], cr_fault *fault);
