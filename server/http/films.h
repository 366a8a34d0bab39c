// flow: folders of films -> [http] -> answer
// The films that a server shows, read-only: a list, and their files by ranges.
#pragma once

#include "http/transport.h"

// Films of one server.
enum { CR_FILMS_MAX = 256 };

typedef struct cr_films cr_films;

// Without films.
cr_films *cr_films_open(void);
void cr_films_close(cr_films **films);

// Adds a project's folder (with project.json in it) under its own name, made unlike the others.
// CR_NOTFOUND when there is no project; CR_LIMIT. [*name] is borrowed, valid while open.
CR_CHECKED cr_status cr_films_add(cr_films *films, const char *folder, const char **name,
                                  cr_fault *fault);

// Answers /films/ with [{"name", "project"}] and /films/<name>/<path> with that file.
void cr_films_answer(const cr_films *films, const cr_http_request *request, cr_http_answer *answer);
