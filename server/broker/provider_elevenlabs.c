// ElevenLabs: a voice with the times of its words. It answers at once; when nobody knows whether an
// answer was paid for, its history tells, and gives the sound again.
#include "broker/provider_paid.h"

#include <sodium.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/paid_voice.h"

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

// Of a voice that every account has; see the service's list of premade voices.
static const char default_voice[] = "21m00Tcm4TlvDq8ikWAM";
static const char format[] = "pcm_24000";

enum {
    RATE = 24000,
    VOICE_ID_BYTES = 20,
    HISTORY_PAGE = 100,
    HISTORY_LOOKS = 3,
    CLOCK_SKEW_MS = 60000, // between our clock and theirs
};

static void judge(const cr_http_answer *answer, cr_trouble *out)
{
    if (answer->status >= 200 && answer->status < 300) return;
    out->wait_ms = answer->retry_after_ms;
    cJSON *tree = NULL;
    const char *code = "", *message = "";
    if (cr_json_parse(&tree, answer->body, answer->size, NULL) == CR_OK) {
        const cJSON *detail = cJSON_GetObjectItemCaseSensitive(tree, "detail");
        if (cJSON_IsArray(detail)) message = text_of(detail->child, "msg");
        if (cJSON_IsString(detail)) message = detail->valuestring;
        if (cJSON_IsObject(detail)) message = text_of(detail, "message");
        code = *text_of(detail, "status") ? text_of(detail, "status") : text_of(detail, "code");
    }
    strncat(out->text, message, sizeof out->text - 1);
    bool is_money = strstr(code, "quota") || strstr(code, "credit") || strstr(code, "payment");
    if (answer->status == 429)
        out->kind = CR_TROUBLE_LATER;
    else if (answer->status == 402 || is_money)
        out->kind = CR_TROUBLE_MONEY;
    else if (answer->status == 401 || answer->status == 403)
        out->kind = CR_TROUBLE_AUTH;
    else if (strstr(code, "moderation") || strstr(code, "content") || strstr(code, "policy"))
        out->kind = CR_TROUBLE_BLOCKED;
    else if (answer->status >= 500 || answer->status == 408)
        out->kind = CR_TROUBLE_SAME;
    else
        out->kind = CR_TROUBLE_INPUT;
    cJSON_Delete(tree);
}

// A name of ours is none of theirs: only what looks like an id is one.
static const char *voice_of(const cJSON *input)
{
    const char *voice = text_of(input, "voice");
    bool is_id = strlen(voice) == VOICE_ID_BYTES && !strpbrk(voice, "/?#&%. -_");
    return is_id ? voice : default_voice;
}

static cJSON *make_body(const cr_paid_job *job)
{
    const cJSON *input = job->work->request->input;
    const cJSON *speed = cJSON_GetObjectItemCaseSensitive(input, "speed");
    double wanted = cJSON_IsNumber(speed) ? speed->valuedouble : 1;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "text", text_of(input, "text"));
    cJSON_AddStringToObject(body, "model_id", job->maker->model->name);
    cJSON *settings = cJSON_AddObjectToObject(body, "voice_settings");
    cJSON_AddNumberToObject(settings, "stability", 0.5);
    cJSON_AddNumberToObject(settings, "similarity_boost", 0.75);
    cJSON_AddNumberToObject(settings, "speed", wanted < 0.7 ? 0.7 : wanted > 1.2 ? 1.2 : wanted);
    const cJSON *seed = cJSON_GetObjectItemCaseSensitive(input, "seed");
    if (cJSON_IsNumber(seed))
        cr_json_add_int(body, "seed", (int64_t)seed->valuedouble & 0x7fffffff);
    return body;
}

static cr_status decode(const char *base64, uint8_t **out, size_t *size, cr_fault *fault)
{
    size_t length = strlen(base64);
    uint8_t *bytes = cr_alloc(length + 1, 1);
    if (sodium_base642bin(bytes, length, base64, length, "\r\n", size, NULL,
                          sodium_base64_VARIANT_ORIGINAL) ||
        *size < 2) {
        cr_free(bytes);
        return cr_fail(fault, CR_CORRUPT, "/audio_base64", "is no sound");
    }
    *out = bytes;
    return CR_OK;
}

// An answer as the studio's result. [pcm] 16 bit, one channel.
static cr_status make_output(const cr_paid_job *job, const uint8_t *pcm, size_t size,
                             const cJSON *alignment, cJSON **out, cr_fault *fault)
{
    char *path = cr_paid_job_path(job, "voice.wav");
    cr_status status = cr_paid_voice_write(path, pcm, size, RATE, fault);
    cr_free(path);
    if (status != CR_OK) return status;
    const char *text = text_of(job->work->request->input, "text");
    cr_ticks duration = (cr_ticks)(size / 2) * (CR_TICKS_PER_SECOND / RATE);
    *out = cr_paid_voice_output("voice.wav", text, duration, alignment);
    cJSON_AddStringToObject(*out, "model", job->maker->model->name);
    return CR_OK;
}

static cr_status read_answer(const cr_paid_job *job, const cr_http_answer *answer, cJSON **out,
                             cr_fault *fault)
{
    cJSON *tree = NULL;
    uint8_t *pcm = NULL;
    size_t size = 0;
    cr_status status = cr_json_parse(&tree, answer->body, answer->size, fault);
    if (status == CR_OK) status = decode(text_of(tree, "audio_base64"), &pcm, &size, fault);
    if (status == CR_OK)
        status = make_output(job, pcm, size, cJSON_GetObjectItemCaseSensitive(tree, "alignment"),
                             out, fault);
    cr_free(pcm);
    cJSON_Delete(tree);
    return status;
}

static cr_status get(const cr_paid_job *job, const char *path, cr_http_answer *answer,
                     cr_trouble *trouble, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *url = cr_format("%s%s", service->base, path);
    const cr_http_request request = {.url = url, .secret = service->secret, .may_be_private = true};
    cr_status status = cr_paid_ask(job, &request, true, answer, trouble, fault);
    cr_free(url);
    return status;
}

// What is known of a call whose answer is not here.
typedef struct lost_call {
    int64_t id, asked_ms;
    const char *external_id; // "" when it was not told yet
} lost_call;

// The item of the history that a lost answer would be; *out stays NULL when there is none.
static cr_status find_item(const cr_paid_job *job, const cJSON *history, const lost_call *lost,
                           const cJSON **out, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    const cJSON *input = job->work->request->input, *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(history, "history"))
    {
        const cJSON *date = cJSON_GetObjectItemCaseSensitive(item, "date_unix");
        bool is_it = strcmp(text_of(item, "text"), text_of(input, "text")) == 0 &&
                     strcmp(text_of(item, "voice_id"), voice_of(input)) == 0 &&
                     cJSON_IsNumber(date) &&
                     date->valuedouble * 1000 > (double)(lost->asked_ms - CLOCK_SKEW_MS);
        const char *id = text_of(item, "request_id");
        if (!is_it || (*lost->external_id && strcmp(lost->external_id, id) != 0)) continue;
        bool is_known = true;
        cr_status status = ledger->is_known(ledger->cookie, job->maker->id, id, &is_known, fault);
        if (status != CR_OK) return status;
        if (is_known && !*lost->external_id) continue;
        *out = item;
        return CR_OK;
    }
    return CR_OK;
}

static cr_status fetch_item(const cr_paid_job *job, const lost_call *lost, const cJSON *item,
                            cJSON **out, cr_fault *fault)
{
    cr_http_answer answer;
    cr_trouble trouble;
    cr_status status = cr_paid_call_accept(job, lost->id, text_of(item, "request_id"), fault);
    if (status != CR_OK) return status;
    char *path = cr_format("/v1/history/%s/audio", text_of(item, "history_item_id"));
    status = get(job, path, &answer, &trouble, fault);
    cr_free(path);
    const cJSON *times = cJSON_GetObjectItemCaseSensitive(item, "alignments");
    times = cJSON_GetObjectItemCaseSensitive(times, "alignment");
    bool is_pcm = status == CR_OK && trouble.kind == CR_TROUBLE_NONE && answer.size > 2 &&
                  strstr(answer.content_type, "pcm");
    if (is_pcm)
        status = make_output(job, (const uint8_t *)answer.body, answer.size, times, out, fault);
    cr_http_answer_free(&answer);
    return status;
}

static cr_status look_once(const cr_paid_job *job, const lost_call *lost, cJSON **out,
                           cr_fault *fault)
{
    cr_http_answer answer;
    cr_trouble trouble;
    cJSON *history = NULL;
    const cJSON *item = NULL;
    char *path = cr_format("/v1/history?page_size=%d", HISTORY_PAGE);
    cr_status status = get(job, path, &answer, &trouble, fault);
    cr_free(path);
    if (status == CR_OK && trouble.kind == CR_TROUBLE_NONE &&
        cr_json_parse(&history, answer.body, answer.size, NULL) == CR_OK)
        status = find_item(job, history, lost, &item, fault);
    cr_http_answer_free(&answer);
    if (status == CR_OK && item) status = fetch_item(job, lost, item, out, fault);
    cJSON_Delete(history);
    return status;
}

// What was paid for and did not arrive, from the history; it may still be on its way there. *out
// stays NULL when it is not there.
static cr_status recover(const cr_paid_job *job, const lost_call *lost, cJSON **out,
                         cr_fault *fault)
{
    cr_status status = CR_OK;
    for (int i = 0; status == CR_OK && !*out && i < HISTORY_LOOKS; i++) {
        if (i) status = cr_paid_pause(job, job->maker->service->poll_ms * i, fault);
        if (status == CR_OK) status = look_once(job, lost, out, fault);
    }
    return status;
}

static cr_money price_of(const cr_paid_maker *maker, const cJSON *input)
{
    size_t characters = 0;
    for (const char *at = text_of(input, "text"); *at; at++)
        characters += (*at & 0xc0) != 0x80;
    return cr_model_price(maker->model, (double)characters);
}

static cr_status ask(const cr_paid_job *job, const cJSON *body, cr_http_answer *answer,
                     cr_trouble *trouble, cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *text = cr_json_print(body, false);
    char *url = cr_format("%s/v1/text-to-speech/%s/with-timestamps?output_format=%s", service->base,
                          voice_of(job->work->request->input), format);
    const cr_http_request request = {.url = url,
                                     .headers = {"Content-Type: application/json"},
                                     .secret = service->secret,
                                     .body = text,
                                     .body_size = strlen(text),
                                     .may_be_private = true};
    cr_status status = cr_paid_ask(job, &request, false, answer, trouble, fault);
    cr_free(text);
    cr_free(url);
    return status;
}

// What came of a call that was asked for. *output stays NULL when nothing did.
static cr_status receive(const cr_paid_job *job, const cJSON *body, int64_t call, cJSON **output,
                         cr_trouble *trouble, cr_fault *fault)
{
    lost_call lost = {.id = call, .asked_ms = cr_paid_now_ms(), .external_id = ""};
    cr_http_answer answer;
    cr_fault why = {0};
    cr_status status = ask(job, body, &answer, trouble, fault);
    if (status == CR_OK && trouble->kind == CR_TROUBLE_NONE) {
        lost.external_id = answer.request_id;
        if (*answer.request_id) status = cr_paid_call_accept(job, call, answer.request_id, fault);
        if (status == CR_OK && read_answer(job, &answer, output, &why) != CR_OK) {
            trouble->kind = CR_TROUBLE_UNKNOWN;
            cr_fault_line(&why, trouble->text, sizeof trouble->text);
        }
    }
    if (status == CR_OK && trouble->kind == CR_TROUBLE_UNKNOWN)
        status = recover(job, &lost, output, fault);
    cr_http_answer_free(&answer);
    return status;
}

// One paid call. CR_AGAIN: nothing came of it, and another may do better.
static cr_status buy(const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    cr_money cost = price_of(job->maker, job->work->request->input);
    cJSON *body = make_body(job), *output = NULL;
    int64_t call = 0;
    cr_trouble trouble = {0};
    cr_status status = cr_paid_call_intend(job, body, cost, &call, fault);
    if (status == CR_OK) status = receive(job, body, call, &output, &trouble, fault);
    cJSON_Delete(body);
    if (status != CR_OK) return status;
    if (output) return cr_paid_job_finish(job, call, cost, output, out, fault);
    bool is_lost = trouble.kind == CR_TROUBLE_UNKNOWN;
    status = cr_paid_call_settle(job, call, is_lost ? CR_CALL_LOST : CR_CALL_FREE,
                                 is_lost ? cost : 0, trouble.text, fault);
    if (status != CR_OK) return status;
    cr_paid_fail(job, &trouble, fault);
    return is_lost || trouble.kind == CR_TROUBLE_SAME ? CR_AGAIN : CR_INVALID;
}

// A call that a former process began: what became of it?
static cr_status take_up(const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    cr_call before = {0};
    bool is_there = false;
    cJSON *output = NULL;
    cr_status status = cr_paid_call_open(job, &before, &is_there, fault);
    const lost_call lost = {before.id, before.created_ms, is_there ? before.external_id : ""};
    if (status == CR_OK && is_there) status = recover(job, &lost, &output, fault);
    if (status == CR_OK && output)
        status = cr_paid_job_finish(job, before.id, before.reserved, output, out, fault);
    else if (status == CR_OK && is_there)
        status = cr_paid_call_settle(job, before.id, CR_CALL_LOST, before.reserved,
                                     "this program ended while it was asked", fault);
    cr_call_free(&before);
    return status;
}

static cr_status work(const cr_work *work, cJSON **output, cr_fault *fault)
{
    cr_paid_job job;
    cr_status status = cr_paid_job_open(&job, work, fault);
    if (status != CR_OK) return status;
    status = cr_paid_job_bought(&job, output, fault);
    if (status == CR_OK && !*output) status = take_up(&job, output, fault);
    for (int tries = 0; status == CR_OK && !*output; tries++) {
        status = buy(&job, output, fault);
        if (status != CR_AGAIN) break;
        status = tries + 1 < CR_PAID_CALLS_MAX
                     ? cr_paid_pause(&job, job.maker->service->poll_ms, fault)
                     : CR_INVALID;
    }
    cr_paid_job_close(&job);
    return status;
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    size_t length = strlen(text_of(input, "text"));
    double most = cr_model_limit(maker->model, "text_characters", 10000);
    if (length == 0) return cr_fail(fault, CR_INVALID, "/text", "There is no text to say.");
    if ((double)length > most)
        return cr_fail(fault, CR_LIMIT, "/text", "is longer than the %.0f characters that %s takes",
                       most, maker->label);
    *out = price_of(maker, input);
    return CR_OK;
}

void cr_elevenlabs_service(cr_paid_service *service)
{
    service->judge = judge;
}

void cr_elevenlabs_maker(cr_paid_maker *maker)
{
    maker->builtin.work = work;
    maker->price = price;
}
