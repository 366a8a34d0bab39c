// What the mouth and the lids of a presenter do in every frame.
#pragma once

#include "broker/motion/clip.h"
#include "broker/painter/presenter.h"

// The shape for a phoneme as builtin_voice.h names them; CR_VISEME_REST for silence and anything
// else.
cr_viseme cr_viseme_of(const char *symbol);

// The shape in each of [wish->frame_count] frames. Gives the array (cr_free).
uint8_t *cr_mouth_frames(const cr_motion_wish *wish);

// 1 in every frame in which the eyes are shut. Gives the array (cr_free).
uint8_t *cr_blink_frames(const cr_motion_wish *wish);

// "mouth-open.png"; static.
const char *cr_viseme_file(cr_viseme viseme);

// Paint every shape and the lids into [folder], in the colours of [presenter]'s layer.
CR_CHECKED cr_status cr_mouth_write(const cr_motion_layer *presenter, const char *folder,
                                    cr_fault *fault);
// Take them away again.
void cr_mouth_remove(const char *folder);
