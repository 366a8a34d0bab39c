// Steps an export to its end, showing how far it is and listening for Ctrl-C.
#pragma once

#include <stdbool.h>

#include "engine/export.h"

// What an export came to.
typedef struct export_outcome {
    cr_export_progress progress;
    double seconds; // that it took
} export_outcome;

// CR_CANCELED after Ctrl-C; nothing is left behind then, nor after any failure.
CR_CHECKED cr_status export_run(const cr_project *project, const cr_export_desc *desc,
                                const cr_host *host, bool is_quiet, export_outcome *outcome,
                                cr_fault *fault);
