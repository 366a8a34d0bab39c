// flow: text + style -> ASS script
// What libass is told to draw, written in memory.
#pragma once

#include "base/str.h"
#include "compositor/text.h"
#include "compositor/text_fonts.h"

// The word to be highlighted at [desc]->at, -1 none. A word stays lit through a short pause.
int cr_text_script_word(const cr_text_desc *desc);

// The width that lines may take and the distance kept from the canvas's edge, in project pixels.
void cr_text_script_bounds(const cr_text_desc *desc, cr_number *width, cr_number *margin);

// Write the script that draws [desc] with every size multiplied by [shrink] (CR_ONE: as asked).
// [family] is the number of the style's own. Characters that no font has are left out and counted
// in [*missing], the first of them in [*missing_character].
void cr_text_script_write(cr_str *out, const cr_text_desc *desc, const cr_text_fonts *fonts,
                          int family, cr_number shrink, int *missing, uint32_t *missing_character);
