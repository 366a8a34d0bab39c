// What was asked of `cutroom make`.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "host/host.h"
#include "studio/brief.h"
#include "studio/studio.h"

// What the command line said; NULL where it said nothing.
typedef struct make_request {
    const char *prompt; // NULL: go on with the film that is there
    const char *output, *project;
    const char *seconds, *aspect, *style, *mood, *voice, *seed, *size;
    const char *answers, *script; // paths
    const char *speed;
    int64_t budget; // millionths of a US dollar; -1: as it was
    int scene;      // to change; 0: none
    cr_scene_edit edit;
    int threads;
    bool takes_defaults, is_quiet, without_render, wants_help;
} make_request;

// From the command line. Returns a cr_exit; anything but CR_EXIT_OK was reported. Texts are
// borrowed from [argv].
int make_request_read(int argc, char **argv, make_request *out);

// Prints the options of `cutroom make`.
void make_request_usage(void);

// The folder of the film: the one that was named, or "film.cutroom" beside "film.mp4". Gives the
// text (cr_free).
char *make_request_folder(const make_request *request);

// Was this question of the writer's answered by an option?
bool make_request_answers(const make_request *request, const char *question);

// The brief that the options, with the files they name, describe. [before] is the film's brief so
// far, NULL when it is new: without a prompt it is what the options change, with the same prompt
// its answers stay. Gives the brief (cr_brief_free).
CR_CHECKED cr_status make_request_brief(const make_request *request, const cr_brief *before,
                                        const cr_host *host, cr_brief *out, cr_fault *fault);
