// The engine module of a browser worker: one api over the browser's host, reached by the exported
// symbols that tools/exports.py makes from core/api/exports.def.
#pragma once

#include "api/api.h"

// The module's api; there is one a module, from cr_engine_open to cr_engine_close.
cr_api *cr_browser_engine_api(void);
