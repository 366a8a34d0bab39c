// flow: media file -> [engine] -> how loud it is along its time
// Peaks of one file's sound, in even stretches: what a timeline draws its clips with.
#pragma once

#include "host/host.h"

// Stretches in a second, and how many are read at once at most.
enum { CR_WAVEFORM_RATE = 100, CR_WAVEFORM_COUNT_MAX = 6000 };

typedef struct cr_waveform cr_waveform;

// Opens [path] through [host], which must outlive the waveform. CR_UNSUPPORTED when there is no
// sound in it.
CR_CHECKED cr_status cr_waveform_open(cr_waveform **out, const cr_host *host, const char *path,
                                      cr_fault *fault);
void cr_waveform_close(cr_waveform **waveform);

// The peaks of [count] stretches from number [first] on into [out]: 0 is silence, 255 full scale
// and above, of whichever side is louder. Silence outside of the file. CR_LIMIT.
CR_CHECKED cr_status cr_waveform_read(cr_waveform *waveform, int64_t first, int count, uint8_t *out,
                                      cr_fault *fault);
