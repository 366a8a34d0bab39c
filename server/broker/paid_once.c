#include "broker/paid_once.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_values.h"
#include "broker/sniff.h"

enum { TIMEOUT_MS = 300000 };

cr_status cr_paid_once_keep(const cr_paid_job *job, const char *stem, const void *bytes,
                            size_t size, cJSON **out, cr_fault *fault)
{
    const char *suffix = cr_sniff_bytes(bytes, size, cr_paid_media(job->maker->builtin.kind));
    if (!suffix) return cr_fail(fault, CR_CORRUPT, stem, "the %zu bytes that came are none", size);
    char name[40];
    snprintf(name, sizeof name, "%.30s%s", stem, suffix);
    char *path = cr_paid_job_path(job, name);
    cr_status status = cr_paid_write(path, bytes, size, fault);
    if (status == CR_OK)
        status = cr_paid_describe(job, name, job->work->request->input, out, fault);
    cr_free(path);
    return status;
}

static cr_status ask(const cr_paid_job *job, const char *path, const cJSON *body,
                     cr_http_answer *answer, cr_trouble *trouble, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *text = cr_json_print(body, false), *url = cr_format("%s%s", service->base, path);
    const cr_http_request request = {.url = url,
                                     .headers = {"Content-Type: application/json"},
                                     .secret = service->secret,
                                     .body = text,
                                     .body_size = strlen(text),
                                     .may_be_private = true,
                                     .timeout_ms = TIMEOUT_MS};
    cr_status status = cr_paid_ask(job, &request, false, answer, trouble, fault);
    cr_free(text);
    cr_free(url);
    return status;
}

// What came of a request. *output stays NULL when nothing did, and *trouble tells why.
static cr_status receive(const cr_paid_once *once, const cr_paid_job *job, const char *path,
                         const cJSON *body, cJSON **output, cr_trouble *trouble, cr_fault *fault)
{
    cr_http_answer answer;
    cJSON *tree = NULL;
    cr_fault why = {0};
    cr_status status = ask(job, path, body, &answer, trouble, fault);
    if (status == CR_OK && trouble->kind == CR_TROUBLE_NONE) {
        cr_status read = CR_OK;
        if (once->read_bytes)
            read = once->read_bytes(job, answer.body, answer.size, output, &why);
        else
            read = cr_json_parse(&tree, answer.body, answer.size, &why);
        if (read == CR_OK && once->read) read = once->read(job, tree, output, &why);
        if (read == CR_NOSPACE || read == CR_CANCELED || read == CR_NOMEM) {
            if (fault) *fault = why;
            status = read;
        } else if (read != CR_OK) {
            trouble->kind = CR_TROUBLE_UNKNOWN;
            cr_fault_line(&why, trouble->text, sizeof trouble->text);
        }
    }
    cJSON_Delete(tree);
    cr_http_answer_free(&answer);
    return status;
}

// One paid call. CR_AGAIN: nothing came of it, and another may do better.
static cr_status buy(const cr_paid_once *once, const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    char *path = NULL;
    cJSON *body = once->make_body(job, &path), *output = NULL;
    cr_money cost = 0;
    int64_t call = 0;
    cr_trouble trouble = {0};
    cr_status status = job->maker->price(job->maker, job->work->request->input, &cost, fault);
    if (status == CR_OK) status = cr_paid_call_intend(job, body, cost, &call, fault);
    if (status == CR_OK) status = receive(once, job, path, body, &output, &trouble, fault);
    cJSON_Delete(body);
    cr_free(path);
    if (status != CR_OK) return status;
    if (output) return cr_paid_job_finish(job, call, cost, output, out, fault);
    bool is_lost = trouble.kind == CR_TROUBLE_UNKNOWN;
    status = cr_paid_call_settle(job, call, is_lost ? CR_CALL_LOST : CR_CALL_FREE,
                                 is_lost ? cost : 0, trouble.text, fault);
    if (status != CR_OK) return status;
    cr_paid_fail(job, &trouble, fault);
    return is_lost || trouble.kind == CR_TROUBLE_SAME ? CR_AGAIN : CR_INVALID;
}

cr_status cr_paid_once_work(const cr_paid_once *once, const cr_work *work, cJSON **output,
                            cr_fault *fault)
{
    cr_paid_job job;
    cr_status status = cr_paid_job_open(&job, work, fault);
    if (status != CR_OK) return status;
    status = cr_paid_job_bought(&job, output, fault);
    if (status == CR_OK && !*output) status = cr_paid_call_give_up(&job, fault);
    for (int tries = 0; status == CR_OK && !*output; tries++) {
        status = buy(once, &job, output, fault);
        if (status != CR_AGAIN) break;
        status = tries + 1 < CR_PAID_CALLS_MAX
                     ? cr_paid_pause(&job, job.maker->service->poll_ms, fault)
                     : CR_INVALID;
    }
    cr_paid_job_close(&job);
    return status;
}
