// flow: packet -> [codec] -> frame or samples -> [codec] -> packet
// Decoders and encoders as send/receive pairs. CR_AGAIN from receive: send more first; from send:
// receive first; both at once: the platform's codec is still at work, come back later. CR_EOF after
// the last output of a flush.
#pragma once

#include "host/host.h"
#include "media/frame.h"
#include "media/media_info.h"
#include "media/packet.h"
#include "media/sample.h"

typedef struct cr_decoder cr_decoder;

// How to decode.
typedef struct cr_decoder_desc {
    int thread_count;    // 0: one
    bool is_low_latency; // a picture out for every packet in, for scrubbing stills
    // Video is decoded by this host's codecs where it has any; NULL or without them: by our own.
    const cr_host *host;
} cr_decoder_desc;

// Copies what it needs from [stream]. CR_UNSUPPORTED names the codec.
CR_CHECKED cr_status cr_decoder_open(cr_decoder **out, const cr_stream_info *stream,
                                     const cr_decoder_desc *desc, cr_fault *fault);
void cr_decoder_close(cr_decoder **decoder);

// Shares [packet]; NULL flushes. CR_CORRUPT: this packet was damaged, the next may work.
CR_CHECKED cr_status cr_decoder_send(cr_decoder *decoder, const cr_packet *packet);

// Gives a frame in one of our layouts, with its colour completed, in presentation order.
CR_CHECKED cr_status cr_decoder_receive_frame(cr_decoder *decoder, cr_frame **out);

// Gives samples at the stream's own rate and channels, encoder delay already cut off.
CR_CHECKED cr_status cr_decoder_receive_samples(cr_decoder *decoder, cr_samples **out);

// Forget everything sent, for a seek.
void cr_decoder_reset(cr_decoder *decoder);

// True when a host decodes: receive and send may both be CR_AGAIN, frames come without planes
// (frame->host_picture), and receive may end in CR_BUSY (taken away: open anew and go on from a
// keyframe) or CR_UNSUPPORTED (open anew without a host).
bool cr_decoder_is_hosted(const cr_decoder *decoder);

// Brings the planes of a hosted frame into memory; CR_OK at once for any other. CR_AGAIN: come
// back. Afterwards the host's picture is closed unless [keep] says that an encoder may want it as
// it is.
CR_CHECKED cr_status cr_frame_fetch(cr_frame *frame, const cr_host *host, bool keep);

typedef struct cr_encoder cr_encoder;

// What to encode, and how. The fields of the kind that [codec] is not are left 0.
typedef struct cr_encoder_desc {
    const char *codec; // "h264", "vp9", "aac", "opus", "pcm_s16le", "flac", "png", "webp"
    // video
    int width, height;
    cr_rate frame_rate;
    cr_pixel pixel;
    cr_color color;    // tagged in the bitstream
    int64_t bit_rate;  // 0: by quality
    int quality;       // codec's own constant-quality number; 0: the default for it
    int gop;           // frames between keyframes at most; 0: two seconds
    const char *speed; // "ultrafast" … "veryslow" as x264 names them; NULL: "medium"
    int thread_count;  // 0: one
    // audio
    int sample_rate, channels;
    bool is_exact; // bit-exact output: no version strings, deterministic threading
    // Video is encoded by this host's codecs where it has any that can; NULL, or where it
    // [is_exact]: by our own.
    const cr_host *host;
} cr_encoder_desc;

// Gives an encoder for what [desc] asks.
CR_CHECKED cr_status cr_encoder_open(cr_encoder **out, const cr_encoder_desc *desc,
                                     cr_fault *fault);
void cr_encoder_close(cr_encoder **encoder);
// Shares the frame; NULL flushes. The frame's pts is the presentation time.
CR_CHECKED cr_status cr_encoder_send_frame(cr_encoder *encoder, const cr_frame *frame);
// Any number of samples, any block size; NULL flushes.
CR_CHECKED cr_status cr_encoder_send_samples(cr_encoder *encoder, const cr_samples *samples);
CR_CHECKED cr_status cr_encoder_receive(cr_encoder *encoder, cr_packet **out);
// What a muxer must know: kind, codec, extradata, sizes, rates, colour. Borrowed, valid while open.
// The extradata of a hosted encoder, and of AV1, is only there once its first packet was received.
const cr_stream_info *cr_encoder_info(const cr_encoder *encoder);

// True while a host encodes: send and receive may both be CR_AGAIN, and frames may come without
// planes. CR_BUSY from receive: taken away, what was sent and not received is lost. A host that
// only now says that it never encodes this is replaced unseen by our own, which takes hosted frames
// as well (CR_AGAIN while their planes are on the way).
bool cr_encoder_is_hosted(const cr_encoder *encoder);
