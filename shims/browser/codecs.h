// WebCodecs as the platform's codecs of the host port. The other half of this is JavaScript:
// codecs.js (what both sides share), codecs_decoder.js, codecs_picture.js, codecs_encoder.js.
#pragma once

#include "base/log.h"
#include "host/host_codecs.h"

// Fills [out]. Borrows [log], which says why a codec refused and must outlive [out]'s use. Only the
// thread that runs the module's own event loop may call what is in the table.
void cr_browser_codecs(cr_host_codecs *out, const cr_log *log);
