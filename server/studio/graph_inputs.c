#include "studio/graph_inputs.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "studio/board.h"

const char *cr_member_text(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static void copy_member(cJSON *to, const cJSON *from, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(from, key);
    if (member) cJSON_AddItemToObject(to, key, cJSON_Duplicate(member, true));
}

static void add_text_unless_empty(cJSON *to, const char *key, const char *text)
{
    if (text[0]) cJSON_AddStringToObject(to, key, text);
}

cJSON *cr_questions_input(const cr_brief *brief)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "prompt", brief->prompt);
    return out;
}

cJSON *cr_script_input(const cr_brief *brief, const cJSON *questions)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "prompt", brief->prompt);
    cJSON *answers = cJSON_AddObjectToObject(out, "answers");
    const cJSON *question;
    cJSON_ArrayForEach(question, cJSON_GetObjectItemCaseSensitive(questions, "questions"))
    {
        const char *id = cr_member_text(question, "id");
        const char *given = cr_member_text(brief->answers, id);
        const char *answer = given[0] ? given : cr_member_text(question, "fallback");
        if (id[0] && answer[0]) cJSON_AddStringToObject(answers, id, answer);
    }
    cr_json_add_int(out, "seconds", brief->seconds);
    cJSON_AddStringToObject(out, "aspect", brief->aspect);
    cJSON_AddStringToObject(out, "style", brief->style);
    cJSON_AddStringToObject(out, "mood", brief->mood);
    add_text_unless_empty(out, "script_text", brief->script_text);
    cr_json_add_int(out, "seed", brief->seed);
    return out;
}

cJSON *cr_picture_input(const cr_brief *brief, const cJSON *script, const cr_scene *scene,
                        int scene_count)
{
    cJSON *out = cJSON_CreateObject();
    copy_member(out, script, "title");
    cJSON_AddStringToObject(out, "visual", scene->visual);
    cJSON_AddStringToObject(out, "shot", scene->shot);
    copy_member(out, script, "style");
    copy_member(out, script, "palette");
    copy_member(out, script, "mood");
    cr_json_add_int(out, "width", brief->width);
    cr_json_add_int(out, "height", brief->height);
    cr_json_add_int(out, "scene", cr_scene_look(scene));
    cr_json_add_int(out, "scene_count", scene_count);
    cr_json_add_int(out, "variant", scene->variant);
    cr_json_add_int(out, "seed", brief->seed);
    cJSON_AddBoolToObject(out, "is_presenter",
                          cr_scene_extra_int(scene, "is_drawn_speaking", scene->is_presenter) != 0);
    add_text_unless_empty(out, "note", scene->note);
    if (scene->note[0] && scene->base)
        cJSON_AddItemToObject(out, "base", cJSON_Duplicate(scene->base, true));
    return out;
}

// A letter or digit of any script: what a word is made of, apostrophes and hyphens apart.
static bool is_word_byte(char c)
{
    return ((unsigned char)c & 0x80) != 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

// 0: no word begins here. What joins two letters is part of the word.
static size_t word_length(const char *text)
{
    size_t length = 0;
    while (is_word_byte(text[length]) ||
           (length > 0 && (text[length] == '\'' || text[length] == '-') &&
            is_word_byte(text[length + 1])))
        length++;
    return length;
}

// How the word of [length] bytes is spoken; NULL: as it is written.
static const char *spoken_as(const cJSON *pronunciation, const char *word, size_t length)
{
    for (const cJSON *one = pronunciation ? pronunciation->child : NULL; one; one = one->next)
        if (strlen(one->string) == length && strncasecmp(one->string, word, length) == 0 &&
            cJSON_IsString(one))
            return one->valuestring;
    return NULL;
}

// A word stays one word, so that the captions go on showing it as it is written.
static void add_spoken(cr_str *to, const char *spoken)
{
    for (const char *c = spoken; *c; c++)
        cr_str_addf(to, "%c", *c == ' ' || *c == '\t' || *c == '\n' || *c == '\r' ? '-' : *c);
}

char *cr_spoken_text(const cr_scene *scene)
{
    const cJSON *pronunciation = cJSON_GetObjectItemCaseSensitive(scene->extras, "pronunciation");
    if (!pronunciation) return cr_strdup(scene->narration);
    cr_str out = {0};
    const char *text = scene->narration;
    while (*text) {
        size_t length = word_length(text);
        const char *spoken = length ? spoken_as(pronunciation, text, length) : NULL;
        if (!length) length = 1;
        if (spoken)
            add_spoken(&out, spoken);
        else
            cr_str_addf(&out, "%.*s", (int)length, text);
        text += length;
    }
    char *spoken = cr_strdup(cr_str_text(&out));
    cr_str_free(&out);
    return spoken;
}

cJSON *cr_voice_input(const cr_brief *brief, const cr_scene *scene, int speed)
{
    cJSON *out = cJSON_CreateObject();
    char *spoken = cr_spoken_text(scene);
    const char *speaker = cr_scene_extra_text(scene, "speaker");
    cJSON_AddStringToObject(out, "text", spoken);
    cJSON_AddStringToObject(out, "voice", speaker[0] ? speaker : brief->voice);
    cJSON_AddNumberToObject(out, "speed", speed / 100.0);
    cr_json_add_int(out, "seed", brief->seed + cr_scene_extra_int(scene, "voice_take", 0));
    cr_free(spoken);
    return out;
}

cJSON *cr_music_input(const cr_brief *brief, const cJSON *script, cr_ticks duration)
{
    cJSON *out = cJSON_CreateObject();
    const char *mood = brief->music[0]  ? brief->music
                       : brief->mood[0] ? brief->mood
                                        : cr_member_text(script, "mood");
    cJSON_AddStringToObject(out, "mood", mood);
    cr_json_add_int(out, "duration", duration);
    cr_json_add_int(out, "seed", brief->seed + brief->music_take);
    return out;
}

bool cr_has_presenter(const cJSON *picture)
{
    const cJSON *layer;
    cJSON_ArrayForEach(layer, cJSON_GetObjectItemCaseSensitive(picture, "layers"))
    {
        if (strcmp(cr_member_text(layer, "role"), "presenter") == 0) return true;
    }
    return false;
}

// The voice's phonemes as times of the clip, which begins a handle before its scene.
static cJSON *shifted_phonemes(const cJSON *voice, cr_ticks by)
{
    cJSON *out = cJSON_CreateArray();
    const cJSON *phoneme;
    cJSON_ArrayForEach(phoneme, cJSON_GetObjectItemCaseSensitive(voice, "phonemes"))
    {
        int64_t start = 0, end = 0;
        if (cr_json_get_int(phoneme, "start", &start, 0, CR_TICKS_MAX, NULL, NULL) != CR_OK ||
            cr_json_get_int(phoneme, "end", &end, 0, CR_TICKS_MAX, NULL, NULL) != CR_OK)
            continue;
        cJSON *moved = cJSON_CreateObject();
        cJSON_AddStringToObject(moved, "symbol", cr_member_text(phoneme, "symbol"));
        cr_json_add_int(moved, "start", start + by);
        cr_json_add_int(moved, "end", end + by);
        cJSON_AddItemToArray(out, moved);
    }
    return out;
}

cJSON *cr_motion_input(const cr_brief *brief, const cr_scene *scene, const cJSON *picture,
                       const cJSON *voice, bool with_sound, cr_scene_timing timing)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "picture", cr_member_text(picture, "file"));
    copy_member(out, picture, "layers");
    copy_member(out, picture, "bleed_px");
    cr_json_add_int(out, "width", brief->width);
    cr_json_add_int(out, "height", brief->height);
    cJSON *rate = cJSON_AddObjectToObject(out, "rate");
    cr_json_add_int(rate, "num", brief->rate.num);
    cr_json_add_int(rate, "den", brief->rate.den);
    cr_json_add_int(out, "duration", timing.duration + 2 * CR_PACE_HANDLE);
    cJSON_AddStringToObject(out, "shot", scene->shot);
    cJSON_AddStringToObject(out, "visual", scene->visual);
    add_text_unless_empty(out, "prompt", cr_scene_extra_text(scene, "motion_prompt"));
    cr_json_add_int(out, "seed",
                    brief->seed + scene->number +
                        CR_MOTION_TAKE_STEP * cr_scene_extra_int(scene, "motion_take", 0));
    cr_ticks voice_start = CR_PACE_HANDLE + timing.voice_start;
    if (voice && with_sound) {
        cJSON *sound = cJSON_AddObjectToObject(out, "voice");
        cJSON_AddStringToObject(sound, "file", cr_member_text(voice, "file"));
        cr_json_add_int(out, "voice_start", voice_start);
    } else if (voice) {
        cJSON_AddItemToObject(out, "phonemes", shifted_phonemes(voice, voice_start));
    }
    return out;
}

// The hash that names a unit's result; the result itself may be long.
static void add_result(cJSON *to, const char *key, const cr_graph *graph, int unit)
{
    if (unit < 0) return;
    cJSON *result = cJSON_AddObjectToObject(to, key);
    cJSON_AddStringToObject(result, "file", cr_member_text(cr_graph_output(graph, unit), "file"));
    cJSON_AddStringToObject(result, "made_from", graph->units[unit].hash);
    cJSON_AddStringToObject(result, "label", graph->units[unit].provider->label);
}

cJSON *cr_assemble_input(const cr_brief *brief, const cr_graph *graph)
{
    const cJSON *script = cr_graph_output(graph, graph->script);
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "title", cr_member_text(script, "title"));
    cJSON_AddStringToObject(out, "style", cr_member_text(script, "style"));
    cJSON_AddStringToObject(out, "mood", cr_member_text(script, "mood"));
    cJSON_AddStringToObject(out, "palette", cr_member_text(script, "palette"));
    cJSON_AddStringToObject(out, "aspect", brief->aspect);
    cr_json_add_int(out, "width", brief->width);
    cr_json_add_int(out, "height", brief->height);
    cr_json_add_int(out, "rate_num", brief->rate.num);
    cr_json_add_int(out, "rate_den", brief->rate.den);
    cr_json_add_int(out, "duration", graph->duration);
    if (brief->voice_level) cr_json_add_int(out, "voice_level", brief->voice_level);
    if (brief->music_level) cr_json_add_int(out, "music_level", brief->music_level);
    add_result(out, "music", graph, graph->music);
    cJSON *scenes = cJSON_AddArrayToObject(out, "scenes");
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        cJSON *scene = cJSON_CreateObject();
        cJSON_AddItemToArray(scenes, scene);
        // A scene's place tells its number as long as nobody has moved it.
        if (plan->scene->number != i + 1) cr_json_add_int(scene, "number", plan->scene->number);
        cJSON_AddStringToObject(scene, "heading", plan->scene->heading);
        cJSON_AddStringToObject(scene, "on_screen", plan->scene->on_screen);
        cr_json_add_int(scene, "start", plan->start);
        cr_json_add_int(scene, "duration", plan->timing.duration);
        cr_json_add_int(scene, "voice_start", plan->timing.voice_start);
        add_result(scene, "voice", graph, plan->voice);
        add_result(scene, "motion", graph, plan->motion);
    }
    return out;
}
