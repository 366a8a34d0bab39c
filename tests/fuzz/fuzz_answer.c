// Any bytes as a paid service's answer: every wire's judge, the text of a language model, the times
// of a voice. The first byte chooses the status.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_voice.h"
#include "broker/provider_paid.h"
#include "broker/sniff.h"
#include "broker/text_schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge_all(const cr_http_answer *answer)
{
    static void (*const services[])(cr_paid_service *) = {cr_openai_service, cr_replicate_service,
                                                          cr_elevenlabs_service, cr_minimax_service,
                                                          cr_google_service};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        cr_paid_service service = {0};
        services[i](&service);
        cr_trouble trouble = {.wait_ms = -1};
        service.judge(answer, &trouble);
        if (!memchr(trouble.text, 0, sizeof trouble.text)) abort();
        if (trouble.wait_ms < -1 || trouble.wait_ms > INT64_C(86400000)) abort();
        // MiniMax tells in the body; to all others a bad status is a failure.
        bool is_good = answer->status >= 200 && answer->status < 300;
        if (!is_good && trouble.kind == CR_TROUBLE_NONE && services[i] != cr_minimax_service)
            abort();
        if (*cr_trouble_text(trouble.kind) == '\0' && trouble.kind != CR_TROUBLE_NONE) abort();
    }
}

static void check_text(const char *kind, const char *text, size_t size)
{
    cJSON *tree = NULL;
    cr_fault fault = {0};
    cr_status status = cr_text_parse(&tree, text, size, &fault);
    if (status == CR_OK) status = cr_text_check(kind, tree, &fault);
    if (status != CR_OK && !fault.text[0]) abort();
    if (status == CR_OK && strcmp(kind, "script") == 0) {
        const cJSON *scene, *scenes = cJSON_GetObjectItem(tree, "scenes");
        if (!cJSON_GetArraySize(scenes)) abort();
        cJSON_ArrayForEach(scene, scenes)
        {
            if (!cJSON_GetStringValue(cJSON_GetObjectItem(scene, "narration"))) abort();
            if (!cJSON_GetStringValue(cJSON_GetObjectItem(scene, "shot"))) abort();
        }
    }
    cJSON_Delete(tree);
}

// Whatever times come, the words' are in order and within the sound.
static void check_times(const char *text, size_t size)
{
    static const char spoken[] = "Three short words.";
    const cr_ticks duration = 2 * CR_TICKS_PER_SECOND;
    cJSON *alignment = NULL, *word;
    if (cr_json_parse(&alignment, text, size, NULL) != CR_OK) return;
    cJSON *output = cr_paid_voice_output("voice.wav", spoken, duration, alignment);
    double last = 0;
    int count = 0;
    cJSON_ArrayForEach(word, cJSON_GetObjectItem(output, "words"))
    {
        double start = cJSON_GetNumberValue(cJSON_GetObjectItem(word, "start"));
        double end = cJSON_GetNumberValue(cJSON_GetObjectItem(word, "end"));
        if (start < last || end < start || end > (double)duration) abort();
        last = end;
        count++;
    }
    if (count != 3) abort();
    cJSON_Delete(output);
    cJSON_Delete(alignment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int statuses[] = {200, 201, 202, 301, 400, 401, 402, 403, 404,
                                   408, 409, 413, 422, 429, 498, 500, 502, 503};
    if (size < 1) return 0;
    char *text = cr_strndup((const char *)data + 1, size - 1);
    const cr_http_answer answer = {.status =
                                       statuses[data[0] % (sizeof statuses / sizeof *statuses)],
                                   .body = text,
                                   .size = strlen(text),
                                   .retry_after_ms = -1};
    judge_all(&answer);
    check_text("script", text, strlen(text));
    check_text("questions", text, strlen(text));
    check_times(text, strlen(text));
    if (cr_http_retry_after(text, 0) < -1) abort();
    cr_sniff_bytes(data, size, "film");
    cr_free(text);
    return 0;
}
