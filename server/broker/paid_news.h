// What a service tells by itself (see webhook.h): a hint that makes a look come early, never the
// only way to hear of an end.
#pragma once

#include "broker/paid.h"

// Wait until it is time to look at [external_id] again: soon, when the service has told of it.
CR_CHECKED cr_status cr_paid_pause_look(const cr_paid_job *job, const char *external_id,
                                        cr_fault *fault);

// The service has told that this id has ended. From any thread.
void cr_paid_hear(cr_paid_service *service, const char *external_id);
