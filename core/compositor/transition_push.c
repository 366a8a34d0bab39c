#include "compositor/transition.h"

enum { DIRECTION };

// As slide, and the first picture goes ahead of the second without a gap.
static void plan(cr_transition_plan *plan_, const cr_number *params, cr_number progress, int width,
                 int height)
{
    cr_direction direction = (cr_direction)(params[DIRECTION] / CR_ONE);
    plan_->join = CR_JOIN_STACK;
    cr_transition_offset(&plan_->to, direction, CR_ONE - progress, width, height);
    cr_transition_move whole = {0};
    cr_transition_offset(&whole, direction, CR_ONE, width, height);
    plan_->from.dx = plan_->to.dx - whole.dx;
    plan_->from.dy = plan_->to.dy - whole.dy;
}

const cr_transition_kind cr_transition_push = {"push", plan};
