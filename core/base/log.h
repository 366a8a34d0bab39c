// Where the core says what happened. It never prints by itself: the host hands in a sink.
#pragma once

// How much a line matters, worst first; a log keeps its level and all before it.
typedef enum cr_log_level {
    CR_LOG_NONE = 0,
    CR_LOG_ERROR,
    CR_LOG_WARNING,
    CR_LOG_INFO,
    CR_LOG_DEBUG,
} cr_log_level;

// [write] may be called from any thread; [line] has no newline and is only valid during the call.
typedef struct cr_log {
    void (*write)(void *cookie, cr_log_level level, const char *line);
    void *cookie;
    cr_log_level level_max; // CR_LOG_NONE: silent
} cr_log;

// [log] may be NULL: nothing is said.
__attribute__((format(printf, 3, 4))) void cr_log_line(const cr_log *log, cr_log_level level,
                                                       const char *format, ...);
