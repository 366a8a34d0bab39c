// Any bytes as the body that asks for a film: refused with a sentence and nothing given, or read as
// a brief that is within its bounds and, once written, is read as the same brief.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "studio/brief.h"
#include "studio/film.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_bounds(const cr_brief *brief)
{
    if (brief->seconds < CR_SECONDS_MIN || brief->seconds > CR_SECONDS_MAX) abort();
    if (brief->width < CR_FILM_SIDE_MIN || brief->width > CR_FILM_SIDE_MAX) abort();
    if (brief->height < CR_FILM_SIDE_MIN || brief->height > CR_FILM_SIDE_MAX) abort();
    if (brief->width % 2 || brief->height % 2 || brief->rate.num < 1 || brief->rate.den < 1)
        abort();
    if (brief->voice_level < CR_LEVEL_MIN || brief->voice_level > CR_LEVEL_MAX) abort();
    if (brief->music_level < CR_LEVEL_MIN || brief->music_level > CR_LEVEL_MAX) abort();
    if (brief->seed < 0 || brief->music_take < 0) abort();
    if (strlen(brief->script_text) > CR_SCRIPT_BYTES_MAX) abort();
    if (!brief->prompt[0] && !brief->script_text[0]) abort();
    if (cJSON_GetArraySize(brief->answers) > CR_ANSWERS_MAX) abort();
}

static char *written(const cr_brief *brief)
{
    cJSON *tree = cr_brief_write(brief);
    char *text = cr_json_print(tree, false);
    cJSON_Delete(tree);
    return text;
}

static void check_same(const cr_brief *brief)
{
    char *first = written(brief);
    cJSON *tree = NULL;
    cr_brief again;
    if (cr_json_parse(&tree, first, strlen(first), NULL) != CR_OK) abort();
    if (cr_brief_read(&again, tree, NULL) != CR_OK) abort();
    char *second = written(&again);
    if (strcmp(first, second) != 0) abort();
    cr_brief_free(&again);
    cJSON_Delete(tree);
    cr_free(first);
    cr_free(second);
}

// What is said is whole letters, whatever was asked.
static void check_fault(const cr_fault *fault)
{
    if (!fault->text[0]) abort();
    if (cr_utf8_valid_length(fault->text, strlen(fault->text)) != strlen(fault->text)) abort();
}

static void check_brief(cr_brief *brief, cr_status status, const cr_fault *fault)
{
    if (status != CR_OK) {
        check_fault(fault);
        return;
    }
    check_bounds(brief);
    check_same(brief);
    cr_brief_free(brief);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cJSON *tree = NULL;
    cr_fault fault = {0};
    if (cr_json_parse(&tree, (const char *)data, size, &fault) != CR_OK) {
        check_fault(&fault);
        return 0;
    }
    cr_brief brief;
    check_brief(&brief, cr_brief_read(&brief, tree, &fault), &fault);
    if (cJSON_IsObject(tree)) check_brief(&brief, cr_film_brief(tree, &brief, &fault), &fault);
    cJSON_Delete(tree);
    return 0;
}
