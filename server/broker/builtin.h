// How a built-in maker is written: one function that does the work and looks now and then whether
// it should stop. builtin_pool.c turns these into providers with threads of their own.
#pragma once

#include "broker/provider.h"
#include "host/host.h"

// Handed to the work function. All of it may be used from the work's thread only.
typedef struct cr_work {
    const cr_request *request;
    const cr_host *host;     // for core/engine, whose files and threads these are
    const char *data_folder; // fonts, illustrations and the like (see tools/run)
    bool (*should_stop)(const struct cr_work *work);
    void (*progress)(const struct cr_work *work, int percent);
    void *context; // of the maker
    void *cookie;  // the pool's own
} cr_work;

// Does the job: writes its files into request->folder and gives the output. CR_CANCELED when it was
// asked to stop. The same input gives the same output, byte for byte.
typedef cr_status cr_work_function(const cr_work *work, cJSON **output, cr_fault *fault);

// One maker that is part of the program.
typedef struct cr_builtin {
    const char *id, *label, *kind;
    int version;
    int concurrent_max; // 1 for makers on libraries with global state
    cr_work_function *work;
    void *context; // handed to the work; NULL for the built-in makers, which have none
} cr_builtin;

// The makers, one file each: builtin_<name>.c
extern const cr_builtin cr_builtin_questions; // builtin_writer*.c
extern const cr_builtin cr_builtin_script;
extern const cr_builtin cr_builtin_painter;
extern const cr_builtin cr_builtin_voice;
extern const cr_builtin cr_builtin_music;
extern const cr_builtin cr_builtin_motion;
extern const cr_builtin cr_builtin_lipsync;
