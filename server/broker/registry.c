#include "broker/registry.h"

#include <string.h>

cr_status cr_registry_add(cr_registry *registry, const cr_provider *provider, cr_fault *fault)
{
    if (registry->count == CR_PROVIDERS_MAX)
        return cr_fail(fault, CR_LIMIT, provider->id, "more than %d providers", CR_PROVIDERS_MAX);
    registry->providers[registry->count++] = *provider;
    return CR_OK;
}

const cr_provider *cr_registry_find(const cr_registry *registry, const char *kind)
{
    for (int i = 0; i < registry->count; i++)
        if (strcmp(registry->providers[i].kind, kind) == 0) return &registry->providers[i];
    return NULL;
}

const cr_provider *cr_registry_by_id(const cr_registry *registry, const char *id)
{
    for (int i = 0; i < registry->count; i++)
        if (strcmp(registry->providers[i].id, id) == 0) return &registry->providers[i];
    return NULL;
}

void cr_registry_close(cr_registry *registry)
{
    for (int i = 0; i < registry->count; i++)
        registry->providers[i].close(registry->providers[i].cookie);
    *registry = (cr_registry){0};
}
