// MiniMax: voices and music. It answers 200 to everything; what is in the answer tells. It answers
// at once and has no list of what was asked: an answer that is lost stays lost.
#include "broker/provider_paid.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/paid_once.h"
#include "broker/paid_values.h"
#include "broker/paid_voice.h"

enum {
    RATE = 32000,
    PROMPT_CHARACTERS_MAX = 300,
};

static const char default_voice[] = "English_expressive_narrator";

// What base_resp's numbers mean; see the service's list of errors.
static const struct {
    int code;
    cr_trouble_kind kind;
} codes[] = {
    {1000, CR_TROUBLE_SAME},    {1001, CR_TROUBLE_SAME},    {1002, CR_TROUBLE_LATER},
    {1004, CR_TROUBLE_AUTH},    {1008, CR_TROUBLE_MONEY},   {1024, CR_TROUBLE_SAME},
    {1026, CR_TROUBLE_BLOCKED}, {1027, CR_TROUBLE_BLOCKED}, {1033, CR_TROUBLE_SAME},
    {1039, CR_TROUBLE_LATER},   {1041, CR_TROUBLE_LATER},   {2049, CR_TROUBLE_AUTH},
};

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static void judge(const cr_http_answer *answer, cr_trouble *out)
{
    cJSON *tree = NULL;
    if (cr_json_parse(&tree, answer->body, answer->size, NULL) != CR_OK) {
        // A good answer that cannot be read is judged by who reads it.
        if (answer->status < 400) return;
        out->kind = answer->status == 429   ? CR_TROUBLE_LATER
                    : answer->status >= 500 ? CR_TROUBLE_SAME
                                            : CR_TROUBLE_INPUT;
        return;
    }
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(tree, "base_resp");
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(base, "status_code");
    out->wait_ms = answer->retry_after_ms;
    if (cJSON_IsNumber(code) && code->valueint != 0) {
        out->kind = CR_TROUBLE_INPUT;
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
            if (codes[i].code == code->valueint) out->kind = codes[i].kind;
        snprintf(out->text, sizeof out->text, "%.200s (%d)", text_of(base, "status_msg"),
                 code->valueint);
    }
    cJSON_Delete(tree);
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static cr_status decode(const char *hex, uint8_t **out, size_t *size, cr_fault *fault)
{
    size_t length = strlen(hex) / 2;
    uint8_t *bytes = cr_alloc(length + 1, 1);
    for (size_t i = 0; i < length; i++) {
        int high = digit_of(hex[2 * i]), low = digit_of(hex[2 * i + 1]);
        if (high < 0 || low < 0) {
            cr_free(bytes);
            return cr_fail(fault, CR_CORRUPT, "/data/audio", "is not hexadecimal");
        }
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    *out = bytes;
    *size = length;
    return CR_OK;
}

static cJSON *voice_body(const cr_paid_job *job)
{
    const cJSON *input = job->work->request->input;
    const cJSON *speed = cJSON_GetObjectItemCaseSensitive(input, "speed");
    const char *voice = text_of(input, "voice");
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "model", job->maker->model->name);
    cJSON_AddStringToObject(body, "text", text_of(input, "text"));
    cJSON_AddFalseToObject(body, "stream");
    cJSON *setting = cJSON_AddObjectToObject(body, "voice_setting");
    // Theirs have an underscore in their names, ours have none.
    cJSON_AddStringToObject(setting, "voice_id", strchr(voice, '_') ? voice : default_voice);
    cJSON_AddNumberToObject(setting, "speed", cJSON_IsNumber(speed) ? speed->valuedouble : 1);
    cJSON *audio = cJSON_AddObjectToObject(body, "audio_setting");
    cJSON_AddNumberToObject(audio, "sample_rate", RATE);
    cJSON_AddStringToObject(audio, "format", "wav");
    cJSON_AddNumberToObject(audio, "channel", 1);
    return body;
}

static cJSON *music_body(const cr_paid_job *job)
{
    cJSON *values = cr_paid_values("music", job->work->request->input);
    cJSON *body = cJSON_CreateObject();
    char prompt[PROMPT_CHARACTERS_MAX + 1];
    snprintf(prompt, sizeof prompt, "%s", text_of(values, "prompt"));
    prompt[cr_utf8_valid_length(prompt, strlen(prompt))] = '\0';
    cJSON_AddStringToObject(body, "model", job->maker->model->name);
    cJSON_AddStringToObject(body, "prompt", prompt);
    cJSON_AddStringToObject(body, "lyrics", "[intro]\n[verse]\n[bridge]\n[outro]");
    cJSON *audio = cJSON_AddObjectToObject(body, "audio_setting");
    cJSON_AddNumberToObject(audio, "sample_rate", 44100);
    cJSON_AddNumberToObject(audio, "bitrate", 256000);
    cJSON_AddStringToObject(audio, "format", "mp3");
    cJSON_Delete(values);
    return body;
}

static bool makes_voice(const cr_paid_job *job)
{
    return strcmp(job->maker->builtin.kind, "voice") == 0;
}

static cJSON *make_body(const cr_paid_job *job, char **path)
{
    *path = cr_strdup(makes_voice(job) ? "/v1/t2a_v2" : "/v1/music_generation");
    return makes_voice(job) ? voice_body(job) : music_body(job);
}

static cr_status read_answer(const cr_paid_job *job, const cJSON *answer, cJSON **out,
                             cr_fault *fault)
{
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(answer, "data");
    uint8_t *bytes = NULL;
    size_t size = 0;
    cr_status status = decode(text_of(data, "audio"), &bytes, &size, fault);
    if (status != CR_OK) return status;
    const char *stem = makes_voice(job) ? "voice" : "music";
    status = cr_paid_once_keep(job, stem, bytes, size, out, fault);
    cr_free(bytes);
    if (status != CR_OK || !makes_voice(job)) return status;
    // It tells no times of words: they are guessed by their length.
    const cJSON *length = cJSON_GetObjectItemCaseSensitive(*out, "duration");
    cJSON *voice =
        cr_paid_voice_output(text_of(*out, "file"), text_of(job->work->request->input, "text"),
                             (cr_ticks)length->valuedouble, NULL);
    cJSON_Delete(*out);
    *out = voice;
    return CR_OK;
}

static cr_money price_of(const cr_paid_maker *maker, const cJSON *input)
{
    size_t characters = 0;
    for (const char *at = text_of(input, "text"); *at; at++)
        characters += (*at & 0xc0) != 0x80;
    bool is_voice = strcmp(maker->builtin.kind, "voice") == 0;
    return cr_model_price(maker->model, is_voice ? (double)characters : 1);
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    double most = cr_model_limit(maker->model, "text_characters", 10000);
    if ((double)strlen(text_of(input, "text")) > most)
        return cr_fail(fault, CR_LIMIT, "/text", "is longer than the %.0f characters that %s takes",
                       most, maker->label);
    *out = price_of(maker, input);
    return CR_OK;
}

static cr_status work(const cr_work *work, cJSON **output, cr_fault *fault)
{
    static const cr_paid_once once = {.make_body = make_body, .read = read_answer};
    return cr_paid_once_work(&once, work, output, fault);
}

void cr_minimax_service(cr_paid_service *service)
{
    service->judge = judge;
}

void cr_minimax_maker(cr_paid_maker *maker)
{
    maker->builtin.work = work;
    maker->price = price;
}
