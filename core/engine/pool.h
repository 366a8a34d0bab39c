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
    const cr_host *host;     // must outlive the pool
    int64_t cache_bytes_max; // decoded pictures, over all readers; 0: 256 MiB
    int64_t shown_bytes_max; // beside them, see cr_pool_keep_shown; 0: none are kept
    // Readers that may rest where somebody was, beside the one that every clip has: going on from
    // there is nearer than from a keyframe. 0 for whoever goes through a film once.
    int resting_max;
} cr_pool_desc;

// Shares the snapshot.
CR_CHECKED cr_status cr_pool_open(cr_pool **out, const cr_project *project,
                                  const cr_pool_desc *desc, cr_fault *fault);
void cr_pool_close(cr_pool **pool);

// Another snapshot, shared. Readers of files that are still the same stay open, where they are.
void cr_pool_set_project(cr_pool *pool, const cr_project *project);

// Opens every asset and every font that [sequence] uses for what will be made of it, once, and
// closes them again: a missing or broken one is named here, with its place in the project.
CR_CHECKED cr_status cr_pool_check(cr_pool *pool, const cr_sequence *sequence, bool with_picture,
                                   bool with_sound, cr_fault *fault);

// The picture of a media clip. Clips have readers of their own, so that two may show different
// times of one file. Shares the frame. CR_AGAIN, and frames without planes, as of
// cr_video_reader_frame.
CR_CHECKED cr_status cr_pool_frame(cr_pool *pool, const cr_clip *clip, const cr_asset *asset,
                                   cr_ticks source_time, cr_frame **out, cr_fault *fault);

// The form the mixer asks in: [cookie] is the pool.
CR_CHECKED cr_status cr_pool_sound(void *cookie, const cr_asset *asset, int64_t first, int count,
                                   float *out[2], cr_fault *fault);

// The painter of titles and captions, started on first use.
CR_CHECKED cr_status cr_pool_text(cr_pool *pool, cr_text_painter **out, cr_fault *fault);

// While somebody drags through the film one reader follows him, and none is left behind.
void cr_pool_set_dragged(cr_pool *pool, bool is_dragged);

// Call after every picture: readers that none of the last second's pictures used are closed.
void cr_pool_tick(cr_pool *pool);

// What was given for the picture before is kept for whoever comes back to it, also when its reader
// has gone far away or was closed. Call it for pictures that rested on the screen.
void cr_pool_keep_shown(cr_pool *pool);

// How far and how to work ahead.
typedef struct cr_pool_ahead {
    cr_number rate;   // of playing: below 0 backwards; 0 counts as forwards
    cr_ticks horizon; // on the timeline: clips that come into sight within it are opened; 0: 1 s
    bool with_planes; // see cr_reading
} cr_pool_ahead;

// Lets the readers of what is to be seen in [sequence] from [at] on work ahead, a bounded piece of
// work that never waits. What goes wrong is told when its picture is asked for.
void cr_pool_prefetch(cr_pool *pool, const cr_sequence *sequence, cr_ticks at,
                      const cr_pool_ahead *ahead);

// The planes of [frame] could not be fetched. See cr_video_reader_lose.
bool cr_pool_lose(cr_pool *pool, const cr_frame *frame);

// Over all readers open now.
void cr_pool_stats_get(const cr_pool *pool, cr_reader_stats *out);
