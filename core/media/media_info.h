// What a media file holds, as probing found it: one honest picture whatever the container claimed.
#pragma once

#include "base/status.h"
#include "media/color.h"
#include "media/frame.h"
#include "media/pixel.h"
#include "time/time.h"

// What a stream carries.
typedef enum cr_stream_kind {
    CR_STREAM_NONE = 0,
    CR_STREAM_VIDEO,
    CR_STREAM_AUDIO,
    CR_STREAM_TEXT,
} cr_stream_kind;

// Streams of one file.
enum { CR_STREAMS_MAX = 64 };

// One stream, as far as the file tells.
typedef struct cr_stream_info {
    cr_stream_kind kind;
    int index;          // in the file
    char codec[32];     // FFmpeg's short name: "h264", "vp9", "aac", "webp", "png"
    char language[8];   // ISO 639-2, "" unknown
    cr_ticks start;     // presentation time of the first frame or sample, after edit lists
    cr_ticks duration;  // presented length; measured where the container does not say
    int64_t bit_rate;   // bits a second, 0 unknown
    uint8_t *extradata; // owned by the info
    size_t extradata_size;

    // video
    int width, height; // stored, before orientation and sample aspect
    cr_rate sample_aspect;
    cr_orientation orientation;
    cr_pixel pixel;        // what decoding will give
    cr_color color;        // completed: nothing unsaid
    int bit_depth;         // of the source; decoding gives 8
    cr_rate frame_rate;    // average, in lowest terms
    bool is_variable_rate; // frames are not evenly spaced
    int64_t frame_count;   // 0 unknown
    bool has_alpha;
    bool is_still; // a single picture: on at any time

    // audio
    int sample_rate;
    int channels;
    uint64_t channel_mask; // WAVE speaker bits; 0 unknown
    int block_align;       // bytes, for PCM and its kin
    int bits_per_sample;   // of the coded form
    int encoder_delay;     // samples before the first that is meant to be heard
} cr_stream_info;

// One file, as far as it tells.
typedef struct cr_media_info {
    char container[32]; // "mp4", "webm", "matroska", "mp3", "wav", "png", "webp" …
    cr_ticks duration;  // the longest stream's end minus the earliest start; 0 for stills
    int stream_count;
    cr_stream_info *streams;
    bool is_truncated; // ends before its index says
} cr_media_info;

// Frees what it owns and zeroes it.
void cr_media_info_free(cr_media_info *info);

// The first stream of [kind], or NULL. Borrowed.
const cr_stream_info *cr_media_info_first(const cr_media_info *info, cr_stream_kind kind);

// Size as it is to be seen: sample aspect applied, turned upright.
void cr_stream_display_size(const cr_stream_info *stream, int *width, int *height);
