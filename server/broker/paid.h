// Paid services: what all of them share. A maker's work is written as one line of thought that
// waits where it must, in a thread of a pool of its own; this file is what it leans on so that
// nothing is paid twice:
//
//   the intent is in the ledger before a request goes out, the service's id after it came back;
//   what was bought lies beside the work folder until the studio has kept it;
//   after a crash the same job finds both and goes on from there.
#pragma once

#include <pthread.h>

#include "broker/builtin_pool.h"
#include "broker/http_client.h"
#include "broker/ledger.h"
#include "broker/model.h"
#include "broker/paid_trouble.h"

// Fixed numbers.
enum {
    CR_PAID_TRIES_MAX = 6,    // of one request, when repeating it is safe
    CR_PAID_LATER_MAX = 40,   // times that "later" is believed
    CR_PAID_CALLS_MAX = 3,    // paid calls for one piece of work
    CR_PAID_POLL_MS = 1000,   // between looks at work that goes on elsewhere
    CR_PAID_LOOK_MS = 30000,  // one look may take: it can be repeated
    CR_PAID_BACKOFF_MS = 500, // doubled with each try
    CR_PAID_BACKOFF_MS_MAX = 30000,
    CR_PAID_THREADS = 24,
    // With webhooks a look is needed only where one was lost: so much rarer.
    CR_PAID_POLLS_HEARD = 15,
    CR_PAID_NEWS_MAX = 64,
};

// One account with one service. Its members are set once; the lock guards the gate.
typedef struct cr_paid_service {
    const char *id;       // "replicate"
    const char *label;    // "Replicate"
    const char *key_name; // "REPLICATE_API_TOKEN"
    char *base;           // address without a slash at its end
    char *secret;         // the header with the key
    char *key;            // to be struck out of messages
    bool keeps_outputs;   // its results lie behind the key too
    bool is_private;      // its base is plain http, as of a test: so may its results be
    cr_trouble_judge *judge;
    cr_http_client *http;
    const cr_ledger *ledger;
    int64_t poll_ms;
    char *webhook; // where it is to tell that something has ended; NULL: nowhere
    pthread_mutex_t lock;
    int64_t not_before_ms; // monotonic: nobody asks earlier, the service said "later"
    // What it told us of lately, by its ids: who waits for one of them looks at once.
    struct {
        char external_id[64];
    } news[CR_PAID_NEWS_MAX];
    int news_next;
} cr_paid_service;

// Jobs of one maker that are at work in this process.
enum { CR_PAID_RUNNING_MAX = 64 };

// One kind of thing bought of one service with one model.
typedef struct cr_paid_maker {
    cr_paid_service *service;
    const cr_model *model;
    char id[112];       // "replicate-picture:black-forest-labs/flux-schnell"
    char label[96];     // "FLUX schnell (Replicate)"
    cr_builtin builtin; // its work, for the pool
    cr_provider inner;  // the pool's
    // What is to be paid at most for [input]. CR_INVALID names the member.
    cr_status (*price)(const struct cr_paid_maker *maker, const cJSON *input, cr_money *out,
                       cr_fault *fault);
    // Stop what goes on elsewhere; NULL: it cannot be stopped. Gives the cost.
    cr_status (*abandon)(const struct cr_paid_maker *maker, const cr_call *call, cr_money *cost);
    // Who changes a picture that is there by a note; NULL: it is made anew.
    struct cr_paid_maker *change;
    pthread_mutex_t lock;
    char *running[CR_PAID_RUNNING_MAX];
    int running_count;
} cr_paid_maker;

// The maker as a provider; [maker] must outlive it, and [pool] the provider.
CR_CHECKED cr_status cr_paid_provider(cr_paid_maker *maker, cr_builtin_pool *pool, cr_provider *out,
                                      cr_fault *fault);

// One piece of work, from its thread.
typedef struct cr_paid_job {
    const cr_work *work;
    cr_paid_maker *maker;
    char *name; // of the job, for the ledger
    char *keep; // path of the folder with what was bought
} cr_paid_job;

// Makes the folder for what is bought. CR_CANCELED: the work was to stop another, and has.
CR_CHECKED cr_status cr_paid_job_open(cr_paid_job *out, const cr_work *work, cr_fault *fault);
void cr_paid_job_close(cr_paid_job *job);
bool cr_paid_job_should_stop(const cr_paid_job *job);

// The result that was bought before a crash, its files put in place and its call settled. *out
// stays NULL when there is none.
CR_CHECKED cr_status cr_paid_job_bought(const cr_paid_job *job, cJSON **out, cr_fault *fault);

// Keep the result (taken) durably, settle [call] with [cost], and give it for the studio.
CR_CHECKED cr_status cr_paid_job_finish(const cr_paid_job *job, int64_t call, cr_money cost,
                                        cJSON *output, cJSON **out, cr_fault *fault);

// Bytes into a file, whole and durable or not at all.
CR_CHECKED cr_status cr_paid_write(const char *path, const void *bytes, size_t size,
                                   cr_fault *fault);
CR_CHECKED cr_status cr_paid_folder_make(const char *path, cr_fault *fault);

// Path of a file among what was bought. Gives the text (cr_free).
char *cr_paid_job_path(const cr_paid_job *job, const char *name);

// The last call of this job that has not ended, or one without an id. Gives the texts.
CR_CHECKED cr_status cr_paid_call_open(const cr_paid_job *job, cr_call *out, bool *is_there,
                                       cr_fault *fault);
void cr_call_free(cr_call *call);

// Write down what is about to be asked for. [request] is kept as text.
CR_CHECKED cr_status cr_paid_call_intend(const cr_paid_job *job, const cJSON *request,
                                         cr_money reserve, int64_t *id, cr_fault *fault);
CR_CHECKED cr_status cr_paid_call_accept(const cr_paid_job *job, int64_t id,
                                         const char *external_id, cr_fault *fault);
CR_CHECKED cr_status cr_paid_call_settle(const cr_paid_job *job, int64_t id, cr_call_state end,
                                         cr_money cost, const char *note, cr_fault *fault);

// A call that a former process began and whose answer went with it: lost.
CR_CHECKED cr_status cr_paid_call_give_up(const cr_paid_job *job, cr_fault *fault);

// Ask the service, waiting when it says "later". Repeats what failed while nothing can have come of
// it, or always with [is_repeatable]. CR_OK with trouble->kind NONE: [out] is a good answer; CR_OK
// with another kind: the service refused. Anything else: stopped, or our own failure. A POST that
// costs money is never broken off by a stop. [out] is to be freed in any case.
CR_CHECKED cr_status cr_paid_ask(const cr_paid_job *job, const cr_http_request *request,
                                 bool is_repeatable, cr_http_answer *out, cr_trouble *trouble,
                                 cr_fault *fault);

// The failure that a person reads: who, what kind, what was said.
cr_status cr_paid_fail(const cr_paid_job *job, const cr_trouble *trouble, cr_fault *fault);

// Wait, but not longer than a stop. CR_CANCELED: stopped.
CR_CHECKED cr_status cr_paid_pause(const cr_paid_job *job, int64_t milliseconds, cr_fault *fault);

// Milliseconds since 1970.
int64_t cr_paid_now_ms(void);

// Fetch [url] into [path]: public addresses only, no key, tried again while it fails. CR_CORRUPT:
// what came is nothing of this [kind] ("picture", "sound", "film"); its suffix goes to *suffix.
CR_CHECKED cr_status cr_paid_fetch(const cr_paid_job *job, const char *url, const char *path,
                                   const char *kind, const char **suffix, cr_fault *fault);
