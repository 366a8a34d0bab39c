// What each kind of work is given, made of the results before it. See broker/provider.h for the
// members. All give a tree (cJSON_Delete).
#pragma once

#include "studio/graph.h"

// Between the seeds of two takes of a clip: more than there are scenes, so that no two clips share
// one.
enum { CR_MOTION_TAKE_STEP = 7919 };

cJSON *cr_questions_input(const cr_brief *brief);
// Answers that were not given take the question's fallback. [questions] NULL: none were asked.
cJSON *cr_script_input(const cr_brief *brief, const cJSON *questions);
cJSON *cr_picture_input(const cr_brief *brief, const cJSON *script, const cr_scene *scene,
                        int scene_count);
// The narration as it is spoken: with the scene's pronunciations in place. Gives the text
// (cr_free).
char *cr_spoken_text(const cr_scene *scene);

// [speed]: in hundredths, 100 is ordinary.
cJSON *cr_voice_input(const cr_brief *brief, const cr_scene *scene, int speed);
cJSON *cr_music_input(const cr_brief *brief, const cJSON *script, cr_ticks duration);

// [voice]: what the presenter says, NULL when nobody in the picture speaks; [with_sound]: as a
// file, for who makes the lips from the sound, else as phonemes.
cJSON *cr_motion_input(const cr_brief *brief, const cr_scene *scene, const cJSON *picture,
                       const cJSON *voice, bool with_sound, cr_scene_timing timing);

// Everything that the project is assembled from.
cJSON *cr_assemble_input(const cr_brief *brief, const cr_graph *graph);

// Does a picture's result hold a layer with somebody who speaks?
bool cr_has_presenter(const cJSON *picture);

// The text member [key], "" when there is none.
const char *cr_member_text(const cJSON *object, const char *key);
