// Sound between libavutil's sample formats and ours.
#pragma once

#include <libavutil/frame.h>

#include "media/sample.h"

// [frame]'s sound as planar float, at its own rate and channels. Gives the samples; channels past
// CR_CHANNELS_MAX are left out.
CR_CHECKED cr_status cr_lav_samples_read(cr_samples **out, const AVFrame *frame);

// [count] samples a channel, in planes of float, into [frame], whose format and buffers are set.
// Values beyond ±1 are clipped for whole-number formats.
CR_CHECKED cr_status cr_lav_samples_write(AVFrame *frame, float *const planes[], int count);
