// Files that are cut off, empty, misnamed or not media at all: a clear sentence, or what is left.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec.h"
#include "corpus.h"
#include "native/native_file.h"

#define FILM                                                                                       \
    "-f lavfi -i testsrc2=s=160x90:r=25:d=2 -f lavfi -i sine=440:r=48000:d=2 "                     \
    "-c:v libx264 -preset veryfast -threads 1 -g 25 -c:a aac "

static uint8_t *read_file(const char *path, size_t *size)
{
    cr_source *source = NULL;
    uint8_t *data = NULL;
    assert_int_equal(native_open_source(NULL, path, &source, NULL), CR_OK);
    assert_int_equal(cr_source_read_all(source, 1 << 24, &data, size, NULL), CR_OK);
    cr_source_close(&source);
    return data;
}

// Opens [size] bytes from memory, which must outlive the demuxer.
static cr_status open_bytes(const uint8_t *data, size_t size, cr_demux **out, cr_fault *fault)
{
    cr_source *source = cr_source_from_memory(data, size, "some bytes");
    cr_status status = cr_demux_open(out, source, NULL, fault);
    if (status != CR_OK) cr_source_close(&source);
    return status;
}

// Reads to the end and decodes everything on the way, whatever it says.
static int64_t packets_of(cr_demux *demux)
{
    const cr_media_info *info = cr_demux_info(demux);
    cr_decoder *decoders[CR_STREAMS_MAX] = {0};
    for (int i = 0; i < info->stream_count; i++)
        if (info->streams[i].kind == CR_STREAM_VIDEO || info->streams[i].kind == CR_STREAM_AUDIO)
            (void)!cr_decoder_open(&decoders[i], &info->streams[i], NULL, NULL);
    int64_t count = 0;
    cr_packet *packet = NULL;
    while (cr_demux_read(demux, &packet) == CR_OK) {
        count++;
        cr_decoder *decoder = decoders[packet->stream];
        if (decoder) {
            cr_frame *frame = NULL;
            cr_samples *samples = NULL;
            (void)!cr_decoder_send(decoder, packet);
            if (info->streams[packet->stream].kind == CR_STREAM_VIDEO) {
                if (cr_decoder_receive_frame(decoder, &frame) == CR_OK) cr_frame_drop(&frame);
            } else if (cr_decoder_receive_samples(decoder, &samples) == CR_OK) {
                cr_samples_drop(&samples);
            }
        }
        cr_packet_drop(&packet);
    }
    for (int i = 0; i < CR_STREAMS_MAX; i++)
        cr_decoder_close(&decoders[i]);
    return count;
}

static void an_empty_file_is_called_empty(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    assert_int_equal(open_bytes((const uint8_t *)"", 0, &demux, &fault), CR_CORRUPT);
    assert_non_null(strstr(fault.text, "empty"));
    assert_string_equal(fault.where, "some bytes");
}

static void what_is_no_media_is_refused_with_its_place(void **state)
{
    (void)state;
    static uint8_t noise[20000];
    uint32_t seed = 7;
    for (size_t i = 0; i < sizeof noise; i++) {
        seed = seed * 1664525 + 1013904223;
        noise[i] = (uint8_t)(seed >> 24);
    }
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    assert_int_not_equal(open_bytes(noise, sizeof noise, &demux, &fault), CR_OK);
    assert_null(demux);
    assert_true(strlen(fault.text) > 10);
    static const char text[] = "# A shopping list\n\n- flour\n- eggs\n- patience\n";
    assert_int_not_equal(open_bytes((const uint8_t *)text, sizeof text - 1, &demux, &fault), CR_OK);
    assert_non_null(strstr(fault.where, "some bytes"));
}

static void a_wrong_extension_does_not_matter(void **state)
{
    (void)state;
    corpus_file("film.mp4", FILM);
    assert_int_equal(system("cp corpus/film.mp4 named.png"), 0);
    cr_demux *demux = corpus_open("named.png");
    assert_string_equal(cr_demux_info(demux)->container, "mp4");
    assert_int_equal(cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO)->frame_count, 50);
    cr_demux_close(&demux);
}

static void a_film_without_its_index_is_refused(void **state)
{
    (void)state;
    size_t size = 0;
    uint8_t *data = read_file(corpus_file("film.mp4", FILM), &size);
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    assert_int_equal(open_bytes(data, size / 2, &demux, &fault), CR_CORRUPT); // the index is last
    assert_non_null(strstr(fault.text, "ends after byte"));
    cr_free(data);
}

static void a_cut_off_film_gives_what_is_there(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments;
    } files[] = {
        {"front.mp4", FILM "-movflags +faststart"},
        {"film.mkv", FILM},
        {"film.ts", FILM},
        {"sound.wav", "-f lavfi -i sine=440:r=48000:d=2"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t size = 0;
        uint8_t *data = read_file(corpus_file(files[i].name, files[i].arguments), &size);
        cr_demux *whole = NULL, *half = NULL;
        assert_int_equal(open_bytes(data, size, &whole, NULL), CR_OK);
        assert_false(cr_demux_info(whole)->is_truncated);
        int64_t all = packets_of(whole);
        assert_int_equal(open_bytes(data, size * 6 / 10, &half, NULL), CR_OK);
        int64_t some = packets_of(half);
        if (some * 10 < all * 3 || some >= all)
            fail_msg("%s: %lld packets of %lld", files[i].name, (long long)some, (long long)all);
        // A transport stream has no end that it could have missed.
        bool can_be_known = strcmp(files[i].name, "film.ts") != 0;
        if (can_be_known && !cr_demux_info(half)->is_truncated)
            fail_msg("%s: not said to be cut off", files[i].name);
        cr_demux_close(&whole);
        cr_demux_close(&half);
        cr_free(data);
    }
}

static void no_length_of_a_file_is_a_crash(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments;
    } files[] = {
        {"small.mp4", "-f lavfi -i testsrc2=s=32x32:r=5:d=1 -c:v libx264 -threads 1 "
                      "-movflags +faststart"},
        {"small.webm", "-f lavfi -i testsrc2=s=32x32:r=5:d=1 -c:v libvpx"},
        {"small.webp", "-f lavfi -i testsrc2=s=32x32:r=5:d=1 -c:v libwebp_anim"},
        {"small.png", "-f lavfi -i testsrc2=s=32x32:r=5:d=0.2 -frames:v 1"},
        {"small.jpg", "-f lavfi -i testsrc2=s=32x32:r=5:d=0.2 -frames:v 1"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t size = 0;
        uint8_t *data = read_file(corpus_file(files[i].name, files[i].arguments), &size);
        for (size_t length = 0; length < size; length += 1 + length / 8) {
            // A copy of exactly this size, so that sanitizers see a read beyond it.
            uint8_t *piece = malloc(length + 1);
            assert_non_null(piece);
            memcpy(piece, data, length);
            cr_demux *demux = NULL;
            cr_fault fault = {0};
            if (open_bytes(piece, length, &demux, &fault) == CR_OK)
                (void)packets_of(demux);
            else
                assert_true(fault.text[0]);
            cr_demux_close(&demux);
            free(piece);
        }
        cr_free(data);
    }
}

static cr_status refuse_to_read(cr_source *source, uint64_t offset, void *data, size_t size,
                                size_t *out)
{
    (void)source, (void)offset, (void)data, (void)size, (void)out;
    return CR_IO;
}

static void close_nothing(cr_source *source)
{
    (void)source;
}

static void a_disk_that_fails_is_a_fault(void **state)
{
    (void)state;
    cr_source source = {
        .read_at = refuse_to_read, .close = close_nothing, .size = 1000, .name = "bad disk"};
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    assert_int_not_equal(cr_demux_open(&demux, &source, NULL, &fault), CR_OK);
    assert_null(demux);
    assert_non_null(strstr(fault.where, "bad disk"));
}

static void no_memory_is_a_status(void **state)
{
    (void)state;
    const char *path = corpus_file("small.webp", "-f lavfi -i testsrc2=s=32x32:r=5:d=1 "
                                                 "-c:v libwebp_anim");
    for (int countdown = 1; countdown < 20; countdown++) {
        cr_demux *demux = corpus_open(path);
        cr_decoder *decoder = NULL;
        assert_int_equal(cr_decoder_open(&decoder, &cr_demux_info(demux)->streams[0], NULL, NULL),
                         CR_OK);
        cr_mem_fail_after(countdown);
        cr_status status = CR_OK;
        while (status == CR_OK) {
            cr_packet *packet = NULL;
            cr_frame *frame = NULL;
            status = cr_demux_read(demux, &packet);
            if (status == CR_OK) status = cr_decoder_send(decoder, packet);
            if (status == CR_OK) status = cr_decoder_receive_frame(decoder, &frame);
            cr_frame_drop(&frame);
            cr_packet_drop(&packet);
        }
        cr_mem_fail_after(0);
        assert_true(status == CR_NOMEM || status == CR_EOF);
        if (countdown == 1) assert_int_equal(status, CR_NOMEM);
        cr_decoder_close(&decoder);
        cr_demux_close(&demux);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_is_called_empty),
        cmocka_unit_test(what_is_no_media_is_refused_with_its_place),
        cmocka_unit_test(a_wrong_extension_does_not_matter),
        cmocka_unit_test(a_film_without_its_index_is_refused),
        cmocka_unit_test(a_cut_off_film_gives_what_is_there),
        cmocka_unit_test(no_length_of_a_file_is_a_crash),
        cmocka_unit_test(a_disk_that_fails_is_a_fault),
        cmocka_unit_test(no_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
