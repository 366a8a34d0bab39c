#include "compositor/paint_needs.h"

#include "compositor/paint_plan.h"

static void add(const cr_frame **frames, int *count, const cr_draw *draw)
{
    if (draw && draw->frame) frames[(*count)++] = draw->frame;
}

cr_status cr_painter_needs(cr_painter *painter, const cr_picture *picture, cr_paint_needs *out)
{
    cr_plan plan;
    bool made_pixels = !painter->only_plans;
    painter->only_plans = true;
    cr_status status = cr_plan_make(&plan, painter, picture);
    painter->only_plans = !made_pixels;
    if (status != CR_OK) return status;
    const cr_frame **frames =
        cr_scratch_take(&painter->plan, (2 * (size_t)plan.step_count + 1) * sizeof *frames);
    if (!frames) return CR_NOMEM;
    int count = 0;
    for (int i = 0; i < plan.step_count; i++) {
        add(frames, &count, plan.steps[i].a);
        add(frames, &count, plan.steps[i].b);
    }
    *out = (cr_paint_needs){
        .whole = cr_plan_find_whole(&plan), .frame_count = count, .frames = frames};
    return CR_OK;
}
