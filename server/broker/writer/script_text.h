// Scripts that a user wrote: Markdown-like or Fountain-like text, kept word for word.
//
// Markdown: "# title", "## scene", paragraphs are narration, "Visual: …" and "[visual: …]" what is
// to be seen; "> …" and "* …" are narration too. Without headings every paragraph is a scene.
// Fountain: "Title: …", a scene begins with INT. or EXT., a line in capitals names who speaks, the
// lines below are narration, (parentheticals) are left out, action is what is to be seen.
#pragma once

#include "base/json.h"

// Bounds of a pasted script.
enum {
    CR_SCRIPT_TEXT_BYTES_MAX = 256 * 1024,
    CR_SCRIPT_TEXT_SCENES_MAX = 200,
    CR_SCRIPT_TEXT_NARRATION_MAX = 2000, // bytes of one scene
};

// The script of [text] as builtin_script gives it; [input] is the request's, for mood, style and
// the title when the text has none. Faults name the line.
CR_CHECKED cr_status cr_script_text_write(cJSON **out, const cJSON *input, const char *text,
                                          cr_fault *fault);
