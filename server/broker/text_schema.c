#include "broker/text_schema.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum {
    QUESTIONS_MAX = 6,
    CHOICES_MAX = 6,
    SCENES_MAX = 200,
    NARRATION_BYTES_MAX = 2000,
    SECONDS_A_SCENE = 7,
    WORDS_A_MINUTE = 145,
};

typedef struct member {
    const char *name, *type;
} member;

static const member script_members[] = {
    {"title", "string"}, {"topic", "string"}, {"audience", "string"},
    {"shape", "string"}, {"mood", "string"},  {"style", "string"},
};
static const member scene_members[] = {
    {"heading", "string"}, {"narration", "string"}, {"visual", "string"},
    {"shot", "string"},    {"on_screen", "string"}, {"is_presenter", "boolean"},
};
static const member question_members[] = {
    {"id", "string"},
    {"text", "string"},
    {"why", "string"},
    {"fallback", "string"},
};

static cJSON *typed(const char *type)
{
    cJSON *schema = cJSON_CreateObject();
    cJSON_AddStringToObject(schema, "type", type);
    return schema;
}

static void add_member(cJSON *object, const char *name, cJSON *schema)
{
    cJSON_AddItemToObject(cJSON_GetObjectItemCaseSensitive(object, "properties"), name, schema);
    cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(object, "required"),
                         cJSON_CreateString(name));
}

static cJSON *object_of(const member *members, size_t count)
{
    cJSON *object = typed("object");
    cJSON_AddFalseToObject(object, "additionalProperties");
    cJSON_AddArrayToObject(object, "required");
    cJSON_AddObjectToObject(object, "properties");
    for (size_t i = 0; i < count; i++)
        add_member(object, members[i].name, typed(members[i].type));
    return object;
}

static cJSON *array_of(cJSON *item)
{
    cJSON *array = typed("array");
    cJSON_AddItemToObject(array, "items", item);
    return array;
}

#define OBJECT_OF(members) object_of(members, sizeof(members) / sizeof *(members))

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(own) ? own->valuestring : "";
}

static void add_line(cr_str *to, const char *label, const char *text)
{
    if (*text) cr_str_addf(to, "%s: %s\n", label, text);
}

static void make_script(cr_text_question *out, const cJSON *input)
{
    const cJSON *length = cJSON_GetObjectItemCaseSensitive(input, "seconds"), *answer;
    int seconds = cJSON_IsNumber(length) && length->valueint > 0 ? length->valueint : 30;
    int scenes = (seconds + SECONDS_A_SCENE / 2) / SECONDS_A_SCENE;
    if (scenes < 2) scenes = 2;
    if (scenes > SCENES_MAX / 2) scenes = SCENES_MAX / 2;
    int words = seconds * WORDS_A_MINUTE / 60;
    cr_str user = {0};
    add_line(&user, "The film", text_of(input, "prompt"));
    cJSON_ArrayForEach(answer, cJSON_GetObjectItemCaseSensitive(input, "answers"))
    {
        if (cJSON_IsString(answer)) add_line(&user, answer->string, answer->valuestring);
    }
    add_line(&user, "Style", text_of(input, "style"));
    add_line(&user, "Mood", text_of(input, "mood"));
    add_line(&user, "Picture format", text_of(input, "aspect"));
    cr_str_addf(&user,
                "Length: %d seconds, %d scenes, about %d words of narration in all, at most %d in "
                "one scene.\n",
                seconds, scenes, words, 2 * words / scenes + 4);
    out->user = cr_str_take(&user);
    out->schema = OBJECT_OF(script_members);
    add_member(out->schema, "scenes", array_of(OBJECT_OF(scene_members)));
    out->system = cr_strdup(
        "You write short narrated films. narration: only the words that the speaker says, in the "
        "language of the request. visual: what is in the picture, for a painter who knows nothing "
        "else, in English, with the recurring people and places described the same way in every "
        "scene, and no text in the picture. shot: the camera, such as wide, close-up, push in, pan "
        "left. heading: two or three words. on_screen: a short title over the picture, empty for "
        "most scenes. is_presenter: true only when a person speaks to the camera. shape: "
        "explainer, story, advert, how-to or greeting. Begin with something that makes one "
        "want to stay, and end with a thought that stays.");
}

static void make_questions(cr_text_question *out, const cJSON *input)
{
    cr_str user = {0};
    add_line(&user, "The film", text_of(input, "prompt"));
    out->user = cr_str_take(&user);
    cJSON *question = OBJECT_OF(question_members);
    add_member(question, "choices", array_of(typed("string")));
    out->schema = object_of(NULL, 0);
    add_member(out->schema, "questions", array_of(question));
    out->system = cr_strdup(
        "You prepare a short narrated film. Ask the three to five questions whose answers change "
        "it most and that the request leaves open, such as audience, tone, what must not be left "
        "out. Do not ask for length or format. id: one lower-case word. why: what the answer "
        "changes, in a few words. choices: three or four short answers. fallback: the one of the "
        "choices that fits best when nobody answers. Write in the language of the request.");
}

void cr_text_question_make(cr_text_question *out, const char *kind, const cJSON *input)
{
    *out = (cr_text_question){0};
    if (strcmp(kind, "script") == 0)
        make_script(out, input);
    else
        make_questions(out, input);
    // Not all servers hold a model to the schema; all of them read the request.
    char *schema = cr_json_print(out->schema, false);
    char *system = cr_format("%s\nAnswer with one JSON object and nothing else, by this JSON "
                             "Schema:\n%s",
                             out->system, schema);
    cr_free(schema);
    cr_free(out->system);
    out->system = system;
}

void cr_text_question_free(cr_text_question *question)
{
    cr_free(question->system);
    cr_free(question->user);
    cJSON_Delete(question->schema);
    *question = (cr_text_question){0};
}

// From the first brace to the one that closes it.
static size_t object_length(const char *text, size_t length)
{
    int depth = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (is_quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && text[i] == '{')
            depth++;
        else if (!is_quoted && text[i] == '}' && --depth == 0)
            return i + 1;
    }
    return length;
}

cr_status cr_text_parse(cJSON **out, const char *answer, size_t length, cr_fault *fault)
{
    // What a model thinks aloud is not its answer.
    static const char thought_end[] = "</think>";
    for (const char *at = answer; (at = strstr(at, thought_end)) != NULL;) {
        at += sizeof thought_end - 1;
        length -= (size_t)(at - answer);
        answer = at;
    }
    const char *brace = memchr(answer, '{', length);
    if (!brace) return cr_fail(fault, CR_CORRUPT, "", "there is no JSON object in the answer");
    length = object_length(brace, length - (size_t)(brace - answer));
    cJSON *tree = NULL;
    cr_fault why = {0};
    cr_status status = cr_json_parse(&tree, brace, length, &why);
    if (status != CR_OK) {
        char line[200];
        cr_fault_line(&why, line, sizeof line);
        return cr_fail(fault, CR_CORRUPT, "", "the answer is not JSON: %s", line);
    }
    *out = tree;
    return CR_OK;
}

static void cut_list(cJSON *list, int most)
{
    while (cJSON_GetArraySize(list) > most)
        cJSON_DeleteItemFromArray(list, most);
}

static void fill_text(cJSON *object, const char *name, const char *fallback)
{
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(object, name);
    if (cJSON_IsString(own)) return;
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    cJSON_AddStringToObject(object, name, fallback);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static cr_status check_scene(cJSON *scene, const cr_json_place *place, cr_fault *fault)
{
    static const char *const needed[] = {"narration", "visual"};
    if (!cJSON_IsObject(scene))
        return cr_json_fail(fault, CR_CORRUPT, place, NULL, "must be an object");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const char *text = text_of(scene, needed[i]);
        if (is_blank(text))
            return cr_json_fail(fault, CR_CORRUPT, place, needed[i], "must be a text, not empty");
        if (strlen(text) > NARRATION_BYTES_MAX)
            return cr_json_fail(fault, CR_CORRUPT, place, needed[i], "is longer than %d bytes",
                                NARRATION_BYTES_MAX);
    }
    fill_text(scene, "heading", "");
    fill_text(scene, "shot", "wide");
    fill_text(scene, "on_screen", "");
    if (is_blank(text_of(scene, "on_screen")))
        cJSON_DeleteItemFromObjectCaseSensitive(scene, "on_screen");
    if (!cJSON_IsBool(cJSON_GetObjectItemCaseSensitive(scene, "is_presenter"))) {
        cJSON_DeleteItemFromObjectCaseSensitive(scene, "is_presenter");
        cJSON_AddFalseToObject(scene, "is_presenter");
    }
    return CR_OK;
}

static cr_status check_script(cJSON *answer, cr_fault *fault)
{
    cJSON *scenes = cJSON_GetObjectItemCaseSensitive(answer, "scenes"), *scene;
    int count = cJSON_IsArray(scenes) ? cJSON_GetArraySize(scenes) : 0;
    if (count < 1 || count > SCENES_MAX)
        return cr_json_fail(fault, CR_CORRUPT, NULL, "scenes", "must be from 1 to %d scenes",
                            SCENES_MAX);
    if (is_blank(text_of(answer, "title")))
        return cr_json_fail(fault, CR_CORRUPT, NULL, "title", "must be a text, not empty");
    for (size_t i = 0; i < sizeof script_members / sizeof *script_members; i++)
        fill_text(answer, script_members[i].name, "");
    // The built-in painter's word; bought pictures do not need it.
    fill_text(answer, "palette", "meadow");
    const cr_json_place above = {NULL, "scenes", 0};
    size_t index = 0;
    cJSON_ArrayForEach(scene, scenes)
    {
        const cr_json_place place = {&above, NULL, index++};
        cr_status status = check_scene(scene, &place, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status check_question(cJSON *question, const cr_json_place *place, cr_fault *fault)
{
    if (is_blank(text_of(question, "id")) || is_blank(text_of(question, "text")))
        return cr_json_fail(fault, CR_CORRUPT, place, NULL, "must have an id and a text");
    cJSON *choices = cJSON_GetObjectItemCaseSensitive(question, "choices"), *choice;
    if (!cJSON_IsArray(choices) || !choices->child)
        return cr_json_fail(fault, CR_CORRUPT, place, "choices", "must be a list of texts");
    cJSON_ArrayForEach(choice, choices)
    {
        if (!cJSON_IsString(choice) || is_blank(choice->valuestring))
            return cr_json_fail(fault, CR_CORRUPT, place, "choices", "must be texts, not empty");
    }
    cut_list(choices, CHOICES_MAX);
    fill_text(question, "why", "");
    if (is_blank(text_of(question, "fallback"))) {
        cJSON_DeleteItemFromObjectCaseSensitive(question, "fallback");
        cJSON_AddStringToObject(question, "fallback", choices->child->valuestring);
    }
    return CR_OK;
}

static cr_status check_questions(cJSON *answer, cr_fault *fault)
{
    cJSON *questions = cJSON_GetObjectItemCaseSensitive(answer, "questions"), *question;
    if (!cJSON_IsArray(questions))
        return cr_json_fail(fault, CR_CORRUPT, NULL, "questions", "must be a list");
    cut_list(questions, QUESTIONS_MAX);
    const cr_json_place above = {NULL, "questions", 0};
    size_t index = 0;
    cJSON_ArrayForEach(question, questions)
    {
        const cr_json_place place = {&above, NULL, index++};
        cr_status status = check_question(question, &place, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_text_check(const char *kind, cJSON *answer, cr_fault *fault)
{
    if (!cJSON_IsObject(answer))
        return cr_json_fail(fault, CR_CORRUPT, NULL, NULL, "must be an object");
    return strcmp(kind, "script") == 0 ? check_script(answer, fault)
                                       : check_questions(answer, fault);
}
