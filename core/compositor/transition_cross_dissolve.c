#include "compositor/transition.h"

static void plan(cr_transition_plan *plan_, const cr_number *params, cr_number progress, int width,
                 int height)
{
    (void)params;
    (void)width;
    (void)height;
    plan_->join = CR_JOIN_MIX;
    plan_->share = cr_transition_share(progress);
}

const cr_transition_kind cr_transition_cross_dissolve = {"cross-dissolve", plan};
