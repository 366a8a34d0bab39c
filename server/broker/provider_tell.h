// flow: provider -> what a page shows
// Who a maker is, what it can and what it costs, as docs/api/openapi.json has it (ProviderInfo, but
// for the phase, which is the studio's).
#pragma once

#include "broker/provider.h"

// Gives the tree (cJSON_Delete). [is_default]: taken when nothing is chosen.
cJSON *cr_provider_tell(const cr_provider *provider, bool is_default);
