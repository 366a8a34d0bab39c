// Which processes are alive at a project folder: each holds a lock that the system takes away when
// it dies, however it dies.
#pragma once

#include <stdbool.h>

#include "base/status.h"

typedef struct cr_presence cr_presence;

// Make this process known in [folder]/owners, under an id that no other ever had.
CR_CHECKED cr_status cr_presence_open(cr_presence **out, const char *folder, cr_fault *fault);
void cr_presence_close(cr_presence **presence);

// Borrowed.
const char *cr_presence_id(const cr_presence *presence);

// True when the process of that id has ended. Removes what it left here.
bool cr_presence_is_gone(const cr_presence *presence, const char *id);
