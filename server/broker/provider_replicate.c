// Replicate: pictures, motion, music, talking heads. A prediction is made, watched, and its output
// fetched; after a crash it is found again by its id, or, when that was not written down in time,
// in the list of what the account has asked for.
#include "broker/provider_paid.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/paid_fit.h"
#include "broker/paid_news.h"
#include "broker/paid_values.h"

enum {
    LIST_PAGES_MAX = 5,
    LIST_TRIES = 3,
    SKEW_MS = 120000, // between our clock and theirs
    FREE_TRIES_MAX = 4,
    UPLOAD_MS = 600000,
};

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

// A failure's sentence, wherever this service puts it.
static void read_detail(const cr_http_answer *answer, cr_trouble *out)
{
    cJSON *tree = NULL;
    if (cr_json_parse(&tree, answer->body, answer->size, NULL) != CR_OK) return;
    const char *title = text_of(tree, "title"), *detail = text_of(tree, "detail");
    cr_str text = {0};
    cr_str_addf(&text, "%s%s%s", title, *title && *detail ? ": " : "", detail);
    for (char *at = text.data; at && *at; at++)
        if (*at == '\n') *at = ' ';
    strncat(out->text, cr_str_text(&text), sizeof out->text - 1);
    cr_str_free(&text);
    const cJSON *wait = cJSON_GetObjectItemCaseSensitive(tree, "retry_after");
    if (cJSON_IsNumber(wait) && wait->valuedouble >= 0 && wait->valuedouble < 86400)
        out->wait_ms = (int64_t)(wait->valuedouble * 1000);
    cJSON_Delete(tree);
}

static void judge(const cr_http_answer *answer, cr_trouble *out)
{
    if (answer->status >= 200 && answer->status < 300) return;
    out->wait_ms = answer->retry_after_ms;
    read_detail(answer, out);
    if (answer->status == 429)
        out->kind = CR_TROUBLE_LATER;
    else if (answer->status == 402)
        out->kind = CR_TROUBLE_MONEY;
    else if (answer->status == 401 || answer->status == 403)
        out->kind = CR_TROUBLE_AUTH;
    else if (answer->status >= 500 || answer->status == 408)
        out->kind = CR_TROUBLE_SAME;
    else
        out->kind = CR_TROUBLE_INPUT;
}

// Ask for JSON. With trouble->kind NONE the tree is given.
static cr_status ask_json(const cr_paid_job *job, const char *method, const char *path,
                          const cJSON *body, bool is_repeatable, cJSON **out, cr_trouble *trouble,
                          cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *url = cr_format("%s%s", service->base, path);
    char *text = body ? cr_json_print(body, false) : NULL;
    int deadline = (int)cr_model_limit(job->maker->model, "deadline_s", 1800);
    char *cancel_after = cr_format("Cancel-After: %ds", deadline);
    const cr_http_request request = {
        .method = method,
        .url = url,
        .headers = {"Content-Type: application/json", is_repeatable ? NULL : cancel_after},
        .secret = service->secret,
        .body = text,
        .body_size = text ? strlen(text) : 0,
        .may_be_private = true};
    cr_status status = CR_OK;
    for (int tries = 0; status == CR_OK && !*out && tries < CR_PAID_TRIES_MAX; tries++) {
        if (tries) status = cr_paid_pause(job, service->poll_ms, fault);
        if (status != CR_OK) break;
        cr_http_answer answer;
        status = cr_paid_ask(job, &request, is_repeatable, &answer, trouble, fault);
        bool is_good = status == CR_OK && trouble->kind == CR_TROUBLE_NONE;
        bool is_read = is_good && cr_json_parse(out, answer.body, answer.size, NULL) == CR_OK;
        cr_http_answer_free(&answer);
        if (!is_good || is_read) break;
        trouble->kind = is_repeatable ? CR_TROUBLE_SAME : CR_TROUBLE_UNKNOWN;
        snprintf(trouble->text, sizeof trouble->text, "its answer is not JSON");
        if (!is_repeatable) break;
    }
    cr_free(cancel_after);
    cr_free(text);
    cr_free(url);
    return status;
}

// Give a file to the service; its address there is an input. Costs nothing.
static cr_status upload(const cr_paid_job *job, const char *path, const char *type, char **out,
                        cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *url = cr_format("%s/files", service->base);
    const char *name = strrchr(path, '/');
    const cr_http_request request = {.url = url,
                                     .secret = service->secret,
                                     .upload_path = path,
                                     .upload_name = name ? name + 1 : path,
                                     .upload_type = type,
                                     .timeout_ms = UPLOAD_MS,
                                     .may_be_private = true};
    cr_http_answer answer;
    cr_trouble trouble;
    cJSON *tree = NULL;
    cr_status status = cr_paid_ask(job, &request, true, &answer, &trouble, fault);
    if (status == CR_OK && trouble.kind != CR_TROUBLE_NONE)
        status = cr_paid_fail(job, &trouble, fault);
    if (status == CR_OK) status = cr_json_parse(&tree, answer.body, answer.size, fault);
    if (status == CR_OK) {
        const char *address = text_of(cJSON_GetObjectItemCaseSensitive(tree, "urls"), "get");
        if (*address)
            *out = cr_strdup(address);
        else
            status = cr_fail(fault, CR_CORRUPT, service->label, "gave no address for %s", path);
    }
    cJSON_Delete(tree);
    cr_http_answer_free(&answer);
    cr_free(url);
    return status;
}

// The voice as it lies in the clip: lips are made from the whole of it.
static cr_status place_voice(const cr_paid_job *job, cJSON *voice, cr_fault *fault)
{
    static const char name[] = "voice-placed.wav";
    const cJSON *input = job->work->request->input;
    const cJSON *start = cJSON_GetObjectItemCaseSensitive(input, "voice_start");
    const cJSON *need = cJSON_GetObjectItemCaseSensitive(input, "duration");
    if (!cJSON_IsNumber(start) || !cJSON_IsNumber(need)) return CR_OK;
    cr_status status =
        cr_paid_fit_voice(job->work, job->keep, voice->valuestring, name,
                          (cr_ticks)start->valuedouble, (cr_ticks)need->valuedouble, fault);
    if (status != CR_OK) return status;
    char *path = cr_paid_job_path(job, name);
    cJSON_SetValuestring(voice, path);
    cr_free(path);
    return CR_OK;
}

// The picture as a film, for models that put lips into one.
static cr_status make_video(const cr_paid_job *job, cJSON *video, cr_fault *fault)
{
    cJSON *made = NULL;
    cr_status status = cr_builtin_motion.work(job->work, &made, fault);
    if (status != CR_OK) return status;
    char *path = cr_format("%s/%s", job->work->request->folder, text_of(made, "file"));
    cJSON_SetValuestring(video, path);
    cr_free(path);
    cJSON_Delete(made);
    return CR_OK;
}

// Is [value] one of those that the model's input is made of?
static bool is_used(const cr_model *model, const char *value)
{
    const cJSON *rule;
    cJSON_ArrayForEach(rule, cJSON_GetObjectItemCaseSensitive(model->data, "input"))
    {
        if (cJSON_IsString(rule) && rule->valuestring[0] == '$' &&
            strcmp(rule->valuestring + 1, value) == 0)
            return true;
    }
    return false;
}

static cr_status upload_members(const cr_paid_job *job, cJSON *values, cr_fault *fault)
{
    static const struct {
        const char *member, *type;
    } files[] = {{"picture", "image/png"}, {"voice", "audio/wav"}, {"video", "video/mp4"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        cJSON *member = cJSON_GetObjectItemCaseSensitive(values, files[i].member);
        if (!cJSON_IsString(member) || !member->valuestring[0] ||
            !is_used(job->maker->model, files[i].member))
            continue;
        char *address = NULL;
        cr_status status = CR_OK;
        if (strcmp(files[i].member, "voice") == 0) status = place_voice(job, member, fault);
        if (strcmp(files[i].member, "video") == 0) status = make_video(job, member, fault);
        if (status == CR_OK)
            status = upload(job, member->valuestring, files[i].type, &address, fault);
        if (status != CR_OK) return status;
        cJSON_SetValuestring(member, address);
        cr_free(address);
    }
    return CR_OK;
}

static cr_status find_version(const cr_paid_job *job, char **out, cr_fault *fault)
{
    char *path = cr_format("/models/%s", job->maker->model->name);
    cJSON *tree = NULL;
    cr_trouble trouble;
    cr_status status = ask_json(job, "GET", path, NULL, true, &tree, &trouble, fault);
    cr_free(path);
    if (status != CR_OK) return status;
    if (trouble.kind != CR_TROUBLE_NONE) return cr_paid_fail(job, &trouble, fault);
    const char *id = text_of(cJSON_GetObjectItemCaseSensitive(tree, "latest_version"), "id");
    if (*id)
        *out = cr_strdup(id);
    else
        status = cr_fail(fault, CR_CORRUPT, job->maker->label, "has no version");
    cJSON_Delete(tree);
    return status;
}

// The body of the request that makes a prediction. Gives the tree.
static cr_status make_body(const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    const cr_model *model = job->maker->model;
    cJSON *values = cr_paid_values(model->kind, job->work->request->input), *input = NULL;
    char *version = NULL;
    // Judged before anything is uploaded, and again with the addresses.
    cr_status status = cr_model_input(model, values, &input, fault);
    cJSON_Delete(input);
    input = NULL;
    if (status == CR_OK) status = upload_members(job, values, fault);
    if (status == CR_OK) status = cr_model_input(model, values, &input, fault);
    if (status == CR_OK && cJSON_IsTrue(cJSON_GetObjectItem(model->data, "needs_version")))
        status = find_version(job, &version, fault);
    cJSON_Delete(values);
    if (status != CR_OK) {
        cJSON_Delete(input);
        return status;
    }
    *out = cJSON_CreateObject();
    if (version) cJSON_AddStringToObject(*out, "version", version);
    cJSON_AddItemToObject(*out, "input", input);
    if (job->maker->service->webhook) {
        static const char *const events[] = {"completed"};
        cJSON_AddStringToObject(*out, "webhook", job->maker->service->webhook);
        cJSON_AddItemToObject(*out, "webhook_events_filter", cJSON_CreateStringArray(events, 1));
    }
    cr_free(version);
    return CR_OK;
}

static bool is_of_request(const cr_paid_job *job, const cJSON *prediction, const cJSON *request)
{
    const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(request, "input");
    const cJSON *input = cJSON_GetObjectItemCaseSensitive(prediction, "input");
    return strcmp(text_of(prediction, "model"), job->maker->model->name) == 0 &&
           cJSON_Compare(wanted, input, true);
}

// The prediction in a page that answers [request] and that no call has yet.
static cr_status find_in_page(const cr_paid_job *job, const cJSON *page, const cJSON *request,
                              char **id, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    const cJSON *one;
    cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(page, "results"))
    {
        if (!is_of_request(job, one, request)) continue;
        bool is_known = true;
        cr_status status =
            ledger->is_known(ledger->cookie, job->maker->id, text_of(one, "id"), &is_known, fault);
        if (status != CR_OK) return status;
        if (is_known) continue;
        *id = cr_strdup(text_of(one, "id"));
        return CR_OK;
    }
    return CR_OK;
}

static cr_status look_once(const cr_paid_job *job, const char *path, const cJSON *request,
                           char **id, cr_fault *fault)
{
    const char *base = job->maker->service->base;
    char *next = cr_strdup(path);
    cr_status status = CR_OK;
    for (int page = 0; status == CR_OK && !*id && *next && page < LIST_PAGES_MAX; page++) {
        cJSON *tree = NULL;
        cr_trouble trouble;
        status = ask_json(job, "GET", next, NULL, true, &tree, &trouble, fault);
        if (status == CR_OK && trouble.kind != CR_TROUBLE_NONE)
            status = cr_paid_fail(job, &trouble, fault);
        if (status == CR_OK) status = find_in_page(job, tree, request, id, fault);
        // Only addresses of the same service are followed with the key.
        const char *more = text_of(tree, "next");
        size_t length = strlen(base);
        cr_free(next);
        next =
            cr_strdup(strncmp(more, base, length) == 0 && more[length] == '/' ? more + length : "");
        cJSON_Delete(tree);
    }
    cr_free(next);
    return status;
}

// Did this request arrive? It may still be on its way: looked for more than once. *id stays NULL
// when it did not.
static cr_status find_lost(const cr_paid_job *job, const cJSON *request, int64_t asked_ms,
                           char **id, cr_fault *fault)
{
    time_t after = (time_t)((asked_ms - SKEW_MS) / 1000);
    struct tm parts;
    char text[32];
    gmtime_r(&after, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    char *path = cr_format("/predictions?created_after=%s", text);
    cr_status status = CR_OK;
    for (int i = 0; status == CR_OK && !*id && i < LIST_TRIES; i++) {
        if (i) status = cr_paid_pause(job, job->maker->service->poll_ms * i, fault);
        if (status == CR_OK) status = look_once(job, path, request, id, fault);
    }
    cr_free(path);
    return status;
}

// [sent]: the service's input; [asked]: the studio's.
static cr_money price_of(const cr_paid_maker *maker, const cJSON *sent, const cJSON *asked)
{
    const cJSON *price = cJSON_GetObjectItemCaseSensitive(maker->model->data, "price");
    if (strcmp(text_of(price, "unit"), "second") != 0) return cr_model_price(maker->model, 1);
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(sent, "duration");
    if (cJSON_IsNumber(seconds)) return cr_model_price(maker->model, seconds->valuedouble);
    // As long as the sound that it speaks, by whole seconds.
    const cJSON *ticks = cJSON_GetObjectItemCaseSensitive(asked, "duration");
    double length = cJSON_IsNumber(ticks) ? ticks->valuedouble / (double)CR_TICKS_PER_SECOND : 1;
    return cr_model_price(maker->model, ceil(length - 1e-6));
}

static cr_status post(const cr_paid_job *job, const cJSON *body, cJSON **out, cr_trouble *trouble,
                      cr_fault *fault)
{
    bool is_versioned = cJSON_GetObjectItemCaseSensitive(body, "version") != NULL;
    char *path = is_versioned ? cr_strdup("/predictions")
                              : cr_format("/models/%s/predictions", job->maker->model->name);
    cr_status status = ask_json(job, "POST", path, body, false, out, trouble, fault);
    cr_free(path);
    return status;
}

// Ask for it under an intent that is written already. *id: the service's.
static cr_status create(const cr_paid_job *job, int64_t call, const cJSON *body, int64_t asked_ms,
                        char **id, cr_fault *fault)
{
    cr_trouble trouble = {0};
    for (int tries = 0; tries < CR_PAID_TRIES_MAX && !*id; tries++) {
        cJSON *tree = NULL;
        cr_status status = post(job, body, &tree, &trouble, fault);
        if (status != CR_OK) return status;
        if (trouble.kind == CR_TROUBLE_NONE && *text_of(tree, "id"))
            *id = cr_strdup(text_of(tree, "id"));
        cJSON_Delete(tree);
        if (trouble.kind != CR_TROUBLE_NONE && trouble.kind != CR_TROUBLE_SAME &&
            trouble.kind != CR_TROUBLE_UNKNOWN)
            break;
        // A failure that may have come after the work was taken on: first look whether it was.
        if (!*id) status = find_lost(job, body, asked_ms, id, fault);
        if (status != CR_OK) return status;
    }
    if (*id) return cr_paid_call_accept(job, call, *id, fault);
    cr_status status = cr_paid_call_settle(job, call, CR_CALL_FREE, 0, trouble.text, fault);
    return status == CR_OK ? cr_paid_fail(job, &trouble, fault) : status;
}

// "…  42%|████ …" in the last line of the logs; -1 when it does not say.
static int percent_of(const char *logs)
{
    const char *bar = NULL;
    for (const char *at = strstr(logs, "%|"); at; at = strstr(at + 1, "%|"))
        bar = at;
    if (!bar) return -1;
    int value = 0, factor = 1;
    for (const char *at = bar - 1; at >= logs && *at >= '0' && *at <= '9' && factor <= 100; at--) {
        value += (*at - '0') * factor;
        factor *= 10;
    }
    return value > 100 ? 100 : value;
}

static bool has_ended(const char *state)
{
    return strcmp(state, "succeeded") == 0 || strcmp(state, "failed") == 0 ||
           strcmp(state, "canceled") == 0 || strcmp(state, "aborted") == 0;
}

// Until it has ended. Gives the prediction; CR_NOTFOUND: the service does not know it.
static cr_status watch(const cr_paid_job *job, const char *id, cJSON **out, cr_fault *fault)
{
    char *path = cr_format("/predictions/%s", id);
    cr_status status = CR_OK;
    while (status == CR_OK && !*out) {
        cJSON *tree = NULL;
        cr_trouble trouble;
        status = ask_json(job, "GET", path, NULL, true, &tree, &trouble, fault);
        if (status == CR_OK && trouble.kind == CR_TROUBLE_INPUT)
            status = cr_fail(fault, CR_NOTFOUND, job->maker->label, "does not know %s", id);
        else if (status == CR_OK && trouble.kind != CR_TROUBLE_NONE)
            status = cr_paid_fail(job, &trouble, fault);
        if (status == CR_OK && has_ended(text_of(tree, "status"))) {
            *out = tree;
            break;
        }
        int percent = percent_of(text_of(tree, "logs"));
        if (percent >= 0) job->work->progress(job->work, percent);
        cJSON_Delete(tree);
        if (status == CR_OK) status = cr_paid_pause_look(job, id, fault);
    }
    cr_free(path);
    return status;
}

// One address, a list of them, or objects with one.
static const char *address_of(const cJSON *output)
{
    if (cJSON_IsString(output)) return output->valuestring;
    if (cJSON_IsArray(output)) return output->child ? address_of(output->child) : "";
    return text_of(output, "url");
}

static bool is_blocked(const char *error)
{
    static const char *const words[] = {"NSFW", "nsfw", "sensitive", "flagged", "safety", "policy"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(error, words[i])) return true;
    return false;
}

static cr_status collect(const cr_paid_job *job, int64_t call, const cJSON *prediction, cJSON **out,
                         cr_fault *fault)
{
    const cJSON *input = cJSON_GetObjectItemCaseSensitive(prediction, "input");
    const char *address = address_of(cJSON_GetObjectItemCaseSensitive(prediction, "output"));
    cr_money cost = price_of(job->maker, input, job->work->request->input);
    cJSON *output = NULL;
    cr_status status = CR_OK;
    if (!*address)
        status = cr_fail(fault, CR_CORRUPT, job->maker->label, "succeeded without an output");
    if (status == CR_OK) status = cr_paid_collect(job, address, input, &output, fault);
    if (status == CR_OK) return cr_paid_job_finish(job, call, cost, output, out, fault);
    if (status == CR_CANCELED || status == CR_NOSPACE || status == CR_NOMEM) return status;
    // It was made and is to be paid, though it cannot be had.
    cr_status settled =
        cr_paid_call_settle(job, call, CR_CALL_BOUGHT, cost, fault ? fault->text : "", NULL);
    return settled == CR_OK ? status : settled;
}

// The end of a prediction. CR_AGAIN: nothing was paid, and another may do better.
static cr_status conclude(const cr_paid_job *job, int64_t call, const cJSON *prediction,
                          cJSON **out, cr_fault *fault)
{
    const char *state = text_of(prediction, "status"), *error = text_of(prediction, "error");
    if (strcmp(state, "succeeded") == 0) return collect(job, call, prediction, out, fault);
    cr_trouble trouble = {.kind = CR_TROUBLE_SAME};
    if (is_blocked(error)) trouble.kind = CR_TROUBLE_BLOCKED;
    strncat(trouble.text, *error ? error : state, sizeof trouble.text - 1);
    bool is_paid = strcmp(state, "canceled") == 0;
    cr_money cost = price_of(job->maker, cJSON_GetObjectItemCaseSensitive(prediction, "input"),
                             job->work->request->input);
    cr_status status = cr_paid_call_settle(job, call, is_paid ? CR_CALL_BOUGHT : CR_CALL_FREE,
                                           is_paid ? cost : 0, trouble.text, fault);
    if (status != CR_OK) return status;
    cr_paid_fail(job, &trouble, fault);
    return is_paid || trouble.kind == CR_TROUBLE_BLOCKED ? CR_INVALID : CR_AGAIN;
}

// A call that a former process began: what became of it? *id stays NULL when nothing did.
static cr_status take_up(const cr_paid_job *job, const cr_call *call, char **id, cr_fault *fault)
{
    if (call->state == CR_CALL_ACCEPTED) {
        *id = cr_strdup(call->external_id);
        return CR_OK;
    }
    cJSON *request = NULL;
    cr_status status = cr_json_parse(&request, call->request, strlen(call->request), fault);
    if (status == CR_OK) status = find_lost(job, request, call->created_ms, id, fault);
    cJSON_Delete(request);
    if (status != CR_OK) return status;
    if (*id) return cr_paid_call_accept(job, call->id, *id, fault);
    return cr_paid_call_settle(job, call->id, CR_CALL_FREE, 0, "it never arrived", fault);
}

static cr_status begin(const cr_paid_job *job, int64_t *call, char **id, cr_fault *fault)
{
    cJSON *body = NULL;
    cr_status status = make_body(job, &body, fault);
    if (status != CR_OK) return status;
    cr_money reserve = price_of(job->maker, cJSON_GetObjectItemCaseSensitive(body, "input"),
                                job->work->request->input);
    int64_t asked_ms = cr_paid_now_ms();
    status = cr_paid_call_intend(job, body, reserve, call, fault);
    if (status == CR_OK) status = create(job, *call, body, asked_ms, id, fault);
    cJSON_Delete(body);
    return status;
}

static cr_status follow(const cr_paid_job *job, int64_t call, const char *id, cJSON **out,
                        cr_fault *fault)
{
    cJSON *prediction = NULL;
    cr_status status = watch(job, id, &prediction, fault);
    if (status == CR_NOTFOUND) {
        status = cr_paid_call_settle(job, call, CR_CALL_LOST, 0, "the service forgot it", fault);
        return status == CR_OK ? CR_AGAIN : status;
    }
    if (status == CR_OK) status = conclude(job, call, prediction, out, fault);
    cJSON_Delete(prediction);
    return status;
}

static cr_status make(const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    cr_call before = {0};
    bool is_there = false;
    cr_status status = cr_paid_call_open(job, &before, &is_there, fault);
    char *id = NULL;
    int64_t call = before.id;
    if (status == CR_OK && is_there) status = take_up(job, &before, &id, fault);
    cr_call_free(&before);
    for (int tries = 0; status == CR_OK && !*out; tries++) {
        if (!id) status = begin(job, &call, &id, fault);
        if (status == CR_OK) status = follow(job, call, id, out, fault);
        cr_free(id);
        id = NULL;
        if (status != CR_AGAIN) break;
        if (tries == FREE_TRIES_MAX)
            status = CR_INVALID;
        else
            status = cr_paid_pause(job, job->maker->service->poll_ms, fault);
    }
    cr_free(id);
    return status;
}

// A note speaks of the picture that is there.
static bool wants_change(const cr_paid_maker *maker, const cJSON *input)
{
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(input, "base");
    return maker->change && *text_of(input, "note") && *text_of(base, "file");
}

static cr_status work(const cr_work *given, cJSON **output, cr_fault *fault)
{
    cr_work own = *given;
    const cr_work *work = &own;
    const cr_paid_maker *maker = given->context;
    if (wants_change(maker, given->request->input)) own.context = maker->change;
    cr_paid_job job;
    cr_status status = cr_paid_job_open(&job, work, fault);
    if (status != CR_OK) return status;
    status = cr_paid_job_bought(&job, output, fault);
    if (status == CR_OK && !*output && cr_paid_is_beyond(&job)) {
        cr_paid_job_close(&job);
        return cr_builtin_motion.work(work, output, fault);
    }
    if (status == CR_OK && !*output) status = make(&job, output, fault);
    cr_paid_job_close(&job);
    return status;
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    if (wants_change(maker, input)) maker = maker->change;
    cJSON *values = cr_paid_values(maker->model->kind, input), *made = NULL;
    cr_status status = cr_model_input(maker->model, values, &made, fault);
    if (status == CR_OK) *out = price_of(maker, made, input);
    cJSON_Delete(values);
    cJSON_Delete(made);
    return status;
}

// A prediction that was stopped while it ran is paid for, and so is one that was too quick for us.
static cr_status abandon(const cr_paid_maker *maker, const cr_call *call, cr_money *cost)
{
    const cr_paid_service *service = maker->service;
    char *url = cr_format("%s/predictions/%s/cancel", service->base, call->external_id);
    const cr_http_request request = {.method = "POST",
                                     .url = url,
                                     .secret = service->secret,
                                     .body = "",
                                     .may_be_private = true};
    cr_http_answer answer;
    cr_status status = CR_IO;
    for (int i = 0; i < CR_PAID_CALLS_MAX && status != CR_OK; i++) {
        status = cr_http_ask(service->http, &request, &answer, NULL);
        if (status == CR_OK && answer.status >= 500) status = CR_IO;
        cr_http_answer_free(&answer);
    }
    *cost = call->reserved;
    cr_free(url);
    return status;
}

void cr_replicate_service(cr_paid_service *service)
{
    service->judge = judge;
}

void cr_replicate_maker(cr_paid_maker *maker)
{
    maker->builtin.work = work;
    maker->price = price;
    maker->abandon = abandon;
}
