// Runs the painter, motion and lip-sync in a test's folder.
#pragma once

#include "broker/builtin.h"
#include "broker/painter/composition.h"

// The painter's illustrations and words, opened once a test program.
typedef struct picture_words {
    cr_icon_set *icons;
    cr_lexicon *lexicon;
} picture_words;

const char *picture_data_folder(void);
void picture_words_open(picture_words *out);
void picture_words_close(picture_words *words);

// The composition of a visual, drawn up with fixed other wishes.
cr_composition picture_read(const picture_words *words, const char *visual, const char *shot);
bool picture_has(const cr_composition *composition, const char *icon);
int picture_count(const cr_composition *composition, const char *icon);

// What a painter's request needs at least. Gives the tree.
cJSON *picture_input(const char *visual, int width, int height, int seed);

// Runs [maker] into [folder], which is made. Gives the output; NULL when it failed, with the fault.
cJSON *picture_run(const cr_builtin *maker, const cJSON *input, const char *folder,
                   const cr_host *host, cr_fault *fault);

// A picture's layers with absolute paths, and its bleed, as motion's input wants them.
void picture_to_motion(cJSON *motion, const cJSON *picture, const char *folder);

// A file's bytes. Gives them (cr_free).
uint8_t *picture_bytes(const char *folder, const char *name, size_t *size);
