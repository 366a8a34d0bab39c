// What is behind a cr_decoder and a cr_encoder: one table a library, or the host. The functions
// have the meaning of their namesakes in codec.h; what a backend does not do is NULL.
#pragma once

#include "codec/codec.h"

// What a decoding library does; [state] is its own.
typedef struct cr_decoder_backend {
    void (*close)(void *state);
    cr_status (*send)(void *state, const cr_packet *packet);
    cr_status (*receive_frame)(void *state, cr_frame **out);
    cr_status (*receive_samples)(void *state, cr_samples **out);
    void (*reset)(void *state);
    bool is_hosted;
} cr_decoder_backend;

// What an encoding library does; [state] is its own.
typedef struct cr_encoder_backend {
    void (*close)(void *state);
    cr_status (*send_frame)(void *state, const cr_frame *frame);
    cr_status (*send_samples)(void *state, const cr_samples *samples);
    cr_status (*receive)(void *state, cr_packet **out);
    const cr_stream_info *(*info)(const void *state);
    bool (*is_hosted)(const void *state); // NULL: never
} cr_encoder_backend;

// Each gives a state and the static table that works on it.
CR_CHECKED cr_status cr_decoder_lav_open(void **state, const cr_decoder_backend **backend,
                                         const cr_stream_info *stream, const cr_decoder_desc *desc,
                                         cr_fault *fault);
// For WebM's pictures that can be seen through, whose alpha is a film of its own beside theirs.
bool cr_decoder_alpha_is_for(const cr_stream_info *stream);
CR_CHECKED cr_status cr_decoder_alpha_open(void **state, const cr_decoder_backend **backend,
                                           const cr_stream_info *stream,
                                           const cr_decoder_desc *desc, cr_fault *fault);
CR_CHECKED cr_status cr_decoder_webp_open(void **state, const cr_decoder_backend **backend,
                                          const cr_stream_info *stream);
// By [desc]->host's codecs, which must be there. CR_UNSUPPORTED: by our own, then.
CR_CHECKED cr_status cr_decoder_host_open(void **state, const cr_decoder_backend **backend,
                                          const cr_stream_info *stream,
                                          const cr_decoder_desc *desc);
CR_CHECKED cr_status cr_encoder_host_open(void **state, const cr_encoder_backend **backend,
                                          const cr_encoder_desc *desc);
CR_CHECKED cr_status cr_encoder_video_open(void **state, const cr_encoder_backend **backend,
                                           const cr_encoder_desc *desc, cr_fault *fault);
CR_CHECKED cr_status cr_encoder_audio_open(void **state, const cr_encoder_backend **backend,
                                           const cr_encoder_desc *desc, cr_fault *fault);
CR_CHECKED cr_status cr_encoder_webp_open(void **state, const cr_encoder_backend **backend,
                                          const cr_encoder_desc *desc, cr_fault *fault);
