// Any bytes as a project: refused with a sentence, or read, and then printing reads back the same.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "project/project_json.h"
#include "project/resolve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_around(const cr_project *project)
{
    cr_layers layers = {0};
    for (int i = 0; i < project->sequence_count; i++) {
        const cr_sequence *sequence = project->sequences[i];
        cr_ticks end = cr_sequence_duration(sequence);
        for (int j = 0; j <= 4; j++)
            cr_resolve(project, sequence, end / 4 * j, &layers);
        cr_audible *audible;
        cr_range *speech;
        cr_resolve_sound(project, sequence, (cr_range){0, end}, &audible);
        cr_resolve_speech(project, sequence, "voice", &speech);
        cr_free(audible);
        cr_free(speech);
    }
    cr_layers_free(&layers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cr_project *project = NULL;
    cr_fault fault = {0};
    cr_status status = cr_project_parse(&project, (const char *)data, size, &fault);
    if (status != CR_OK) {
        if (!fault.text[0] || fault.status != status) abort();
        return 0;
    }
    look_around(project);
    char *first = cr_project_print(project);
    cr_project *again = NULL;
    if (cr_project_parse(&again, first, strlen(first), &fault) != CR_OK) abort();
    char *second = cr_project_print(again);
    if (strcmp(first, second) != 0) abort();
    cr_free(first);
    cr_free(second);
    cr_project_drop(&again);
    cr_project_drop(&project);
    return 0;
}
