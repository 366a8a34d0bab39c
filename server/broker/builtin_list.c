#include "base/vec.h"
#include "broker/registry.h"

static const cr_builtin *const builtins[] = {
#ifdef CUTROOM_HAS_writer
    &cr_builtin_questions, &cr_builtin_script,
#endif
#ifdef CUTROOM_HAS_painter
    &cr_builtin_painter,
#endif
#ifdef CUTROOM_HAS_voice
    &cr_builtin_voice,
#endif
#ifdef CUTROOM_HAS_music
    &cr_builtin_music,
#endif
#ifdef CUTROOM_HAS_motion
    &cr_builtin_motion,
#endif
#ifdef CUTROOM_HAS_lipsync
    &cr_builtin_lipsync,
#endif
    NULL,
};

cr_status cr_registry_add_builtins(cr_registry *registry, cr_builtin_pool *pool, cr_fault *fault)
{
    for (size_t i = 0; builtins[i]; i++) {
        cr_provider provider;
        cr_status status = cr_builtin_pool_provider(pool, builtins[i], &provider, fault);
        if (status == CR_OK) status = cr_registry_add(registry, &provider, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}
