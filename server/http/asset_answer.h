// flow: store of assets -> [http] -> answer
// What is kept in the store of assets, by key and by ranges.
#pragma once

#include "asset/asset.h"
#include "http/transport.h"

// Answers /asset/<key>, and /asset/<key>?download to be saved. [store] NULL: there is none.
void cr_http_answer_asset(const cr_depot *store, const cr_http_request *request,
                          cr_http_answer *answer);
