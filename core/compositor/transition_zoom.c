#include "compositor/fixed_math.h"
#include "compositor/transition.h"

enum { AMOUNT };

// The first picture comes closer, the second settles back to its size; they dissolve in the middle.
// Both always fill what they filled before.
static void plan(cr_transition_plan *plan_, const cr_number *params, cr_number progress, int width,
                 int height)
{
    (void)width;
    (void)height;
    cr_number amount = params[AMOUNT] < 0 ? 0 : params[AMOUNT];
    if (amount > 1000 * CR_ONE) amount = 1000 * CR_ONE;
    int64_t at = cr_q32_ratio(progress, CR_ONE), left = CR_Q32_ONE - at;
    int64_t most = cr_q32_ratio(amount, 100 * CR_ONE);
    plan_->join = CR_JOIN_MIX;
    plan_->from.scale = CR_Q32_ONE + cr_q32_multiply(most, cr_q32_multiply(at, at));
    plan_->to.scale = CR_Q32_ONE + cr_q32_multiply(most, cr_q32_multiply(left, left));
    plan_->share = cr_transition_share((progress - CR_ONE / 4) * 2);
}

const cr_transition_kind cr_transition_zoom = {"zoom", plan};
