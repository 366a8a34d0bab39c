// The deeds that are asked of a film, by what they are about. No other folder includes this.
#pragma once

#include "studio/film.h"

// Bounds of texts.
enum { CR_NOTE_BYTES_MAX = 500, CR_SCENE_TEXT_BYTES_MAX = 4000, CR_PRONUNCIATIONS_MAX = 64 };

// Does what is asked of a film that is open, with its lock held. See cr_shelf_do.
typedef cr_status cr_film_deed_function(cr_film *film, const cr_film_order *order, cr_fault *fault);

// *out stays as it is when there is no such member.
CR_CHECKED cr_status cr_deed_text(const cJSON *body, const char *key, size_t bytes_max,
                                  const char **out, cr_fault *fault);
CR_CHECKED cr_status cr_deed_bool(const cJSON *body, const char *key, bool *out, cr_fault *fault);

// Those of one scene, and of the order of the scenes.
cr_film_deed_function cr_deed_scene, cr_deed_scene_add, cr_deed_scene_order, cr_deed_scene_delete,
    cr_deed_scene_restore, cr_deed_scene_split, cr_deed_scene_merge;

// What is made for one scene, again or as it was before.
cr_film_deed_function cr_deed_picture, cr_deed_picture_pick, cr_deed_voice, cr_deed_voice_pick,
    cr_deed_motion, cr_deed_motion_pick;
