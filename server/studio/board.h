// The scenes as a person has arranged them: added, deleted, put in another order, split, merged,
// with what is wished for each. A script's scenes stay in the store as they were written, since the
// pace of the film is theirs; what came of them is one tree in the brief, by the script's hash:
//
//   {"<hash>": {"scenes": [{"number", "heading", …, "extras": {…}}, …], in the order of the film
//               "removed": [{…, "after": number before it}], "last": highest number ever}}
//
// A scene's number is its name for good: everything that was made for it hangs on it, so that a
// place in the order costs nothing. Pure: no store.
#pragma once

#include "store/store.h"

// What is wished for one scene, beside its texts: members of its extras.
//
//   look              number that its picture is made from, that of the scene it was split from
//   is_approved       the picture is right
//   is_drawn_speaking what the picture was told, when that is not is_presenter
//   speaker, pronunciation {word: spoken}, voice_take
//   motion_prompt, motion_take, seconds_ms (the scene is to be so long at least)
//   models            {kind: id of the provider that is to make it}
//   kept              {kind: id of the provider that has made it}: used as long as that is there
//
// All of these are absent when they say nothing.

// Gives a copy (cr_scene_clear).
cr_scene cr_scene_copy(const cr_scene *from);
void cr_scene_clear(cr_scene *scene);

// Members of the extras, or [fallback]; texts are borrowed, "" when absent.
int64_t cr_scene_extra_int(const cr_scene *scene, const char *key, int64_t fallback);
const char *cr_scene_extra_text(const cr_scene *scene, const char *key);
// Sets a member; takes [value], NULL removes it.
void cr_scene_extra_set(cr_scene *scene, const char *key, cJSON *value);

// The number that its picture is made from.
int cr_scene_look(const cr_scene *scene);
// Id of the provider of [kind] among its "models" or its "kept"; "" none. Borrowed.
const char *cr_scene_model(const cr_scene *scene, const char *list, const char *kind);
// [id] "": none.
void cr_scene_model_set(cr_scene *scene, const char *list, const char *kind, const char *id);

// The scenes as they stand: those of [written], and of scripts that [board] (NULL none) has, those
// on it in their order. Gives the list. CR_CORRUPT names what is wrong on the board.
CR_CHECKED cr_status cr_board_scenes(const cJSON *board, const cr_scene_list *written,
                                     cr_scene_list *out, cr_fault *fault);

// The entry of [script] on [board], made of [scenes] when there is none. Borrowed from the board.
cJSON *cr_board_entry(cJSON *board, const char *script, const cr_scene_list *scenes);

// Gives one scene as it stands on a board.
cJSON *cr_board_write(const cr_scene *scene);

// Index of scene [number] in an array of scenes, or -1.
int cr_board_find(const cJSON *scenes, int number);
