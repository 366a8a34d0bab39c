// OpenAI's voices and pictures: one request, one result, and no list of what was asked.
#include "broker/provider_paid.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_once.h"
#include "broker/paid_values.h"
#include "broker/paid_voice.h"

enum { RATE = 24000 };

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static double number_of(const cJSON *object, const char *key, double fallback)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? member->valuedouble : fallback;
}

// The voice of this name, else the model's first.
static const char *voice_of(const cr_model *model, const char *name)
{
    const cJSON *voices = cJSON_GetObjectItemCaseSensitive(model->data, "voices"), *one;
    cJSON_ArrayForEach(one, voices)
    {
        if (cJSON_IsString(one) && strcmp(one->valuestring, name) == 0) return one->valuestring;
    }
    return voices && cJSON_IsString(voices->child) ? voices->child->valuestring : "alloy";
}

static cJSON *voice_body(const cr_paid_job *job, char **path)
{
    const cJSON *input = job->work->request->input;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "model", job->maker->model->name);
    cJSON_AddStringToObject(body, "input", text_of(input, "text"));
    cJSON_AddStringToObject(body, "voice", voice_of(job->maker->model, text_of(input, "voice")));
    // The headers of its WAV files do not say how long they are.
    cJSON_AddStringToObject(body, "response_format", "pcm");
    cJSON_AddNumberToObject(body, "speed", number_of(input, "speed", 1));
    *path = cr_strdup("/audio/speech");
    return body;
}

static cr_status read_voice(const cr_paid_job *job, const void *bytes, size_t size, cJSON **out,
                            cr_fault *fault)
{
    static const char name[] = "voice.wav";
    char *path = cr_paid_job_path(job, name);
    cr_ticks length = 0;
    cr_status status = cr_paid_voice_write(path, bytes, size, RATE, fault);
    if (status == CR_OK) status = cr_paid_length(job->work->host, path, &length, fault);
    // It tells no times of words: they are guessed by their length.
    if (status == CR_OK)
        *out = cr_paid_voice_output(name, text_of(job->work->request->input, "text"), length, NULL);
    cr_free(path);
    return status;
}

static double ratio_of(const char *size)
{
    char *end;
    double width = strtod(size, &end);
    double height = *end == 'x' ? strtod(end + 1, NULL) : 0;
    return width > 0 && height > 0 ? width / height : 1;
}

// The size that is nearest to the film's, as the eye sees it.
static const char *size_of(const cr_model *model, const cJSON *input)
{
    double wanted = number_of(input, "width", 16) / number_of(input, "height", 9);
    double least = HUGE_VAL;
    const char *best = "1024x1024";
    const cJSON *one;
    cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(model->data, "sizes"))
    {
        double away = fabs(log(ratio_of(one->valuestring) / wanted));
        if (away >= least) continue;
        least = away;
        best = one->valuestring;
    }
    return best;
}

static cJSON *picture_body(const cr_paid_job *job, char **path)
{
    const cJSON *input = job->work->request->input;
    cJSON *values = cr_paid_values("picture", input);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "model", job->maker->model->name);
    cJSON_AddStringToObject(body, "prompt", text_of(values, "prompt"));
    cJSON_AddStringToObject(body, "size", size_of(job->maker->model, input));
    cJSON_AddStringToObject(body, "quality", "medium");
    cJSON_AddNumberToObject(body, "n", 1);
    cJSON_Delete(values);
    *path = cr_strdup("/images/generations");
    return body;
}

static cr_status read_picture(const cr_paid_job *job, const cJSON *answer, cJSON **out,
                              cr_fault *fault)
{
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(answer, "data");
    const char *text = data ? text_of(data->child, "b64_json") : "";
    size_t length = strlen(text), size = 0;
    uint8_t *bytes = cr_alloc(length + 1, 1);
    cr_status status = CR_OK;
    if (!length || sodium_base642bin(bytes, length, text, length, "\r\n ", &size, NULL,
                                     sodium_base64_VARIANT_ORIGINAL) != 0)
        status = cr_fail(fault, CR_CORRUPT, "/data", "holds no picture");
    if (status == CR_OK) status = cr_paid_once_keep(job, "picture", bytes, size, out, fault);
    cr_free(bytes);
    return status;
}

static cr_status work_voice(const cr_work *work, cJSON **output, cr_fault *fault)
{
    static const cr_paid_once once = {.make_body = voice_body, .read_bytes = read_voice};
    return cr_paid_once_work(&once, work, output, fault);
}

static cr_status work_picture(const cr_work *work, cJSON **output, cr_fault *fault)
{
    static const cr_paid_once once = {.make_body = picture_body, .read = read_picture};
    return cr_paid_once_work(&once, work, output, fault);
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    if (strcmp(maker->builtin.kind, "picture") == 0) {
        *out = cr_model_price(maker->model, 1);
        return CR_OK;
    }
    double characters = 0, most = cr_model_limit(maker->model, "text_characters", 4096);
    for (const char *at = text_of(input, "text"); *at; at++)
        characters += (*at & 0xc0) != 0x80;
    if (characters > most)
        return cr_fail(fault, CR_LIMIT, "/text", "is longer than the %.0f characters that %s takes",
                       most, maker->label);
    *out = cr_model_price(maker->model, characters);
    return CR_OK;
}

void cr_openai_media_maker(cr_paid_maker *maker)
{
    bool is_voice = strcmp(maker->builtin.kind, "voice") == 0;
    maker->builtin.work = is_voice ? work_voice : work_picture;
    maker->price = price;
}
