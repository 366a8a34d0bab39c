// Which paid services make what, by the keys that are there. Every variable is asked for by name:
//
//   OPENAI_API_KEY  GROQ_API_KEY  REPLICATE_API_TOKEN  ELEVENLABS_API_KEY  MINIMAX_API_KEY
//   GEMINI_API_KEY  VERTEX_ACCESS_TOKEN  a service whose key is not there is not used
//   OPENAI_BASE_URL …                    another address that speaks its wire
//   CUTROOM_TEXT_MODEL  CUTROOM_PICTURE_MODEL  CUTROOM_VOICE_MODEL  CUTROOM_MUSIC_MODEL
//   CUTROOM_MOTION_MODEL  CUTROOM_LIPSYNC_MODEL
//                                       a model by name, or "builtin" for the built-in maker
//   CUTROOM_POLL_MS                      between looks at work that goes on elsewhere
//   CUTROOM_WEBHOOK_URL                  this server as the services reach it; with it and
//   REPLICATE_WEBHOOK_SECRET             they tell of an end by /api/webhooks/replicate
#pragma once

#include "broker/paid.h"
#include "broker/registry.h"

typedef struct cr_paid_broker cr_paid_broker;

// What the services are reached with; all borrowed, and outliving the broker but [variable].
typedef struct cr_paid_desc {
    const cr_host *host;
    const char *data_folder;
    const cr_ledger *ledger;
    const char *(*variable)(void *cookie, const char *name); // NULL or "": not set
    void *cookie;
} cr_paid_desc;

// Adds a provider for everything that the keys allow; before the built-in ones, whose place they
// take. *out stays NULL when there is no key. CR_INVALID: a model that nobody serves.
CR_CHECKED cr_status cr_registry_add_paid(cr_registry *registry, const cr_paid_desc *desc,
                                          cr_paid_broker **out, cr_fault *fault);

// The variable with the secret by which [service] ("replicate") signs what it tells; NULL: it tells
// nothing. Static.
const char *cr_paid_webhook_secret(const char *service);

// The service has told that [external_id] has ended: who waits for it looks at once.
void cr_paid_broker_hear(cr_paid_broker *broker, const char *service, const char *external_id);

// After the registry. Waits for what must not be broken off; what goes on elsewhere goes on.
void cr_paid_broker_close(cr_paid_broker **broker);
