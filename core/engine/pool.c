#include "engine/pool.h"

#include <inttypes.h>
#include <string.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/vec.h"
#include "engine/asset_path.h"
#include "engine/shown_pictures.h"
#include "project/resolve.h"

enum {
    PICTURES_KEPT = 30, // a reader that this many pictures in a row did not need is closed
    CACHE_BYTES_MAX = 256 * 1024 * 1024,
    SOUND_READERS_MAX = 16,
    DECODER_THREADS_MAX = 4,
};

// From this far a reader is not called back to what lies before it, but another one opened.
#define REST_WORTH (CR_TICKS_PER_SECOND / 2)

typedef struct video_entry {
    char *clip; // id
    char *asset;
    cr_video_reader *reader; // NULL: it cannot be opened, and [fault] says why
    cr_fault fault;
    int64_t used;  // the count of pictures then
    int64_t order; // among all uses
    // Given last, and when it is on; only where shown pictures are kept, NULL otherwise.
    cr_frame *given;
    cr_range given_on;
} video_entry;

typedef struct audio_entry {
    char *asset;
    cr_audio_reader *reader;
    int64_t used; // the count of reads then
} audio_entry;

struct cr_pool {
    cr_project *project;
    const cr_host *host;
    char *asset_folder, *font_folder;
    cr_text_painter *text;
    video_entry *videos;
    int video_count, video_room;
    audio_entry audios[SOUND_READERS_MAX];
    int audio_count;
    int64_t pictures, reads, orders;
    int resting_max;
    bool is_dragged;
    int64_t cache_bytes_max;
    cr_shown_pictures *shown; // NULL: none are kept
};

cr_status cr_pool_open(cr_pool **out, const cr_project *project, const cr_pool_desc *desc,
                       cr_fault *fault)
{
    if (!desc->host->open_source) return cr_fail(fault, CR_INVALID, "", "the host opens no files");
    cr_pool *pool = cr_alloc(1, sizeof *pool);
    pool->project = cr_project_keep(project);
    pool->host = desc->host;
    pool->asset_folder = cr_strdup(desc->asset_folder ? desc->asset_folder : "");
    pool->font_folder = cr_strdup(desc->font_folder ? desc->font_folder : "");
    pool->resting_max = desc->resting_max;
    pool->cache_bytes_max = desc->cache_bytes_max > 0 ? desc->cache_bytes_max : CACHE_BYTES_MAX;
    if (desc->shown_bytes_max > 0) pool->shown = cr_shown_pictures_open(desc->shown_bytes_max);
    *out = pool;
    return CR_OK;
}

static void video_close(video_entry *entry)
{
    cr_frame_drop(&entry->given);
    cr_video_reader_close(&entry->reader);
    cr_free(entry->clip);
    cr_free(entry->asset);
}

static void audio_close(audio_entry *entry)
{
    cr_audio_reader_close(&entry->reader);
    cr_free(entry->asset);
}

void cr_pool_close(cr_pool **pool)
{
    cr_pool *closing = *pool;
    if (!closing) return;
    for (int i = 0; i < closing->video_count; i++)
        video_close(&closing->videos[i]);
    for (int i = 0; i < closing->audio_count; i++)
        audio_close(&closing->audios[i]);
    cr_shown_pictures_close(&closing->shown);
    cr_text_painter_close(&closing->text);
    cr_free(closing->videos);
    cr_free(closing->asset_folder);
    cr_free(closing->font_folder);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *pool = NULL;
}

static int decoder_threads(const cr_pool *pool)
{
    int count = cr_host_codec_threads(pool->host);
    return count > DECODER_THREADS_MAX ? DECODER_THREADS_MAX : count;
}

static cr_status open_video(const cr_pool *pool, const cr_asset *asset, cr_video_reader **out,
                            cr_fault *fault)
{
    char *path = cr_asset_path(pool->asset_folder, asset->uri);
    cr_status status = cr_video_reader_open(out, pool->host, path, decoder_threads(pool), fault);
    cr_free(path);
    return status;
}

static cr_status open_audio(const cr_pool *pool, const cr_asset *asset, cr_audio_reader **out,
                            cr_fault *fault)
{
    char *path = cr_asset_path(pool->asset_folder, asset->uri);
    cr_status status = cr_audio_reader_open(out, pool->host, path, fault);
    cr_free(path);
    return status;
}

static bool is_of(const video_entry *entry, const cr_clip *clip, const cr_asset *asset)
{
    return strcmp(entry->clip, clip->id) == 0 && strcmp(entry->asset, asset->id) == 0;
}

// The clip's reader that was used last.
static video_entry *find_video(cr_pool *pool, const cr_clip *clip, const cr_asset *asset)
{
    video_entry *found = NULL;
    for (int i = 0; i < pool->video_count; i++) {
        video_entry *entry = &pool->videos[i];
        if (is_of(entry, clip, asset) && (!found || entry->order > found->order)) found = entry;
    }
    return found;
}

// Whether one more reader may rest in [clip].
static bool may_rest(const cr_pool *pool, const cr_clip *clip, const cr_asset *asset)
{
    int resting = 0, own = 0;
    for (int i = 0; i < pool->video_count; i++) {
        const video_entry *entry = &pool->videos[i];
        own += is_of(entry, clip, asset);
        int j = 0;
        while (strcmp(pool->videos[j].clip, entry->clip) != 0)
            j++;
        resting += j < i;
    }
    return own > 0 && resting < pool->resting_max;
}

// The reader that comes to [at] soonest; NULL: one that is opened for it would, and the others stay
// where they are, for whoever comes back to what lies behind them.
static video_entry *choose_video(cr_pool *pool, const cr_clip *clip, const cr_asset *asset,
                                 cr_ticks at)
{
    video_entry *last = find_video(pool, clip, asset);
    if (!last || !last->reader || pool->resting_max == 0) return last;
    video_entry *nearest = NULL, *oldest = last;
    cr_ticks way = 0;
    for (int i = 0; i < pool->video_count; i++) {
        video_entry *entry = &pool->videos[i];
        if (!entry->reader || !is_of(entry, clip, asset)) continue;
        if (entry->order < oldest->order) oldest = entry;
        bool leaves = false;
        cr_ticks own = cr_video_reader_way(entry->reader, at, &leaves);
        if (leaves || (nearest && (own > way || (own == way && entry->order < nearest->order))))
            continue;
        nearest = entry;
        way = own;
    }
    if (nearest) return nearest;
    bool leaves = false;
    if (pool->is_dragged || cr_video_reader_way(last->reader, at, &leaves) < REST_WORTH)
        return last;
    return may_rest(pool, clip, asset) ? NULL : oldest;
}

// Readers have equal parts of the cache.
static void share_cache(cr_pool *pool)
{
    for (int i = 0; i < pool->video_count; i++)
        if (pool->videos[i].reader)
            cr_video_reader_set_cache(pool->videos[i].reader,
                                      pool->cache_bytes_max / pool->video_count);
}

// The clip's reader for [at], opened on first use. Failing is remembered, too: it is not tried
// again with every picture.
static cr_status get_video(cr_pool *pool, const cr_clip *clip, const cr_asset *asset, cr_ticks at,
                           video_entry **out, cr_fault *fault)
{
    video_entry *entry = choose_video(pool, clip, asset, at);
    if (!entry) {
        CR_VEC_GROW(pool->videos, pool->video_count, pool->video_room);
        entry = &pool->videos[pool->video_count++];
        *entry = (video_entry){.clip = cr_strdup(clip->id), .asset = cr_strdup(asset->id)};
        cr_status status = open_video(pool, asset, &entry->reader, &entry->fault);
        if (status != CR_OK) entry->fault.status = status;
        share_cache(pool);
    }
    entry->used = pool->pictures;
    entry->order = ++pool->orders;
    if (!entry->reader) {
        if (fault) *fault = entry->fault;
        return entry->fault.status;
    }
    *out = entry;
    return CR_OK;
}

// A picture that was kept, with planes. Its clip's reader stays open, and where it is.
static bool find_shown(cr_pool *pool, const cr_clip *clip, const cr_asset *asset,
                       cr_ticks source_time, cr_frame **out)
{
    *out = pool->shown ? cr_shown_pictures_find(pool->shown, asset->id, source_time) : NULL;
    if (!*out) return false;
    video_entry *entry = find_video(pool, clip, asset);
    if (entry) {
        cr_frame_drop(&entry->given);
        entry->used = pool->pictures;
    }
    return true;
}

cr_status cr_pool_frame(cr_pool *pool, const cr_clip *clip, const cr_asset *asset,
                        cr_ticks source_time, cr_frame **out, cr_fault *fault)
{
    if (find_shown(pool, clip, asset, source_time, out)) return CR_OK;
    video_entry *entry = NULL;
    cr_status status = get_video(pool, clip, asset, source_time, &entry, fault);
    if (status == CR_OK) status = cr_video_reader_frame(entry->reader, source_time, out, fault);
    if (status != CR_OK || !pool->shown) return status;
    cr_frame_drop(&entry->given);
    entry->given = cr_frame_keep(*out);
    entry->given_on = cr_video_reader_on(entry->reader, *out);
    return CR_OK;
}

void cr_pool_keep_shown(cr_pool *pool)
{
    for (int i = 0; i < pool->video_count; i++) {
        video_entry *entry = &pool->videos[i];
        if (!entry->given) continue;
        cr_shown_pictures_add(pool->shown, entry->asset, entry->given_on, entry->given);
        cr_frame_drop(&entry->given);
    }
}

void cr_pool_set_dragged(cr_pool *pool, bool is_dragged)
{
    pool->is_dragged = is_dragged;
}

void cr_pool_tick(cr_pool *pool)
{
    pool->pictures++;
    int kept = 0, before = pool->video_count;
    for (int i = 0; i < before; i++) {
        if (pool->pictures - pool->videos[i].used > PICTURES_KEPT)
            video_close(&pool->videos[i]);
        else
            pool->videos[kept++] = pool->videos[i];
    }
    pool->video_count = kept;
    if (kept != before) share_cache(pool);
}

static bool is_same_file(const cr_project *before, const cr_project *after, const char *asset)
{
    const cr_asset *old = cr_project_asset(before, asset), *new = cr_project_asset(after, asset);
    return old && new && strcmp(old->uri, new->uri) == 0 && strcmp(old->hash, new->hash) == 0;
}

static void forget_shown(cr_pool *pool, const cr_project *project)
{
    for (int i = 0; pool->shown && i < pool->project->asset_count; i++) {
        const char *asset = pool->project->assets[i]->id;
        if (!is_same_file(pool->project, project, asset))
            cr_shown_pictures_forget(pool->shown, asset);
    }
}

void cr_pool_set_project(cr_pool *pool, const cr_project *project)
{
    forget_shown(pool, project);
    int videos = 0, audios = 0;
    for (int i = 0; i < pool->video_count; i++) {
        video_entry *entry = &pool->videos[i];
        if (entry->reader && is_same_file(pool->project, project, entry->asset))
            pool->videos[videos++] = *entry;
        else
            video_close(entry);
    }
    for (int i = 0; i < pool->audio_count; i++) {
        if (is_same_file(pool->project, project, pool->audios[i].asset))
            pool->audios[audios++] = pool->audios[i];
        else
            audio_close(&pool->audios[i]);
    }
    pool->video_count = videos;
    pool->audio_count = audios;
    share_cache(pool);
    cr_project *kept = cr_project_keep(project);
    cr_project_drop(&pool->project);
    pool->project = kept;
}

bool cr_pool_lose(cr_pool *pool, const cr_frame *frame)
{
    for (int i = 0; i < pool->video_count; i++) {
        cr_video_reader *reader = pool->videos[i].reader;
        if (!reader || !cr_video_reader_lose(reader, frame)) continue;
        cr_frame_drop(&pool->videos[i].given);
        return true;
    }
    return false;
}

void cr_pool_stats_get(const cr_pool *pool, cr_reader_stats *out)
{
    *out = (cr_reader_stats){0};
    for (int i = 0; i < pool->video_count; i++)
        if (pool->videos[i].reader) cr_video_reader_add_stats(pool->videos[i].reader, out);
    if (pool->shown) out->bytes += cr_shown_pictures_bytes(pool->shown);
}

// --- working ahead ---

// Cuts within the horizon that are looked at; the rest come nearer.
enum { CUTS_MAX = 8 };

typedef struct clip_list {
    const cr_clip **clips;
    int count, room;
} clip_list;

static void look_ahead(cr_pool *pool, const cr_pool_ahead *desc, const cr_sequence *sequence,
                       cr_ticks at, int depth);

static void prefetch_layer(cr_pool *pool, const cr_pool_ahead *desc, const cr_layer *layer,
                           int depth)
{
    const cr_clip *clip = layer->clip;
    if (layer->params[CR_CLIP_OPACITY] <= 0 && layer->clip_time > 0) return;
    if (clip->kind == CR_CLIP_SEQUENCE && depth < CR_NESTING_MAX) {
        const cr_sequence *inner = cr_project_sequence(pool->project, clip->sequence);
        if (inner) look_ahead(pool, desc, inner, layer->source_time, depth + 1);
    }
    if (clip->kind != CR_CLIP_MEDIA || !layer->asset) return;
    video_entry *entry = NULL;
    if (get_video(pool, clip, layer->asset, layer->source_time, &entry, NULL) != CR_OK) return;
    cr_reading reading = {.is_backwards = (desc->rate < 0) != (clip->speed < 0),
                          .with_planes = desc->with_planes};
    cr_video_reader_prefetch(entry->reader, layer->source_time, &reading);
}

// Remembers a cut at [at] if it lies ahead of [from], the nearest ones first.
static void add_cut(const cr_pool_ahead *desc, cr_ticks from, cr_ticks at, cr_ticks cuts[],
                    int *count)
{
    cr_ticks horizon = desc->horizon > 0 ? desc->horizon : CR_TICKS_PER_SECOND;
    cr_ticks distance = desc->rate < 0 ? from - at : at - from;
    if (distance <= 0 || distance > horizon) return;
    int place = 0;
    while (place < *count && (desc->rate < 0 ? cuts[place] > at : cuts[place] < at))
        place++;
    if (place == CUTS_MAX || (place < *count && cuts[place] == at)) return;
    if (*count < CUTS_MAX) (*count)++;
    memmove(&cuts[place + 1], &cuts[place], (size_t)(*count - 1 - place) * sizeof cuts[0]);
    cuts[place] = at;
}

// When something comes into sight: where clips and transitions begin, or end when going backwards.
static int find_cuts(const cr_pool_ahead *desc, const cr_sequence *sequence, cr_ticks from,
                     cr_ticks cuts[])
{
    int count = 0;
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        if (track->kind != CR_TRACK_VIDEO || track->is_hidden) continue;
        for (int j = 0; j < track->clip_count; j++) {
            cr_range range = track->clips[j]->range;
            cr_ticks edge = desc->rate < 0 ? cr_range_end(range) - 1 : range.start;
            add_cut(desc, from, edge, cuts, &count);
        }
        for (int j = 0; j < track->transition_count; j++) {
            cr_range range = track->transitions[j]->range;
            cr_ticks edge = desc->rate < 0 ? cr_range_end(range) - 1 : range.start;
            add_cut(desc, from, edge, cuts, &count);
        }
    }
    return count;
}

// Everything on at [at], but for the clips in [seen], which are wanted at another time already.
static void prefetch_at(cr_pool *pool, const cr_pool_ahead *desc, const cr_sequence *sequence,
                        cr_ticks at, int depth, clip_list *seen)
{
    cr_layers layers = {0};
    cr_resolve(pool->project, sequence, at, &layers);
    for (int i = 0; i < layers.layer_count; i++) {
        const cr_clip *clip = layers.layers[i].clip;
        int j = 0;
        while (j < seen->count && seen->clips[j] != clip)
            j++;
        if (j < seen->count) continue;
        CR_VEC_ADD(seen->clips, seen->count, seen->room, clip);
        prefetch_layer(pool, desc, &layers.layers[i], depth);
    }
    cr_layers_free(&layers);
}

static void look_ahead(cr_pool *pool, const cr_pool_ahead *desc, const cr_sequence *sequence,
                       cr_ticks at, int depth)
{
    clip_list seen = {0};
    cr_ticks cuts[CUTS_MAX];
    int count = find_cuts(desc, sequence, at, cuts);
    prefetch_at(pool, desc, sequence, at, depth, &seen);
    for (int i = 0; i < count; i++)
        prefetch_at(pool, desc, sequence, cuts[i], depth, &seen);
    cr_free(seen.clips);
}

void cr_pool_prefetch(cr_pool *pool, const cr_sequence *sequence, cr_ticks at,
                      const cr_pool_ahead *desc)
{
    look_ahead(pool, desc, sequence, at, 0);
}

static cr_status get_audio(cr_pool *pool, const cr_asset *asset, audio_entry **out, cr_fault *fault)
{
    audio_entry *oldest = &pool->audios[0];
    for (int i = 0; i < pool->audio_count; i++) {
        audio_entry *entry = &pool->audios[i];
        if (strcmp(entry->asset, asset->id) == 0) {
            *out = entry;
            return CR_OK;
        }
        if (entry->used < oldest->used) oldest = entry;
    }
    cr_audio_reader *reader = NULL;
    cr_status status = open_audio(pool, asset, &reader, fault);
    if (status != CR_OK) return status;
    if (pool->audio_count < SOUND_READERS_MAX)
        oldest = &pool->audios[pool->audio_count++];
    else
        audio_close(oldest);
    *oldest = (audio_entry){.asset = cr_strdup(asset->id), .reader = reader};
    *out = oldest;
    return CR_OK;
}

cr_status cr_pool_sound(void *cookie, const cr_asset *asset, int64_t first, int count,
                        float *out[2], cr_fault *fault)
{
    cr_pool *pool = cookie;
    audio_entry *entry = NULL;
    cr_status status = get_audio(pool, asset, &entry, fault);
    if (status != CR_OK) return status;
    entry->used = ++pool->reads;
    return cr_audio_reader_read(entry->reader, first, count, out, fault);
}

cr_status cr_pool_text(cr_pool *pool, cr_text_painter **out, cr_fault *fault)
{
    if (!pool->text) {
        cr_status status = cr_text_painter_open(&pool->text, pool->host, pool->font_folder, fault);
        if (status != CR_OK) return status;
    }
    *out = pool->text;
    return CR_OK;
}

// One walk over everything that a sequence shows and plays.
typedef struct check {
    cr_pool *pool;
    bool with_picture, with_sound;
    // What was looked at already: "video a1", "audio a1", "sequence s2".
    char **seen;
    int seen_count, seen_room;
    cr_fault *fault;
} check;

static bool is_first_look(check *c, const char *what, const char *id)
{
    char *key = cr_format("%s %s", what, id);
    for (int i = 0; i < c->seen_count; i++) {
        if (strcmp(c->seen[i], key) == 0) {
            cr_free(key);
            return false;
        }
    }
    CR_VEC_ADD(c->seen, c->seen_count, c->seen_room, key);
    return true;
}

static cr_status check_asset(check *c, const cr_clip *clip, bool is_sound,
                             const cr_json_place *place)
{
    const cr_asset *asset = cr_project_asset(c->pool->project, clip->asset);
    if (!asset)
        return cr_json_fail(c->fault, CR_NOTFOUND, place, "asset", "there is no asset '%s'",
                            clip->asset);
    if (!is_first_look(c, is_sound ? "sound" : "picture", asset->id)) return CR_OK;
    cr_fault inner = {0};
    cr_status status;
    if (is_sound) {
        cr_audio_reader *reader = NULL;
        status = open_audio(c->pool, asset, &reader, &inner);
        cr_audio_reader_close(&reader);
    } else {
        cr_video_reader *reader = NULL;
        status = open_video(c->pool, asset, &reader, &inner);
        cr_video_reader_close(&reader);
    }
    if (status == CR_OK) return CR_OK;
    if (status == CR_NOTFOUND)
        return cr_json_fail(c->fault, status, place, "asset",
                            "the file '%s' of asset '%s' is not there", asset->uri, asset->id);
    return cr_json_fail(c->fault, status, place, "asset",
                        "the file '%s' of asset '%s' cannot be used: %s", asset->uri, asset->id,
                        inner.text[0] ? inner.text : cr_status_text(status));
}

static cr_status check_text(check *c, const cr_track *track, const cr_clip *clip,
                            const cr_json_place *place)
{
    const char *font = cr_clip_style(c->pool->project, track, clip)->font;
    if (!is_first_look(c, "font", font ? font : "")) return CR_OK;
    cr_text_painter *painter = NULL;
    cr_status status = cr_pool_text(c->pool, &painter, c->fault);
    if (status != CR_OK) return status;
    if (cr_text_painter_has_font(painter, font)) return CR_OK;
    return cr_json_fail(c->fault, CR_NOTFOUND, place, "style",
                        "the font '%s' is not among those in '%s'", font, c->pool->font_folder);
}

static cr_status check_sequence(check *c, const cr_sequence *sequence);

static cr_status check_clip(check *c, const cr_track *track, const cr_clip *clip,
                            const cr_json_place *place)
{
    if (clip->is_off) return CR_OK;
    bool is_sound = track->kind == CR_TRACK_AUDIO;
    switch (clip->kind) {
    case CR_CLIP_MEDIA:
        return check_asset(c, clip, is_sound, place);
    case CR_CLIP_TITLE:
    case CR_CLIP_CAPTION:
        return check_text(c, track, clip, place);
    case CR_CLIP_SEQUENCE: {
        const cr_sequence *inner = cr_project_sequence(c->pool->project, clip->sequence);
        if (!inner)
            return cr_json_fail(c->fault, CR_NOTFOUND, place, "sequence",
                                "there is no sequence '%s'", clip->sequence);
        return check_sequence(c, inner);
    }
    default:
        return CR_OK;
    }
}

static cr_status check_sequence(check *c, const cr_sequence *sequence)
{
    if (!is_first_look(c, "sequence", sequence->id)) return CR_OK;
    size_t number = 0;
    while (c->pool->project->sequences[number] != sequence)
        number++;
    cr_json_place root = {.key = "sequences"}, own = {.parent = &root, .index = number};
    cr_json_place tracks = {.parent = &own, .key = "tracks"};
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        cr_json_place at_track = {.parent = &tracks, .index = (size_t)i};
        cr_json_place clips = {.parent = &at_track, .key = "clips"};
        bool is_unused = track->kind == CR_TRACK_AUDIO ? track->is_muted || !c->with_sound
                                                       : track->is_hidden || !c->with_picture;
        for (int j = 0; j < track->clip_count && !is_unused; j++) {
            cr_json_place at_clip = {.parent = &clips, .index = (size_t)j};
            cr_status status = check_clip(c, track, track->clips[j], &at_clip);
            if (status != CR_OK) return status;
        }
    }
    return CR_OK;
}

cr_status cr_pool_check(cr_pool *pool, const cr_sequence *sequence, bool with_picture,
                        bool with_sound, cr_fault *fault)
{
    check c = {
        .pool = pool, .with_picture = with_picture, .with_sound = with_sound, .fault = fault};
    cr_status status = check_sequence(&c, sequence);
    for (int i = 0; i < c.seen_count; i++)
        cr_free(c.seen[i]);
    cr_free(c.seen);
    return status;
}
