// The studio behind the server: the shelf of films, and the pages that are told what changes.
#pragma once

#include "http/api.h"

typedef struct serve_studio serve_studio;

// Opens the films in [folder] (NULL: cutroom/films among the user's data), and goes on with those
// that were under way. Their state is in [database] (see cr_store_open), or with NULL beside each.
CR_CHECKED cr_status serve_studio_open(serve_studio **out, const char *folder, const char *database,
                                       cr_fault *fault);
// After the server.
void serve_studio_close(serve_studio **studio);

// Where they are when nobody says: cutroom/films among the user's data. Gives the text (cr_free).
char *serve_studio_usual_folder(void);

// Where the films are; borrowed.
const char *serve_studio_folder(const serve_studio *studio);

// For the server; borrowed, as long as the studio is open.
cr_api serve_studio_api(const serve_studio *studio);
