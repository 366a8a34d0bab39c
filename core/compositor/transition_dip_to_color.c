#include "compositor/transition.h"

enum { COLOR };

static void plan(cr_transition_plan *plan_, const cr_number *params, cr_number progress, int width,
                 int height)
{
    (void)width;
    (void)height;
    plan_->join = CR_JOIN_DIP;
    plan_->share = cr_transition_share(progress);
    plan_->color = (uint32_t)(params[COLOR] / CR_ONE);
}

const cr_transition_kind cr_transition_dip_to_color = {"dip-to-color", plan};
