// What was bought and what it was bought with: files beside the work folder, calls in the ledger.
#include "broker/paid.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static const char result_name[] = "result.json";

enum { RESULT_BYTES_MAX = 16 << 20 };

cr_status cr_paid_folder_make(const char *path, cr_fault *fault)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST) return CR_OK;
    return cr_fail(fault, CR_DENIED, path, "cannot be made: %s", strerror(errno));
}

char *cr_paid_job_path(const cr_paid_job *job, const char *name)
{
    return cr_format("%s/%s", job->keep, name);
}

bool cr_paid_job_should_stop(const cr_paid_job *job)
{
    return job->work->should_stop && job->work->should_stop(job->work);
}

cr_status cr_paid_write(const char *path, const void *bytes, size_t size, cr_fault *fault)
{
    char *part = cr_format("%s.part", path);
    FILE *file = fopen(part, "wbe");
    bool is_good = file && fwrite(bytes, 1, size, file) == size && fflush(file) == 0 &&
                   fsync(fileno(file)) == 0;
    if (file && fclose(file)) is_good = false;
    if (is_good) is_good = rename(part, path) == 0;
    cr_free(part);
    return is_good ? CR_OK
                   : cr_fail(fault, CR_NOSPACE, path, "cannot be written: %s", strerror(errno));
}

static cr_status read_text(const char *path, char **out, size_t *size)
{
    FILE *file = fopen(path, "rbe");
    if (!file) return CR_NOTFOUND;
    struct stat found;
    cr_status status = CR_NOTFOUND;
    if (fstat(fileno(file), &found) == 0 && found.st_size <= RESULT_BYTES_MAX) {
        char *text = cr_alloc((size_t)found.st_size + 1, 1);
        *size = fread(text, 1, (size_t)found.st_size, file);
        *out = text;
        status = CR_OK;
    }
    fclose(file);
    return status;
}

// The file that the result names, in the work folder too: the one that was bought stays where it is
// until the studio has kept the result.
static cr_status put_in_place(const cr_paid_job *job, const cJSON *output, cr_fault *fault)
{
    const cJSON *file = cJSON_GetObjectItemCaseSensitive(output, "file");
    if (!cJSON_IsString(file)) return CR_OK;
    char *from = cr_paid_job_path(job, file->valuestring);
    char *to = cr_format("%s/%s", job->work->request->folder, file->valuestring);
    cr_status status = CR_OK;
    unlink(to);
    if (link(from, to))
        status = cr_fail(fault, errno == ENOENT ? CR_NOTFOUND : CR_DENIED, to,
                         "cannot be put in place: %s", strerror(errno));
    cr_free(from);
    cr_free(to);
    return status;
}

static cr_status settle_all(const cr_paid_job *job, cr_money cost, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    cr_call_list list = {0};
    cr_status status = ledger->calls(ledger->cookie, job->name, &list, fault);
    for (int i = 0; status == CR_OK && i < list.count; i++) {
        cr_call_state state = list.calls[i].state;
        if (state != CR_CALL_INTENDED && state != CR_CALL_ACCEPTED) continue;
        status = ledger->settle(ledger->cookie, list.calls[i].id, CR_CALL_BOUGHT, cost, "", fault);
    }
    cr_call_list_free(&list);
    return status;
}

cr_status cr_paid_job_bought(const cr_paid_job *job, cJSON **out, cr_fault *fault)
{
    char *path = cr_paid_job_path(job, result_name), *text = NULL;
    size_t size = 0;
    cJSON *output = NULL;
    cr_status status = read_text(path, &text, &size);
    cr_free(path);
    if (status == CR_OK) status = cr_json_parse(&output, text, size, NULL);
    cr_free(text);
    if (status != CR_OK) return CR_OK; // nothing was bought, or nothing can be made of it
    status = put_in_place(job, output, fault);
    const cJSON *last = cJSON_GetObjectItemCaseSensitive(output, "last");
    cr_money cost = cJSON_IsNumber(last) ? (cr_money)last->valuedouble : 0;
    cJSON_DeleteItemFromObjectCaseSensitive(output, "last");
    if (status == CR_OK) status = settle_all(job, cost, fault);
    if (status == CR_OK) {
        *out = output;
        return CR_OK;
    }
    cJSON_Delete(output);
    return status == CR_NOTFOUND ? CR_OK : status;
}

// What all calls of the job have cost so far.
static cr_status spent(const cr_paid_job *job, cr_money *out, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    cr_call_list list = {0};
    cr_status status = ledger->calls(ledger->cookie, job->name, &list, fault);
    *out = 0;
    for (int i = 0; status == CR_OK && i < list.count; i++)
        *out += list.calls[i].cost;
    cr_call_list_free(&list);
    return status;
}

cr_status cr_paid_job_finish(const cr_paid_job *job, int64_t call, cr_money cost, cJSON *output,
                             cJSON **out, cr_fault *fault)
{
    cr_money before = 0;
    cr_status status = spent(job, &before, fault);
    cr_json_add_int(output, "cost", before + cost);
    cr_json_add_int(output, "last", cost);
    char *path = cr_paid_job_path(job, result_name);
    char *text = cr_json_print(output, true);
    if (status == CR_OK) status = cr_paid_write(path, text, strlen(text), fault);
    cJSON_DeleteItemFromObjectCaseSensitive(output, "last");
    if (status == CR_OK) status = cr_paid_call_settle(job, call, CR_CALL_BOUGHT, cost, "", fault);
    if (status == CR_OK) status = put_in_place(job, output, fault);
    cr_free(path);
    cr_free(text);
    if (status == CR_OK)
        *out = output;
    else
        cJSON_Delete(output);
    return status;
}

void cr_call_free(cr_call *call)
{
    cr_call *only = cr_alloc(1, sizeof *only);
    *only = *call;
    cr_call_list list = {1, only};
    cr_call_list_free(&list);
    *call = (cr_call){0};
}

cr_status cr_paid_call_open(const cr_paid_job *job, cr_call *out, bool *is_there, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    cr_call_list list = {0};
    *is_there = false;
    cr_status status = ledger->calls(ledger->cookie, job->name, &list, fault);
    if (status != CR_OK) return status;
    for (int i = list.count - 1; i >= 0 && !*is_there; i--) {
        cr_call_state state = list.calls[i].state;
        if (state != CR_CALL_INTENDED && state != CR_CALL_ACCEPTED) continue;
        *out = list.calls[i];
        list.calls[i] = (cr_call){0};
        *is_there = true;
    }
    cr_call_list_free(&list);
    return CR_OK;
}

cr_status cr_paid_call_intend(const cr_paid_job *job, const cJSON *request, cr_money reserve,
                              int64_t *id, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    char *text = cr_json_print(request, false);
    const cr_call_intent intent = {.job = job->name,
                                   .provider = job->maker->id,
                                   .model = job->maker->model->name,
                                   .request = text,
                                   .reserve = reserve};
    cr_status status = ledger->intend(ledger->cookie, &intent, id, fault);
    cr_free(text);
    return status;
}

cr_status cr_paid_call_accept(const cr_paid_job *job, int64_t id, const char *external_id,
                              cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    return ledger->accept(ledger->cookie, id, external_id, fault);
}

cr_status cr_paid_call_settle(const cr_paid_job *job, int64_t id, cr_call_state end, cr_money cost,
                              const char *note, cr_fault *fault)
{
    const cr_ledger *ledger = job->maker->service->ledger;
    return ledger->settle(ledger->cookie, id, end, cost, note, fault);
}

cr_status cr_paid_call_give_up(const cr_paid_job *job, cr_fault *fault)
{
    cr_call before = {0};
    bool is_there = false;
    cr_status status = cr_paid_call_open(job, &before, &is_there, fault);
    if (status == CR_OK && is_there)
        status = cr_paid_call_settle(job, before.id, CR_CALL_LOST, before.reserved,
                                     "this program ended while it was asked", fault);
    cr_call_free(&before);
    return status;
}
