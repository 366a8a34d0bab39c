// flow: project + playhead -> [engine] -> canvas and ears
// Playback for editing: the sound's clock is the master, pictures are made for it and, under load,
// dropped before the sound is. Never waits: it is ticked, and does a bounded piece of work a tick.
//
// Stills between: while paused the exact picture under the playhead is made and shown once; while
// scrubbing the newest wish wins and short grains of the sound are heard.
#pragma once

#include "compositor/paint.h"
#include "host/host.h"
#include "project/project.h"

typedef struct cr_preview cr_preview;

// Where pictures go. The GL painter and the CPU painter are behind the same door.
typedef struct cr_preview_screen {
    void *cookie;
    // Shows [frame] (I420 in the project's colour, or RGBA) over the whole canvas. Borrows it.
    cr_status (*show)(void *cookie, const cr_frame *frame);
    // Paints and shows the picture itself (paint_gl); NULL: the CPU painter makes a frame for show.
    // CR_UNSUPPORTED: not this one, use show.
    cr_status (*paint)(void *cookie, const cr_picture *picture);
} cr_preview_screen;

// What a preview is opened with; texts are copied.
typedef struct cr_preview_desc {
    const char *asset_folder, *font_folder;
    const cr_host *host;             // must outlive the preview
    const cr_preview_screen *screen; // must outlive it too; NULL: nothing is shown (tests)
    int64_t cache_bytes_max;         // decoded pictures kept; 0: 256 MiB
    int64_t shown_bytes_max;         // beside them pictures that rested on the screen; 0: 128 MiB
} cr_preview_desc;

// Pictures are made this much smaller than the project.
typedef enum cr_preview_quality {
    CR_QUALITY_NONE = 0,
    CR_QUALITY_FULL,
    CR_QUALITY_HALF,
    CR_QUALITY_QUARTER,
    CR_QUALITY_AUTO, // steps down when pictures are dropped, and up again
} cr_preview_quality;

// What a player shows beside the picture.
typedef struct cr_preview_state {
    cr_ticks playhead; // what is heard, or shown when there is no sound
    cr_ticks shown;    // of the picture on the canvas; CR_TICKS_NONE before the first
    cr_ticks duration;
    cr_number rate; // 0 paused; 1 normal; negative backwards
    bool is_scrubbing, is_looping;
    bool is_waiting;                      // the wished picture is still being decoded
    int64_t frames_shown, frames_dropped; // since the last play
    cr_preview_quality quality;           // in use: full, half or quarter
    int64_t cache_bytes;
    int64_t offset_us; // picture minus sound at the last shown frame
} cr_preview_state;

// Gives a preview without a film.
CR_CHECKED cr_status cr_preview_open(cr_preview **out, const cr_preview_desc *desc,
                                     cr_fault *fault);
void cr_preview_close(cr_preview **preview);

// Shares the snapshot; readers of clips that did not change stay open and the playhead stays.
// [sequence]: id, "" the film.
CR_CHECKED cr_status cr_preview_set_project(cr_preview *preview, const cr_project *project,
                                            const char *sequence, cr_fault *fault);

// [rate] as in the state, within ±16; 0 pauses. At the end playback stops or loops.
void cr_preview_play(cr_preview *preview, cr_number rate);
// Pauses at [at]. [is_scrubbing]: more will follow at once; ends with a call that says false.
void cr_preview_seek(cr_preview *preview, cr_ticks at, bool is_scrubbing);
// Pauses, whole frames on or back.
void cr_preview_step(cr_preview *preview, int frames);
// Duration 0: no loop.
void cr_preview_loop(cr_preview *preview, cr_range range);
void cr_preview_set_quality(cr_preview *preview, cr_preview_quality quality);
void cr_preview_set_volume(cr_preview *preview, cr_number gain_db, bool is_muted);
// The canvas was lost or resized: show the picture again.
void cr_preview_refresh(cr_preview *preview);

// Call at every refresh of the display and whenever the host's codecs have moved. [now_us] is a
// steady clock. Faults of single assets are told once in [fault] (CR_OK goes on with the rest:
// a missing file is a hole, not the end of playback).
CR_CHECKED cr_status cr_preview_tick(cr_preview *preview, int64_t now_us, cr_fault *fault);
void cr_preview_state_get(const cr_preview *preview, cr_preview_state *out);

// Peak of what was last heard, left and right, in 1/65536 of full scale, for meters.
void cr_preview_levels(const cr_preview *preview, int out[2]);
