#include "picture_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/mem.h"

const char *picture_data_folder(void)
{
    const char *folder = getenv("CUTROOM_DATA");
    assert_non_null(folder);
    return folder;
}

void picture_words_open(picture_words *out)
{
    char *folder = cr_format("%s/illustrations", picture_data_folder());
    cr_fault fault = {0};
    *out = (picture_words){0};
    assert_int_equal(cr_icon_set_open(&out->icons, folder, &fault), CR_OK);
    out->lexicon = cr_lexicon_open(out->icons, folder);
    cr_free(folder);
}

void picture_words_close(picture_words *words)
{
    cr_lexicon_close(&words->lexicon);
    cr_icon_set_close(&words->icons);
}

cr_composition picture_read(const picture_words *words, const char *visual, const char *shot)
{
    cr_picture_wish wish = {.title = "",
                            .visual = visual,
                            .shot = shot,
                            .style = "",
                            .palette = "meadow",
                            .mood = "",
                            .seed = 5};
    cr_composition composition;
    cr_composition_read(&composition, words->lexicon, &wish);
    return composition;
}

bool picture_has(const cr_composition *composition, const char *icon)
{
    return picture_count(composition, icon) > 0;
}

int picture_count(const cr_composition *composition, const char *icon)
{
    for (int i = 0; i < composition->subject_count; i++)
        if (!strcmp(composition->subjects[i].icon, icon)) return composition->subjects[i].count;
    return 0;
}

cJSON *picture_input(const char *visual, int width, int height, int seed)
{
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "title", "Test");
    cJSON_AddStringToObject(input, "visual", visual);
    cJSON_AddStringToObject(input, "shot", "medium");
    cJSON_AddStringToObject(input, "palette", "meadow");
    cJSON_AddNumberToObject(input, "width", width);
    cJSON_AddNumberToObject(input, "height", height);
    cJSON_AddNumberToObject(input, "seed", seed);
    return input;
}

static bool never_stop(const cr_work *work)
{
    (void)work;
    return false;
}

static void no_progress(const cr_work *work, int percent)
{
    (void)work;
    assert_in_range(percent, 0, 100);
}

cJSON *picture_run(const cr_builtin *maker, const cJSON *input, const char *folder,
                   const cr_host *host, cr_fault *fault)
{
    mkdir(folder, 0755);
    cr_request request = {maker->kind, input, folder};
    cr_work work = {.request = &request,
                    .host = host,
                    .data_folder = picture_data_folder(),
                    .should_stop = never_stop,
                    .progress = no_progress};
    cJSON *output = NULL;
    return maker->work(&work, &output, fault) == CR_OK ? output : NULL;
}

void picture_to_motion(cJSON *motion, const cJSON *picture, const char *folder)
{
    char here[512];
    assert_non_null(getcwd(here, sizeof here));
    char *path = cr_format("%s/%s/picture.png", here, folder);
    cJSON_AddStringToObject(motion, "picture", path);
    cr_free(path);
    cJSON *layers = cJSON_Duplicate(cJSON_GetObjectItem(picture, "layers"), true);
    cJSON *layer;
    cJSON_ArrayForEach(layer, layers)
    {
        path = cr_format("%s/%s/%s", here, folder,
                         cJSON_GetStringValue(cJSON_GetObjectItem(layer, "file")));
        cJSON_ReplaceItemInObject(layer, "file", cJSON_CreateString(path));
        cr_free(path);
    }
    cJSON_AddItemToObject(motion, "layers", layers);
    cJSON_AddNumberToObject(motion, "bleed_px",
                            cJSON_GetObjectItem(picture, "bleed_px")->valuedouble);
}

uint8_t *picture_bytes(const char *folder, const char *name, size_t *size)
{
    char *path = cr_format("%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    cr_free(path);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    fseek(file, 0, SEEK_SET);
    uint8_t *bytes = cr_alloc(*size + 1, 1);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}
