#include "base/vec.h"
#include "broker/registry.h"

static const cr_builtin *const builtins[] = {
    &cr_builtin_questions, &cr_builtin_script, &cr_builtin_painter, &cr_builtin_voice,
    &cr_builtin_music,     &cr_builtin_motion, &cr_builtin_lipsync,
};

cr_status cr_registry_add_builtins(cr_registry *registry, cr_builtin_pool *pool, cr_fault *fault)
{
    for (size_t i = 0; i < CR_COUNT_OF(builtins); i++) {
        cr_provider provider = {0};
        cr_status status = cr_builtin_pool_provider(pool, builtins[i], &provider, fault);
        provider.takes_notes = builtins[i] == &cr_builtin_painter;
        if (status == CR_OK) status = cr_registry_add(registry, &provider, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}
