#include "corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "codec/codec.h"
#include "native/native_file.h"

// True when [path] is there and was made by these very [arguments].
static bool is_made(const char *path, const char *note, const char *arguments)
{
    static char said[4096];
    FILE *file = fopen(note, "r");
    if (!file) return false;
    size_t length = fread(said, 1, sizeof said - 1, file);
    fclose(file);
    said[length] = '\0';
    return strcmp(said, arguments) == 0 && access(path, F_OK) == 0;
}

const char *corpus_file(const char *name, const char *arguments)
{
    static char path[256];
    snprintf(path, sizeof path, "corpus/%s", name);
    char *note = cr_format("%s.made-by", path);
    if (!is_made(path, note, arguments)) {
        mkdir("corpus", 0777);
        char *command = cr_format("ffmpeg -nostdin -v error -y %s corpus/making-%s && "
                                  "mv corpus/making-%s %s",
                                  arguments, name, name, path);
        if (system(command) != 0) fail_msg("ffmpeg failed: %s", command);
        cr_free(command);
        FILE *file = fopen(note, "w");
        assert_non_null(file);
        assert_true(fputs(arguments, file) >= 0);
        assert_int_equal(fclose(file), 0);
    }
    cr_free(note);
    return path;
}

cr_demux *corpus_open(const char *path)
{
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    assert_int_equal(native_open_source(NULL, path, &source, &fault), CR_OK);
    if (cr_demux_open(&demux, source, NULL, &fault) != CR_OK)
        fail_msg("%s: %s: %s", path, fault.where, fault.text);
    return demux;
}

cr_status corpus_refused(const char *path, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    assert_int_equal(native_open_source(NULL, path, &source, fault), CR_OK);
    cr_status status = cr_demux_open(&demux, source, NULL, fault);
    assert_int_not_equal(status, CR_OK);
    assert_null(demux);
    cr_source_close(&source); // still the caller's
    return status;
}

uint64_t corpus_hash(const cr_frame *frame)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int plane = 0; plane < cr_pixel_planes(frame->pixel); plane++) {
        int bytes = cr_pixel_row_bytes(frame->pixel, plane, frame->width);
        for (int y = 0; y < cr_pixel_rows(frame->pixel, plane, frame->height); y++) {
            const uint8_t *row = frame->data[plane] + y * frame->stride[plane];
            for (int x = 0; x < bytes; x++)
                hash = (hash ^ row[x]) * UINT64_C(1099511628211);
        }
    }
    return hash;
}

static cr_decoder *decoder_for(const cr_demux *demux, cr_stream_kind kind)
{
    const cr_stream_info *stream = cr_media_info_first(cr_demux_info(demux), kind);
    assert_non_null(stream);
    cr_decoder *decoder = NULL;
    cr_decoder_desc desc = {.thread_count = 2};
    cr_fault fault = {0};
    if (cr_decoder_open(&decoder, stream, &desc, &fault) != CR_OK) fail_msg("%s", fault.text);
    return decoder;
}

// Send the next packet, or the end.
static void feed(cr_demux *demux, cr_decoder *decoder)
{
    cr_packet *packet = NULL;
    cr_status status = cr_demux_read(demux, &packet);
    assert_true(status == CR_OK || status == CR_EOF);
    (void)!cr_decoder_send(decoder, status == CR_OK ? packet : NULL);
    cr_packet_drop(&packet);
}

static void only(cr_demux *demux, cr_stream_kind kind)
{
    const cr_stream_info *stream = cr_media_info_first(cr_demux_info(demux), kind);
    cr_demux_select(demux, UINT64_C(1) << stream->index);
}

size_t corpus_decode(const char *path, corpus_picture **out)
{
    cr_demux *demux = corpus_open(path);
    cr_decoder *decoder = decoder_for(demux, CR_STREAM_VIDEO);
    only(demux, CR_STREAM_VIDEO);
    corpus_picture *pictures = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        cr_frame *frame = NULL;
        cr_status status = cr_decoder_receive_frame(decoder, &frame);
        if (status == CR_EOF) break;
        if (status == CR_AGAIN) {
            feed(demux, decoder);
            continue;
        }
        assert_int_equal(status, CR_OK);
        corpus_picture picture = {frame->pts, corpus_hash(frame)};
        CR_VEC_ADD(pictures, count, room, picture);
        cr_frame_drop(&frame);
    }
    cr_decoder_close(&decoder);
    cr_demux_close(&demux);
    *out = pictures;
    return count;
}

corpus_picture corpus_seek(cr_demux *demux, cr_ticks pts)
{
    const cr_stream_info *stream = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
    cr_decoder *decoder = decoder_for(demux, CR_STREAM_VIDEO);
    only(demux, CR_STREAM_VIDEO);
    assert_int_equal(cr_demux_seek(demux, stream->index, pts), CR_OK);
    corpus_picture picture = {CR_TICKS_NONE, 0};
    for (;;) {
        cr_frame *frame = NULL;
        cr_status status = cr_decoder_receive_frame(decoder, &frame);
        if (status == CR_EOF) break;
        if (status == CR_AGAIN) {
            feed(demux, decoder);
            continue;
        }
        if (status != CR_OK) continue; // leading pictures of an open GOP
        bool is_past = frame->pts > pts;
        if (!is_past) picture = (corpus_picture){frame->pts, corpus_hash(frame)};
        cr_frame_drop(&frame);
        if (is_past) break;
    }
    cr_decoder_close(&decoder);
    return picture;
}

int64_t corpus_sound(const char *path, cr_ticks *first)
{
    cr_demux *demux = corpus_open(path);
    cr_decoder *decoder = decoder_for(demux, CR_STREAM_AUDIO);
    only(demux, CR_STREAM_AUDIO);
    int64_t total = 0;
    *first = CR_TICKS_NONE;
    for (;;) {
        cr_samples *samples = NULL;
        cr_status status = cr_decoder_receive_samples(decoder, &samples);
        if (status == CR_EOF) break;
        if (status == CR_AGAIN) {
            feed(demux, decoder);
            continue;
        }
        assert_int_equal(status, CR_OK);
        if (*first == CR_TICKS_NONE) *first = samples->pts;
        total += samples->count;
        cr_samples_drop(&samples);
    }
    cr_decoder_close(&decoder);
    cr_demux_close(&demux);
    return total;
}
