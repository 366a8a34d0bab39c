// Any bytes as a pasted script and as a prompt: a script with words in it, or a fault with a place.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "broker/writer/questions.h"
#include "broker/writer/script.h"
#include "broker/writer/script_text.h"

enum { BYTES_MAX = 20000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(cr_status status, cJSON *out, const cr_fault *fault)
{
    if (status != CR_OK) {
        if (out || !fault->text[0] || !fault->where[0]) abort();
        return;
    }
    const cJSON *scene, *scenes = cJSON_GetObjectItem(out, "scenes");
    if (!cJSON_GetArraySize(scenes)) abort();
    cJSON_ArrayForEach(scene, scenes)
    {
        const char *visual = cJSON_GetStringValue(cJSON_GetObjectItem(scene, "visual"));
        if (!visual || !*visual) abort();
        if (!cJSON_GetStringValue(cJSON_GetObjectItem(scene, "narration"))) abort();
    }
    cJSON_Delete(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > BYTES_MAX) return 0;
    char *text = cr_strndup((const char *)data, size);
    cJSON *input = cJSON_CreateObject(), *out = NULL;
    cJSON_AddStringToObject(input, "prompt", text);
    cr_fault fault = {0};
    cr_status status = cr_script_text_write(&out, input, text, &fault);
    judge(status, out, &fault);
    out = NULL;
    status = cr_script_write(&out, input, &fault);
    judge(status, out, &fault);
    out = NULL;
    if (cr_questions_write(&out, input, &fault) == CR_OK && !out) abort();
    cJSON_Delete(out);
    cJSON_Delete(input);
    cr_free(text);
    return 0;
}
