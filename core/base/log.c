#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

void cr_log_line(const cr_log *log, cr_log_level level, const char *format, ...)
{
    enum { line_bytes_max = 1024 };
    if (!log || !log->write || level > log->level_max) return;
    char line[line_bytes_max];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    log->write(log->cookie, level, line);
}
