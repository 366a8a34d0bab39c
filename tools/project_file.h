// Projects and edits as files on this machine.
#pragma once

#include "host/host.h"
#include "project/project.h"

// Reads and validates. Gives the snapshot.
CR_CHECKED cr_status project_file_read(const cr_host *host, const char *path, cr_project **out,
                                       cr_fault *fault);

// The whole of a text file with a terminator. Gives the text (cr_free).
CR_CHECKED cr_status project_file_text(const cr_host *host, const char *path, char **out,
                                       size_t *length, cr_fault *fault);

// All of [text] under [path] or nothing: a file that was there stays until the new one is complete.
CR_CHECKED cr_status project_file_write(const cr_host *host, const char *path, const char *text,
                                        cr_fault *fault);

// The folder that the project's relative assets are below. Gives the text (cr_free).
char *project_file_folder(const char *path);
