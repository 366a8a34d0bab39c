// Who makes what: one provider for each kind of work.
#pragma once

#include "broker/builtin_pool.h"
#include "broker/provider.h"

// Providers of one registry.
enum { CR_PROVIDERS_MAX = 64 };

// All-zero is a valid empty one. The first provider added for a kind is the one that is used.
typedef struct cr_registry {
    int count;
    cr_provider providers[CR_PROVIDERS_MAX];
} cr_registry;

// Takes [provider] (closed by cr_registry_close). CR_LIMIT.
CR_CHECKED cr_status cr_registry_add(cr_registry *registry, const cr_provider *provider,
                                     cr_fault *fault);

// All built-in makers, running on [pool], which must outlive the registry.
CR_CHECKED cr_status cr_registry_add_builtins(cr_registry *registry, cr_builtin_pool *pool,
                                              cr_fault *fault);

// Who makes [kind], or NULL. Borrowed.
const cr_provider *cr_registry_find(const cr_registry *registry, const char *kind);

// The provider of this id ("builtin-painter"), or NULL. Borrowed.
const cr_provider *cr_registry_by_id(const cr_registry *registry, const char *id);

void cr_registry_close(cr_registry *registry);
