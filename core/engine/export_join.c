#include "engine/export_join.h"

#include <string.h>

#include "base/mem.h"
#include "engine/captions.h"
#include "engine/export_survey.h"
#include "engine/parameter_sets.h"
#include "engine/segment.h"
#include "io/mux.h"

enum {
    SOUND = -1, // its segment's index
    PACKETS_A_STEP = 64,
    BYTES_A_STEP = 1024 * 1024,
    DECODER_ROOM = 64, // that extradata is followed by
};

// So much of one stream stands in an MP4 before the next: players read ahead, and the index of
// longer pieces is shorter.
#define PIECE (CR_TICKS_PER_SECOND / 2)

// One stream on its way from its segments into the file.
typedef struct lane {
    bool is_open;
    int stream;             // in the file
    int64_t segment, after; // the next to be opened, and the one after the last
    cr_segment_reader *reader;
    uint8_t *sets; // that this segment's keyframes need before them
    size_t sets_size;
    int64_t taken;   // packets so far
    cr_packet *next; // with its times in the film; NULL at the end
} lane;

struct cr_export_join {
    cr_export_join_desc desc;
    cr_export_survey survey;
    int64_t surveyed;                        // segments; the sound is the first
    cr_stream_info picture_info, sound_info; // own their extradata
    cr_caption *captions;
    int caption_count, caption;
    lane picture, sound, text;
    lane *current;
    cr_ticks piece_end; // of the current lane's turn
    cr_mux *mux;
    bool is_written;
    int64_t done;
};

void cr_export_join_open(cr_export_join **out, const cr_export_join_desc *desc)
{
    cr_export_join *join = cr_alloc(1, sizeof *join);
    join->desc = *desc;
    join->surveyed = desc->plan->has_sound ? SOUND : 0;
    if (desc->plan->has_text)
        join->caption_count =
            cr_captions_collect(cr_project_film(desc->project), desc->plan->range, &join->captions);
    *out = join;
}

static void close_segment(lane *l)
{
    cr_segment_reader_close(&l->reader);
    cr_free(l->sets);
    l->sets = NULL;
    l->sets_size = 0;
}

static void close_lane(lane *l)
{
    close_segment(l);
    cr_packet_drop(&l->next);
}

void cr_export_join_close(cr_export_join **join)
{
    cr_export_join *closing = *join;
    if (!closing) return;
    cr_mux_close(&closing->mux);
    close_lane(&closing->picture);
    close_lane(&closing->sound);
    close_lane(&closing->text);
    cr_free(closing->picture_info.extradata);
    cr_free(closing->sound_info.extradata);
    cr_free(closing->captions);
    cr_free(closing);
    *join = NULL;
}

static cr_status open_segment(const cr_export_join *join, int64_t index, cr_segment_reader **out,
                              cr_fault *fault)
{
    const cr_export_join_desc *desc = &join->desc;
    char *uri = cr_export_segment_uri(desc->folder, index);
    cr_status status = cr_segment_open(out, desc->host, uri, desc->plan->key, fault);
    cr_free(uri);
    return status;
}

static void keep_info(cr_stream_info *to, const cr_stream_info *from)
{
    *to = *from;
    if (!from->extradata) return;
    to->extradata = cr_alloc(from->extradata_size + DECODER_ROOM, 1);
    memcpy(to->extradata, from->extradata, from->extradata_size);
}

// The next segment's table into the survey. CR_EOF: all were looked at.
static cr_status look_at_one(cr_export_join *join, cr_fault *fault)
{
    const cr_export_plan *plan = join->desc.plan;
    int64_t index = join->surveyed;
    if (index >= plan->segment_count) return CR_EOF;
    cr_segment_reader *reader = NULL;
    cr_status status = open_segment(join, index, &reader, fault);
    if (status != CR_OK) return status;
    if (index <= 0)
        keep_info(index == SOUND ? &join->sound_info : &join->picture_info,
                  cr_segment_info(reader));
    status = cr_export_survey_add(&join->survey, plan, reader, index, fault);
    cr_segment_reader_close(&reader);
    join->surveyed++;
    return status;
}

// What the captions and the order in the file add to what was counted in the segments.
static cr_mux_forecast forecast(const cr_export_join *join)
{
    const cr_export_plan *plan = join->desc.plan;
    cr_mux_forecast all = join->survey.forecast;
    int64_t length = cr_frame_start(plan->frame_count, plan->frame_rate);
    // A caption has a second packet that ends it, and may cut the turn of another stream in two.
    int64_t texts = join->caption_count;
    all.packets += 2 * texts;
    all.time_changes += 2 * texts;
    all.turns = 2 * (length / PIECE + 2) + 4 * texts;
    for (int i = 0; i < join->caption_count; i++)
        all.bytes += (int64_t)strlen(join->captions[i].text);
    return all;
}

static cr_status open_mux(cr_export_join *join, cr_fault *fault)
{
    const cr_export_join_desc *desc = &join->desc;
    const cr_export_plan *plan = desc->plan;
    cr_stream_info text = {.kind = CR_STREAM_TEXT, .codec = "text", .language = "und"};
    const cr_stream_info *streams[3];
    int count = 0;
    if (plan->has_picture) {
        join->picture = (lane){.is_open = true, .stream = count, .after = plan->segment_count};
        streams[count++] = &join->picture_info;
    }
    if (plan->has_sound) {
        join->sound = (lane){.is_open = true, .stream = count, .segment = SOUND};
        streams[count++] = &join->sound_info;
    }
    if (plan->has_text) {
        join->text = (lane){.is_open = true, .stream = count};
        streams[count++] = &text;
    }
    cr_mux_desc mux = {.format = plan->format->container,
                       .title = desc->project->title,
                       .is_exact = desc->is_exact,
                       .forecast = forecast(join)};
    cr_sink *sink = NULL;
    cr_status status = desc->host->open_sink(desc->host->cookie, desc->output, &sink, fault);
    if (status != CR_OK) return status;
    status = cr_mux_open(&join->mux, &mux, streams, count, sink, &desc->host->log, fault);
    if (status != CR_OK) cr_sink_close(&sink);
    return status;
}

// The packet with the parameter sets of its segment before it. Takes [packet] in any case.
static cr_status with_sets(const lane *l, cr_packet *packet, cr_packet **out)
{
    cr_packet *longer = NULL;
    cr_status status = cr_packet_make(&longer, l->sets_size + packet->size);
    if (status == CR_OK) {
        memcpy(longer->data, l->sets, l->sets_size);
        memcpy(longer->data + l->sets_size, packet->data, packet->size);
        longer->is_key = packet->is_key;
        longer->pts = packet->pts;
        *out = longer;
    }
    cr_packet_drop(&packet);
    return status;
}

// Gives the next packet of the lane's segments as it is; CR_EOF.
static cr_status read_packet(cr_export_join *join, lane *l, cr_packet **out, cr_fault *fault)
{
    for (;;) {
        if (!l->reader) {
            if (l->segment >= l->after) return CR_EOF;
            cr_status status = open_segment(join, l->segment++, &l->reader, fault);
            if (status != CR_OK) return status;
            if (l != &join->picture) continue;
            status = cr_parameter_sets_between(&join->picture_info, cr_segment_info(l->reader),
                                               &l->sets, &l->sets_size);
            if (status != CR_OK)
                return cr_fail(fault, status, join->desc.output,
                               "its segments were coded by encoders that do not fit together");
        }
        cr_status status = cr_segment_read(l->reader, out, fault);
        if (status != CR_EOF) return status;
        close_segment(l);
    }
}

// Pictures are timed by their numbers: whatever each segment's encoder began with, decoding times
// rise by a picture from packet to packet over all joins.
static cr_status next_picture(cr_export_join *join, cr_fault *fault)
{
    lane *l = &join->picture;
    const cr_export_plan *plan = join->desc.plan;
    cr_packet *packet = NULL;
    cr_status status = read_packet(join, l, &packet, fault);
    if (status == CR_OK && l->sets && packet->is_key) status = with_sets(l, packet, &packet);
    if (status != CR_OK) return status;
    int64_t frame = cr_export_survey_frame(plan, packet->pts);
    packet->pts = cr_frame_start(frame, plan->frame_rate);
    packet->duration = cr_frame_start(frame + 1, plan->frame_rate) - packet->pts;
    packet->dts = cr_frame_start(l->taken - join->survey.reorder, plan->frame_rate);
    l->next = packet;
    return CR_OK;
}

static cr_status next_text(cr_export_join *join)
{
    if (join->caption == join->caption_count) return CR_EOF;
    const cr_caption *caption = &join->captions[join->caption++];
    cr_packet *packet = NULL;
    size_t size = strlen(caption->text);
    cr_status status = cr_packet_make(&packet, size);
    if (status != CR_OK) return status;
    memcpy(packet->data, caption->text, size);
    packet->pts = packet->dts = caption->range.start;
    packet->duration = caption->range.duration;
    packet->is_key = true;
    join->text.next = packet;
    return CR_OK;
}

// Makes sure that the lane has its next packet, if there is one.
static cr_status fill(cr_export_join *join, lane *l, cr_fault *fault)
{
    if (!l->is_open || l->next) return CR_OK;
    cr_status status = l == &join->picture ? next_picture(join, fault)
                       : l == &join->text  ? next_text(join)
                                           : read_packet(join, l, &l->next, fault);
    if (status == CR_EOF) {
        l->is_open = false;
        return CR_OK;
    }
    if (status == CR_NOMEM) return cr_fail(fault, status, "", "there is no memory left");
    if (status != CR_OK) return status;
    l->next->stream = l->stream;
    if (l->next->dts == CR_TICKS_NONE) l->next->dts = l->next->pts;
    l->taken++;
    return CR_OK;
}

// Whose turn it is; NULL at the end. A turn begins with the lane that is furthest behind.
static lane *choose(cr_export_join *join)
{
    lane *const lanes[] = {&join->picture, &join->sound, &join->text};
    lane *current = join->current;
    if (current && current->next && current->next->dts < join->piece_end) return current;
    current = NULL;
    for (size_t i = 0; i < sizeof lanes / sizeof *lanes; i++) {
        const cr_packet *next = lanes[i]->next;
        if (next && (!current || next->dts < current->next->dts)) current = lanes[i];
    }
    bool is_mp4 = strcmp(join->desc.plan->format->container, "mp4") == 0;
    if (current) join->piece_end = current->next->dts + (is_mp4 ? PIECE : 0);
    join->current = current;
    return current;
}

// Writes one packet. CR_EOF after the last.
static cr_status write_one(cr_export_join *join, size_t *bytes, cr_fault *fault)
{
    cr_status status = fill(join, &join->picture, fault);
    if (status == CR_OK) status = fill(join, &join->sound, fault);
    if (status == CR_OK) status = fill(join, &join->text, fault);
    if (status != CR_OK) return status;
    lane *l = choose(join);
    if (!l) return CR_EOF;
    *bytes += l->next->size;
    status = cr_mux_write(join->mux, l->next);
    cr_packet_drop(&l->next);
    join->done++;
    if (status == CR_OK) return CR_OK;
    return cr_fail(fault, status, join->desc.output, "it cannot be written (%s)",
                   cr_status_text(status));
}

cr_status cr_export_join_step(cr_export_join *join, cr_fault *fault)
{
    if (join->is_written) return cr_mux_finish(join->mux, fault);
    if (!join->mux) {
        cr_status status = look_at_one(join, fault);
        if (status == CR_EOF) status = open_mux(join, fault);
        return status == CR_OK ? CR_AGAIN : status;
    }
    size_t bytes = 0;
    for (int i = 0; i < PACKETS_A_STEP && bytes < BYTES_A_STEP; i++) {
        cr_status status = write_one(join, &bytes, fault);
        if (status == CR_EOF) {
            join->is_written = true;
            return CR_AGAIN;
        }
        if (status != CR_OK) return status;
    }
    return CR_AGAIN;
}

void cr_export_join_progress(const cr_export_join *join, int64_t *done, int64_t *total,
                             int64_t *bytes)
{
    *done = join->done;
    *total = join->survey.forecast.packets + join->caption_count;
    *bytes = join->mux ? cr_mux_bytes(join->mux) : 0;
}
