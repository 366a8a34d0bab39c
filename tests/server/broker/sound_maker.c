#include "sound_maker.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "native/native.h"

static bool never(const cr_work *work)
{
    (void)work;
    return false;
}

static void ignore(const cr_work *work, int percent)
{
    (void)work;
    assert_in_range(percent, 0, 100);
}

static cr_samples *read_wav(const cr_host *host, const char *path)
{
    cr_source *source = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    assert_int_equal(host->open_source(host->cookie, path, &source, NULL), CR_OK);
    assert_int_equal(cr_source_read_all(source, SIZE_MAX / 2, &bytes, &size, NULL), CR_OK);
    cr_source_close(&source);
    assert_true(size > 44 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WAVE", 4) == 0);
    int channels = bytes[22], rate = bytes[24] | bytes[25] << 8 | bytes[26] << 16;
    assert_int_equal(bytes[34], 24);
    int count = (int)(size - 44) / 3 / channels;
    cr_samples *samples = NULL;
    assert_int_equal(cr_samples_make(&samples, rate, channels, count), CR_OK);
    const uint8_t *at = bytes + 44;
    for (int i = 0; i < count; i++) {
        for (int channel = 0; channel < channels; channel++, at += 3) {
            uint32_t whole = (uint32_t)at[0] << 8 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 24;
            samples->data[channel][i] = (float)(int32_t)whole / 2147483648.0f;
        }
    }
    cr_free(bytes);
    return samples;
}

cr_status make_sound(const cr_builtin *builtin, const char *input, const char *file, cJSON **output,
                     cr_samples **sound, cr_fault *fault)
{
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 1};
    assert_int_equal(cr_native_open(&native, &desc), CR_OK);
    cJSON *json = cJSON_Parse(input);
    assert_non_null(json);
    cr_request request = {.kind = builtin->kind, .input = json, .folder = "."};
    cr_work work = {
        .request = &request,
        .host = cr_native_host(native),
        .data_folder = getenv("CUTROOM_DATA"),
        .should_stop = never,
        .progress = ignore,
    };
    cr_status status = builtin->work(&work, output, fault);
    if (status == CR_OK) *sound = read_wav(work.host, file);
    cJSON_Delete(json);
    cr_native_close(&native);
    return status;
}

int64_t number_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(member)) fail_msg("no number \"%s\"", key);
    return (int64_t)member->valuedouble;
}

const char *text_of(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    if (!text) fail_msg("no text \"%s\"", key);
    return text;
}
