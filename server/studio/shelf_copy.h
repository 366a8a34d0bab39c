// A film's folder once more.
#pragma once

#include "base/status.h"

// What the film in [from] consists of, into the folder [to], which is there: its state, its project
// and its assets, which never change and are shared where the disk allows. Nobody in this process
// has it open. CR_BUSY: another process works on it.
CR_CHECKED cr_status cr_film_folder_copy(const char *from, const char *to, cr_fault *fault);
