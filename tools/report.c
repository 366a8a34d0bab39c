#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

cr_exit report_exit(cr_status status)
{
    switch (status) {
    case CR_OK:
        return CR_EXIT_OK;
    case CR_INVALID:
    case CR_CORRUPT:
    case CR_UNSUPPORTED:
    case CR_LIMIT:
    case CR_CONFLICT:
        return CR_EXIT_BAD_INPUT;
    case CR_NOTFOUND:
        return CR_EXIT_MISSING;
    case CR_NOSPACE:
        return CR_EXIT_NO_SPACE;
    case CR_DENIED:
        return CR_EXIT_DENIED;
    case CR_CANCELED:
        return CR_EXIT_INTERRUPTED;
    default:
        return CR_EXIT_FAILED;
    }
}

int report_fault(const char *file, const cr_fault *fault)
{
    char line[sizeof fault->where + sizeof fault->text + 8];
    cr_fault_line(fault, line, sizeof line);
    // The file's name once: a fault of the file itself carries it already.
    if (file && strncmp(line, file, strlen(file)) != 0)
        fprintf(stderr, "cutroom: %s: %s\n", file, line);
    else
        fprintf(stderr, "cutroom: %s\n", line);
    return report_exit(fault->status);
}

int report_usage(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "cutroom%s%s: ", command ? " " : "", command ? command : "");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\ncutroom: see `cutroom%s%s --help`\n", command ? " " : "",
            command ? command : "");
    va_end(arguments);
    return CR_EXIT_USAGE;
}

static void write_line(void *cookie, cr_log_level level, const char *line)
{
    (void)cookie;
    fprintf(stderr, "cutroom: %s%s\n", level == CR_LOG_WARNING ? "warning: " : "", line);
}

cr_log report_log(void)
{
    return (cr_log){.write = write_line, .level_max = CR_LOG_WARNING};
}
