#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "command.h"
#include "native/native.h"
#include "project/edit.h"
#include "project/project_json.h"
#include "project_file.h"
#include "report.h"

static const char usage[] =
    "usage: cutroom edit PROJECT EDIT.json [options]\n"
    "\n"
    "Applies an edit to a project. The edit is applied whole or not at all, and the file is\n"
    "replaced only once the new one is complete.\n"
    "\n"
    "  -o, --output FILE     write the edited project there; in place without it\n"
    "      --inverse FILE    write the edit that undoes this one\n"
    "  -h, --help            this text\n";

static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                        {"inverse", required_argument, NULL, 'i'},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

typedef struct request {
    const char *project, *edit, *output, *inverse;
} request;

static cr_status read_edit(const cr_host *host, const char *path, cJSON **out, cr_fault *fault)
{
    char *text = NULL;
    size_t length = 0;
    cr_status status = project_file_text(host, path, &text, &length, fault);
    if (status == CR_OK) status = cr_json_parse(out, text, length, fault);
    cr_free(text);
    return status;
}

// The inverse first: an edit whose undo could not be kept is not made.
static cr_status write_results(const request *r, const cr_host *host, const cr_project *after,
                               const cJSON *inverse, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (r->inverse) {
        char *text = cr_json_print(inverse, true);
        status = project_file_write(host, r->inverse, text, fault);
        cr_free(text);
    }
    if (status == CR_OK) {
        char *text = cr_project_print(after);
        status = project_file_write(host, r->output ? r->output : r->project, text, fault);
        cr_free(text);
    }
    return status;
}

static int edit(const request *r, const cr_host *host)
{
    cr_project *before = NULL, *after = NULL;
    cJSON *change = NULL, *inverse = NULL;
    cr_fault fault = {0};
    int code = CR_EXIT_OK;
    if (project_file_read(host, r->project, &before, &fault) != CR_OK)
        code = report_fault(r->project, &fault);
    else if (read_edit(host, r->edit, &change, &fault) != CR_OK ||
             cr_edit_apply(before, change, &after, &inverse, &fault) != CR_OK)
        code = report_fault(r->edit, &fault);
    else if (write_results(r, host, after, inverse, &fault) != CR_OK)
        code = report_fault(NULL, &fault);
    cr_project_drop(&before);
    cr_project_drop(&after);
    cJSON_Delete(change);
    cJSON_Delete(inverse);
    return code;
}

int command_edit(int argc, char **argv)
{
    request r = {0};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":o:h", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("edit", "unknown option '%s'", given);
        if (option == ':') return report_usage("edit", "'%s' needs a value", given);
        if (option == 'o') r.output = optarg;
        if (option == 'i') r.inverse = optarg;
        if (option == 'h') {
            fputs(usage, stdout);
            return CR_EXIT_OK;
        }
    }
    if (optind != argc - 2) return report_usage("edit", "it takes a project and an edit");
    r.project = argv[optind];
    r.edit = argv[optind + 1];
    cr_native_desc desc = {.thread_count = 1, .log = report_log()};
    cr_native *native = NULL;
    if (cr_native_open(&native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    int code = edit(&r, cr_native_host(native));
    cr_native_close(&native);
    return code;
}
