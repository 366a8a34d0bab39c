#include "project/project.h"

#include <string.h>

#include "base/assert.h"

const cr_asset *cr_project_asset(const cr_project *project, const char *id)
{
    int low = 0, high = project->asset_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(project->assets[middle]->id, id);
        if (order == 0) return project->assets[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const cr_sequence *cr_project_sequence(const cr_project *project, const char *id)
{
    for (int i = 0; i < project->sequence_count; i++)
        if (strcmp(project->sequences[i]->id, id) == 0) return project->sequences[i];
    return NULL;
}

const cr_sequence *cr_project_film(const cr_project *project)
{
    return project->sequence_count ? project->sequences[0] : NULL;
}

cr_ticks cr_sequence_duration(const cr_sequence *sequence)
{
    cr_ticks duration = 0;
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        if (!track->clip_count) continue;
        cr_ticks end = cr_range_end(track->clips[track->clip_count - 1]->range);
        if (end > duration) duration = end;
    }
    return duration;
}

const cr_text_style *cr_clip_style(const cr_project *project, const cr_track *track,
                                   const cr_clip *clip)
{
    if (clip->style) return clip->style;
    if (track->style) return track->style;
    return clip->kind == CR_CLIP_CAPTION ? project->caption_style : project->title_style;
}
