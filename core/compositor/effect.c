#include "compositor/effect.h"

#include <string.h>

#include "base/vec.h"

static const cr_effect_kind *const kinds[] = {
    &cr_effect_blur,
    &cr_effect_color_adjust,
    &cr_effect_drop_shadow,
    &cr_effect_vignette,
};

const cr_effect_kind *cr_effect_find(const char *id)
{
    for (size_t i = 0; i < CR_COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i]->id, id) == 0) return kinds[i];
    }
    return NULL;
}
