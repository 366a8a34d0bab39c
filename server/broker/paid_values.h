// Between the studio's words and a service's: what a request is as values for a model's input, and
// what an output is as the studio's result.
#pragma once

#include "broker/paid.h"

// The values of a [kind] of request: prompt, note, width, height, seconds, seed, picture, voice and
// video (paths of files; the video's is that of the picture it is to be made of), as far as there
// are any. Gives the tree.
cJSON *cr_paid_values(const char *kind, const cJSON *input);

// Is the request longer than what the model makes? Then the built-in motion does it.
bool cr_paid_is_beyond(const cr_paid_job *job);

// Fetch an output and make the studio's result of it, its file among what was bought. [sent] is the
// input that the service got. Gives the tree.
CR_CHECKED cr_status cr_paid_collect(const cr_paid_job *job, const char *address, const cJSON *sent,
                                     cJSON **out, cr_fault *fault);

// The same of a file that is there already, named [name] among what was bought.
CR_CHECKED cr_status cr_paid_describe(const cr_paid_job *job, const char *name, const cJSON *sent,
                                      cJSON **out, cr_fault *fault);

// "picture", "sound" or "film": what a kind of request gives.
const char *cr_paid_media(const char *kind);

// How long a sound or film is, by opening it. CR_CORRUPT: it is none.
CR_CHECKED cr_status cr_paid_length(const cr_host *host, const char *path, cr_ticks *out,
                                    cr_fault *fault);
