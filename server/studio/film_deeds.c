// What a person asks of a film, from the JSON in which it comes.
#include <string.h>

#include "base/vec.h"
#include "studio/film.h"
#include "studio/graph_inputs.h"

enum { TITLE_BYTES_MAX = 200, NOTE_BYTES_MAX = 500, SCENE_TEXT_BYTES_MAX = 4000 };

typedef cr_status deed(cr_film *film, const cr_film_order *order, cr_fault *fault);

// *out stays as it is when there is no such member.
static cr_status get_text(const cJSON *body, const char *key, size_t bytes_max, const char **out,
                          cr_fault *fault)
{
    cr_status status = cr_json_get_text(body, key, out, NULL, fault);
    if (status == CR_NOTFOUND) return CR_OK;
    if (status == CR_OK && strlen(*out) > bytes_max)
        return cr_json_fail(fault, CR_LIMIT, NULL, key, "is %zu bytes long; at most %zu are read",
                            strlen(*out), bytes_max);
    return status;
}

static cr_status get_bool(const cJSON *body, const char *key, bool *out, cr_fault *fault)
{
    cr_status status = cr_json_get_bool(body, key, out, NULL, fault);
    return status == CR_NOTFOUND ? CR_OK : status;
}

static void put_text(cJSON *object, const char *key, const char *text)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    cJSON_AddStringToObject(object, key, text);
}

static cr_status do_title(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *title = "";
    cr_status status = get_text(order->body, "title", TITLE_BYTES_MAX, &title, fault);
    if (status != CR_OK) return status;
    char *copy = cr_strdup(title);
    cr_free(film->title);
    film->title = copy;
    return CR_OK;
}

static cr_status do_delete(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    (void)fault;
    film->is_deleted = true;
    film->is_active = false;
    return CR_OK;
}

static cr_status do_restore(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    (void)fault;
    film->is_deleted = false;
    return CR_OK;
}

// Members of a page's brief, as the studio calls them; tone and audience are answers to questions
// that the maker asks.
static cr_status copy_wishes(const cJSON *wish, cJSON *brief, cr_fault *fault)
{
    static const char *const texts[][2] = {{"prompt", "prompt"}, {"aspect", "aspect"},
                                           {"style", "style"},   {"voice", "voice"},
                                           {"mood", "mood"},     {"script", "script_text"}};
    cJSON *answers = cJSON_GetObjectItemCaseSensitive(brief, "answers");
    for (size_t i = 0; i < CR_COUNT_OF(texts); i++) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(wish, texts[i][0]);
        if (!text) continue;
        if (!cJSON_IsString(text))
            return cr_json_fail(fault, CR_INVALID, NULL, texts[i][0], "must be a text");
        put_text(brief, texts[i][1], text->valuestring);
        if (strcmp(texts[i][0], "aspect") != 0) continue;
        cJSON_DeleteItemFromObjectCaseSensitive(brief, "width");
        cJSON_DeleteItemFromObjectCaseSensitive(brief, "height");
    }
    static const char *const asked[] = {"tone", "audience"};
    for (size_t i = 0; i < CR_COUNT_OF(asked); i++) {
        const char *text = "";
        cr_status status = get_text(wish, asked[i], CR_ANSWER_BYTES_MAX, &text, fault);
        if (status != CR_OK) return status;
        if (text[0]) put_text(answers, asked[i], text);
    }
    static const char *const numbers[] = {"seconds", "width", "height"};
    for (size_t i = 0; i < CR_COUNT_OF(numbers); i++) {
        const cJSON *number = cJSON_GetObjectItemCaseSensitive(wish, numbers[i]);
        if (!number) continue;
        cJSON_DeleteItemFromObjectCaseSensitive(brief, numbers[i]);
        cJSON_AddItemToObject(brief, numbers[i], cJSON_Duplicate(number, true));
    }
    return CR_OK;
}

cr_status cr_film_brief(const cJSON *wish, cr_brief *out, cr_fault *fault)
{
    if (!cJSON_IsObject(wish))
        return cr_json_fail(fault, CR_INVALID, NULL, NULL, "a film is asked for by an object");
    cJSON *brief = cJSON_CreateObject();
    cJSON_AddItemToObject(brief, "answers", cJSON_CreateObject());
    bool asks = true;
    cr_status status = get_bool(wish, "asks", &asks, fault);
    cJSON_AddBoolToObject(brief, "is_answered", !asks);
    if (status == CR_OK) status = copy_wishes(wish, brief, fault);
    if (status == CR_OK) status = cr_brief_read(out, brief, fault);
    cJSON_Delete(brief);
    return status;
}

// Takes [tree], the brief as it is to be.
static cr_status set_brief(cr_film *film, cJSON *tree, cr_fault *fault)
{
    cr_brief brief;
    cr_status status = cr_brief_read(&brief, tree, fault);
    cJSON_Delete(tree);
    if (status != CR_OK) return status;
    status = cr_studio_brief_set(film->studio, &brief, fault);
    cr_brief_free(&brief);
    return status;
}

// The brief as it is, as a tree; NULL and why when there is none.
static cJSON *brief_tree(const cr_film *film, cr_fault *fault)
{
    const cr_brief *brief = cr_studio_brief(film->studio);
    if (brief) return cr_brief_write(brief);
    (void)!cr_fail(fault, CR_NOTFOUND, "", "this film has no brief yet");
    return NULL;
}

static cr_status do_answer(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const cJSON *given = cJSON_GetObjectItemCaseSensitive(order->body, "answers");
    const cJSON *wish = cJSON_GetObjectItemCaseSensitive(order->body, "brief");
    cr_status status = given ? cr_answers_check(given, fault) : CR_OK;
    if (status != CR_OK) return status;
    cJSON *tree = brief_tree(film, fault);
    if (!tree) return CR_NOTFOUND;
    cJSON *answers = cJSON_GetObjectItemCaseSensitive(tree, "answers");
    if (wish) status = copy_wishes(wish, tree, fault);
    for (const cJSON *one = given ? given->child : NULL; one; one = one->next)
        put_text(answers, one->string, one->valuestring);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "is_answered");
    cJSON_AddBoolToObject(tree, "is_answered", true);
    if (status == CR_OK) return set_brief(film, tree, fault);
    cJSON_Delete(tree);
    return status;
}

static cr_status do_scene(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    cr_scene_edit edit = {0};
    const struct {
        const char *key, **out;
    } texts[] = {{"narration", &edit.narration},
                 {"visual", &edit.visual},
                 {"shot", &edit.shot},
                 {"onScreen", &edit.on_screen}};
    for (size_t i = 0; i < CR_COUNT_OF(texts); i++) {
        cr_status status =
            get_text(order->body, texts[i].key, SCENE_TEXT_BYTES_MAX, texts[i].out, fault);
        if (status != CR_OK) return status;
    }
    return cr_studio_scene_edit(film->studio, order->scene, &edit, fault);
}

static cr_status do_picture(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    cr_scene_edit edit = {0};
    cr_status status = get_text(order->body, "note", NOTE_BYTES_MAX, &edit.note, fault);
    if (status == CR_OK) status = get_bool(order->body, "another", &edit.another_picture, fault);
    if (status != CR_OK) return status;
    if (edit.note && !edit.note[0]) edit.note = NULL;
    if (!edit.note) edit.another_picture = true;
    return cr_studio_scene_edit(film->studio, order->scene, &edit, fault);
}

static cr_status do_pick(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    int64_t variant = 0;
    cr_status status =
        cr_json_get_int(order->body, "variant", &variant, 1, INT64_C(1) << 52, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "variant", "says which picture to take");
    return status == CR_OK ? cr_studio_picture_pick(film->studio, order->scene, variant, fault)
                           : status;
}

static cr_status do_sound(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *voice = NULL, *mood = NULL;
    bool another = false;
    const cJSON *music = cJSON_GetObjectItemCaseSensitive(order->body, "music");
    cr_status status = get_text(order->body, "voice", CR_BRIEF_TEXT_BYTES_MAX, &voice, fault);
    if (status == CR_OK) status = get_text(music, "mood", CR_BRIEF_TEXT_BYTES_MAX, &mood, fault);
    if (status == CR_OK) status = get_bool(music, "another", &another, fault);
    if (status != CR_OK) return status;
    cJSON *tree = brief_tree(film, fault);
    if (!tree) return CR_NOTFOUND;
    if (voice) put_text(tree, "voice", voice);
    if (mood) put_text(tree, "music", mood);
    int64_t take = cr_studio_brief(film->studio)->music_take;
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "music_take");
    cr_json_add_int(tree, "music_take", take + another);
    return set_brief(film, tree, fault);
}

static cr_status do_approve(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *phase = "storyboard";
    cr_status status = get_text(order->body, "phase", NOTE_BYTES_MAX, &phase, fault);
    if (status != CR_OK) return status;
    if (strcmp(phase, "storyboard") != 0)
        return cr_json_fail(fault, CR_INVALID, NULL, "phase",
                            "must be \"storyboard\": nothing else waits for an approval");
    film->is_held = false;
    return CR_OK;
}

static cr_status do_retry(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *unit = NULL;
    int count = 0;
    cr_status status = get_text(order->body, "unit", CR_UNIT_ID_BYTES, &unit, fault);
    if (status != CR_OK) return status;
    return cr_studio_retry(film->studio, unit, &count, fault);
}

static cr_status do_cancel(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    film->is_active = false;
    film->is_cancelled = true;
    // Closing is what stops the makers.
    cr_film_close(film);
    return cr_film_open(film, fault);
}

static cr_status do_resume(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    int count = 0;
    return cr_studio_retry(film->studio, NULL, &count, fault);
}

static deed *const deeds[] = {
    [CR_FILM_TITLE] = do_title,   [CR_FILM_DELETE] = do_delete, [CR_FILM_RESTORE] = do_restore,
    [CR_FILM_ANSWER] = do_answer, [CR_FILM_SCENE] = do_scene,   [CR_FILM_PICTURE] = do_picture,
    [CR_FILM_PICK] = do_pick,     [CR_FILM_SOUND] = do_sound,   [CR_FILM_APPROVE] = do_approve,
    [CR_FILM_RETRY] = do_retry,   [CR_FILM_CANCEL] = do_cancel, [CR_FILM_RESUME] = do_resume,
};

// Everything but names, the bin and the stop asks the studio to go on.
static bool goes_on(cr_film_deed which)
{
    return which != CR_FILM_TITLE && which != CR_FILM_DELETE && which != CR_FILM_RESTORE &&
           which != CR_FILM_CANCEL;
}

cr_status cr_film_do(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    cr_status status = deeds[order->deed](film, order, fault);
    if (status != CR_OK) return status;
    film->changed_ms = film->desc->now_ms(film->desc->cookie);
    if (goes_on(order->deed)) {
        film->is_active = true;
        film->is_cancelled = false;
        film->fault_text[0] = 0;
        film->fault_where[0] = 0;
    }
    status = cr_film_save(film, fault);
    cr_film_show(film, true);
    if (film->is_deleted) cr_film_close(film);
    return status;
}
