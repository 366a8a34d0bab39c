// Asking a service: waiting when it says so, repeating what is safe to repeat, and no word of keys.
#include "broker/paid.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/sniff.h"

static const char *const texts[] = {"",
#define X(name, text) text,
                                    CR_TROUBLE_MAP(X)
#undef X
};

enum { PAUSE_SLICE_MS = 20 };

const char *cr_trouble_text(cr_trouble_kind kind)
{
    return texts[kind];
}

const char *cr_trouble_class(const char *sentence)
{
    static const char *const classes[] = {"same",    "later", "input",  "money",
                                          "blocked", "auth",  "unknown"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strstr(sentence, texts[i + 1])) return classes[i];
    // The ledger's own refusal.
    return strstr(sentence, "of the budget of") ? "cap" : "failed";
}

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t cr_paid_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

cr_status cr_paid_pause(const cr_paid_job *job, int64_t milliseconds, cr_fault *fault)
{
    int64_t until = monotonic_ms() + milliseconds;
    for (;;) {
        if (cr_paid_job_should_stop(job)) return cr_fail(fault, CR_CANCELED, "", "stopped");
        int64_t left = until - monotonic_ms();
        if (left <= 0) return CR_OK;
        int64_t slice = left < PAUSE_SLICE_MS ? left : PAUSE_SLICE_MS;
        const struct timespec nap = {.tv_nsec = (long)slice * 1000000};
        nanosleep(&nap, NULL);
    }
}

// The service said "later" to somebody: everybody waits.
static cr_status wait_at_gate(const cr_paid_job *job, cr_fault *fault)
{
    cr_paid_service *service = job->maker->service;
    for (;;) {
        pthread_mutex_lock(&service->lock);
        int64_t left = service->not_before_ms - monotonic_ms();
        pthread_mutex_unlock(&service->lock);
        if (left <= 0) return CR_OK;
        cr_status status = cr_paid_pause(job, left, fault);
        if (status != CR_OK) return status;
    }
}

static void close_gate(cr_paid_service *service, int64_t milliseconds)
{
    int64_t until = monotonic_ms() + milliseconds;
    pthread_mutex_lock(&service->lock);
    if (service->not_before_ms < until) service->not_before_ms = until;
    pthread_mutex_unlock(&service->lock);
}

static int64_t backoff(int tries)
{
    int64_t wait = CR_PAID_BACKOFF_MS;
    for (int i = 0; i < tries && wait < CR_PAID_BACKOFF_MS_MAX; i++)
        wait *= 2;
    return wait < CR_PAID_BACKOFF_MS_MAX ? wait : CR_PAID_BACKOFF_MS_MAX;
}

// The key may come back in what a service says.
static void strike_key(const cr_paid_service *service, char *text)
{
    size_t length = service->key ? strlen(service->key) : 0;
    if (length < 4) return;
    for (char *at = strstr(text, service->key); at; at = strstr(at, service->key))
        memset(at, '*', length);
}

static bool stop_asked(void *cookie)
{
    return cr_paid_job_should_stop(cookie);
}

// One exchange. *trouble tells what may be done about a failure.
static cr_status ask_once(const cr_paid_job *job, const cr_http_request *request,
                          bool is_repeatable, cr_http_answer *out, cr_trouble *trouble,
                          cr_fault *fault)
{
    cr_paid_service *service = job->maker->service;
    cr_http_request own = *request;
    cr_fault why = {0};
    own.is_once = !is_repeatable;
    if (is_repeatable) {
        if (!own.timeout_ms) own.timeout_ms = CR_PAID_LOOK_MS;
        own.should_stop = stop_asked;
        own.stop_cookie = (void *)job;
    }
    *trouble = (cr_trouble){.wait_ms = -1};
    cr_status status = cr_http_ask(service->http, &own, out, &why);
    if (status == CR_OK) {
        service->judge(out, trouble);
        strike_key(service, trouble->text);
        return CR_OK;
    }
    if (status == CR_CANCELED || status == CR_NOSPACE || status == CR_NOMEM ||
        status == CR_DENIED) {
        if (fault) *fault = why;
        return status;
    }
    trouble->kind = out->was_sent && !is_repeatable ? CR_TROUBLE_UNKNOWN : CR_TROUBLE_SAME;
    cr_fault_line(&why, trouble->text, sizeof trouble->text);
    return CR_OK;
}

cr_status cr_paid_ask(const cr_paid_job *job, const cr_http_request *request, bool is_repeatable,
                      cr_http_answer *out, cr_trouble *trouble, cr_fault *fault)
{
    int later = 0;
    *out = (cr_http_answer){.retry_after_ms = -1};
    for (int tries = 0;;) {
        cr_status status = wait_at_gate(job, fault);
        if (status != CR_OK) return status;
        cr_http_answer_free(out);
        status = ask_once(job, request, is_repeatable, out, trouble, fault);
        if (status != CR_OK) return status;
        int64_t wait;
        if (trouble->kind == CR_TROUBLE_LATER && later < CR_PAID_LATER_MAX) {
            wait = trouble->wait_ms >= 0 ? trouble->wait_ms : backoff(later);
            later++;
            close_gate(job->maker->service, wait);
        } else if (trouble->kind == CR_TROUBLE_SAME && (is_repeatable || out->status == 0) &&
                   tries < CR_PAID_TRIES_MAX) {
            status = cr_paid_pause(job, backoff(tries++), fault);
            if (status != CR_OK) return status;
        } else {
            return CR_OK;
        }
    }
}

cr_status cr_paid_fail(const cr_paid_job *job, const cr_trouble *trouble, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    switch (trouble->kind) {
    case CR_TROUBLE_AUTH:
        return cr_fail(fault, CR_INVALID, service->label, "%s; see %s. It said: %.200s",
                       cr_trouble_text(trouble->kind), service->key_name, trouble->text);
    default:
        return cr_fail(fault, CR_INVALID, job->maker->label, "%s. It said: %.250s",
                       cr_trouble_text(trouble->kind), trouble->text);
    }
}

// One exchange. A key goes only to the service's own origin, and to no place that it points to.
static cr_status fetch_bytes(const cr_paid_job *job, const cr_http_request *request,
                             cr_http_answer *answer, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *origin = cr_http_origin(request->url), *own = cr_http_origin(service->base);
    bool is_own = service->keeps_outputs && strcmp(origin, own) == 0;
    cr_free(origin);
    cr_free(own);
    if (!is_own) return cr_http_ask(service->http, request, answer, fault);
    cr_http_request with_key = *request;
    with_key.secret = service->secret;
    cr_status status = cr_http_ask(service->http, &with_key, answer, fault);
    if (status != CR_OK || answer->status < 300 || answer->status >= 400) return status;
    char *location = cr_strdup(answer->location);
    cr_http_request without_key = *request;
    without_key.url = location;
    cr_http_answer_free(answer);
    status = cr_http_ask(service->http, &without_key, answer, fault);
    cr_free(location);
    return status;
}

// One try. CR_AGAIN: another may do better.
static cr_status fetch_once(const cr_paid_job *job, const cr_http_request *request,
                            const char *kind, const char **suffix, cr_fault *fault)
{
    cr_http_answer answer;
    cr_status status = fetch_bytes(job, request, &answer, fault);
    int code = answer.status;
    size_t size = answer.size;
    cr_http_answer_free(&answer);
    if (status == CR_TIMEOUT || status == CR_IO) return CR_AGAIN;
    if (status != CR_OK) return status;
    if (code >= 400 && code < 500 && code != 408 && code != 429)
        return cr_fail(fault, CR_NOTFOUND, kind, "its address answers %d: the result has expired",
                       code);
    if (code != 200) {
        cr_fail(fault, CR_IO, kind, "its address answers %d", code);
        return CR_AGAIN;
    }
    *suffix = cr_sniff_file(request->to_path, kind);
    if (*suffix) return CR_OK;
    cr_fail(fault, CR_CORRUPT, kind, "the %zu bytes that came are no %s", size, kind);
    return CR_AGAIN;
}

cr_status cr_paid_fetch(const cr_paid_job *job, const char *url, const char *path, const char *kind,
                        const char **suffix, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    const cr_http_request request = {
        .url = url,
        .to_path = path,
        .may_be_private = service->is_private,
        .timeout_ms = INT64_C(600000),
        .should_stop = stop_asked,
        .stop_cookie = (void *)job,
    };
    cr_fault why = {0};
    cr_status status = CR_AGAIN;
    for (int tries = 0; status == CR_AGAIN && tries < CR_PAID_TRIES_MAX; tries++) {
        if (tries) status = cr_paid_pause(job, backoff(tries - 1), fault);
        if (tries && status != CR_OK) return status;
        status = fetch_once(job, &request, kind, suffix, &why);
    }
    if (status == CR_OK) return CR_OK;
    if (status == CR_AGAIN) status = why.status;
    if (fault) *fault = why;
    return status;
}
