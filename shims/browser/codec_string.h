// Codec strings of RFC 6381 and their kin ("avc1.64001f", "vp09.00.40.08"), by which a platform is
// asked whether it has a codec.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "host/host_codecs.h"
#include "media/media_info.h"

// Longest string with its end.
enum { CR_CODEC_STRING_MAX = 64 };

// How many strings cr_codec_string_of_encoder knows at most for one codec.
enum { CR_CODEC_PROFILES_MAX = 3 };

// What [stream] is coded in, from its private data where that says it, else by its size and rate.
// False: a codec that no platform has.
bool cr_codec_string_of_stream(const cr_stream_info *stream, char out[CR_CODEC_STRING_MAX]);

// What to ask an encoder for: the lowest level that holds size, rate and bit rate, in the
// [choice]-th best profile, counted from 0. False: no such choice.
bool cr_codec_string_of_encoder(const cr_host_encoder_desc *desc, int choice,
                                char out[CR_CODEC_STRING_MAX]);

// The codec's private data as WebCodecs wants it beside the string: set-up records only. Start
// codes (Annex B) and codecs that describe themselves need none. Borrowed from [stream].
const uint8_t *cr_codec_description(const cr_stream_info *stream, size_t *size);

// Bits a second that give about the quality that [desc]->quality means, for encoders that cannot be
// asked for a quality.
int64_t cr_codec_bit_rate(const cr_host_encoder_desc *desc);
