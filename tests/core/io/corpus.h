// Small files made by the ffmpeg program when a test first wants them, and readings of them.
#pragma once

#include "host/host.h"
#include "io/demux.h"
#include "media/frame.h"
#include "native/native.h"

// Make "corpus/NAME" by `ffmpeg ARGUMENTS corpus/NAME` unless these made what is there. Fails the
// test when ffmpeg does.
const char *corpus_file(const char *name, const char *arguments);

// Open [path] or fail the test. Gives the demuxer.
cr_demux *corpus_open(const char *path);

// Open what must be refused: fails the test when it opens. Gives the status and fills [fault].
cr_status corpus_refused(const char *path, cr_fault *fault);

// One picture as decoding gave it.
typedef struct corpus_picture {
    cr_ticks pts;
    uint64_t hash; // FNV-1a over the planes, padding left out
} corpus_picture;

// Every picture of the first video stream in order, by decoding from the start. Gives the array
// (free).
size_t corpus_decode(const char *path, corpus_picture **out);

// The picture on at [pts] by seeking there, in an opened file.
corpus_picture corpus_seek(cr_demux *demux, cr_ticks pts);

// How many samples a channel the first audio stream decodes to, and the first one's time.
int64_t corpus_sound(const char *path, cr_ticks *first);

uint64_t corpus_hash(const cr_frame *frame);
