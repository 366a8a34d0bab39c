#include "compositor/transition.h"

enum { DIRECTION };

// Whole pixels: it is fast, and edges stay sharp.
static void plan(cr_transition_plan *plan_, const cr_number *params, cr_number progress, int width,
                 int height)
{
    cr_direction direction = (cr_direction)(params[DIRECTION] / CR_ONE);
    plan_->join = CR_JOIN_STACK;
    cr_transition_offset(&plan_->to, direction, CR_ONE - progress, width, height);
}

const cr_transition_kind cr_transition_slide = {"slide", plan};
