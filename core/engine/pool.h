// The files a film is made from, opened when they are needed and closed when they are not.
#pragma once

#include "compositor/text.h"
#include "engine/audio_reader.h"
#include "engine/video_reader.h"
#include "project/project.h"

typedef struct cr_pool cr_pool;

// Where assets and fonts are.
typedef struct cr_pool_desc {
    const char *asset_folder; // what relative uris are relative to
    const char *font_folder;
    const cr_host *host; // must outlive the pool
} cr_pool_desc;

// Shares the snapshot.
CR_CHECKED cr_status cr_pool_open(cr_pool **out, const cr_project *project,
                                  const cr_pool_desc *desc, cr_fault *fault);
void cr_pool_close(cr_pool **pool);

// Opens every asset and every font that [sequence] uses for what will be made of it, once, and
// closes them again: a missing or broken one is named here, with its place in the project.
CR_CHECKED cr_status cr_pool_check(cr_pool *pool, const cr_sequence *sequence, bool with_picture,
                                   bool with_sound, cr_fault *fault);

// The picture of a media clip. Clips have readers of their own, so that two may show different
// times of one file. Shares the frame.
CR_CHECKED cr_status cr_pool_frame(cr_pool *pool, const cr_clip *clip, const cr_asset *asset,
                                   cr_ticks source_time, cr_frame **out, cr_fault *fault);

// The form the mixer asks in: [cookie] is the pool.
CR_CHECKED cr_status cr_pool_sound(void *cookie, const cr_asset *asset, int64_t first, int count,
                                   float *out[2], cr_fault *fault);

// The painter of titles and captions, started on first use.
CR_CHECKED cr_status cr_pool_text(cr_pool *pool, cr_text_painter **out, cr_fault *fault);

// Call after every picture: readers that none of the last second's pictures used are closed.
void cr_pool_tick(cr_pool *pool);
