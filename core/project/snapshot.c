#include "project/snapshot.h"

#include <string.h>

#include "base/mem.h"
#include "project/fields.h"

// A kept thing is written again only by its reference count.
#define KEEP(type, pointer)                                                                        \
    type *shared = (type *)(pointer);                                                              \
    cr_ref_keep(&shared->ref);                                                                     \
    return shared

// Most texts of most clips are empty: they all point here, and are never written.
static const char empty_text[1] = "";

static char *text_copy(const char *text)
{
    return text[0] ? cr_strdup(text) : (char *)(uintptr_t)empty_text;
}

static void text_free(char *text)
{
    if (text != empty_text) cr_free(text);
}

void cr_text_set(char **owned, const char *text)
{
    char *copy = text_copy(text);
    text_free(*owned);
    *owned = copy;
}

void cr_text_free(char **owned)
{
    text_free(*owned);
    *owned = NULL;
}

static void *copy_bytes(const void *bytes, int count, size_t size)
{
    if (count == 0) return NULL;
    void *copy = cr_alloc((size_t)count, size);
    memcpy(copy, bytes, (size_t)count * size);
    return copy;
}

static cJSON *copy_extra(const cJSON *extra)
{
    if (!extra) return NULL;
    cJSON *copy = cJSON_Duplicate(extra, true);
    CR_ASSERT(copy);
    return copy;
}

void cr_animated_copy(cr_animated *out, const cr_animated *animated)
{
    *out = *animated;
    int count = animated->keyframe_count;
    out->keyframes = copy_bytes(animated->keyframes, count, sizeof *out->keyframes);
    for (int i = 0; i < count; i++)
        out->keyframes[i].extra = copy_extra(animated->keyframes[i].extra);
}

void cr_animated_free(cr_animated *animated)
{
    for (int i = 0; i < animated->keyframe_count; i++)
        cJSON_Delete(animated->keyframes[i].extra);
    cr_free(animated->keyframes);
    *animated = (cr_animated){0};
}

void cr_effect_clear(cr_effect *effect)
{
    text_free(effect->id);
    for (int i = 0; i < CR_EFFECT_PARAMS_MAX; i++)
        cr_animated_free(&effect->params[i]);
    cJSON_Delete(effect->extra);
    *effect = (cr_effect){0};
}

void cr_effects_free(cr_effect *effects, int count)
{
    for (int i = 0; i < count; i++)
        cr_effect_clear(&effects[i]);
    cr_free(effects);
}

static cr_effect *copy_effects(const cr_effect *effects, int count)
{
    cr_effect *copy = copy_bytes(effects, count, sizeof *copy);
    for (int i = 0; i < count; i++) {
        copy[i].id = text_copy(effects[i].id);
        for (int j = 0; j < CR_EFFECT_PARAMS_MAX; j++)
            cr_animated_copy(&copy[i].params[j], &effects[i].params[j]);
        copy[i].extra = copy_extra(effects[i].extra);
    }
    return copy;
}

void cr_words_free(cr_word *words, int count)
{
    for (int i = 0; i < count; i++) {
        text_free(words[i].text);
        cJSON_Delete(words[i].extra);
    }
    cr_free(words);
}

static cr_word *copy_words(const cr_word *words, int count)
{
    cr_word *copy = copy_bytes(words, count, sizeof *copy);
    for (int i = 0; i < count; i++) {
        copy[i].text = text_copy(words[i].text);
        copy[i].extra = copy_extra(words[i].extra);
    }
    return copy;
}

cr_text_style *cr_text_style_make(cr_clip_kind kind)
{
    return cr_text_style_copy(cr_text_style_default(kind));
}

cr_text_style *cr_text_style_copy(const cr_text_style *style)
{
    cr_text_style *copy = copy_bytes(style, 1, sizeof *copy);
    copy->font = text_copy(style->font ? style->font : "");
    copy->extra = copy_extra(style->extra);
    return copy;
}

void cr_text_style_free(cr_text_style *style)
{
    if (!style) return;
    text_free(style->font);
    cJSON_Delete(style->extra);
    cr_free(style);
}

cr_asset *cr_asset_make(void)
{
    cr_asset *asset = copy_bytes(cr_asset_spec.defaults, 1, sizeof *asset);
    cr_ref_init(&asset->ref);
    asset->id = text_copy("");
    asset->uri = text_copy("");
    asset->hash = text_copy("");
    asset->name = text_copy("");
    asset->label = text_copy("");
    return asset;
}

cr_asset *cr_asset_keep(const cr_asset *asset)
{
    KEEP(cr_asset, asset);
}

void cr_asset_drop(cr_asset *asset)
{
    if (!asset || !cr_ref_drop(&asset->ref)) return;
    text_free(asset->id);
    text_free(asset->uri);
    text_free(asset->hash);
    text_free(asset->name);
    text_free(asset->label);
    cJSON_Delete(asset->extra);
    cr_free(asset);
}

cr_clip *cr_clip_make(void)
{
    cr_clip *clip = copy_bytes(cr_clip_spec.defaults, 1, sizeof *clip);
    cr_ref_init(&clip->ref);
    clip->id = text_copy("");
    clip->name = text_copy("");
    clip->asset = text_copy("");
    clip->sequence = text_copy("");
    clip->link = text_copy("");
    clip->group = text_copy("");
    clip->text = text_copy("");
    return clip;
}

cr_clip *cr_clip_keep(const cr_clip *clip)
{
    KEEP(cr_clip, clip);
}

void cr_clip_drop(cr_clip *clip)
{
    if (!clip || !cr_ref_drop(&clip->ref)) return;
    text_free(clip->id);
    text_free(clip->name);
    text_free(clip->asset);
    text_free(clip->sequence);
    text_free(clip->link);
    text_free(clip->group);
    text_free(clip->text);
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        cr_animated_free(&clip->params[i]);
    cr_effects_free(clip->effects, clip->effect_count);
    cr_text_style_free(clip->style);
    cr_words_free(clip->words, clip->word_count);
    cr_free(clip->speech);
    cJSON_Delete(clip->extra);
    cr_free(clip);
}

cr_clip *cr_clip_copy(const cr_clip *clip)
{
    cr_clip *copy = copy_bytes(clip, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = text_copy(clip->id);
    copy->name = text_copy(clip->name);
    copy->asset = text_copy(clip->asset);
    copy->sequence = text_copy(clip->sequence);
    copy->link = text_copy(clip->link);
    copy->group = text_copy(clip->group);
    copy->text = text_copy(clip->text);
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        cr_animated_copy(&copy->params[i], &clip->params[i]);
    copy->effects = copy_effects(clip->effects, clip->effect_count);
    if (clip->style) copy->style = cr_text_style_copy(clip->style);
    copy->words = copy_words(clip->words, clip->word_count);
    copy->speech = copy_bytes(clip->speech, clip->speech_count, sizeof *copy->speech);
    copy->extra = copy_extra(clip->extra);
    return copy;
}

cr_transition *cr_transition_make(void)
{
    cr_transition *transition = copy_bytes(cr_transition_spec.defaults, 1, sizeof *transition);
    cr_ref_init(&transition->ref);
    transition->id = text_copy("");
    transition->from = text_copy("");
    transition->to = text_copy("");
    return transition;
}

cr_transition *cr_transition_keep(const cr_transition *transition)
{
    KEEP(cr_transition, transition);
}

void cr_transition_drop(cr_transition *transition)
{
    if (!transition || !cr_ref_drop(&transition->ref)) return;
    text_free(transition->id);
    text_free(transition->from);
    text_free(transition->to);
    cJSON_Delete(transition->extra);
    cr_free(transition);
}

cr_transition *cr_transition_copy(const cr_transition *transition)
{
    cr_transition *copy = copy_bytes(transition, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = text_copy(transition->id);
    copy->from = text_copy(transition->from);
    copy->to = text_copy(transition->to);
    copy->extra = copy_extra(transition->extra);
    return copy;
}

cr_marker *cr_marker_make(void)
{
    cr_marker *marker = copy_bytes(cr_marker_spec.defaults, 1, sizeof *marker);
    cr_ref_init(&marker->ref);
    marker->id = text_copy("");
    marker->name = text_copy("");
    return marker;
}

cr_marker *cr_marker_keep(const cr_marker *marker)
{
    KEEP(cr_marker, marker);
}

void cr_marker_drop(cr_marker *marker)
{
    if (!marker || !cr_ref_drop(&marker->ref)) return;
    text_free(marker->id);
    text_free(marker->name);
    cJSON_Delete(marker->extra);
    cr_free(marker);
}

cr_track *cr_track_make(void)
{
    cr_track *track = copy_bytes(cr_track_spec.defaults, 1, sizeof *track);
    cr_ref_init(&track->ref);
    track->id = text_copy("");
    track->name = text_copy("");
    track->role = text_copy("");
    track->duck.under = text_copy("");
    return track;
}

cr_track *cr_track_keep(const cr_track *track)
{
    KEEP(cr_track, track);
}

void cr_track_drop(cr_track *track)
{
    if (!track || !cr_ref_drop(&track->ref)) return;
    for (int i = 0; i < track->clip_count; i++)
        cr_clip_drop(track->clips[i]);
    for (int i = 0; i < track->transition_count; i++)
        cr_transition_drop(track->transitions[i]);
    cr_free(track->clips);
    cr_free(track->transitions);
    text_free(track->id);
    text_free(track->name);
    text_free(track->role);
    text_free(track->duck.under);
    cJSON_Delete(track->duck.extra);
    cr_text_style_free(track->style);
    cJSON_Delete(track->extra);
    cr_free(track);
}

cr_track *cr_track_copy(const cr_track *track)
{
    cr_track *copy = copy_bytes(track, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = text_copy(track->id);
    copy->name = text_copy(track->name);
    copy->role = text_copy(track->role);
    copy->duck.under = text_copy(track->duck.under);
    copy->duck.extra = copy_extra(track->duck.extra);
    if (track->style) copy->style = cr_text_style_copy(track->style);
    copy->clips = copy_bytes(track->clips, track->clip_count, sizeof *copy->clips);
    for (int i = 0; i < copy->clip_count; i++)
        cr_ref_keep(&copy->clips[i]->ref);
    copy->transitions =
        copy_bytes(track->transitions, track->transition_count, sizeof *copy->transitions);
    for (int i = 0; i < copy->transition_count; i++)
        cr_ref_keep(&copy->transitions[i]->ref);
    copy->extra = copy_extra(track->extra);
    return copy;
}

cr_sequence *cr_sequence_make(void)
{
    cr_sequence *sequence = copy_bytes(cr_sequence_spec.defaults, 1, sizeof *sequence);
    cr_ref_init(&sequence->ref);
    sequence->id = text_copy("");
    sequence->name = text_copy("");
    return sequence;
}

cr_sequence *cr_sequence_keep(const cr_sequence *sequence)
{
    KEEP(cr_sequence, sequence);
}

void cr_sequence_drop(cr_sequence *sequence)
{
    if (!sequence || !cr_ref_drop(&sequence->ref)) return;
    for (int i = 0; i < sequence->track_count; i++)
        cr_track_drop(sequence->tracks[i]);
    for (int i = 0; i < sequence->marker_count; i++)
        cr_marker_drop(sequence->markers[i]);
    cr_free(sequence->tracks);
    cr_free(sequence->markers);
    text_free(sequence->id);
    text_free(sequence->name);
    cJSON_Delete(sequence->extra);
    cr_free(sequence);
}

cr_sequence *cr_sequence_copy(const cr_sequence *sequence)
{
    cr_sequence *copy = copy_bytes(sequence, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = text_copy(sequence->id);
    copy->name = text_copy(sequence->name);
    copy->tracks = copy_bytes(sequence->tracks, sequence->track_count, sizeof *copy->tracks);
    for (int i = 0; i < copy->track_count; i++)
        cr_ref_keep(&copy->tracks[i]->ref);
    copy->markers = copy_bytes(sequence->markers, sequence->marker_count, sizeof *copy->markers);
    for (int i = 0; i < copy->marker_count; i++)
        cr_ref_keep(&copy->markers[i]->ref);
    copy->extra = copy_extra(sequence->extra);
    return copy;
}

cr_project *cr_project_make(void)
{
    cr_project *project = copy_bytes(cr_project_spec.defaults, 1, sizeof *project);
    cr_ref_init(&project->ref);
    project->title = text_copy("");
    project->caption_style = cr_text_style_make(CR_CLIP_CAPTION);
    project->title_style = cr_text_style_make(CR_CLIP_TITLE);
    return project;
}

cr_project *cr_project_keep(const cr_project *project)
{
    KEEP(cr_project, project);
}

void cr_project_drop(cr_project **pointer)
{
    cr_project *project = *pointer;
    *pointer = NULL;
    if (!project || !cr_ref_drop(&project->ref)) return;
    for (int i = 0; i < project->asset_count; i++)
        cr_asset_drop(project->assets[i]);
    for (int i = 0; i < project->sequence_count; i++)
        cr_sequence_drop(project->sequences[i]);
    cr_free(project->assets);
    cr_free(project->sequences);
    text_free(project->title);
    cr_text_style_free(project->caption_style);
    cr_text_style_free(project->title_style);
    cJSON_Delete(project->settings.extra);
    cJSON_Delete(project->extra);
    cr_free(project);
}

cr_project *cr_project_copy(const cr_project *project)
{
    cr_project *copy = copy_bytes(project, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->title = text_copy(project->title);
    copy->settings.extra = copy_extra(project->settings.extra);
    copy->caption_style = cr_text_style_copy(project->caption_style);
    copy->title_style = cr_text_style_copy(project->title_style);
    copy->assets = copy_bytes(project->assets, project->asset_count, sizeof *copy->assets);
    for (int i = 0; i < copy->asset_count; i++)
        cr_ref_keep(&copy->assets[i]->ref);
    copy->sequences =
        copy_bytes(project->sequences, project->sequence_count, sizeof *copy->sequences);
    for (int i = 0; i < copy->sequence_count; i++)
        cr_ref_keep(&copy->sequences[i]->ref);
    copy->extra = copy_extra(project->extra);
    return copy;
}
