// OpenAI's wire for text, and all who speak it: Groq, llama.cpp, Ollama. The schema goes along and
// stands in the words too, the answer is read leniently and judged here, and one that is wrong is
// sent back once to be repaired.
#include "broker/provider_paid.h"

#include <string.h>

#include "base/mem.h"
#include "broker/text_schema.h"
#include "broker/writer/script_text.h"

enum {
    ANSWER_TOKENS_MAX = 8000, // what is reserved for
    TALKS_MAX = 3,            // whole conversations, each with one repair
};

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static cr_trouble_kind kind_of(int status, const char *code, const char *message)
{
    if (strstr(code, "insufficient_quota") || status == 402) return CR_TROUBLE_MONEY;
    if (strstr(code, "content_policy") || strstr(code, "moderation")) return CR_TROUBLE_BLOCKED;
    if (status == 429 || status == 498 || status == 503) return CR_TROUBLE_LATER;
    if (status == 401 || status == 403) return CR_TROUBLE_AUTH;
    if (status >= 500 || status == 408 || status == 409) return CR_TROUBLE_SAME;
    return strstr(message, "safety system") ? CR_TROUBLE_BLOCKED : CR_TROUBLE_INPUT;
}

static void judge(const cr_http_answer *answer, cr_trouble *out)
{
    if (answer->status >= 200 && answer->status < 300) return;
    out->wait_ms = answer->retry_after_ms;
    cJSON *tree = NULL;
    cr_status parsed = cr_json_parse(&tree, answer->body, answer->size, NULL);
    const cJSON *error = parsed == CR_OK ? cJSON_GetObjectItemCaseSensitive(tree, "error") : NULL;
    const char *message = cJSON_IsString(error) ? error->valuestring : text_of(error, "message");
    strncat(out->text, message, sizeof out->text - 1);
    out->kind = kind_of(answer->status, text_of(error, "code"), message);
    cJSON_Delete(tree);
}

static void add_message(cJSON *messages, const char *role, const char *content)
{
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "role", role);
    cJSON_AddStringToObject(message, "content", content);
    cJSON_AddItemToArray(messages, message);
}

static cJSON *make_body(const cr_paid_job *job, const cr_text_question *question, bool has_schema)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "model", job->maker->model->name);
    cJSON *messages = cJSON_AddArrayToObject(body, "messages");
    add_message(messages, "system", question->system);
    add_message(messages, "user", question->user);
    cJSON *format = cJSON_AddObjectToObject(body, "response_format");
    cJSON_AddStringToObject(format, "type", has_schema ? "json_schema" : "json_object");
    if (!has_schema) return body;
    cJSON *schema = cJSON_AddObjectToObject(format, "json_schema");
    cJSON_AddStringToObject(schema, "name", job->maker->builtin.kind);
    cJSON_AddTrueToObject(schema, "strict");
    cJSON_AddItemToObject(schema, "schema", cJSON_Duplicate(question->schema, true));
    return body;
}

static cr_money price_of(const cr_model *model, double in, double out)
{
    const cJSON *price = cJSON_GetObjectItemCaseSensitive(model->data, "price");
    const cJSON *each_in = cJSON_GetObjectItemCaseSensitive(price, "in");
    const cJSON *each_out = cJSON_GetObjectItemCaseSensitive(price, "out");
    if (!cJSON_IsNumber(each_in) || !cJSON_IsNumber(each_out)) return 0;
    // US dollars a million tokens are millionths of a dollar a token.
    return (cr_money)(each_in->valuedouble * in + each_out->valuedouble * out + 0.999);
}

static cr_money cost_of(const cr_model *model, const cJSON *answer)
{
    const cJSON *usage = cJSON_GetObjectItemCaseSensitive(answer, "usage");
    const cJSON *in = cJSON_GetObjectItemCaseSensitive(usage, "prompt_tokens");
    const cJSON *out = cJSON_GetObjectItemCaseSensitive(usage, "completion_tokens");
    if (!cJSON_IsNumber(in) || !cJSON_IsNumber(out)) return 0;
    return price_of(model, in->valuedouble, out->valuedouble);
}

// The words of an answer. CR_CORRUPT for the repair; CR_INVALID: refused.
static cr_status read_words(const cr_paid_job *job, const cJSON *answer, cJSON **out, char **words,
                            cr_fault *fault)
{
    const cJSON *choices = cJSON_GetObjectItemCaseSensitive(answer, "choices");
    const cJSON *choice = cJSON_IsArray(choices) ? choices->child : NULL;
    const cJSON *message = cJSON_GetObjectItemCaseSensitive(choice, "message");
    const char *refusal = text_of(message, "refusal"), *content = text_of(message, "content");
    const char *reason = text_of(choice, "finish_reason");
    if (*refusal || strcmp(reason, "content_filter") == 0)
        return cr_fail(fault, CR_INVALID, job->maker->label, "%s. It said: %.200s",
                       cr_trouble_text(CR_TROUBLE_BLOCKED), refusal);
    *words = cr_strdup(content);
    if (strcmp(reason, "length") == 0)
        return cr_fail(fault, CR_CORRUPT, "", "the answer was cut off: be shorter");
    cJSON *tree = NULL;
    cr_status status = cr_text_parse(&tree, content, strlen(content), fault);
    if (status == CR_OK) status = cr_text_check(job->maker->builtin.kind, tree, fault);
    if (status == CR_OK)
        *out = tree;
    else
        cJSON_Delete(tree);
    return status;
}

static cr_status ask(const cr_paid_job *job, const cJSON *body, cJSON **answer, cr_trouble *trouble,
                     cr_fault *fault)
{
    const cr_paid_service *service = job->maker->service;
    char *text = cr_json_print(body, false);
    char *url = cr_format("%s/chat/completions", service->base);
    const cr_http_request request = {.url = url,
                                     .headers = {"Content-Type: application/json"},
                                     .secret = service->secret,
                                     .body = text,
                                     .body_size = strlen(text),
                                     .may_be_private = true,
                                     .timeout_ms = 600000};
    cr_http_answer got;
    cr_status status = cr_paid_ask(job, &request, false, &got, trouble, fault);
    if (status == CR_OK && trouble->kind == CR_TROUBLE_NONE &&
        cr_json_parse(answer, got.body, got.size, NULL) != CR_OK) {
        trouble->kind = CR_TROUBLE_UNKNOWN;
        strncat(trouble->text, "its answer is not JSON", sizeof trouble->text - 1);
    }
    cr_http_answer_free(&got);
    cr_free(text);
    cr_free(url);
    return status;
}

// One paid call. *answer stays NULL and *trouble tells when none was had.
static cr_status buy(const cr_paid_job *job, const cJSON *body, int64_t *call, cJSON **answer,
                     cr_trouble *trouble, cr_fault *fault)
{
    char *text = cr_json_print(body, false);
    cr_money most =
        price_of(job->maker->model, (double)strlen(text) / 3, (double)ANSWER_TOKENS_MAX);
    cr_free(text);
    cr_status status = cr_paid_call_intend(job, body, most, call, fault);
    if (status == CR_OK) status = ask(job, body, answer, trouble, fault);
    if (status != CR_OK || trouble->kind == CR_TROUBLE_NONE) return status;
    bool is_lost = trouble->kind == CR_TROUBLE_UNKNOWN;
    return cr_paid_call_settle(job, *call, is_lost ? CR_CALL_LOST : CR_CALL_FREE,
                               is_lost ? most : 0, trouble->text, fault);
}

static bool is_about_format(const cr_trouble *trouble)
{
    return trouble->kind == CR_TROUBLE_INPUT &&
           (strstr(trouble->text, "response_format") || strstr(trouble->text, "response format") ||
            strstr(trouble->text, "json_schema"));
}

// An answer that is wrong goes back with what is wrong about it.
static void ask_for_repair(cJSON *body, const char *words, const cr_fault *why)
{
    char line[300];
    cr_fault_line(why, line, sizeof line);
    char *text = cr_format("That is not what was asked for: %s. Give the whole JSON object again, "
                           "put right.",
                           line);
    cJSON *messages = cJSON_GetObjectItemCaseSensitive(body, "messages");
    add_message(messages, "assistant", words);
    add_message(messages, "user", text);
    cr_free(text);
}

// One conversation. CR_AGAIN: another one may do better.
static cr_status talk(const cr_paid_job *job, const cr_text_question *question, cJSON **out,
                      cr_fault *fault)
{
    bool has_schema = true;
    cJSON *body = make_body(job, question, has_schema);
    cr_status status = CR_OK;
    for (int repairs = 0; status == CR_OK && !*out;) {
        int64_t call = 0;
        cJSON *answer = NULL, *output = NULL;
        char *words = NULL;
        cr_trouble trouble = {0};
        status = buy(job, body, &call, &answer, &trouble, fault);
        if (status == CR_OK && has_schema && is_about_format(&trouble)) {
            has_schema = false;
            cJSON_Delete(body);
            body = make_body(job, question, has_schema);
            continue;
        }
        if (status == CR_OK && trouble.kind != CR_TROUBLE_NONE) {
            cr_paid_fail(job, &trouble, fault);
            bool may_go_on = trouble.kind == CR_TROUBLE_SAME || trouble.kind == CR_TROUBLE_UNKNOWN;
            status = may_go_on ? CR_AGAIN : CR_INVALID;
        } else if (status == CR_OK) {
            cr_fault why = {0};
            cr_money cost = cost_of(job->maker->model, answer);
            cr_status read = read_words(job, answer, &output, &words, &why);
            if (read == CR_OK) {
                status = cr_paid_job_finish(job, call, cost, output, out, fault);
            } else {
                status = cr_paid_call_settle(job, call, CR_CALL_BOUGHT, cost, why.text, fault);
                if (fault) *fault = why;
                if (status == CR_OK && read != CR_CORRUPT) status = CR_INVALID;
                if (status == CR_OK && repairs++) status = CR_AGAIN;
                if (status == CR_OK) ask_for_repair(body, words, &why);
            }
        }
        cr_free(words);
        cJSON_Delete(answer);
    }
    cJSON_Delete(body);
    return status;
}

static cr_status work(const cr_work *work, cJSON **output, cr_fault *fault)
{
    const cJSON *input = work->request->input;
    const char *pasted = text_of(input, "script_text");
    // A script that is there already needs nobody to write it.
    if (*pasted) return cr_script_text_write(output, input, pasted, fault);
    cr_paid_job job;
    cr_status status = cr_paid_job_open(&job, work, fault);
    if (status != CR_OK) return status;
    cr_text_question question;
    cr_text_question_make(&question, job.maker->builtin.kind, input);
    status = cr_paid_job_bought(&job, output, fault);
    if (status == CR_OK && !*output) status = cr_paid_call_give_up(&job, fault);
    for (int tries = 0; status == CR_OK && !*output; tries++) {
        status = talk(&job, &question, output, fault);
        if (status != CR_AGAIN) break;
        status = tries + 1 < TALKS_MAX ? cr_paid_pause(&job, job.maker->service->poll_ms, fault)
                                       : CR_INVALID;
    }
    cr_text_question_free(&question);
    cr_paid_job_close(&job);
    return status;
}

static cr_status price(const cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault)
{
    (void)fault;
    if (*text_of(input, "script_text")) {
        *out = 0;
        return CR_OK;
    }
    cr_text_question question;
    cr_text_question_make(&question, maker->builtin.kind, input);
    double length = (double)(strlen(question.system) + strlen(question.user));
    cr_text_question_free(&question);
    *out = price_of(maker->model, length / 3, ANSWER_TOKENS_MAX);
    return CR_OK;
}

void cr_openai_service(cr_paid_service *service)
{
    service->judge = judge;
}

void cr_openai_maker(cr_paid_maker *maker)
{
    if (strcmp(maker->model->kind, "text") != 0) {
        cr_openai_media_maker(maker);
        return;
    }
    maker->builtin.work = work;
    maker->price = price;
}
