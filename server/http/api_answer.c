#include "http/api_answer.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

void cr_api_say_json(cr_http_answer *answer, int status, cJSON *body)
{
    answer->status = status;
    cr_free(answer->text);
    answer->text = cr_json_print(body, false);
    cJSON_Delete(body);
    cr_http_add_field(answer, "Content-Type", "application/json");
    cr_http_add_field(answer, "Cache-Control", "no-store");
    cr_http_add_field(answer, "X-Content-Type-Options", "nosniff");
}

void cr_api_say_error(cr_http_answer *answer, int status, const char *code, const char *message,
                      const char *place)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(body, "error");
    cJSON_AddStringToObject(error, "code", code);
    cJSON_AddStringToObject(error, "message", message);
    cJSON_AddStringToObject(error, "place", place);
    cr_api_say_json(answer, status, body);
}

static int http_status(cr_status status)
{
    switch (status) {
    case CR_INVALID:
    case CR_LIMIT:
        return 400;
    case CR_DENIED:
        return 403;
    case CR_NOTFOUND:
        return 404;
    case CR_EXISTS:
    case CR_CONFLICT:
    case CR_BUSY:
        return 409;
    case CR_UNSUPPORTED:
        return 501;
    case CR_NOSPACE:
        return 507;
    default:
        return 500;
    }
}

void cr_api_say_fault(cr_http_answer *answer, const cr_fault *fault)
{
    char code[CR_STATUS_CODE_BYTES];
    cr_status_code(fault->status, code);
    const char *message = fault->text[0] ? fault->text : cr_status_text(fault->status);
    cr_api_say_error(answer, http_status(fault->status), code, message, fault->where);
}

static bool is_json_type(const char *type)
{
    static const char json[] = "application/json";
    size_t length = sizeof json - 1;
    return type && strncasecmp(type, json, length) == 0 &&
           (type[length] == 0 || type[length] == ';' || type[length] == ' ');
}

cJSON *cr_api_read(const cr_http_request *request, cr_http_answer *answer)
{
    if (!is_json_type(request->field(request->cookie, "Content-Type"))) {
        cr_api_say_error(answer, 415, "unsupported", "Content-Type must be application/json.", "");
        return NULL;
    }
    if (request->body_size == 0) return cJSON_CreateObject();
    cJSON *body = NULL;
    cr_fault fault;
    cr_status status = cr_json_parse(&body, request->body, request->body_size, &fault);
    if (status == CR_OK && cJSON_IsObject(body)) return body;
    if (status == CR_OK) {
        cJSON_Delete(body);
        (void)!cr_fail(&fault, CR_INVALID, "", "the body must be a JSON object");
    }
    cr_api_say_fault(answer, &fault);
    return NULL;
}
