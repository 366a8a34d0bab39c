#include "studio/assemble.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "project/snapshot.h"
#include "studio/assemble_text.h"
#include "studio/graph_inputs.h"

#define MS(milliseconds) ((milliseconds) * (CR_TICKS_PER_SECOND / 1000))

// The mix: the bed is there in the pauses, and well under the words.
static const cr_number music_gain = -9 * CR_ONE, music_duck = -12 * CR_ONE;
static const cr_ticks duck_attack = MS(250), duck_release = MS(700);
static const cr_ticks music_fade_in = MS(400), music_fade_out = MS(1200);
static const cr_ticks last_fade = MS(700);
// Two words closer than this are one stretch of speech.
static const cr_ticks speech_gap = MS(400);

// Loudness of the finished film: what the large platforms play at.
static const cr_number loudness_target = -14 * CR_ONE, peak_ceiling = -CR_ONE;

typedef struct assembly {
    const cr_brief *brief;
    const cr_graph *graph;
    cr_project *project;
    int asset_room;
    cr_fault *fault;
} assembly;

static cr_status fail_unit(const assembly *own, int unit, const char *why)
{
    return cr_fail(own->fault, CR_CORRUPT, own->graph->units[unit].id, "%s", why);
}

static void set_number(char **owned, const char *format, int number)
{
    cr_text_free(owned);
    *owned = cr_format(format, number);
}

// A unit's file as an asset, under an id like "scene-003-voice".
static void add_asset(assembly *own, int unit, const char *name, int scene)
{
    const cJSON *output = cr_graph_output(own->graph, unit);
    cr_asset *asset = cr_asset_make();
    cr_text_free(&asset->id);
    asset->id = scene ? cr_format("scene-%03d-%s", scene, name) : cr_strdup(name);
    cr_text_set(&asset->uri, cr_member_text(output, "file"));
    cr_text_set(&asset->hash, cr_member_text(output, "hash"));
    cr_text_free(&asset->name);
    asset->name = scene ? cr_format("Scene %d, %s", scene, name) : cr_strdup("Music");
    cr_text_set(&asset->label, own->graph->units[unit].provider->label);
    asset->duration = 0;
    int64_t duration = 0;
    if (cr_json_get_int(output, "duration", &duration, 1, CR_TICKS_MAX, NULL, NULL) == CR_OK)
        asset->duration = duration;
    cr_project *project = own->project;
    CR_VEC_ADD(project->assets, project->asset_count, own->asset_room, asset);
}

static void add_assets(assembly *own)
{
    const cr_graph *graph = own->graph;
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        add_asset(own, plan->picture, "picture", plan->scene->number);
        if (plan->voice >= 0) add_asset(own, plan->voice, "voice", plan->scene->number);
        add_asset(own, plan->motion, "clip", plan->scene->number);
    }
    add_asset(own, graph->music, "music", 0);
    cr_assets_sort(own->project);
}

static cr_track *make_track(const char *id, const char *name, cr_track_kind kind, const char *role,
                            int clips_max)
{
    cr_track *track = cr_track_make();
    cr_text_set(&track->id, id);
    cr_text_set(&track->name, name);
    cr_text_set(&track->role, role);
    track->kind = kind;
    track->clips = cr_alloc((size_t)clips_max + 1, sizeof *track->clips);
    return track;
}

static cr_clip *make_media_clip(const cr_scene_plan *plan, const char *name, const char *id)
{
    cr_clip *clip = cr_clip_make();
    clip->kind = CR_CLIP_MEDIA;
    set_number(&clip->id, id, plan->scene->number);
    cr_text_set(&clip->name, plan->scene->heading);
    cr_text_free(&clip->asset);
    clip->asset = cr_format("scene-%03d-%s", plan->scene->number, name);
    set_number(&clip->link, "scene-%d", plan->scene->number);
    return clip;
}

// How scenes follow each other, by the film's mood: mostly dissolves; livelier films move.
static const char *transition_name(const char *mood, int cut)
{
    static const char *const calm[] = {"cross-dissolve"};
    static const char *const lively[] = {"push", "cross-dissolve", "slide", "zoom"};
    static const char *const lively_moods[] = {"upbeat", "energetic", "playful", "exciting",
                                               "happy",  "fun",       "bold"};
    for (size_t i = 0; i < CR_COUNT_OF(lively_moods); i++)
        if (strstr(mood, lively_moods[i])) return lively[(size_t)cut % CR_COUNT_OF(lively)];
    return calm[0];
}

static cr_status add_transition(assembly *own, cr_track *track, int cut, const char *mood)
{
    // A third of a second and a bit on each side: within the handles that every clip has.
    cr_rate rate = own->brief->rate;
    int64_t half = cr_frame_at(MS(270), rate);
    const cr_clip *from = track->clips[cut - 1], *to = track->clips[cut];
    if (half < 1 || half * 4 > cr_frame_at(from->range.duration, rate) ||
        half * 4 > cr_frame_at(to->range.duration, rate))
        return CR_OK;
    const cr_catalog_entry *entry = cr_catalog_transition(transition_name(mood, cut - 1));
    if (!entry) entry = cr_catalog_transition("cross-dissolve");
    if (!entry) return cr_fail(own->fault, CR_UNSUPPORTED, "", "there is no cross-dissolve");
    cr_transition *transition = cr_transition_make();
    set_number(&transition->id, "cut-%d", cut);
    cr_text_set(&transition->from, from->id);
    cr_text_set(&transition->to, to->id);
    transition->entry = entry;
    for (int i = 0; i < entry->param_count; i++)
        transition->params[i] = entry->params[i].fallback;
    transition->easing = CR_EASING_IN_OUT;
    int64_t frame = cr_frame_at(to->range.start, rate);
    cr_ticks start = cr_frame_start(frame - half, rate);
    transition->range = (cr_range){start, cr_frame_start(frame + half, rate) - start};
    track->transitions[track->transition_count++] = transition;
    return CR_OK;
}

static cr_status make_video(assembly *own, cr_track **out)
{
    const cr_graph *graph = own->graph;
    cr_track *track = make_track("video", "Scenes", CR_TRACK_VIDEO, "", graph->scene_count);
    *out = track;
    track->transitions = cr_alloc((size_t)graph->scene_count, sizeof(cr_transition *));
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        cr_clip *clip = make_media_clip(plan, "clip", "video-%d");
        clip->range = (cr_range){plan->start, plan->timing.duration};
        clip->source_start = CR_PACE_HANDLE;
        clip->fit = CR_FIT_COVER;
        track->clips[track->clip_count++] = clip;
        int64_t has = 0;
        const cJSON *output = cr_graph_output(graph, plan->motion);
        if (cr_json_get_int(output, "duration", &has, 0, CR_TICKS_MAX, NULL, NULL) != CR_OK ||
            has < CR_PACE_HANDLE + plan->timing.duration)
            return fail_unit(own, plan->motion, "the clip is shorter than its scene");
    }
    track->clips[track->clip_count - 1]->fade_out = last_fade;
    const char *mood = cr_member_text(cr_graph_output(graph, graph->script), "mood");
    for (int i = 1; i < graph->scene_count; i++) {
        cr_status status = add_transition(own, track, i, mood);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

// The stretches of a voice in which words are spoken.
static cr_status add_speech(assembly *own, cr_clip *clip, int unit)
{
    const cJSON *output = cr_graph_output(own->graph, unit);
    int room = 0;
    const cJSON *word;
    cJSON_ArrayForEach(word, cJSON_GetObjectItemCaseSensitive(output, "words"))
    {
        int64_t start = 0, end = 0;
        if (cr_json_get_int(word, "start", &start, 0, CR_TICKS_MAX, NULL, NULL) != CR_OK ||
            cr_json_get_int(word, "end", &end, start, CR_TICKS_MAX, NULL, NULL) != CR_OK)
            return fail_unit(own, unit, "a word has no times");
        cr_range *last = clip->speech_count ? &clip->speech[clip->speech_count - 1] : NULL;
        if (last && start - cr_range_end(*last) < speech_gap) {
            if (end > cr_range_end(*last)) last->duration = end - last->start;
            continue;
        }
        const cr_range stretch = {start, end - start};
        if (end > start) CR_VEC_ADD(clip->speech, clip->speech_count, room, stretch);
    }
    return CR_OK;
}

static cr_status make_voice(assembly *own, cr_track **out)
{
    const cr_graph *graph = own->graph;
    cr_track *track = make_track("voice", "Voice", CR_TRACK_AUDIO, "voice", graph->scene_count);
    *out = track;
    track->gain = own->brief->voice_level * CR_ONE / 100;
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        if (plan->voice < 0) continue;
        cr_clip *clip = make_media_clip(plan, "voice", "voice-%d");
        track->clips[track->clip_count++] = clip;
        int64_t duration = 0;
        const cJSON *output = cr_graph_output(graph, plan->voice);
        cr_status status =
            cr_json_get_int(output, "duration", &duration, 1, CR_TICKS_MAX, NULL, own->fault);
        if (status != CR_OK) return fail_unit(own, plan->voice, "does not say how long it is");
        clip->range = (cr_range){plan->start + plan->timing.voice_start, duration};
        status = add_speech(own, clip, plan->voice);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_track *make_music(const assembly *own)
{
    cr_track *track = make_track("music", "Music", CR_TRACK_AUDIO, "music", 1);
    track->gain = music_gain + own->brief->music_level * CR_ONE / 100;
    cr_text_set(&track->duck.under, "voice");
    track->duck.amount = music_duck;
    track->duck.attack = duck_attack;
    track->duck.release = duck_release;
    cr_clip *clip = cr_clip_make();
    clip->kind = CR_CLIP_MEDIA;
    cr_text_set(&clip->id, "music");
    cr_text_set(&clip->name, "Music");
    cr_text_set(&clip->asset, "music");
    clip->range = (cr_range){0, own->graph->duration};
    clip->fade_in = music_fade_in;
    clip->fade_out = music_fade_out < clip->range.duration ? music_fade_out : 0;
    clip->fade_in_curve = clip->fade_out_curve = CR_FADE_EQUAL_POWER;
    track->clips[track->clip_count++] = clip;
    return track;
}

// One marker a scene, so that the editor shows where they begin.
static void add_markers(const assembly *own, cr_sequence *film)
{
    film->markers = cr_alloc((size_t)own->graph->scene_count, sizeof *film->markers);
    for (int i = 0; i < own->graph->scene_count; i++) {
        const cr_scene_plan *plan = &own->graph->scenes[i];
        cr_marker *marker = cr_marker_make();
        set_number(&marker->id, "scene-%d", plan->scene->number);
        cr_text_set(&marker->name, plan->scene->heading);
        marker->range = (cr_range){plan->start, plan->timing.duration};
        film->markers[film->marker_count++] = marker;
    }
}

static void set_settings(const assembly *own)
{
    cr_settings *settings = &own->project->settings;
    settings->width = own->brief->width;
    settings->height = own->brief->height;
    settings->frame_rate = own->brief->rate;
    settings->background = 0x000000ff;
    settings->loudness_lufs = loudness_target;
    settings->peak_dbtp = peak_ceiling;
}

static cr_status lay_out(assembly *own)
{
    cr_project *project = own->project;
    const cJSON *script = cr_graph_output(own->graph, own->graph->script);
    cr_text_set(&project->title, cr_member_text(script, "title"));
    set_settings(own);
    cr_set_text_styles(project);
    add_assets(own);
    cr_sequence *film = project->sequence_count ? project->sequences[0] : NULL;
    if (!film) {
        film = cr_sequence_make();
        project->sequences = cr_realloc(project->sequences, 1, sizeof *project->sequences);
        project->sequences[project->sequence_count++] = film;
    }
    cr_text_set(&film->id, "film");
    cr_text_set(&film->name, "Film");
    film->tracks = cr_alloc(5, sizeof *film->tracks);
    cr_status status = make_video(own, &film->tracks[film->track_count++]);
    if (status == CR_OK) status = make_voice(own, &film->tracks[film->track_count++]);
    if (status != CR_OK) return status;
    film->tracks[film->track_count++] = make_music(own);
    film->tracks[film->track_count++] = cr_make_titles(own->brief, own->graph, project);
    cr_track *captions = NULL;
    status = cr_make_captions(&captions, own->brief, own->graph, own->fault);
    if (status != CR_OK) return status;
    film->tracks[film->track_count++] = captions;
    add_markers(own, film);
    return CR_OK;
}

cr_status cr_assemble(cr_project **out, const cr_brief *brief, const cr_graph *graph,
                      cr_fault *fault)
{
    assembly own = {.brief = brief, .graph = graph, .project = cr_project_make(), .fault = fault};
    cr_status status = lay_out(&own);
    if (status == CR_OK)
        *out = own.project;
    else
        cr_project_drop(&own.project);
    return status;
}
