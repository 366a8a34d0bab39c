// Where sound leaves for the ears, as a part of the host port: a ring buffer that a device empties
// (an AudioWorklet in a browser). 48 kHz stereo. Called from the thread that steps the core.
//
// Where the sound breaks off, begins or jumps, by clear or because nothing was written in time, the
// device lets the step between the two samples fade within some milliseconds: nothing clicks.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// The table of one device.
typedef struct cr_host_sound {
    void *cookie;
    // Samples a channel that can be written now.
    int (*room)(void *cookie);
    // At most room() samples.
    void (*write)(void *cookie, const float *left, const float *right, int count);
    // Samples written since the last clear that have been heard by now (what the device still holds
    // is subtracted): the clock of playback. Never falls between two clears.
    int64_t (*heard)(void *cookie);
    // Throws away what was written and not heard, and begins to count from 0.
    void (*clear)(void *cookie);
    // False while there is no device, or the user has not allowed sound yet: then playback goes by
    // the time that its caller tells.
    bool (*is_running)(void *cookie);
} cr_host_sound;
