// What a person asks of one scene, from the JSON in which it comes.
#include <string.h>

#include "base/vec.h"
#include "studio/film_deeds.h"

// A scene can be made so long, whatever is said in it.
static const double scene_seconds_max = 120;

// Whether the members are there is told by their pointers.
typedef struct scene_wish {
    cr_scene_edit edit;
    bool is_presenter;
    int64_t length_ms;
} scene_wish;

static cr_status get_presenter(const cJSON *body, scene_wish *wish, cr_fault *fault)
{
    cr_status status = cr_json_get_bool(body, "isPresenter", &wish->is_presenter, NULL, fault);
    if (status == CR_OK) wish->edit.is_presenter = &wish->is_presenter;
    return status == CR_NOTFOUND ? CR_OK : status;
}

static cr_status get_scene(const cJSON *body, scene_wish *wish, cr_fault *fault)
{
    cr_scene_edit *edit = &wish->edit;
    const struct {
        const char *key, **out;
    } texts[] = {{"heading", &edit->heading},
                 {"narration", &edit->narration},
                 {"visual", &edit->visual},
                 {"shot", &edit->shot},
                 {"onScreen", &edit->on_screen}};
    for (size_t i = 0; i < CR_COUNT_OF(texts); i++) {
        cr_status status =
            cr_deed_text(body, texts[i].key, CR_SCENE_TEXT_BYTES_MAX, texts[i].out, fault);
        if (status != CR_OK) return status;
    }
    return get_presenter(body, wish, fault);
}

cr_status cr_deed_scene(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    scene_wish wish = {0};
    cr_status status = get_scene(order->body, &wish, fault);
    return status == CR_OK ? cr_studio_scene_edit(film->studio, order->scene, &wish.edit, fault)
                           : status;
}

static bool is_blank(const char *text)
{
    return !text || !text[strspn(text, " \t\r\n")];
}

cr_status cr_deed_scene_add(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    scene_wish wish = {0};
    int64_t after = -1;
    cr_status status = get_scene(order->body, &wish, fault);
    if (status != CR_OK) return status;
    if (is_blank(wish.edit.narration) && is_blank(wish.edit.visual))
        return cr_json_fail(fault, CR_INVALID, NULL, "narration",
                            "a scene needs words to say, or something to show");
    status = cr_json_get_int(order->body, "after", &after, 0, INT32_MAX, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    int number = 0;
    return cr_studio_scene_add(film->studio, (int)after, &wish.edit, &number, fault);
}

cr_status cr_deed_scene_order(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(order->body, "order"), *one;
    int numbers[CR_SCENES_MAX];
    int count = 0;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > CR_SCENES_MAX)
        return cr_json_fail(fault, CR_INVALID, NULL, "order",
                            "must be the numbers of all scenes, at most %d", CR_SCENES_MAX);
    cJSON_ArrayForEach(one, list)
    {
        bool fits = cJSON_IsNumber(one) && one->valuedouble >= 1 && one->valuedouble <= INT32_MAX;
        numbers[count++] = fits ? (int)one->valuedouble : 0;
    }
    return cr_studio_scene_order(film->studio, numbers, count, fault);
}

cr_status cr_deed_scene_delete(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    return cr_studio_scene_remove(film->studio, order->scene, fault);
}

cr_status cr_deed_scene_restore(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    return cr_studio_scene_restore(film->studio, order->scene, fault);
}

// Where the character that is [units] UTF-16 units from the beginning begins, in bytes.
static size_t byte_at(const char *text, int64_t units)
{
    const char *c = text;
    while (*c && units > 0) {
        units -= ((unsigned char)*c & 0xF8) == 0xF0 ? 2 : 1;
        c++;
        while (((unsigned char)*c & 0xC0) == 0x80)
            c++;
    }
    return (size_t)(c - text);
}

cr_status cr_deed_scene_split(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *visual = NULL;
    int64_t at = 0;
    cr_status status = cr_deed_text(order->body, "visual", CR_SCENE_TEXT_BYTES_MAX, &visual, fault);
    if (status == CR_OK)
        status = cr_json_get_int(order->body, "at", &at, 0, CR_SCENE_TEXT_BYTES_MAX, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "at", "says where the second scene begins");
    if (status != CR_OK) return status;
    const cr_scene_plan *plan = cr_graph_scene(cr_studio_graph(film->studio), order->scene);
    size_t byte = plan ? byte_at(plan->scene->narration, at) : 0;
    return cr_studio_scene_split(film->studio, order->scene, byte, is_blank(visual) ? NULL : visual,
                                 fault);
}

cr_status cr_deed_scene_merge(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    return cr_studio_scene_merge(film->studio, order->scene, fault);
}

static cr_status get_model(const cJSON *body, const char *kind, cr_scene_edit *edit,
                           cr_fault *fault)
{
    edit->model_kind = kind;
    return cr_deed_text(body, "model", CR_BRIEF_TEXT_BYTES_MAX, &edit->model, fault);
}

cr_status cr_deed_picture(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    cr_scene_edit edit = {0};
    cr_status status = cr_deed_text(order->body, "note", CR_NOTE_BYTES_MAX, &edit.note, fault);
    if (status == CR_OK)
        status = cr_deed_bool(order->body, "another", &edit.another_picture, fault);
    if (status == CR_OK) status = get_model(order->body, "picture", &edit, fault);
    if (status != CR_OK) return status;
    if (edit.note && !edit.note[0]) edit.note = NULL;
    if (!edit.note) edit.another_picture = true;
    return cr_studio_scene_edit(film->studio, order->scene, &edit, fault);
}

static cr_status pick(cr_film *film, const cr_film_order *order, const char *kind, cr_fault *fault)
{
    int64_t variant = 0;
    cr_status status =
        cr_json_get_int(order->body, "variant", &variant, 1, INT64_C(1) << 52, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "variant", "says which %s to take", kind);
    return status == CR_OK ? cr_studio_pick(film->studio, order->scene, kind, variant, fault)
                           : status;
}

cr_status cr_deed_picture_pick(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    return pick(film, order, "picture", fault);
}

static cr_status check_pronunciation(const cJSON *given, cr_fault *fault)
{
    const cr_json_place place = {NULL, "pronunciation", 0};
    if (!cJSON_IsObject(given) || cJSON_GetArraySize(given) > CR_PRONUNCIATIONS_MAX)
        return cr_json_fail(fault, CR_INVALID, NULL, "pronunciation",
                            "must be an object of at most %d words", CR_PRONUNCIATIONS_MAX);
    for (const cJSON *one = given->child; one; one = one->next)
        if (!cJSON_IsString(one) || is_blank(one->valuestring) ||
            strlen(one->valuestring) > CR_BRIEF_TEXT_BYTES_MAX)
            return cr_json_fail(fault, CR_INVALID, &place, one->string,
                                "must be how the word is spoken, in at most %d bytes",
                                CR_BRIEF_TEXT_BYTES_MAX);
    return CR_OK;
}

cr_status cr_deed_voice(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    cr_scene_edit edit = {0};
    const cJSON *body = order->body;
    cr_status status =
        cr_deed_text(body, "narration", CR_SCENE_TEXT_BYTES_MAX, &edit.narration, fault);
    if (status == CR_OK)
        status = cr_deed_text(body, "voice", CR_BRIEF_TEXT_BYTES_MAX, &edit.speaker, fault);
    if (status == CR_OK) status = cr_deed_bool(body, "another", &edit.another_voice, fault);
    if (status == CR_OK) status = get_model(body, "voice", &edit, fault);
    edit.pronunciation = cJSON_GetObjectItemCaseSensitive(body, "pronunciation");
    if (status == CR_OK && edit.pronunciation)
        status = check_pronunciation(edit.pronunciation, fault);
    if (status != CR_OK) return status;
    if (!edit.narration && !edit.speaker && !edit.pronunciation && !edit.model)
        edit.another_voice = true;
    return cr_studio_scene_edit(film->studio, order->scene, &edit, fault);
}

cr_status cr_deed_voice_pick(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    return pick(film, order, "voice", fault);
}

static cr_status get_length(const cJSON *body, scene_wish *wish, cr_fault *fault)
{
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(body, "seconds");
    if (!seconds) return CR_OK;
    if (!cJSON_IsNumber(seconds) || !(seconds->valuedouble >= 0) ||
        seconds->valuedouble > scene_seconds_max)
        return cr_json_fail(fault, CR_INVALID, NULL, "seconds", "must be from 0 to %.0f",
                            scene_seconds_max);
    wish->length_ms = (int64_t)(seconds->valuedouble * 1000 + 0.5);
    wish->edit.length_ms = &wish->length_ms;
    return CR_OK;
}

cr_status cr_deed_motion(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    scene_wish wish = {0};
    cr_scene_edit *edit = &wish.edit;
    const cJSON *body = order->body;
    cr_status status =
        cr_deed_text(body, "prompt", CR_SCENE_TEXT_BYTES_MAX, &edit->motion_prompt, fault);
    if (status == CR_OK) status = get_length(body, &wish, fault);
    if (status == CR_OK) status = get_presenter(body, &wish, fault);
    if (status == CR_OK) status = cr_deed_bool(body, "another", &edit->another_motion, fault);
    if (status == CR_OK) status = get_model(body, "motion", edit, fault);
    if (status != CR_OK) return status;
    if (!edit->motion_prompt && !edit->length_ms && !edit->is_presenter && !edit->model)
        edit->another_motion = true;
    return cr_studio_scene_edit(film->studio, order->scene, edit, fault);
}

cr_status cr_deed_motion_pick(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    return pick(film, order, "motion", fault);
}
