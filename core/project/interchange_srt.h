// Captions as SubRip (.srt) and WebVTT (.vtt) files, and back.
#pragma once

#include "project/project.h"

// Largest file that is read.
enum { CR_CAPTIONS_BYTES_MAX = 16 * 1024 * 1024 };

// The captions of all visible text tracks of [sequence], in order. Gives the text (cr_free).
char *cr_captions_print_srt(const cr_sequence *sequence);
// The same; words that have times are marked with them (karaoke).
char *cr_captions_print_vtt(const cr_sequence *sequence);

// Reads either form, told apart by the "WEBVTT" in front. Tolerant: numbers may be missing or
// wrong, hours may be left out, "." and "," both do, formatting tags are dropped, CRLF and a byte
// order mark are fine. Gives a list of caption clips' objects for "add-clip", in order, with the
// ids [prefix]1, [prefix]2 …; one that would reach into the next is shortened.
// The fault's place is "line N".
CR_CHECKED cr_status cr_captions_parse(cJSON **out, const char *text, size_t length,
                                       const char *prefix, cr_fault *fault);
