// flow: text + style -> [compositor] -> frame
// Titles and captions as pictures, through libass with the shipped fonts: right-to-left, complex
// scripts and word highlights come with it. The same pixels for the same fonts in every host.
#pragma once

#include "host/host.h"
#include "media/frame.h"
#include "project/project.h"

typedef struct cr_text_painter cr_text_painter;

// [font_folder] names files through the host: every font listed in its "fonts.txt" (one file name a
// line) is loaded. CR_NOTFOUND names the missing font.
CR_CHECKED cr_status cr_text_painter_open(cr_text_painter **out, const cr_host *host,
                                          const char *font_folder, cr_fault *fault);
void cr_text_painter_close(cr_text_painter **painter);

// Whether there is a font of this family ("" is the default, which there always is). Drawing in an
// unknown family is CR_NOTFOUND: ask first, to be able to say which clip wants it.
bool cr_text_painter_has_font(const cr_text_painter *painter, const char *family);

// What to draw: canvas-sized, so that wrapping and safe areas are the text painter's business.
typedef struct cr_text_desc {
    const char *text; // UTF-8; "\n" breaks lines
    const cr_text_style *style;
    int project_width, project_height;
    int width, height; // canvas in output pixels
    int word_count;    // 0: no highlight
    const cr_word *words;
    cr_ticks at; // since the clip's start, for the word highlight
} cr_text_desc;

// Gives an RGBA frame (sRGB, straight alpha) cropped to the ink, and where its top left corner lies
// on the canvas. CR_EOF when there is no ink at all (an empty text). Same description, same frame:
// a small cache answers repeated calls with a shared frame.
CR_CHECKED cr_status cr_text_painter_draw(cr_text_painter *painter, const cr_text_desc *desc,
                                          cr_frame **out, int *left, int *top);
