#include "compositor/effect.h"
#include "compositor/gaussian.h"

enum { SIGMA };

// The canvas's edge is repeated outwards, so that a full picture does not darken at its rim; the
// edges of a smaller one become soft.
static cr_status blur(cr_painter *painter, uint8_t *rgba, const cr_number *params,
                      const cr_effect_place *place)
{
    return cr_gaussian_blur(painter, rgba, 4 * (int64_t)place->width, place->width, place->height,
                            4, cr_gaussian_sigma(params[SIGMA], place->zoom));
}

const cr_effect_kind cr_effect_blur = {.id = "blur", .whole = blur};
