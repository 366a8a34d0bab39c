// Any bytes as an edit of a fixed project: refused with a sentence, or applied, and then undone to
// the same bytes and done again to the same bytes.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "project/edit.h"
#include "project/project_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed[] =
    "{\"version\":1,\"title\":\"Fixed\","
    "\"assets\":[{\"id\":\"a\",\"uri\":\"a.mp4\",\"duration\":70560000000},"
    "{\"id\":\"s\",\"uri\":\"s.png\",\"duration\":0}],"
    "\"sequences\":[{\"id\":\"film\",\"markers\":[{\"id\":\"m\",\"start\":100}],\"tracks\":["
    "{\"id\":\"v\",\"kind\":\"video\",\"clips\":["
    "{\"id\":\"c1\",\"kind\":\"media\",\"asset\":\"a\",\"start\":0,\"duration\":1000,"
    "\"source_start\":500,\"link\":\"l\",\"opacity\":[{\"at\":0,\"value\":0},"
    "{\"at\":500,\"value\":1}],\"effects\":[{\"id\":\"e\",\"kind\":\"blur\"}]},"
    "{\"id\":\"c2\",\"kind\":\"media\",\"asset\":\"s\",\"start\":1000,\"duration\":1000,"
    "\"later\":1},"
    "{\"id\":\"c3\",\"kind\":\"sequence\",\"sequence\":\"n\",\"start\":3000,\"duration\":1000,"
    "\"speed\":-2}],"
    "\"transitions\":[{\"id\":\"t\",\"kind\":\"push\",\"from\":\"c1\",\"to\":\"c2\","
    "\"start\":900,\"duration\":200}]},"
    "{\"id\":\"w\",\"kind\":\"video\",\"locked\":true,\"clips\":["
    "{\"id\":\"c4\",\"kind\":\"solid\",\"start\":0,\"duration\":5000}]},"
    "{\"id\":\"x\",\"kind\":\"audio\",\"role\":\"voice\",\"clips\":["
    "{\"id\":\"c5\",\"kind\":\"media\",\"asset\":\"a\",\"start\":0,\"duration\":1000,"
    "\"source_start\":500,\"link\":\"l\"}]},"
    "{\"id\":\"y\",\"kind\":\"text\",\"clips\":["
    "{\"id\":\"c6\",\"kind\":\"caption\",\"start\":0,\"duration\":1000,\"text\":\"one two\","
    "\"words\":[{\"text\":\"one\",\"start\":0,\"duration\":400},"
    "{\"text\":\"two\",\"start\":500,\"duration\":400}]}]}]},"
    "{\"id\":\"n\",\"tracks\":[{\"id\":\"z\",\"kind\":\"video\"}]}]}";

static void expect_bytes(const cr_project *project, const char *expected)
{
    char *text = cr_project_print(project);
    if (strcmp(text, expected) != 0) abort();
    cr_free(text);
}

static void check_inverse(const cr_project *before, const cr_project *after, const cJSON *inverse)
{
    cr_fault fault = {0};
    char *first = cr_project_print(before), *second = cr_project_print(after);
    // What an edit makes is a project that could have been read.
    cr_project *read = NULL, *undone = NULL, *redone = NULL;
    cJSON *redo = NULL;
    if (cr_project_parse(&read, second, strlen(second), &fault) != CR_OK) abort();
    expect_bytes(read, second);
    if (cr_edit_apply(after, inverse, &undone, &redo, &fault) != CR_OK) abort();
    expect_bytes(undone, first);
    if (cr_edit_apply(undone, redo, &redone, NULL, &fault) != CR_OK) abort();
    expect_bytes(redone, second);
    cr_free(first);
    cr_free(second);
    cJSON_Delete(redo);
    cr_project_drop(&read);
    cr_project_drop(&undone);
    cr_project_drop(&redone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cr_fault fault = {0};
    cJSON *edit = NULL;
    if (cr_json_parse(&edit, (const char *)data, size, &fault) != CR_OK) return 0;
    cr_project *before = NULL, *after = NULL;
    cJSON *inverse = NULL;
    if (cr_project_parse(&before, fixed, sizeof fixed - 1, &fault) != CR_OK) abort();
    cr_status status = cr_edit_apply(before, edit, &after, &inverse, &fault);
    if (status == CR_OK)
        check_inverse(before, after, inverse);
    else if (!fault.text[0])
        abort();
    cJSON_Delete(inverse);
    cJSON_Delete(edit);
    cr_project_drop(&after);
    cr_project_drop(&before);
    return 0;
}
