// The host port in a browser worker. What cannot be said in C is in the JavaScript files beside
// this one; CMake's CR_BROWSER_JS lists them for the module's link.
//
// The module is made by a dedicated worker of the page. Sources are file:<n>/<name>
// (Module.crFiles), opfs:/<path> (Module.crOpfs, whose start() must have resolved), memory:<name>
// (Module.crMemory) and http(s):// addresses; sinks are opfs: and memory:. Sources and sinks may be
// used from every thread of the module: the calls of other threads are done by the worker that made
// it, which serves them whenever it waits or is idle. Codecs, sound and canvas belong to that
// worker alone.
#pragma once

#include "host/host.h"

// How to open; all-zero is the default.
typedef struct cr_browser_desc {
    int thread_count;           // at most; 0: as many as the module was started with
    cr_log_level log_level_max; // CR_LOG_NONE: warnings and errors
} cr_browser_desc;

// Gives the host, to be closed with cr_browser_host_close. Lines of its log go to
// Module.crLog(level, line), or to the console. CR_NOMEM.
CR_CHECKED cr_status cr_browser_host_open(cr_host *out, const cr_browser_desc *desc);

// All sources and sinks must be closed before.
void cr_browser_host_close(cr_host *host);
