// Sources and sinks of the browser host, by uri.
#pragma once

#include "host/host.h"

// As cr_host's; [cookie] is the cr_log that is told why a read or write failed, which must outlive
// what is opened.
cr_status cr_browser_open_source(void *cookie, const char *uri, cr_source **out, cr_fault *fault);
cr_status cr_browser_open_sink(void *cookie, const char *uri, cr_sink **out, cr_fault *fault);
