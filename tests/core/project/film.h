// Small films for tests, and their inspection.
#pragma once

#include "project/project.h"

// Reads JSON in which ' stands for "; fails the test when it is refused.
cr_project *film_read(const char *text);
// One video track "v" (clips given), one audio track "a" and one text track "x"; assets "m" (movie
// of 100 000 ticks) and "s" (still). All lists are given as JSON with ' for ".
cr_project *film_with(const char *video, const char *transitions, const char *audio,
                      const char *text);

// Applies the edit (' for "), drops [*project] and puts the result in its place; checks that the
// inverse gives the bytes back.
void film_edit(cr_project **project, const char *edit);
// The edit must be refused with this status and place, and say a text that holds [words].
void film_refuses(const cr_project *project, const char *edit, cr_status status, const char *where,
                  const char *words);

const cr_clip *film_clip(const cr_project *project, const char *id);
const cr_track *film_track(const cr_project *project, const char *id);

// "c1 0+100@50 | c2 …": id, start, duration and source start of a track's clips.
void film_expect(const cr_project *project, const char *track, const char *expected);
void film_expect_transitions(const cr_project *project, const char *track, const char *expected);

// [text] with " for every '. Gives it (cr_free).
char *film_quoted(const char *text);
