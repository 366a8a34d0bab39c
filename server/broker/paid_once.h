// Services that answer with the thing itself, and keep no list of what was asked: one request, one
// result. An answer that is lost is counted as paid for, and asked for again.
#pragma once

#include "broker/paid.h"

// How one of them is spoken to.
typedef struct cr_paid_once {
    // The request's body (given) and its path after the base address (cr_free).
    cJSON *(*make_body)(const cr_paid_job *job, char **path);
    // Keeps what is in the answer and gives the studio's result. CR_CORRUPT: it is nothing.
    cr_status (*read)(const cr_paid_job *job, const cJSON *answer, cJSON **out, cr_fault *fault);
    // The same of an answer that is the thing itself; then there is no [read].
    cr_status (*read_bytes)(const cr_paid_job *job, const void *bytes, size_t size, cJSON **out,
                            cr_fault *fault);
} cr_paid_once;

// The work function of a maker, with its service's way.
CR_CHECKED cr_status cr_paid_once_work(const cr_paid_once *once, const cr_work *work,
                                       cJSON **output, cr_fault *fault);

// Writes what was bought under [stem] and the suffix of what it is, and describes it.
CR_CHECKED cr_status cr_paid_once_keep(const cr_paid_job *job, const char *stem, const void *bytes,
                                       size_t size, cJSON **out, cr_fault *fault);
