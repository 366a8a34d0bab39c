// The fonts that text may be set in: read once through the host, asked for each character.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "host/host.h"

// Bounds of a font folder.
enum {
    CR_FONTS_MAX = 256,
    CR_FONT_BYTES_MAX = 64 * 1024 * 1024,
};

typedef struct cr_text_fonts cr_text_fonts;

// Reads every file that "fonts.txt" in [folder] names, one a line; empty lines and lines that begin
// with '#' are passed over. Gives the set. CR_NOTFOUND, CR_CORRUPT and CR_LIMIT name the file.
CR_CHECKED cr_status cr_text_fonts_open(cr_text_fonts **out, const cr_host *host,
                                        const char *folder, cr_fault *fault);
void cr_text_fonts_close(cr_text_fonts **fonts);

// The files as they were read. Borrowed.
int cr_text_fonts_count(const cr_text_fonts *fonts);
const char *cr_text_fonts_file(const cr_text_fonts *fonts, int index, const uint8_t **bytes,
                               size_t *size);

// Families are numbered in the order of the list; the first is the default. -1 when unknown; "" is
// the default's name too.
int cr_text_fonts_family(const cr_text_fonts *fonts, const char *name);
const char *cr_text_fonts_family_name(const cr_text_fonts *fonts, int family);

// Ascent plus descent as the font's Windows metrics give them, in thousandths of the em: what a
// script's font size means.
int cr_text_fonts_height(const cr_text_fonts *fonts, int family);

// The family to set [character] in: [current] for marks and punctuation that it has, else
// [wanted] when it has it, else the first that does. -1 when none has it.
int cr_text_fonts_choose(const cr_text_fonts *fonts, uint32_t character, int wanted, int current);
