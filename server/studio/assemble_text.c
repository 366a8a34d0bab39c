#include "studio/assemble_text.h"

#include <string.h>

#include "base/vec.h"
#include "project/snapshot.h"
#include "studio/cues.h"
#include "studio/graph_inputs.h"

#define MS(milliseconds) ((milliseconds) * (CR_TICKS_PER_SECOND / 1000))

enum { DESIGN_SIDE = 1080 }; // sizes below are for pictures of this short side

static const cr_ticks opening_start = MS(150), opening_end = MS(3600);
static const cr_ticks title_start = MS(500), title_length = MS(3000), title_shortest = MS(1500);
static const cr_ticks fade_in = MS(350), fade_out = MS(450);
static const uint32_t highlight = 0xffd84aff;

static cr_number scaled(const cr_settings *settings, int size)
{
    int side = settings->width < settings->height ? settings->width : settings->height;
    return cr_scale(size * CR_ONE, side, DESIGN_SIDE, CR_ROUND_NEAREST);
}

static bool is_tall(int width, int height)
{
    return height > width;
}

int cr_caption_line_max(int width, int height)
{
    if (is_tall(width, height)) return 26;
    return width * 10 > height * 13 ? 42 : 32;
}

void cr_set_text_styles(cr_project *project)
{
    const cr_settings *settings = &project->settings;
    bool tall = is_tall(settings->width, settings->height);
    cr_text_style *caption = project->caption_style, *title = project->title_style;
    caption->size = scaled(settings, tall ? 62 : 54);
    caption->weight = 600;
    caption->outline = scaled(settings, 4);
    caption->outline_color = 0x101018ff;
    caption->highlight_color = highlight;
    caption->box_padding = scaled(settings, 12);
    caption->vertical = 1;
    // Tall films are watched under the buttons of a telephone.
    caption->margin = scaled(settings, tall ? 300 : 76);
    title->size = scaled(settings, tall ? 92 : 104);
    title->weight = 700;
    title->outline = scaled(settings, 4);
    title->outline_color = 0x101018c0;
    title->shadow = scaled(settings, 6);
    title->shadow_color = 0x000000a0;
    title->box_padding = scaled(settings, 16);
    // Over the sky rather than over who stands under it.
    title->vertical = -1;
    title->margin = cr_scale(settings->height * CR_ONE, tall ? 20 : 17, 100, CR_ROUND_NEAREST);
}

static cr_clip *make_text_clip(const char *id, cr_clip_kind kind, const char *text, cr_range range)
{
    cr_clip *clip = cr_clip_make();
    clip->kind = kind;
    cr_text_set(&clip->id, id);
    cr_text_set(&clip->text, text);
    clip->range = range;
    return clip;
}

static void add_title(cr_track *track, const char *id, const char *text, cr_ticks start,
                      cr_ticks end, cr_text_style *style)
{
    cr_clip *clip = make_text_clip(id, CR_CLIP_TITLE, text, (cr_range){start, end - start});
    cr_text_set(&clip->name, text);
    clip->fade_in = fade_in;
    clip->fade_out = fade_out;
    clip->style = style;
    track->clips[track->clip_count++] = clip;
}

// Above the picture's middle, where neither the captions nor the subject are.
static cr_text_style *scene_title_style(const cr_project *project)
{
    cr_text_style *style = cr_text_style_copy(project->title_style);
    bool tall = is_tall(project->settings.width, project->settings.height);
    style->size = scaled(&project->settings, tall ? 64 : 66);
    style->vertical = -1;
    style->margin = scaled(&project->settings, tall ? 240 : 84);
    return style;
}

static cr_ticks on_frame(cr_ticks at, cr_rate rate)
{
    return cr_frame_start(cr_frame_at(at, rate), rate);
}

cr_track *cr_make_titles(const cr_brief *brief, const cr_graph *graph, const cr_project *project)
{
    cr_track *track = cr_track_make();
    cr_text_set(&track->id, "titles");
    cr_text_set(&track->name, "Titles");
    track->kind = CR_TRACK_TEXT;
    track->clips = cr_alloc((size_t)graph->scene_count + 1, sizeof *track->clips);
    cr_ticks free_from = 0;
    cr_ticks first = graph->scenes[0].timing.duration;
    if (project->title[0]) {
        cr_ticks end = opening_end < first ? opening_end : first;
        free_from = on_frame(end, brief->rate);
        add_title(track, "title", project->title, on_frame(opening_start, brief->rate), free_from,
                  NULL);
    }
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        const char *text = plan->scene->on_screen;
        cr_ticks start = plan->start + title_start, last = plan->start + plan->timing.duration;
        if (start < free_from) start = free_from;
        cr_ticks end = start + title_length;
        if (end > last - title_start) end = last - title_start;
        start = on_frame(start, brief->rate);
        end = on_frame(end, brief->rate);
        bool repeats = i == 0 && strcmp(text, project->title) == 0;
        if (!text[0] || repeats || end - start < title_shortest) continue;
        char *id = cr_format("title-%d", plan->scene->number);
        add_title(track, id, text, start, end, scene_title_style(project));
        cr_free(id);
    }
    return track;
}

// The caption's words with times from its own start, spelt as in its text.
static void add_words(cr_clip *clip, const cr_cue *caption, const cJSON *words)
{
    static const char blanks[] = " \n";
    clip->words = cr_alloc((size_t)caption->word_count, sizeof *clip->words);
    const char *at = caption->text;
    const cJSON *from = cJSON_GetArrayItem(words, caption->word_first);
    for (int i = 0; i < caption->word_count && from; i++, from = from->next) {
        int64_t start = 0, end = 0;
        // They were read before, when the captions were cut.
        if (cr_json_get_int(from, "start", &start, 0, CR_TICKS_MAX, NULL, NULL) != CR_OK ||
            cr_json_get_int(from, "end", &end, 0, CR_TICKS_MAX, NULL, NULL) != CR_OK)
            return;
        at += strspn(at, blanks);
        size_t bytes = strcspn(at, blanks);
        cr_word *word = &clip->words[clip->word_count++];
        word->text = cr_strndup(at, bytes);
        cr_ticks first = start - caption->range.start, last = end - caption->range.start;
        if (last > caption->range.duration) last = caption->range.duration;
        if (first > last) first = last;
        word->range = (cr_range){first, last - first};
        at += bytes;
    }
}

static cr_status add_captions(cr_track *track, int *room, const cr_brief *brief,
                              const cr_graph *graph, const cr_scene_plan *plan, cr_fault *fault)
{
    const cJSON *output = cr_graph_output(graph, plan->voice);
    const cJSON *words = cJSON_GetObjectItemCaseSensitive(output, "words");
    cr_ticks voice = plan->start + plan->timing.voice_start;
    cr_ticks end = plan->timing.duration - plan->timing.voice_start;
    cr_cue_list list;
    cr_fault why = {0};
    cr_status status = cr_cues_make(&list, words, plan->scene->narration,
                                    cr_caption_line_max(brief->width, brief->height), end, &why);
    if (status != CR_OK)
        return cr_fail(fault, status, graph->units[plan->voice].id, "%s %s", why.where, why.text);
    for (int i = 0; i < list.count; i++) {
        const cr_cue *caption = &list.cues[i];
        if (caption->range.duration <= 0) continue;
        char *id = cr_format("caption-%d-%d", plan->scene->number, i + 1);
        const cr_range range = {voice + caption->range.start, caption->range.duration};
        cr_clip *clip = make_text_clip(id, CR_CLIP_CAPTION, caption->text, range);
        cr_free(id);
        cr_text_free(&clip->link);
        clip->link = cr_format("scene-%d", plan->scene->number);
        add_words(clip, caption, words);
        CR_VEC_ADD(track->clips, track->clip_count, *room, clip);
    }
    cr_cue_list_free(&list);
    return CR_OK;
}

cr_status cr_make_captions(cr_track **out, const cr_brief *brief, const cr_graph *graph,
                           cr_fault *fault)
{
    cr_track *track = cr_track_make();
    cr_text_set(&track->id, "captions");
    cr_text_set(&track->name, "Captions");
    cr_text_set(&track->role, "captions");
    track->kind = CR_TRACK_TEXT;
    int room = 0;
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        if (plan->voice < 0) continue;
        cr_status status = add_captions(track, &room, brief, graph, plan, fault);
        if (status != CR_OK) {
            cr_track_drop(track);
            return status;
        }
    }
    *out = track;
    return CR_OK;
}
