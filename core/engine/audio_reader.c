#include "engine/audio_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec.h"
#include "engine/file_origin.h"
#include "io/demux.h"
#include "mixer/downmix.h"
#include "mixer/resample.h"

enum {
    STRETCH_SECONDS = 4,
    STRETCHES_KEPT = 6,
    // Timestamps that stray this little (a fiftieth of a second) from a steady count are rounding.
    STRAY_DIVISOR = 50,
};

// Decoding begins this much before what is wanted, so that overlapping codecs have settled.
#define PREROLL (CR_TICKS_PER_SECOND / 2)

// Where a file's index is not exact to the sample, files up to this length are always decoded from
// their beginning.
#define THROUGH_MAX (CR_TICKS_PER_SECOND * 60 * 20)

// Samples [number × length, (number + 1) × length) at the file's own rate, on two channels.
typedef struct stretch {
    int64_t number; // -1: empty
    int64_t used;
    float *data[2];
} stretch;

struct cr_audio_reader {
    cr_demux *demux;
    cr_decoder *decoder;
    cr_resampler *resampler;
    const cr_stream_info *stream;
    cr_ticks origin;
    char name[256];
    int rate;
    int64_t length; // of a stretch
    bool reads_through;
    stretch stretches[STRETCHES_KEPT];
    int64_t uses;
    // The decoder's state.
    int64_t next_stretch; // reading through: the one that decoding goes on with
    int64_t position;     // of the next decoded sample; only when knows_position
    bool knows_position, is_flushing, is_ended;
    cr_samples *held; // decoded, reaches into the next stretch
    int64_t held_position;
    // Input of the resampler, output of the downmix.
    float *gathered[2], *folded[2];
    int gathered_room, folded_room;
};

// The containers whose index leads to the exact sample.
static bool has_exact_index(const char *container)
{
    return strcmp(container, "mp4") == 0 || strcmp(container, "mov") == 0 ||
           strcmp(container, "wav") == 0;
}

static cr_status open_streams(cr_audio_reader *reader, const char *path, cr_fault *fault)
{
    const cr_media_info *info = cr_demux_info(reader->demux);
    reader->stream = cr_media_info_first(info, CR_STREAM_AUDIO);
    if (!reader->stream) return cr_fail(fault, CR_UNSUPPORTED, path, "there is no sound in it");
    reader->origin = cr_file_origin(info);
    reader->rate = reader->stream->sample_rate;
    reader->length = (int64_t)reader->rate * STRETCH_SECONDS;
    reader->reads_through = !has_exact_index(info->container) && info->duration <= THROUGH_MAX;
    cr_demux_select(reader->demux, UINT64_C(1) << reader->stream->index);
    cr_decoder_desc desc = {.thread_count = 1};
    cr_status status = cr_decoder_open(&reader->decoder, reader->stream, &desc, fault);
    if (status != CR_OK) return status;
    status = cr_resampler_open(&reader->resampler, reader->rate, CR_MIX_RATE);
    if (status == CR_OK) return CR_OK;
    return cr_fail(fault, status, path, "its sound has a rate of %d Hz, which cannot be used",
                   reader->rate);
}

cr_status cr_audio_reader_open(cr_audio_reader **out, const cr_host *host, const char *path,
                               cr_fault *fault)
{
    cr_source *source = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status != CR_OK) return status;
    cr_audio_reader *reader = cr_alloc(1, sizeof *reader);
    for (int i = 0; i < STRETCHES_KEPT; i++)
        reader->stretches[i].number = -1;
    (void)strncat(reader->name, path, sizeof reader->name - 1);
    status = cr_demux_open(&reader->demux, source, &host->log, fault);
    if (status != CR_OK) cr_source_close(&source);
    if (status == CR_OK) status = open_streams(reader, path, fault);
    if (status == CR_OK)
        *out = reader;
    else
        cr_audio_reader_close(&reader);
    return status;
}

void cr_audio_reader_close(cr_audio_reader **reader)
{
    cr_audio_reader *closing = *reader;
    if (!closing) return;
    for (int i = 0; i < STRETCHES_KEPT; i++) {
        cr_free_large(closing->stretches[i].data[0]);
        cr_free_large(closing->stretches[i].data[1]);
    }
    for (int c = 0; c < 2; c++) {
        cr_free(closing->gathered[c]);
        cr_free(closing->folded[c]);
    }
    cr_samples_drop(&closing->held);
    cr_resampler_close(&closing->resampler);
    cr_decoder_close(&closing->decoder);
    cr_demux_close(&closing->demux);
    cr_free(closing);
    *reader = NULL;
}

const cr_stream_info *cr_audio_reader_info(const cr_audio_reader *reader)
{
    return reader->stream;
}

static cr_status feed(cr_audio_reader *reader)
{
    if (reader->is_flushing) return CR_EOF;
    cr_packet *packet = NULL;
    cr_status status = cr_demux_read(reader->demux, &packet);
    if (status == CR_EOF) {
        reader->is_flushing = true;
        return cr_decoder_send(reader->decoder, NULL);
    }
    if (status != CR_OK) return status;
    if (packet->stream == reader->stream->index) status = cr_decoder_send(reader->decoder, packet);
    cr_packet_drop(&packet);
    return status == CR_CORRUPT ? CR_OK : status;
}

static cr_status decode(cr_audio_reader *reader, cr_samples **out)
{
    for (;;) {
        cr_status status = cr_decoder_receive_samples(reader->decoder, out);
        if (status == CR_CORRUPT) continue;
        if (status != CR_AGAIN) return status;
        status = feed(reader);
        if (status != CR_OK) return status;
    }
}

static cr_status go_to(cr_audio_reader *reader, cr_ticks pts)
{
    cr_status status = cr_demux_seek(reader->demux, reader->stream->index, pts);
    if (status != CR_OK) return status;
    cr_decoder_reset(reader->decoder);
    cr_samples_drop(&reader->held);
    reader->knows_position = reader->is_flushing = reader->is_ended = false;
    return CR_OK;
}

static int64_t position_of(const cr_audio_reader *reader, const cr_samples *samples)
{
    int64_t steady = reader->knows_position ? reader->position : 0;
    if (samples->pts == CR_TICKS_NONE) return steady;
    int64_t said = cr_scale(samples->pts - reader->origin, reader->rate, CR_TICKS_PER_SECOND,
                            CR_ROUND_NEAREST);
    bool is_near = llabs(said - steady) <= reader->rate / STRAY_DIVISOR;
    return reader->knows_position && is_near ? steady : said;
}

// Copies what [samples], which begin at [position], have of [into]. True when they reach beyond it.
static bool copy_into(cr_audio_reader *reader, stretch *into, const cr_samples *samples,
                      int64_t position)
{
    int64_t begin = into->number * reader->length, end = begin + reader->length;
    int64_t from = position > begin ? position : begin;
    int64_t to = position + samples->count < end ? position + samples->count : end;
    if (from < to) {
        if (samples->count > reader->folded_room) {
            reader->folded_room = samples->count;
            for (int c = 0; c < 2; c++)
                reader->folded[c] =
                    cr_realloc(reader->folded[c], (size_t)samples->count, sizeof(float));
        }
        cr_downmix(samples, reader->folded[0], reader->folded[1]);
        for (int c = 0; c < 2; c++)
            memcpy(into->data[c] + (from - begin), reader->folded[c] + (from - position),
                   (size_t)(to - from) * sizeof(float));
    }
    return position + samples->count > end;
}

// Decodes up to the end of [into].
static cr_status fill(cr_audio_reader *reader, stretch *into)
{
    for (int c = 0; c < 2; c++)
        memset(into->data[c], 0, (size_t)reader->length * sizeof(float));
    int64_t end = (into->number + 1) * reader->length;
    if (reader->held) {
        if (copy_into(reader, into, reader->held, reader->held_position)) return CR_OK;
        cr_samples_drop(&reader->held);
    }
    while (!reader->is_ended && !(reader->knows_position && reader->position >= end)) {
        cr_samples *samples = NULL;
        cr_status status = decode(reader, &samples);
        if (status == CR_EOF) reader->is_ended = true;
        if (status == CR_EOF) break;
        if (status != CR_OK) return status;
        bool is_usable = samples->rate == reader->rate;
        int64_t position = position_of(reader, samples);
        reader->position = position + samples->count;
        reader->knows_position = true;
        if (is_usable && copy_into(reader, into, samples, position)) {
            reader->held = samples;
            reader->held_position = position;
            return CR_OK;
        }
        cr_samples_drop(&samples);
    }
    return CR_OK;
}

static cr_status decode_stretch(cr_audio_reader *reader, stretch *into)
{
    int64_t wanted = into->number;
    if (!reader->reads_through) {
        cr_ticks begin = cr_frame_start(wanted * STRETCH_SECONDS, (cr_rate){1, 1});
        cr_status status = go_to(reader, begin + reader->origin - PREROLL);
        return status == CR_OK ? fill(reader, into) : status;
    }
    if (wanted < reader->next_stretch) {
        cr_status status = go_to(reader, reader->stream->start);
        if (status != CR_OK) return status;
        reader->next_stretch = 0;
    }
    while (reader->next_stretch <= wanted) {
        into->number = reader->next_stretch;
        cr_status status = fill(reader, into);
        if (status != CR_OK) return status;
        reader->next_stretch++;
    }
    return CR_OK;
}

static cr_status get_stretch(cr_audio_reader *reader, int64_t number, stretch **out)
{
    stretch *oldest = &reader->stretches[0];
    for (int i = 0; i < STRETCHES_KEPT; i++) {
        stretch *candidate = &reader->stretches[i];
        if (candidate->number == number) {
            candidate->used = ++reader->uses;
            *out = candidate;
            return CR_OK;
        }
        if (candidate->used < oldest->used) oldest = candidate;
    }
    for (int c = 0; c < 2; c++) {
        if (!oldest->data[c])
            oldest->data[c] = cr_try_alloc_large((size_t)reader->length * sizeof(float));
        if (!oldest->data[c]) return CR_NOMEM;
    }
    oldest->number = number;
    cr_status status = decode_stretch(reader, oldest);
    if (status != CR_OK) {
        oldest->number = -1;
        return status;
    }
    oldest->used = ++reader->uses;
    *out = oldest;
    return CR_OK;
}

// [count] samples from [first] at the file's own rate into the resampler's input.
static cr_status gather(cr_audio_reader *reader, int64_t first, int count)
{
    if (count > reader->gathered_room) {
        reader->gathered_room = count;
        for (int c = 0; c < 2; c++)
            reader->gathered[c] = cr_realloc(reader->gathered[c], (size_t)count, sizeof(float));
    }
    int64_t end = first + count, last = INT64_MAX;
    if (reader->stream->duration > 0 && reader->stream->start != CR_TICKS_NONE) {
        cr_ticks after = reader->stream->start + reader->stream->duration - reader->origin;
        last =
            cr_scale(after + CR_TICKS_PER_SECOND, reader->rate, CR_TICKS_PER_SECOND, CR_ROUND_UP);
    }
    for (int64_t at = first; at < end;) {
        int64_t number = at < 0 ? -1 : at / reader->length;
        int64_t next = (number + 1) * reader->length;
        int64_t until = next < end ? next : end;
        size_t bytes = (size_t)(until - at) * sizeof(float);
        stretch *from = NULL;
        if (number >= 0 && at < last) {
            cr_status status = get_stretch(reader, number, &from);
            if (status != CR_OK) return status;
        }
        for (int c = 0; c < 2; c++) {
            float *to = reader->gathered[c] + (at - first);
            if (from)
                memcpy(to, from->data[c] + (at - number * reader->length), bytes);
            else
                memset(to, 0, bytes);
        }
        at = until;
    }
    return CR_OK;
}

cr_status cr_audio_reader_read(cr_audio_reader *reader, int64_t first, int count, float *out[2],
                               cr_fault *fault)
{
    CR_REQUIRE(count >= 0);
    if (count == 0) return CR_OK;
    int64_t in_first;
    int in_count;
    cr_resampler_needs(reader->resampler, first, count, &in_first, &in_count);
    cr_status status = gather(reader, in_first, in_count);
    if (status != CR_OK)
        return cr_fail(fault, status, reader->name, "its sound cannot be read (%s)",
                       cr_status_text(status));
    for (int c = 0; c < 2; c++)
        cr_resampler_run(reader->resampler, first, count, reader->gathered[c], out[c]);
    return CR_OK;
}
