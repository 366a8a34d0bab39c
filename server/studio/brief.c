#include "studio/brief.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

static const struct {
    const char *name;
    int width, height;
} aspects[] = {{"16:9", 1920, 1080}, {"9:16", 1080, 1920}, {"1:1", 1080, 1080}};

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += (*text & 0xC0) != 0x80;
    return count;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n\v\f")] == '\0';
}

// A text member, "" when absent; gives it.
static cr_status read_text(const cJSON *from, const char *key, size_t bytes_max, char **out,
                           cr_fault *fault)
{
    const char *text = "";
    cr_status status = cr_json_get_text(from, key, &text, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    if (strlen(text) > bytes_max)
        return cr_json_fail(fault, CR_LIMIT, NULL, key, "is %zu bytes long; at most %zu are read",
                            strlen(text), bytes_max);
    *out = cr_strdup(text);
    return CR_OK;
}

static cr_status read_int(const cJSON *from, const char *key, int64_t min, int64_t max,
                          int64_t fallback, int64_t *out, cr_fault *fault)
{
    *out = fallback;
    cr_status status = cr_json_get_int(from, key, out, min, max, NULL, fault);
    return status == CR_NOTFOUND ? CR_OK : status;
}

static cr_status check_prompt(const cr_brief *brief, cr_fault *fault)
{
    if (is_blank(brief->prompt) && is_blank(brief->script_text))
        return cr_json_fail(fault, CR_INVALID, NULL, "prompt",
                            "the prompt is empty: say in a sentence what the film is about");
    size_t count = count_characters(brief->prompt);
    if (count > CR_PROMPT_CHARACTERS_MAX)
        return cr_json_fail(fault, CR_LIMIT, NULL, "prompt",
                            "the prompt is %zu characters long; at most %d are read (a whole "
                            "script goes in as a script)",
                            count, CR_PROMPT_CHARACTERS_MAX);
    return CR_OK;
}

static cr_status read_size(cr_brief *brief, const cJSON *from, cr_fault *fault)
{
    if (!brief->aspect[0]) {
        cr_free(brief->aspect);
        brief->aspect = cr_strdup(aspects[0].name);
    }
    size_t chosen = 0;
    while (chosen < CR_COUNT_OF(aspects) && strcmp(aspects[chosen].name, brief->aspect) != 0)
        chosen++;
    if (chosen == CR_COUNT_OF(aspects))
        return cr_json_fail(fault, CR_INVALID, NULL, "aspect",
                            "must be 16:9, 9:16 or 1:1, not \"%.20s\"", brief->aspect);
    int64_t width, height;
    cr_status status = read_int(from, "width", CR_FILM_SIDE_MIN, CR_FILM_SIDE_MAX,
                                aspects[chosen].width, &width, fault);
    if (status == CR_OK)
        status = read_int(from, "height", CR_FILM_SIDE_MIN, CR_FILM_SIDE_MAX,
                          aspects[chosen].height, &height, fault);
    if (status != CR_OK) return status;
    if (width % 2 || height % 2)
        return cr_json_fail(fault, CR_INVALID, NULL, width % 2 ? "width" : "height",
                            "must be even");
    brief->width = (int)width;
    brief->height = (int)height;
    return CR_OK;
}

static cr_status read_rate(cr_brief *brief, const cJSON *from, cr_fault *fault)
{
    brief->rate = (cr_rate){30, 1};
    const cJSON *rate;
    cr_status status = cr_json_get_object(from, "rate", &rate, NULL, fault);
    if (status == CR_NOTFOUND) return CR_OK;
    const cr_json_place place = {NULL, "rate", 0};
    int64_t num = 0, den = 0;
    if (status == CR_OK) status = cr_json_get_int(rate, "num", &num, 1, 120000, &place, fault);
    if (status == CR_OK) status = cr_json_get_int(rate, "den", &den, 1, 1001, &place, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, &place, NULL, "needs num and den");
    return status == CR_OK ? cr_rate_make(&brief->rate, num, den) : status;
}

cr_status cr_answers_check(const cJSON *answers, cr_fault *fault)
{
    if (!cJSON_IsObject(answers))
        return cr_json_fail(fault, CR_INVALID, NULL, NULL,
                            "answers are an object: {\"question\": \"answer\", …}");
    if (cJSON_GetArraySize(answers) > CR_ANSWERS_MAX)
        return cr_json_fail(fault, CR_LIMIT, NULL, NULL, "more than %d answers", CR_ANSWERS_MAX);
    for (const cJSON *answer = answers->child; answer; answer = answer->next) {
        const char *text;
        cr_status status = cr_json_get_text(answers, answer->string, &text, NULL, fault);
        if (status != CR_OK) return status;
        if (strlen(text) > CR_ANSWER_BYTES_MAX)
            return cr_json_fail(fault, CR_LIMIT, NULL, answer->string,
                                "is %zu bytes long; at most %d are read", strlen(text),
                                CR_ANSWER_BYTES_MAX);
    }
    return CR_OK;
}

static cr_status read_answers(cr_brief *brief, const cJSON *from, cr_fault *fault)
{
    const cJSON *answers;
    cr_status status = cr_json_get_object(from, "answers", &answers, NULL, fault);
    if (status == CR_NOTFOUND) {
        brief->answers = cJSON_CreateObject();
        return CR_OK;
    }
    if (status == CR_OK) status = cr_answers_check(answers, fault);
    if (status == CR_OK) brief->answers = cJSON_Duplicate(answers, true);
    return status;
}

static cr_status read_arrangement(cr_brief *brief, const cJSON *from, cr_fault *fault)
{
    cr_status status =
        read_int(from, "voice_level", CR_LEVEL_MIN, CR_LEVEL_MAX, 0, &brief->voice_level, fault);
    if (status == CR_OK)
        status = read_int(from, "music_level", CR_LEVEL_MIN, CR_LEVEL_MAX, 0, &brief->music_level,
                          fault);
    const cJSON *models = NULL, *board = NULL;
    if (status == CR_OK) status = cr_json_get_object(from, "models", &models, NULL, fault);
    if (status == CR_OK || status == CR_NOTFOUND)
        status = cr_json_get_object(from, "board", &board, NULL, fault);
    if (models) brief->models = cJSON_Duplicate(models, true);
    if (board) brief->board = cJSON_Duplicate(board, true);
    return status == CR_NOTFOUND ? CR_OK : status;
}

static cr_status read_brief(cr_brief *brief, const cJSON *from, cr_fault *fault)
{
    static const size_t prompt_bytes_max = 1
                                           << 20; // the sentence about characters is the better one
    cr_status status = read_text(from, "prompt", prompt_bytes_max, &brief->prompt, fault);
    if (status == CR_OK)
        status = read_text(from, "script_text", CR_SCRIPT_BYTES_MAX, &brief->script_text, fault);
    if (status == CR_OK) status = check_prompt(brief, fault);
    struct {
        const char *key;
        char **out;
    } texts[] = {{"aspect", &brief->aspect},
                 {"style", &brief->style},
                 {"mood", &brief->mood},
                 {"voice", &brief->voice},
                 {"music", &brief->music}};
    for (size_t i = 0; i < CR_COUNT_OF(texts) && status == CR_OK; i++)
        status = read_text(from, texts[i].key, CR_BRIEF_TEXT_BYTES_MAX, texts[i].out, fault);
    int64_t seconds = 0;
    if (status == CR_OK)
        status = read_int(from, "seconds", CR_SECONDS_MIN, CR_SECONDS_MAX, 30, &seconds, fault);
    if (status == CR_OK) {
        brief->seconds = (int)seconds;
        status = read_int(from, "seed", 0, INT32_MAX, 1, &brief->seed, fault);
        if (status == CR_OK)
            status = read_int(from, "music_take", 0, INT32_MAX, 0, &brief->music_take, fault);
    }
    if (status == CR_OK) status = read_size(brief, from, fault);
    if (status == CR_OK) status = read_rate(brief, from, fault);
    if (status == CR_OK) status = read_answers(brief, from, fault);
    if (status == CR_OK) status = read_arrangement(brief, from, fault);
    if (status == CR_OK) {
        status = cr_json_get_bool(from, "is_answered", &brief->is_answered, NULL, fault);
        if (status == CR_NOTFOUND) status = CR_OK;
    }
    return status;
}

cr_status cr_brief_read(cr_brief *out, const cJSON *from, cr_fault *fault)
{
    if (!cJSON_IsObject(from))
        return cr_json_fail(fault, CR_INVALID, NULL, NULL, "a brief is an object");
    cr_brief brief = {0};
    cr_status status = read_brief(&brief, from, fault);
    if (status == CR_OK)
        *out = brief;
    else
        cr_brief_free(&brief);
    return status;
}

cJSON *cr_brief_write(const cr_brief *brief)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "prompt", brief->prompt);
    cr_json_add_int(out, "seconds", brief->seconds);
    cJSON_AddStringToObject(out, "aspect", brief->aspect);
    cJSON_AddStringToObject(out, "style", brief->style);
    cJSON_AddStringToObject(out, "mood", brief->mood);
    cJSON_AddStringToObject(out, "voice", brief->voice);
    cJSON_AddStringToObject(out, "music", brief->music);
    cr_json_add_int(out, "music_take", brief->music_take);
    cJSON_AddStringToObject(out, "script_text", brief->script_text);
    cr_json_add_int(out, "seed", brief->seed);
    cr_json_add_int(out, "width", brief->width);
    cr_json_add_int(out, "height", brief->height);
    cJSON *rate = cJSON_AddObjectToObject(out, "rate");
    cr_json_add_int(rate, "num", brief->rate.num);
    cr_json_add_int(rate, "den", brief->rate.den);
    cJSON_AddItemToObject(out, "answers", cJSON_Duplicate(brief->answers, true));
    cJSON_AddBoolToObject(out, "is_answered", brief->is_answered);
    cr_json_add_int(out, "voice_level", brief->voice_level);
    cr_json_add_int(out, "music_level", brief->music_level);
    if (brief->models) cJSON_AddItemToObject(out, "models", cJSON_Duplicate(brief->models, true));
    if (brief->board) cJSON_AddItemToObject(out, "board", cJSON_Duplicate(brief->board, true));
    return out;
}

void cr_brief_free(cr_brief *brief)
{
    cr_free(brief->prompt);
    cr_free(brief->aspect);
    cr_free(brief->style);
    cr_free(brief->mood);
    cr_free(brief->voice);
    cr_free(brief->music);
    cr_free(brief->script_text);
    cJSON_Delete(brief->answers);
    cJSON_Delete(brief->models);
    cJSON_Delete(brief->board);
    *brief = (cr_brief){0};
}
