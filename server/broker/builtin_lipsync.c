// The built-in lip-sync: a presenter's mouth follows the phonemes of the voice.
#include "broker/builtin.h"
#include "broker/motion/clip.h"

static cr_status work_lipsync(const cr_work *work, cJSON **output, cr_fault *fault)
{
    cr_motion_wish wish;
    cr_status status = cr_motion_wish_read(&wish, work->request->input, fault);
    return status == CR_OK ? cr_motion_make(work, &wish, output, fault) : status;
}

const cr_builtin cr_builtin_lipsync = {
    .id = "builtin-lipsync",
    .label = "built-in lip-sync",
    .kind = "lipsync",
    .version = 1,
    .concurrent_max = 2,
    .work = work_lipsync,
};
