// Makers for tests: they do in no time what the real ones do, with small files that differ when
// their inputs do, and fail, hang or are busy when told to.
#pragma once

#include "broker/registry.h"

enum { FAKE_CALLS_MAX = 4000, FAKE_JOBS_MAX = 200 };

// One line a call, in order: "picture 3", "voice 1", "music", "script".
typedef struct fake_call {
    char text[48];
} fake_call;

typedef struct fake_job {
    char external_id[CR_EXTERNAL_ID_BYTES];
    char name[48];
    int polls_left;
    bool is_canceled, is_over;
    cJSON *output;
} fake_job;

typedef struct fake_makers {
    int instance;                             // of the process: external ids of another are unknown
    int polls;                                // how often a job answers "not yet"
    const char *failing, *hanging, *refusing; // the call of this text
    int version;                              // of the painter
    int scene_count;
    int concurrent_max, deadline_ms;
    int call_count;
    fake_call calls[FAKE_CALLS_MAX];
    int canceled;
    int active, active_most;
    int job_count;
    fake_job jobs[FAKE_JOBS_MAX];
} fake_makers;

// A provider of every kind that answers from [fakes].
void fake_registry(fake_makers *fakes, cr_registry *out);
void fake_makers_free(fake_makers *fakes);

// "picture 3": what a request is about.
void fake_name(const char *kind, const cJSON *input, char *out, size_t size);

// Do what is asked: write the files into [folder] and give the output.
cJSON *fake_make(const char *kind, const cJSON *input, const char *folder, int scene_count);

// Go to a fresh folder that lives in memory where the system has such (what a power cut would leave
// is not these tests' business, and waiting for a disk takes most of their time), and away from it
// again, with all that is in it.
void fake_folder_enter(void);
void fake_folder_leave(void);

// Calls since [first], sorted, with blanks between: "motion 2; picture 2". For comparing.
void fake_calls_since(const fake_makers *fakes, int first, char *out, size_t size);
