#include "engine/export_plan.h"

#include <inttypes.h>
#include <libavutil/mem.h>
#include <libavutil/sha.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/asset_path.h"
#include "engine/captions.h"
#include "media/sample.h"
#include "project/project_json.h"
#include "project/resolve.h"

enum {
    SIDE_MIN = 16,
    GOP_SECONDS = 2,
    SEGMENT_SECONDS = 8,
    // Raised when the same wishes come to mean other bytes.
    KEY_VERSION = 1,
    SHA_BITS = 256,
    IDENTITY_BYTES = 64 * 1024, // of a file's beginning and end
};

static cr_status choose_format(cr_export_plan *plan, const cr_export_desc *desc, cr_fault *fault)
{
    plan->format = cr_export_format_find(desc->format, desc->output);
    if (!plan->format && desc->format)
        return cr_fail(fault, CR_UNSUPPORTED, "", "unknown format '%s'; there are %s", desc->format,
                       cr_export_format_names());
    if (!plan->format)
        return cr_fail(fault, CR_UNSUPPORTED, desc->output,
                       "its name does not say what to write; endings are %s",
                       cr_export_format_names());
    plan->video_codec = cr_export_format_codec(plan->format, desc->video_codec);
    if (desc->video_codec && !plan->video_codec)
        return cr_fail(fault, CR_UNSUPPORTED, desc->output, "%s holds no %s", plan->format->name,
                       desc->video_codec);
    return CR_OK;
}

static cr_status choose_size(cr_export_plan *plan, const cr_settings *settings,
                             const cr_export_desc *desc, cr_fault *fault)
{
    bool is_own = desc->width > 0 || desc->height > 0;
    plan->width = is_own ? desc->width : settings->width;
    plan->height = is_own ? desc->height : settings->height;
    if (plan->width < SIDE_MIN || plan->height < SIDE_MIN || plan->width > CR_PICTURE_SIDE_MAX ||
        plan->height > CR_PICTURE_SIDE_MAX)
        return cr_fail(fault, CR_LIMIT, "",
                       "a picture of %d × %d cannot be written: sides are %d to %d", plan->width,
                       plan->height, SIDE_MIN, CR_PICTURE_SIDE_MAX);
    // Half of the chroma has to be a whole number.
    bool is_halved = plan->format->pixel == CR_PIXEL_I420 && !plan->format->is_digest;
    if (is_halved && is_own && (plan->width % 2 || plan->height % 2))
        return cr_fail(fault, CR_INVALID, "", "a %s of %d × %d is not possible: both must be even",
                       plan->format->name, plan->width, plan->height);
    if (is_halved) {
        plan->width &= ~1;
        plan->height &= ~1;
    }
    plan->color = cr_pixel_is_rgb(plan->format->pixel) ? cr_color_srgb() : settings->color;
    return CR_OK;
}

// What the file will hold: sound only when some is to be heard, as not every film has it.
static cr_status choose_content(cr_export_plan *plan, const cr_project *project,
                                const cr_sequence *film, cr_fault *fault)
{
    cr_audible *audible = NULL;
    cr_range whole = {0, cr_sequence_duration(film)};
    int count = cr_resolve_sound(project, film, whole, &audible);
    cr_free(audible);
    bool takes_sound = plan->format->audio_codec || plan->format->is_digest;
    plan->has_picture = plan->format->pixel != CR_PIXEL_NONE;
    plan->has_sound = count > 0 && takes_sound;
    if (!plan->has_picture && !plan->has_sound)
        return cr_fail(fault, CR_INVALID, "", "the film has no sound to be written");
    return CR_OK;
}

static cr_status choose_range(cr_export_plan *plan, const cr_project *project,
                              const cr_sequence *film, const cr_export_desc *desc, cr_fault *fault)
{
    cr_range whole = {0, cr_sequence_duration(film)};
    if (whole.duration == 0) return cr_fail(fault, CR_INVALID, "", "the film is empty");
    plan->range = desc->range.duration ? cr_range_intersect(desc->range, whole) : whole;
    if (desc->range.start > 0 && desc->range.duration == 0)
        plan->range = cr_range_intersect(whole, (cr_range){desc->range.start, whole.duration});
    if (plan->range.duration == 0)
        return cr_fail(fault, CR_INVALID, "", "the asked stretch lies outside of the film");
    plan->frame_rate =
        cr_rate_is_known(desc->frame_rate) ? desc->frame_rate : project->settings.frame_rate;
    plan->frame_count = cr_frame_count(plan->range.duration, plan->frame_rate);
    if (plan->format->holds_one_picture && plan->frame_count > 1 &&
        !cr_text_ends(desc->output, ".zip"))
        return cr_fail(fault, CR_INVALID, desc->output,
                       "this file holds one picture, and the stretch has %lld: name a .zip, or "
                       "choose one frame",
                       (long long)plan->frame_count);
    // Sound lasts as long as the pictures do.
    cr_ticks length = cr_frame_start(plan->frame_count, plan->frame_rate);
    if (plan->has_sound && !plan->has_picture) length = plan->range.duration;
    cr_ticks second = CR_TICKS_PER_SECOND;
    plan->sample_first = cr_scale(plan->range.start, CR_MIX_RATE, second, CR_ROUND_NEAREST);
    plan->sample_count = cr_scale(length, CR_MIX_RATE, second, CR_ROUND_UP);
    return CR_OK;
}

static void choose_segments(cr_export_plan *plan)
{
    int64_t gop = cr_frame_count(GOP_SECONDS * CR_TICKS_PER_SECOND, plan->frame_rate);
    plan->gop = (int)gop;
    plan->segment_frames = gop * (SEGMENT_SECONDS / GOP_SECONDS);
    plan->segment_count =
        plan->has_picture ? (plan->frame_count + plan->segment_frames - 1) / plan->segment_frames
                          : 0;
}

static void write_hex(char key[CR_EXPORT_KEY_BYTES], struct AVSHA *sha)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA_BITS / 8];
    av_sha_final(sha, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        key[2 * i] = digits[sum[i] >> 4];
        key[2 * i + 1] = digits[sum[i] & 15];
    }
    key[CR_EXPORT_KEY_BYTES - 1] = '\0';
}

static cr_status choose_key(cr_export_plan *plan, const cr_project *project,
                            const cr_export_desc *desc, cr_fault *fault)
{
    struct AVSHA *sha = av_sha_alloc();
    if (!sha) return cr_fail(fault, CR_NOMEM, "", "there is no memory left");
    (void)av_sha_init(sha, SHA_BITS);
    char *text = cr_project_print(project);
    av_sha_update(sha, (const uint8_t *)text, strlen(text));
    cr_free(text);
    cr_str wishes = {0};
    cr_str_addf(&wishes, "\nkey %d format %s codec %s", KEY_VERSION, plan->format->name,
                plan->video_codec ? plan->video_codec : "");
    cr_str_addf(&wishes, " range %" PRId64 "+%" PRId64, plan->range.start, plan->range.duration);
    cr_str_addf(&wishes, " size %dx%d rate %d/%d", plan->width, plan->height, plan->frame_rate.num,
                plan->frame_rate.den);
    cr_str_addf(&wishes, " gop %d segment %" PRId64, plan->gop, plan->segment_frames);
    cr_str_addf(&wishes, " quality %d video %" PRId64 " audio %" PRId64, desc->quality,
                desc->video_bit_rate, desc->audio_bit_rate);
    cr_str_addf(&wishes, " text %d exact %d speed %s", plan->has_text, desc->is_exact,
                desc->speed ? desc->speed : "");
    av_sha_update(sha, (const uint8_t *)wishes.data, wishes.length);
    cr_str_free(&wishes);
    write_hex(plan->key, sha);
    av_free(sha);
    return CR_OK;
}

cr_status cr_export_plan_make(cr_export_plan *out, const cr_project *project,
                              const cr_export_desc *desc, cr_fault *fault)
{
    const cr_sequence *film = cr_project_film(project);
    if (!film) return cr_fail(fault, CR_INVALID, "/sequences", "the film is empty");
    cr_export_plan plan = {0};
    cr_status status = choose_format(&plan, desc, fault);
    if (status == CR_OK) status = choose_size(&plan, &project->settings, desc, fault);
    if (status == CR_OK) status = choose_content(&plan, project, film, fault);
    if (status == CR_OK) status = choose_range(&plan, project, film, desc, fault);
    if (status != CR_OK) return status;
    if (desc->with_caption_track && plan.format->has_text_track) {
        cr_caption *captions = NULL;
        plan.has_text = cr_captions_collect(film, plan.range, &captions) > 0;
        cr_free(captions);
    }
    choose_segments(&plan);
    status = choose_key(&plan, project, desc, fault);
    if (status == CR_OK) *out = plan;
    return status;
}

static bool is_used(const cr_project *project, const cr_asset *asset)
{
    for (int i = 0; i < project->sequence_count; i++) {
        const cr_sequence *sequence = project->sequences[i];
        for (int j = 0; j < sequence->track_count; j++) {
            const cr_track *track = sequence->tracks[j];
            for (int k = 0; k < track->clip_count; k++) {
                const char *id = track->clips[k]->asset;
                if (id && strcmp(id, asset->id) == 0) return true;
            }
        }
    }
    return false;
}

// A file's size and the bytes of its beginning and end. One that cannot be read counts as it is
// known: who needs it says so elsewhere.
static void add_file(struct AVSHA *sha, const cr_host *host, const char *path)
{
    cr_source *source = NULL;
    cr_fault unread = {0};
    if (host->open_source(host->cookie, path, &source, &unread) != CR_OK) return;
    uint64_t size = source->size;
    av_sha_update(sha, (const uint8_t *)&size, sizeof size);
    uint8_t *data = cr_alloc(IDENTITY_BYTES, 1);
    bool is_long = size != UINT64_MAX && size > IDENTITY_BYTES;
    for (int side = 0; side < (is_long ? 2 : 1); side++) {
        size_t got = 0;
        uint64_t at = side ? size - IDENTITY_BYTES : 0;
        if (source->read_at(source, at, data, IDENTITY_BYTES, &got) == CR_OK)
            av_sha_update(sha, data, got);
    }
    cr_free(data);
    cr_source_close(&source);
}

cr_status cr_export_plan_identify(cr_export_plan *plan, const cr_project *project,
                                  const char *asset_folder, const cr_host *host, cr_fault *fault)
{
    struct AVSHA *sha = av_sha_alloc();
    if (!sha) return cr_fail(fault, CR_NOMEM, "", "there is no memory left");
    (void)av_sha_init(sha, SHA_BITS);
    av_sha_update(sha, (const uint8_t *)plan->key, CR_EXPORT_KEY_BYTES);
    for (int i = 0; i < project->asset_count; i++) {
        const cr_asset *asset = project->assets[i];
        if (!is_used(project, asset)) continue;
        av_sha_update(sha, (const uint8_t *)asset->id, strlen(asset->id) + 1);
        char *path = cr_asset_path(asset_folder, asset->uri);
        add_file(sha, host, path);
        cr_free(path);
    }
    write_hex(plan->key, sha);
    av_free(sha);
    return CR_OK;
}

int64_t cr_export_plan_first_frame(const cr_export_plan *plan, int64_t index)
{
    return index * plan->segment_frames;
}

int64_t cr_export_plan_end_frame(const cr_export_plan *plan, int64_t index)
{
    int64_t end = (index + 1) * plan->segment_frames;
    return end < plan->frame_count ? end : plan->frame_count;
}

char *cr_export_segment_uri(const char *folder, int64_t index)
{
    if (index < 0) return cr_format("%s/sound.segment", folder);
    return cr_format("%s/picture-%06" PRId64 ".segment", folder, index);
}
