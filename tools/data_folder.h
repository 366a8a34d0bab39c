// Where fonts, illustrations and the soundfont are.
#pragma once

// "…/data/[name]" ("" for the folder itself): below $CUTROOM_DATA, else `data` beside the program,
// else `data` beside the program's folder. Gives the text (cr_free), whether it exists or not.
char *data_folder_path(const char *name);
