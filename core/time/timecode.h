// SMPTE timecode: hours, minutes, seconds and frames as a person reads them off a monitor.
#pragma once

#include "time/time.h"

// Room for any label that cr_timecode_print writes.
enum { CR_TIMECODE_BYTES_MAX = 24 };

// Labels count nominal frames (30 for 29.97); with drop-frame, the first two labels of each minute
// but every tenth are left out (four at 59.94), so that the clock of the label keeps up with the
// clock on the wall.
typedef struct cr_timecode {
    int hours, minutes, seconds, frames;
    bool is_drop_frame;
    bool is_negative;
} cr_timecode;

// Whether drop-frame counting exists for [rate]: 30000/1001 and 60000/1001 (and 120000/1001).
bool cr_timecode_can_drop(cr_rate rate);

// The label of frame [index]. Drop-frame is used when asked for and possible.
cr_timecode cr_timecode_of_frame(int64_t index, cr_rate rate, bool is_drop_frame);

// The frame that carries the label. CR_INVALID for a part out of range, for a label that drop-frame
// leaves out, and for drop-frame at a rate that has none.
CR_CHECKED cr_status cr_timecode_to_frame(int64_t *out, cr_timecode timecode, cr_rate rate,
                                          cr_fault *fault);

// "01:02:03:04", or "01:02:03;04" with drop-frame, with a leading "-" before zero; always
// terminated.
void cr_timecode_print(cr_timecode timecode, char *out, size_t size);

// Reads what cr_timecode_print writes; ";" or "." before the frames means drop-frame. Only the form
// is checked here, the ranges by cr_timecode_to_frame.
CR_CHECKED cr_status cr_timecode_parse(cr_timecode *out, const char *text, cr_fault *fault);
