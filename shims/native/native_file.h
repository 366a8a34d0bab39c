// Files of this machine as sources and sinks; the functions have the port's own forms.
#pragma once

#include "host/host.h"

// [uri] is a path. CR_NOTFOUND, CR_DENIED, CR_IO with the system's own words.
cr_status native_open_source(void *cookie, const char *uri, cr_source **out, cr_fault *fault);

// Writes beside [uri] under a name of its own and renames at commit, after the bytes have reached
// the disk. Missing folders on the way are made.
cr_status native_open_sink(void *cookie, const char *uri, cr_sink **out, cr_fault *fault);
