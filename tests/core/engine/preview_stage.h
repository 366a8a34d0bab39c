// Where a preview is tested: ears, a screen and a clock that the test owns, so that every run is
// the same.
#pragma once

#include "engine/preview.h"
#include "native/native.h"

// Pictures that a test remembers of one film.
enum { STAGE_FRAMES_MAX = 4096 };

// What the ears heard, whole; where it broke off or jumped, the step was smoothed as devices do.
typedef struct stage_ears {
    float *heard; // left, from the first sample on
    int64_t heard_count, heard_room;
    float *queue[2];
    int queued;
    int64_t written, consumed; // since the last clear
    int64_t gap_samples;       // silence that cut into playing sound
    bool is_silent, was_cleared;
    float step, last;
    bool is_off;  // no device
    int latency;  // samples that the device holds
    double drift; // how fast the device's clock goes against the test's
    double owed;
} stage_ears;

// One showing of a picture.
typedef struct stage_shown {
    int64_t frame;  // of the film; -1: none of its pictures
    cr_ticks heard; // when the test's ears were there, by their own count
    cr_preview_quality quality;
    int width;
} stage_shown;

typedef struct stage {
    cr_native *native;
    cr_host host;
    cr_host_sound device;
    cr_preview_screen screen;
    stage_ears ears;
    cr_preview *preview;
    int64_t now_us;
    int64_t show_us; // what showing a picture takes
    uint64_t pictures[STAGE_FRAMES_MAX];
    int picture_count;
    stage_shown *shown;
    int shown_count, shown_room;
    int told; // faults
    cr_fault fault;
} stage;

// [seconds] at 29.97, with a tone; pictures of 64 × 48 that all differ, coded by these arguments of
// ffmpeg ("-c:v ffv1"). Gives the project, whose media lie in "corpus".
cr_project *stage_film(int seconds, const char *coding);

// Opens a preview of [film] with all its pictures known. [codecs] may be NULL.
void stage_open(stage *s, const cr_project *film, const cr_host_codecs *codecs);
void stage_close(stage *s);

// Another film: what the pictures should be is learned anew.
void stage_learn(stage *s, const cr_project *film);

// Time passes, a tick every 60th of a second.
void stage_run(stage *s, double seconds);
// One tick, [us] later.
void stage_tick(stage *s, int64_t us);

cr_preview_state stage_state(const stage *s);
// The last showing; fails the test when there was none.
const stage_shown *stage_last(const stage *s);
// The largest step between two samples that followed each other, from sample [first] on.
float stage_largest_step(const stage *s, int64_t first);
float stage_loudest(const stage *s, int64_t first);
