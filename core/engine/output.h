// flow: frame, samples, text -> [engine] -> file
// The end of an export: encoders and the muxer, or the digest, behind one door.
#pragma once

#include "engine/export_format.h"
#include "host/host.h"
#include "media/frame.h"
#include "media/sample.h"

typedef struct cr_output cr_output;

// What the file will hold.
typedef struct cr_output_desc {
    const char *uri; // for the host's open_sink
    const char *title;
    const cr_export_format *format;
    bool has_picture, has_sound, has_text;
    int width, height;
    cr_rate frame_rate;
    const char *video_codec; // NULL: the format's usual one
    cr_color color;
    const char *speed; // see codec.h
    int quality;
    int64_t video_bit_rate, audio_bit_rate;
    int thread_count;
    bool is_exact; // by our own encoders, whatever the host has
} cr_output_desc;

// Gives an output on a new sink of [host], which must outlive it.
CR_CHECKED cr_status cr_output_open(cr_output **out, const cr_output_desc *desc,
                                    const cr_host *host, cr_fault *fault);

// Shares the frame; its pts must be set, its planes may still be with the host. CR_AGAIN: the
// host's encoder (or the planes' way here) is not ready and the frame was not taken; come back with
// the same one.
CR_CHECKED cr_status cr_output_frame(cr_output *output, cr_frame *frame, cr_fault *fault);
// Stereo at CR_MIX_RATE; its pts must be set.
CR_CHECKED cr_status cr_output_samples(cr_output *output, const cr_samples *samples,
                                       cr_fault *fault);
CR_CHECKED cr_status cr_output_text(cr_output *output, const char *text, cr_range range,
                                    cr_fault *fault);

// Takes what the encoders still hold, a bounded piece a call: CR_AGAIN until CR_OK, after which the
// file is complete and has its name. CR_AGAIN may also be the host's encoder at work.
CR_CHECKED cr_status cr_output_finish(cr_output *output, cr_fault *fault);

// Without a complete finish before, leaves nothing behind.
void cr_output_close(cr_output **output);

int64_t cr_output_bytes(const cr_output *output);
