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

// Is there a film of the name that [path], /films/<name>/…, begins with?
bool cr_films_has(const cr_films *films, const char *path);

// Answers with the file at [path], "/project.json" or below "/assets/", of the film in [folder]
// (NULL: there is none).
void cr_films_answer_file(const char *folder, const char *path, const cr_http_request *request,
                          cr_http_answer *answer);
