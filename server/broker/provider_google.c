// Google's Gemini API: Veo, a film from a picture, as an operation that goes on there and is looked
// at until it is done. It has no list of operations and no way to stop one.
#include "broker/provider_paid.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_values.h"

enum { PICTURE_BYTES_MAX = 20 << 20 };

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

// "34.4s" of the RetryInfo among an error's details; -1 when there is none.
static int64_t retry_delay(const cJSON *error)
{
    const cJSON *detail;
    cJSON_ArrayForEach(detail, cJSON_GetObjectItemCaseSensitive(error, "details"))
    {
        const char *delay = text_of(detail, "retryDelay");
        double seconds = strtod(delay, NULL);
        if (*delay && seconds >= 0 && seconds < 86400) return (int64_t)(seconds * 1000);
    }
    return -1;
}

static void judge(const cr_http_answer *answer, cr_trouble *out)
{
    if (answer->status >= 200 && answer->status < 300) return;
    cJSON *tree = NULL;
    cr_status parsed = cr_json_parse(&tree, answer->body, answer->size, NULL);
    const cJSON *error = parsed == CR_OK ? cJSON_GetObjectItemCaseSensitive(tree, "error") : NULL;
    const char *message = text_of(error, "message");
    strncat(out->text, message, sizeof out->text - 1);
    out->wait_ms = retry_delay(error);
    if (out->wait_ms < 0) out->wait_ms = answer->retry_after_ms;
    if (answer->status == 429)
        out->kind = CR_TROUBLE_LATER;
    else if (strstr(message, "illing"))
        out->kind = CR_TROUBLE_MONEY;
    else if (answer->status == 401 || answer->status == 403 || strstr(message, "API key"))
        out->kind = CR_TROUBLE_AUTH;
    else if (answer->status >= 500 || answer->status == 408)
        out->kind = CR_TROUBLE_SAME;
    else
        out->kind = strstr(message, "policy") ? CR_TROUBLE_BLOCKED : CR_TROUBLE_INPUT;
    cJSON_Delete(tree);
}

// A file as base64. Gives the text (cr_free).
static cr_status read_base64(const char *path, char **out, cr_fault *fault)
{
    FILE *file = fopen(path, "rbe");
    if (!file) return cr_fail(fault, CR_NOTFOUND, path, "cannot be read");
    uint8_t *bytes = cr_alloc(PICTURE_BYTES_MAX, 1);
    size_t size = fread(bytes, 1, PICTURE_BYTES_MAX, file);
    bool is_whole = feof(file) || fgetc(file) == EOF;
    fclose(file);
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    *out = cr_alloc(room, 1);
    sodium_bin2base64(*out, room, bytes, size, sodium_base64_VARIANT_ORIGINAL);
    cr_free(bytes);
    return is_whole ? CR_OK : cr_fail(fault, CR_LIMIT, path, "is too large to be sent");
}

// [parameters] is taken. Gives the body.
static cr_status make_body(const cr_paid_job *job, cJSON *parameters, cJSON **out, cr_fault *fault)
{
    cJSON *values = cr_paid_values("motion", job->work->request->input);
    cJSON *body = cJSON_CreateObject(), *instance = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(body, "instances"), instance);
    cJSON_AddItemToObject(body, "parameters", parameters);
    cJSON_AddStringToObject(instance, "prompt", text_of(values, "prompt"));
    char *base64 = NULL;
    cr_status status = read_base64(text_of(values, "picture"), &base64, fault);
    if (status == CR_OK) {
        cJSON *image = cJSON_AddObjectToObject(instance, "image");
        cJSON_AddStringToObject(image, "bytesBase64Encoded", base64);
        cJSON_AddStringToObject(image, "mimeType", "image/png");
    }
    cr_free(base64);
    cJSON_Delete(values);
    if (status == CR_OK)
        *out = body;
    else
        cJSON_Delete(body);
    return status;
}

static cr_status ask(const cr_paid_job *job, const char *path, const cJSON *body, cJSON **out,
                     cr_trouble *trouble, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *url = cr_format("%s/v1beta/%s", service->base, path);
    char *text = body ? cr_json_print(body, false) : NULL;
    const cr_http_request request = {.url = url,
                                     .headers = {"Content-Type: application/json"},
                                     .secret = service->secret,
                                     .body = text,
                                     .body_size = text ? strlen(text) : 0,
                                     .may_be_private = true};
    cr_http_answer answer;
    cr_status status = cr_paid_ask(job, &request, body == NULL, &answer, trouble, fault);
    if (status == CR_OK && trouble->kind == CR_TROUBLE_NONE &&
        cr_json_parse(out, answer.body, answer.size, NULL) != CR_OK) {
        trouble->kind = body ? CR_TROUBLE_UNKNOWN : CR_TROUBLE_SAME;
        snprintf(trouble->text, sizeof trouble->text, "its answer is not JSON");
    }
    cr_http_answer_free(&answer);
    cr_free(text);
    cr_free(url);
    return status;
}

static cr_money price_of(const cr_paid_maker *maker, const cJSON *parameters)
{
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(parameters, "durationSeconds");
    return cr_model_price(maker->model, cJSON_IsNumber(seconds) ? seconds->valuedouble : 8);
}

static cr_status make_parameters(const cr_paid_maker *maker, const cJSON *input, cJSON **out,
                                 cr_fault *fault)
{
    cJSON *values = cr_paid_values("motion", input);
    cr_status status = cr_model_input(maker->model, values, out, fault);
    cJSON_Delete(values);
    return status;
}

// The picture is in the request: the ledger keeps what it costs, not its pixels.
static cr_status intend(const cr_paid_job *job, const cJSON *body, cr_money most, int64_t *call,
                        cr_fault *fault)
{
    cJSON *shown = cJSON_Duplicate(body, true);
    cJSON *instance = cJSON_GetObjectItemCaseSensitive(shown, "instances")->child;
    cJSON_DeleteItemFromObjectCaseSensitive(instance, "image");
    cr_status status = cr_paid_call_intend(job, shown, most, call, fault);
    cJSON_Delete(shown);
    return status;
}

// Begins an operation. CR_AGAIN: nothing came of it.
static cr_status begin(const cr_paid_job *job, int64_t *call, char **name, cr_fault *fault)
{
    cJSON *parameters = NULL, *body = NULL, *answer = NULL;
    cr_trouble trouble = {0};
    cr_status status = make_parameters(job->maker, job->work->request->input, &parameters, fault);
    if (status != CR_OK) return status;
    cr_money most = price_of(job->maker, parameters);
    status = make_body(job, parameters, &body, fault);
    if (status == CR_OK) status = intend(job, body, most, call, fault);
    char *path = cr_format("models/%s:predictLongRunning", job->maker->model->name);
    if (status == CR_OK) status = ask(job, path, body, &answer, &trouble, fault);
    cr_free(path);
    cJSON_Delete(body);
    if (status == CR_OK && *text_of(answer, "name")) *name = cr_strdup(text_of(answer, "name"));
    cJSON_Delete(answer);
    if (status != CR_OK) return status;
    if (*name) return cr_paid_call_accept(job, *call, *name, fault);
    bool is_lost = trouble.kind == CR_TROUBLE_UNKNOWN || trouble.kind == CR_TROUBLE_NONE;
    status = cr_paid_call_settle(job, *call, is_lost ? CR_CALL_LOST : CR_CALL_FREE,
                                 is_lost ? most : 0, trouble.text, fault);
    if (status != CR_OK) return status;
    cr_paid_fail(job, &trouble, fault);
    return is_lost || trouble.kind == CR_TROUBLE_SAME ? CR_AGAIN : CR_INVALID;
}

static cr_status watch(const cr_paid_job *job, const char *name, cJSON **out, cr_fault *fault)
{
    for (;;) {
        cJSON *tree = NULL;
        cr_trouble trouble = {0};
        cr_status status = ask(job, name, NULL, &tree, &trouble, fault);
        if (status == CR_OK && trouble.kind != CR_TROUBLE_NONE)
            status = cr_paid_fail(job, &trouble, fault);
        if (status != CR_OK) return status;
        if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(tree, "done"))) {
            *out = tree;
            return CR_OK;
        }
        cJSON_Delete(tree);
        status = cr_paid_pause(job, job->maker->service->poll_ms, fault);
        if (status != CR_OK) return status;
    }
}

// The film's address; the key goes along only to the service's own origin.
static const char *address_of(const cJSON *operation)
{
    const cJSON *response = cJSON_GetObjectItemCaseSensitive(operation, "response");
    const cJSON *videos = cJSON_GetObjectItemCaseSensitive(response, "generateVideoResponse");
    const cJSON *samples = cJSON_GetObjectItemCaseSensitive(videos, "generatedSamples");
    const cJSON *sample = cJSON_IsArray(samples) ? samples->child : NULL;
    return text_of(cJSON_GetObjectItemCaseSensitive(sample, "video"), "uri");
}

static cr_status refuse(const cr_paid_job *job, int64_t call, const cJSON *operation,
                        cr_fault *fault)
{
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(operation, "error");
    cr_trouble trouble = {.kind = error ? CR_TROUBLE_SAME : CR_TROUBLE_BLOCKED};
    snprintf(trouble.text, sizeof trouble.text, "%.200s",
             error ? text_of(error, "message") : "no film came of it");
    cr_status status = cr_paid_call_settle(job, call, CR_CALL_FREE, 0, trouble.text, fault);
    if (status != CR_OK) return status;
    cr_paid_fail(job, &trouble, fault);
    return error ? CR_AGAIN : CR_INVALID;
}

static cr_status follow(const cr_paid_job *job, int64_t call, const char *name, cJSON **out,
                        cr_fault *fault)
{
    cJSON *operation = NULL, *output = NULL, *parameters = NULL;
    cr_status status = watch(job, name, &operation, fault);
    if (status != CR_OK) return status;
    const char *address = address_of(operation);
    const cJSON *input = job->work->request->input;
    if (!*address) {
        status = refuse(job, call, operation, fault);
        cJSON_Delete(operation);
        return status;
    }
    status = make_parameters(job->maker, input, &parameters, fault);
    cr_money cost = price_of(job->maker, parameters);
    if (status == CR_OK) status = cr_paid_collect(job, address, parameters, &output, fault);
    if (status == CR_OK)
        status = cr_paid_job_finish(job, call, cost, output, out, fault);
    else if (status == CR_NOTFOUND || status == CR_CORRUPT)
        status =
            cr_paid_call_settle(job, call, CR_CALL_BOUGHT, cost, "it cannot be had", NULL) == CR_OK
                ? CR_INVALID
                : status;
    cJSON_Delete(parameters);
    cJSON_Delete(operation);
    return status;
}

static cr_status make(const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    cr_call before = {0};
    bool is_there = false;
    char *name = NULL;
    cr_status status = cr_paid_call_open(job, &before, &is_there, fault);
    int64_t call = before.id;
    if (status == CR_OK && is_there && before.state == CR_CALL_ACCEPTED)
        name = cr_strdup(before.external_id);
    else if (status == CR_OK && is_there)
        status = cr_paid_call_give_up(job, fault);
    cr_call_free(&before);
    for (int tries = 0; status == CR_OK && !*out; tries++) {
        if (!name) status = begin(job, &call, &name, fault);
        if (status == CR_OK) status = follow(job, call, name, out, fault);
        cr_free(name);
        name = NULL;
        if (status != CR_AGAIN) break;
        status = tries + 1 < CR_PAID_CALLS_MAX
                     ? cr_paid_pause(job, job->maker->service->poll_ms, fault)
                     : CR_INVALID;
    }
    cr_free(name);
    return status;
}

static cr_status work(const cr_work *work, cJSON **output, cr_fault *fault)
{
    cr_paid_job job;
    cr_status status = cr_paid_job_open(&job, work, fault);
    if (status != CR_OK) return status;
    bool is_beyond = cr_paid_is_beyond(&job);
    status = cr_paid_job_bought(&job, output, fault);
    if (status == CR_OK && !*output && !is_beyond) status = make(&job, output, fault);
    cr_paid_job_close(&job);
    if (status == CR_OK && !*output && is_beyond)
        return cr_builtin_motion.work(work, output, fault);
    return status;
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    cJSON *parameters = NULL;
    cr_status status = make_parameters(maker, input, &parameters, fault);
    if (status == CR_OK) *out = price_of(maker, parameters);
    cJSON_Delete(parameters);
    return status;
}

void cr_google_service(cr_paid_service *service)
{
    service->judge = judge;
    service->keeps_outputs = true;
}

void cr_google_maker(cr_paid_maker *maker)
{
    maker->builtin.work = work;
    maker->price = price;
}
