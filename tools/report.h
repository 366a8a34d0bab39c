// How the program speaks of what went wrong, and what it ends with then.
#pragma once

#include "base/log.h"
#include "base/status.h"
#include "command.h"

// The exit status that goes with [status].
cr_exit report_exit(cr_status status);

// One line on standard error: "cutroom: [file]: where: text"; [file] may be NULL. Returns what the
// program should end with.
int report_fault(const char *file, const cr_fault *fault);

// A wrong command line: "cutroom [command]: …" and where to look. Returns CR_EXIT_USAGE.
CR_PRINTF(2, 3) int report_usage(const char *command, const char *format, ...);

// Warnings and errors of the core, a line each on standard error.
cr_log report_log(void);
