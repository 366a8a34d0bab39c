#include "engine/export_frame.h"

// The same pixels under a description of its own: the painter may have handed a decoder's frame
// through, whose time is not ours to change. Takes [frame] in any case.
static cr_status describe_anew(cr_frame *frame, cr_frame **out)
{
    cr_status status = cr_frame_share(out, frame);
    cr_frame_drop(&frame);
    if (status == CR_OK) (*out)->sample_aspect = (cr_rate){1, 1};
    return status;
}

cr_status cr_export_frame_make(cr_picture_maker *maker, const cr_project *project,
                               const cr_export_plan *plan, int64_t index, cr_frame **out,
                               cr_fault *fault)
{
    cr_ticks since = cr_frame_start(index, plan->frame_rate);
    cr_frame *made = NULL, *frame = NULL;
    cr_status status =
        cr_picture_make(maker, cr_project_film(project), plan->range.start + since, &made, fault);
    if (status != CR_OK) return status;
    status = describe_anew(made, &frame);
    if (status != CR_OK) return cr_fail(fault, status, "", "there is no memory left");
    frame->pts = since;
    frame->duration = cr_frame_start(index + 1, plan->frame_rate) - since;
    *out = frame;
    return CR_OK;
}
