// The project as a file, and back.
#pragma once

#include "project/project.h"

// Largest project text that is read.
enum { CR_PROJECT_BYTES_MAX = 256 * 1024 * 1024 };

// Read and validate. Older versions are migrated; fields that this version does not know are kept.
// Gives the snapshot. The fault's place is a JSON Pointer.
CR_CHECKED cr_status cr_project_parse(cr_project **out, const char *text, size_t length,
                                      cr_fault *fault);

// The same snapshot always gives the same bytes. Gives the text (cr_free).
char *cr_project_print(const cr_project *project);
