// The built-in motion: the camera moves through a still's layers.
#include "broker/builtin.h"
#include "broker/motion/clip.h"

static cr_status work_motion(const cr_work *work, cJSON **output, cr_fault *fault)
{
    cr_motion_wish wish;
    cr_status status = cr_motion_wish_read(&wish, work->request->input, fault);
    if (status != CR_OK) return status;
    wish.phonemes = NULL;
    return cr_motion_make(work, &wish, output, fault);
}

const cr_builtin cr_builtin_motion = {
    .id = "builtin-motion",
    .label = "built-in motion",
    .kind = "motion",
    .version = 1,
    .concurrent_max = 2,
    .work = work_motion,
};
