#include "engine/export_survey.h"

#include "base/mem.h"

// Of the packet before, in its stream.
typedef struct pace {
    cr_ticks duration, lead;
} pace;

int64_t cr_export_survey_frame(const cr_export_plan *plan, cr_ticks pts)
{
    return cr_frame_at(pts + cr_frame_start(1, plan->frame_rate) / 2, plan->frame_rate);
}

static void count(cr_mux_forecast *forecast, const cr_segment_entry *entry, bool is_picture,
                  pace *last)
{
    pace now = {entry->duration, entry->pts - entry->dts};
    forecast->packets++;
    forecast->bytes += (int64_t)entry->size;
    forecast->keys += is_picture && entry->is_key;
    forecast->time_changes += now.duration != last->duration || now.lead != last->lead;
    *last = now;
}

static cr_status add_sound(cr_export_survey *survey, cr_segment_reader *reader, cr_fault *fault)
{
    pace last = {0};
    for (;;) {
        cr_segment_entry entry;
        cr_status status = cr_segment_peek(reader, &entry, fault);
        if (status == CR_OK) status = cr_segment_skip(reader, fault);
        if (status != CR_OK) return status == CR_EOF ? CR_OK : status;
        count(&survey->forecast, &entry, false, &last);
    }
}

// Marks which of the segment's pictures were [seen].
static cr_status look(cr_export_survey *survey, const cr_export_plan *plan,
                      cr_segment_reader *reader, int64_t first, bool seen[], int64_t frames,
                      cr_fault *fault)
{
    pace last = {0};
    for (int64_t i = 0; i < frames; i++) {
        cr_segment_entry entry;
        cr_status status = cr_segment_peek(reader, &entry, fault);
        if (status == CR_OK) status = cr_segment_skip(reader, fault);
        if (status != CR_OK) return status == CR_EOF ? CR_CORRUPT : status;
        int64_t frame = cr_export_survey_frame(plan, entry.pts) - first;
        if (frame < 0 || frame >= frames || seen[frame] || (i == 0 && !entry.is_key))
            return CR_CORRUPT;
        seen[frame] = true;
        if (i - frame > survey->reorder) survey->reorder = i - frame;
        // The joined film counts the times anew from these.
        entry.dts = cr_frame_start(first + i, plan->frame_rate);
        entry.duration = 0;
        count(&survey->forecast, &entry, true, &last);
    }
    return CR_OK;
}

cr_status cr_export_survey_add(cr_export_survey *survey, const cr_export_plan *plan,
                               cr_segment_reader *reader, int64_t index, cr_fault *fault)
{
    if (index < 0) return add_sound(survey, reader, fault);
    int64_t first = cr_export_plan_first_frame(plan, index);
    int64_t frames = cr_export_plan_end_frame(plan, index) - first;
    cr_fault damage = {0};
    cr_status status = cr_segment_packet_count(reader) == frames ? CR_OK : CR_CORRUPT;
    if (status == CR_OK) {
        bool *seen = cr_alloc((size_t)frames, sizeof *seen);
        status = look(survey, plan, reader, first, seen, frames, &damage);
        cr_free(seen);
    }
    if (status == CR_OK) return CR_OK;
    char *name = cr_export_segment_uri("", index);
    status = cr_fail(fault, status, name + 1, "%s",
                     damage.text[0] ? damage.text : "it does not hold the pictures that it should");
    cr_free(name);
    return status;
}
