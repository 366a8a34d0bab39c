// Google's Vertex AI: Lyria 2, music at once. Its key is an access token of a service account, and
// its address holds the project and the place.
#include "broker/provider_paid.h"

#include <sodium.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_once.h"
#include "broker/paid_values.h"

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static cJSON *make_body(const cr_paid_job *job, char **path)
{
    cJSON *values = cr_paid_values("music", job->work->request->input);
    cJSON *body = cJSON_CreateObject(), *instance = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(body, "instances"), instance);
    cJSON_AddStringToObject(instance, "prompt", text_of(values, "prompt"));
    cJSON_AddStringToObject(instance, "negative_prompt", "vocals, singing");
    const cJSON *seed = cJSON_GetObjectItemCaseSensitive(values, "seed");
    cJSON_AddItemToObject(instance, "seed", cJSON_Duplicate(seed, true));
    cJSON_AddObjectToObject(body, "parameters");
    cJSON_Delete(values);
    *path = cr_format("/publishers/google/models/%s:predict", job->maker->model->name);
    return body;
}

// The two members under which the sound is said to come, both seen.
static cr_status read_answer(const cr_paid_job *job, const cJSON *answer, cJSON **out,
                             cr_fault *fault)
{
    const cJSON *predictions = cJSON_GetObjectItemCaseSensitive(answer, "predictions");
    const cJSON *first = cJSON_IsArray(predictions) ? predictions->child : NULL;
    const char *base64 = text_of(first, "bytesBase64Encoded");
    if (!*base64) base64 = text_of(first, "audioContent");
    size_t length = strlen(base64), size = 0;
    uint8_t *bytes = cr_alloc(length + 1, 1);
    cr_status status = CR_OK;
    if (sodium_base642bin(bytes, length, base64, length, "\r\n", &size, NULL,
                          sodium_base64_VARIANT_ORIGINAL))
        status = cr_fail(fault, CR_CORRUPT, "/predictions/0", "is no sound");
    if (status == CR_OK) status = cr_paid_once_keep(job, "music", bytes, size, out, fault);
    cr_free(bytes);
    return status;
}

static cr_status work(const cr_work *work, cJSON **output, cr_fault *fault)
{
    static const cr_paid_once once = {.make_body = make_body, .read = read_answer};
    return cr_paid_once_work(&once, work, output, fault);
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    (void)input, (void)fault;
    *out = cr_model_price(maker->model, 1);
    return CR_OK;
}

void cr_vertex_maker(cr_paid_maker *maker)
{
    maker->builtin.work = work;
    maker->price = price;
}
