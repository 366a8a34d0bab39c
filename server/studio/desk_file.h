// A desk's project.json, which others may change. For the desk's own files.
#pragma once

#include "studio/desk.h"

// See desk.h.
struct cr_desk {
    cr_desk_desc desc;
    cr_store_desk row; // as the store has it
    cr_project *now;
    int64_t sequence; // of it
    bool is_told;     // whoever wants to hear of decisions does
    bool is_dirty;    // the file is not [now]
    char *path;       // the file's
};

// What somebody else has made of the file since becomes an edit. Where it is no project it is moved
// beside it (*aside, cr_free).
CR_CHECKED cr_status cr_desk_read_file(cr_desk *desk, int64_t now_ms, char **aside,
                                       cr_fault *fault);

// Moves the file beside itself, under a name that is free. Gives the name (cr_free).
CR_CHECKED cr_status cr_desk_set_aside(const char *folder, const char *path, const char *name,
                                       char **aside, cr_fault *fault);

// Reads the project in the file at [path]. Gives it (cr_project_drop).
CR_CHECKED cr_status cr_desk_file_project(const char *path, cr_project **out, cr_fault *fault);
