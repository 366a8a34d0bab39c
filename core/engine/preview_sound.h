// flow: project + playhead -> [engine] -> ears
// Keeps the host's sound device fed a little ahead of what is heard, and says what place of the
// film is being heard: the clock of playback.
#pragma once

#include "engine/pool.h"
#include "host/host_sound.h"

typedef struct cr_preview_sound cr_preview_sound;

// [device] and [pool] must outlive it. Silent until it is started.
cr_preview_sound *cr_preview_sound_open(const cr_host_sound *device, cr_pool *pool);
void cr_preview_sound_close(cr_preview_sound **sound);

// Another snapshot, shared. What is playing goes on with it, without a click.
CR_CHECKED cr_status cr_preview_sound_set_project(cr_preview_sound *sound,
                                                  const cr_project *project,
                                                  const cr_sequence *sequence, cr_fault *fault);

// Plays from [at] on at [rate] (not 0). [loop] with a duration: from its end on from its start,
// backwards the other way round.
void cr_preview_sound_start(cr_preview_sound *sound, cr_ticks at, cr_number rate, cr_range loop);
void cr_preview_sound_stop(cr_preview_sound *sound);
// A short piece from [at] on, for scrubbing. False while the last one is still to be heard.
bool cr_preview_sound_grain(cr_preview_sound *sound, cr_ticks at, cr_fault *fault);

// Writes ahead, a bounded piece, at least so far that [until_next_us] from now there is still
// sound. [end] is the film's: nothing is played beyond, or before 0.
void cr_preview_sound_feed(cr_preview_sound *sound, cr_ticks end, int64_t until_next_us,
                           cr_fault *fault);

// The place of the film that is heard now.
cr_ticks cr_preview_sound_heard(const cr_preview_sound *sound);
// Of what is heard now, left and right, in 1/65536 of full scale.
void cr_preview_sound_levels(const cr_preview_sound *sound, int out[2]);
// [gain] in decibels.
void cr_preview_sound_set_volume(cr_preview_sound *sound, cr_number gain, bool is_muted);
