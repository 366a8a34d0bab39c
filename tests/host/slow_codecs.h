// A host's codecs for tests: our own libraries behind the port, answering only after a random
// number of questions, within the bounds of host_codecs.h. What the core must never do fails the
// test.
#pragma once

#include "host/host_codecs.h"

typedef struct slow_codecs slow_codecs;

// What goes wrong, by count from 1; 0: never.
typedef struct slow_faults {
    bool refuses_streams; // open_decoder: CR_UNSUPPORTED
    int busy_after;       // packets, after which a decoder is taken away …
    int busy_decoders;    // … which happens to so many of them
    int unsupported_after;
    int corrupt_packet;
    int timeless_picture; // one that comes without its time
    int failed_fetch;
    int encoder_unsupported_after; // frames
    int encoder_busy_after;
    bool has_no_extradata; // encoders say nothing of it
} slow_faults;

// What was seen.
typedef struct slow_counts {
    int decoders, encoders; // opened
    int packets, pictures;  // of all decoders
    int pictures_given;
    int pictures_open, pictures_open_max;
    int fetched, copies_at_once_max;
    int frames, frames_passed; // encoded; those of them that came as pictures
} slow_counts;

// [seed] decides who answers when; even ones are of slower hosts. [faults] may be NULL.
slow_codecs *slow_codecs_open(uint64_t seed, const slow_faults *faults);

// Fails the test when a decoder, an encoder or a picture was left open.
void slow_codecs_close(slow_codecs **codecs);

// For a cr_host. Borrowed.
const cr_host_codecs *slow_codecs_table(slow_codecs *codecs);

const slow_counts *slow_codecs_counts(const slow_codecs *codecs);

// Whether an answer is still to come: a core that says CR_AGAIN while there is none waits for ever.
bool slow_codecs_is_at_work(const slow_codecs *codecs);
