// What an H.264 stream says of its pictures in its parameter sets, read without decoding one.
#pragma once

#include <libavcodec/avcodec.h>
#include <stdbool.h>

// Fills in [coded] the form of samples, their shape and the colour, as decoding the first picture
// would. False, and nothing is filled, for everything but what nearly all files are: one parameter
// set beside the stream, 4:2:0 in 8 bits, progressive, of the size that the container says.
bool cr_avc_describe(AVCodecParameters *coded);
