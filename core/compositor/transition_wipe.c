#include "compositor/transition.h"

enum { DIRECTION, SOFTNESS };

static void plan(cr_transition_plan *plan_, const cr_number *params, cr_number progress, int width,
                 int height)
{
    cr_direction direction = (cr_direction)(params[DIRECTION] / CR_ONE);
    cr_number softness = params[SOFTNESS] < 0 ? 0 : params[SOFTNESS];
    if (softness > 100 * CR_ONE) softness = 100 * CR_ONE;
    cr_wipe *wipe = &plan_->wipe;
    plan_->join = CR_JOIN_WIPE;
    wipe->is_down = direction == CR_DIRECTION_UP || direction == CR_DIRECTION_DOWN;
    wipe->is_backward = direction == CR_DIRECTION_LEFT || direction == CR_DIRECTION_UP;
    wipe->length = wipe->is_down ? height : width;
    // At least a pixel, so that a hard edge does not step.
    wipe->soft = (int64_t)wipe->length * 65536 * softness / (100 * CR_ONE);
    if (wipe->soft < 65536) wipe->soft = 65536;
    wipe->edge = ((int64_t)wipe->length * 65536 + wipe->soft) * progress / CR_ONE;
}

const cr_transition_kind cr_transition_wipe = {"wipe", plan};
