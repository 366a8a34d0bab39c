#include "project/snapshot.h"

#include <string.h>

#include "base/mem.h"

// A kept thing is written again only by its reference count.
#define KEEP(type, pointer)                                                                        \
    type *shared = (type *)(pointer);                                                              \
    cr_ref_keep(&shared->ref);                                                                     \
    return shared

void cr_text_set(char **owned, const char *text)
{
    char *copy = cr_strdup(text);
    cr_free(*owned);
    *owned = copy;
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

void cr_effects_free(cr_effect *effects, int count)
{
    for (int i = 0; i < count; i++) {
        cr_free(effects[i].id);
        for (int j = 0; j < CR_EFFECT_PARAMS_MAX; j++)
            cr_animated_free(&effects[i].params[j]);
        cJSON_Delete(effects[i].extra);
    }
    cr_free(effects);
}

static cr_effect *copy_effects(const cr_effect *effects, int count)
{
    cr_effect *copy = copy_bytes(effects, count, sizeof *copy);
    for (int i = 0; i < count; i++) {
        copy[i].id = cr_strdup(effects[i].id);
        for (int j = 0; j < CR_EFFECT_PARAMS_MAX; j++)
            cr_animated_copy(&copy[i].params[j], &effects[i].params[j]);
        copy[i].extra = copy_extra(effects[i].extra);
    }
    return copy;
}

void cr_words_free(cr_word *words, int count)
{
    for (int i = 0; i < count; i++) {
        cr_free(words[i].text);
        cJSON_Delete(words[i].extra);
    }
    cr_free(words);
}

static cr_word *copy_words(const cr_word *words, int count)
{
    cr_word *copy = copy_bytes(words, count, sizeof *copy);
    for (int i = 0; i < count; i++) {
        copy[i].text = cr_strdup(words[i].text);
        copy[i].extra = copy_extra(words[i].extra);
    }
    return copy;
}

cr_text_style *cr_text_style_make(cr_clip_kind kind)
{
    cr_text_style *style = cr_alloc(1, sizeof *style);
    bool caption = kind == CR_CLIP_CAPTION;
    *style = (cr_text_style){
        .font = cr_strdup(""),
        .weight = caption ? 600 : 700,
        .size = (caption ? 54 : 96) * CR_ONE,
        .color = 0xffffffff,
        .outline_color = 0x000000ff,
        .shadow_color = 0x00000080,
        .highlight_color = 0,
        .outline = (caption ? 3 : 0) * CR_ONE,
        .shadow = (caption ? 0 : 4) * CR_ONE,
        .box_padding = 12 * CR_ONE,
        .line_spacing = CR_ONE,
        .vertical = caption ? 1 : 0,
        .margin = 80 * CR_ONE,
    };
    return style;
}

cr_text_style *cr_text_style_copy(const cr_text_style *style)
{
    cr_text_style *copy = copy_bytes(style, 1, sizeof *copy);
    copy->font = cr_strdup(style->font);
    copy->extra = copy_extra(style->extra);
    return copy;
}

void cr_text_style_free(cr_text_style *style)
{
    if (!style) return;
    cr_free(style->font);
    cJSON_Delete(style->extra);
    cr_free(style);
}

static const struct {
    const char *id;
    cr_number fallback;
} clip_params[CR_CLIP_PARAM_COUNT] = {
#define X(name, id, fallback) {id, (fallback) * CR_ONE},
    CR_CLIP_PARAM_MAP(X)
#undef X
};

cr_number cr_clip_param_fallback(cr_clip_param param)
{
    return clip_params[param].fallback;
}

const char *cr_clip_param_name(cr_clip_param param)
{
    return clip_params[param].id;
}

cr_asset *cr_asset_make(void)
{
    cr_asset *asset = cr_alloc(1, sizeof *asset);
    cr_ref_init(&asset->ref);
    asset->id = cr_strdup("");
    asset->uri = cr_strdup("");
    asset->hash = cr_strdup("");
    asset->name = cr_strdup("");
    asset->label = cr_strdup("");
    asset->duration = CR_TICKS_NONE;
    return asset;
}

cr_asset *cr_asset_keep(const cr_asset *asset)
{
    KEEP(cr_asset, asset);
}

void cr_asset_drop(cr_asset *asset)
{
    if (!asset || !cr_ref_drop(&asset->ref)) return;
    cr_free(asset->id);
    cr_free(asset->uri);
    cr_free(asset->hash);
    cr_free(asset->name);
    cr_free(asset->label);
    cJSON_Delete(asset->extra);
    cr_free(asset);
}

cr_clip *cr_clip_make(void)
{
    cr_clip *clip = cr_alloc(1, sizeof *clip);
    cr_ref_init(&clip->ref);
    clip->id = cr_strdup("");
    clip->name = cr_strdup("");
    clip->asset = cr_strdup("");
    clip->sequence = cr_strdup("");
    clip->link = cr_strdup("");
    clip->group = cr_strdup("");
    clip->text = cr_strdup("");
    clip->speed = CR_ONE;
    clip->keep_pitch = true;
    clip->fit = CR_FIT_CONTAIN;
    clip->blend = CR_BLEND_NORMAL;
    clip->color = 0x000000ff;
    clip->fade_in_curve = clip->fade_out_curve = CR_FADE_LINEAR;
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        clip->params[i].value = clip_params[i].fallback;
    return clip;
}

cr_clip *cr_clip_keep(const cr_clip *clip)
{
    KEEP(cr_clip, clip);
}

void cr_clip_drop(cr_clip *clip)
{
    if (!clip || !cr_ref_drop(&clip->ref)) return;
    cr_free(clip->id);
    cr_free(clip->name);
    cr_free(clip->asset);
    cr_free(clip->sequence);
    cr_free(clip->link);
    cr_free(clip->group);
    cr_free(clip->text);
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
    copy->id = cr_strdup(clip->id);
    copy->name = cr_strdup(clip->name);
    copy->asset = cr_strdup(clip->asset);
    copy->sequence = cr_strdup(clip->sequence);
    copy->link = cr_strdup(clip->link);
    copy->group = cr_strdup(clip->group);
    copy->text = cr_strdup(clip->text);
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
    cr_transition *transition = cr_alloc(1, sizeof *transition);
    cr_ref_init(&transition->ref);
    transition->id = cr_strdup("");
    transition->from = cr_strdup("");
    transition->to = cr_strdup("");
    transition->easing = CR_EASING_LINEAR;
    return transition;
}

cr_transition *cr_transition_keep(const cr_transition *transition)
{
    KEEP(cr_transition, transition);
}

void cr_transition_drop(cr_transition *transition)
{
    if (!transition || !cr_ref_drop(&transition->ref)) return;
    cr_free(transition->id);
    cr_free(transition->from);
    cr_free(transition->to);
    cJSON_Delete(transition->extra);
    cr_free(transition);
}

cr_transition *cr_transition_copy(const cr_transition *transition)
{
    cr_transition *copy = copy_bytes(transition, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = cr_strdup(transition->id);
    copy->from = cr_strdup(transition->from);
    copy->to = cr_strdup(transition->to);
    copy->extra = copy_extra(transition->extra);
    return copy;
}

cr_marker *cr_marker_make(void)
{
    cr_marker *marker = cr_alloc(1, sizeof *marker);
    cr_ref_init(&marker->ref);
    marker->id = cr_strdup("");
    marker->name = cr_strdup("");
    marker->color = 0xf5a623ff;
    return marker;
}

cr_marker *cr_marker_keep(const cr_marker *marker)
{
    KEEP(cr_marker, marker);
}

void cr_marker_drop(cr_marker *marker)
{
    if (!marker || !cr_ref_drop(&marker->ref)) return;
    cr_free(marker->id);
    cr_free(marker->name);
    cJSON_Delete(marker->extra);
    cr_free(marker);
}

cr_track *cr_track_make(void)
{
    cr_track *track = cr_alloc(1, sizeof *track);
    cr_ref_init(&track->ref);
    track->id = cr_strdup("");
    track->name = cr_strdup("");
    track->role = cr_strdup("");
    track->duck.under = cr_strdup("");
    track->duck.amount = -12 * CR_ONE;
    track->duck.attack = cr_ticks_from_milliseconds(200);
    track->duck.release = cr_ticks_from_milliseconds(600);
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
    cr_free(track->id);
    cr_free(track->name);
    cr_free(track->role);
    cr_free(track->duck.under);
    cJSON_Delete(track->duck.extra);
    cr_text_style_free(track->style);
    cJSON_Delete(track->extra);
    cr_free(track);
}

cr_track *cr_track_copy(const cr_track *track)
{
    cr_track *copy = copy_bytes(track, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = cr_strdup(track->id);
    copy->name = cr_strdup(track->name);
    copy->role = cr_strdup(track->role);
    copy->duck.under = cr_strdup(track->duck.under);
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
    cr_sequence *sequence = cr_alloc(1, sizeof *sequence);
    cr_ref_init(&sequence->ref);
    sequence->id = cr_strdup("");
    sequence->name = cr_strdup("");
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
    cr_free(sequence->id);
    cr_free(sequence->name);
    cJSON_Delete(sequence->extra);
    cr_free(sequence);
}

cr_sequence *cr_sequence_copy(const cr_sequence *sequence)
{
    cr_sequence *copy = copy_bytes(sequence, 1, sizeof *copy);
    cr_ref_init(&copy->ref);
    copy->id = cr_strdup(sequence->id);
    copy->name = cr_strdup(sequence->name);
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
    cr_project *project = cr_alloc(1, sizeof *project);
    cr_ref_init(&project->ref);
    project->title = cr_strdup("");
    project->settings = (cr_settings){
        .width = 1920,
        .height = 1080,
        .frame_rate = {30, 1},
        .color = {CR_MATRIX_BT709, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT709, CR_TRANSFER_BT709},
        .background = 0x000000ff,
        .loudness_lufs = -14 * CR_ONE,
        .peak_dbtp = -1 * CR_ONE,
    };
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
    cr_free(project->title);
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
    copy->title = cr_strdup(project->title);
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
