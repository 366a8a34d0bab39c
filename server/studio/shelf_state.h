// What the files of the shelf share. No other folder includes this.
#pragma once

#include <pthread.h>

#include "studio/film.h"

// See shelf.h; open to the shelf's own files only.
struct cr_shelf {
    cr_shelf_desc desc;
    char *folder;
    cr_builtin_pool *pool;
    cr_registry builtins;
    cJSON *providers; // who makes what, for the page
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock; // of all below
    pthread_cond_t woken;
    bool is_closing, is_woken;
    cr_webhook_memory heard;
    char voices[CR_SHELF_VOICES_MAX][CR_EXTERNAL_ID_BYTES]; // samples under way, as cr_voice_list
    int count;
    cr_film *films[CR_SHELF_FILMS_MAX]; // none is ever taken out
};

// The film of this id with its lock held, or NULL and why.
cr_film *cr_shelf_take(cr_shelf *shelf, const char *id, cr_fault *fault);
