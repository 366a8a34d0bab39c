// What is encoded and muxed comes back: every picture, every sample, at its time, with its colour.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "codec/codec.h"
#include "corpus.h"
#include "io/mux.h"
#include "native/native_file.h"

enum { width = 96, height = 64, rate = 48000 };

// A picture that differs from its neighbours: a bright column that moves.
static cr_frame *picture(cr_pixel pixel, int64_t index, cr_rate frames)
{
    cr_frame *frame = NULL;
    assert_int_equal(cr_frame_make(&frame, pixel, width, height), CR_OK);
    for (int plane = 0; plane < cr_pixel_planes(pixel); plane++) {
        int bytes = cr_pixel_row_bytes(pixel, plane, width);
        for (int y = 0; y < cr_pixel_rows(pixel, plane, height); y++)
            for (int x = 0; x < bytes; x++)
                frame->data[plane][y * frame->stride[plane] + x] =
                    (uint8_t)(x / 4 == index % 24 ? 200 : 60 + plane * 20);
    }
    frame->color = cr_pixel_is_rgb(pixel) ? cr_color_srgb() : cr_color_bt709();
    frame->pts = cr_frame_start(index, frames);
    return frame;
}

typedef struct recording {
    cr_encoder *video, *audio;
    cr_mux *mux;
} recording;

static void drain(recording *made, cr_encoder *encoder, int stream)
{
    for (;;) {
        cr_packet *packet = NULL;
        cr_status status = cr_encoder_receive(encoder, &packet);
        if (status == CR_AGAIN || status == CR_EOF) return;
        assert_int_equal(status, CR_OK);
        packet->stream = stream;
        assert_int_equal(cr_mux_write(made->mux, packet), CR_OK);
        cr_packet_drop(&packet);
    }
}

static recording begin(const char *path, const char *format, const cr_encoder_desc *video,
                       const cr_encoder_desc *audio, bool has_text)
{
    recording made = {0};
    cr_fault fault = {0};
    cr_sink *sink = NULL;
    const cr_stream_info *streams[3];
    cr_stream_info text = {.kind = CR_STREAM_TEXT, .codec = "text", .language = "eng"};
    int count = 0;
    if (video && cr_encoder_open(&made.video, video, &fault) != CR_OK) fail_msg("%s", fault.text);
    if (audio && cr_encoder_open(&made.audio, audio, &fault) != CR_OK) fail_msg("%s", fault.text);
    if (video) streams[count++] = cr_encoder_info(made.video);
    if (audio) streams[count++] = cr_encoder_info(made.audio);
    if (has_text) streams[count++] = &text;
    assert_int_equal(native_open_sink(NULL, path, &sink, &fault), CR_OK);
    cr_mux_desc desc = {.format = format, .title = "A title", .is_exact = true};
    if (cr_mux_open(&made.mux, &desc, streams, count, sink, NULL, &fault) != CR_OK)
        fail_msg("%s: %s", path, fault.text);
    return made;
}

static void finish(recording *made)
{
    cr_fault fault = {0};
    if (made->video) {
        assert_int_equal(cr_encoder_send_frame(made->video, NULL), CR_OK);
        drain(made, made->video, 0);
    }
    if (made->audio) {
        assert_int_equal(cr_encoder_send_samples(made->audio, NULL), CR_OK);
        drain(made, made->audio, made->video ? 1 : 0);
    }
    if (cr_mux_finish(made->mux, &fault) != CR_OK) fail_msg("%s", fault.text);
    cr_mux_close(&made->mux);
    cr_encoder_close(&made->video);
    cr_encoder_close(&made->audio);
}

static void put_sound(recording *made, int stream, int64_t total)
{
    // Blocks of every size: the encoder cuts its own.
    int64_t done = 0;
    for (int block = 1; done < total; block = block * 3 % 4001 + 1) {
        int count = total - done < block ? (int)(total - done) : block;
        cr_samples *samples = NULL;
        assert_int_equal(cr_samples_make(&samples, rate, 2, count), CR_OK);
        for (int i = 0; i < count; i++)
            samples->data[0][i] = samples->data[1][i] = (float)((done + i) % 480) / 960.0f;
        assert_int_equal(cr_encoder_send_samples(made->audio, samples), CR_OK);
        cr_samples_drop(&samples);
        drain(made, made->audio, stream);
        done += count;
    }
}

static void make_film(const char *path, const char *format, const char *video_codec,
                      const char *audio_codec, cr_rate frames, int count, int64_t samples)
{
    cr_encoder_desc video = {.codec = video_codec,
                             .width = width,
                             .height = height,
                             .frame_rate = frames,
                             .pixel = CR_PIXEL_I420,
                             .color = cr_color_bt709(),
                             .speed = "veryfast",
                             .is_exact = true};
    cr_encoder_desc audio = {
        .codec = audio_codec, .bit_rate = 128000, .sample_rate = rate, .channels = 2};
    recording made = begin(path, format, &video, &audio, strcmp(format, "mp4") == 0);
    for (int i = 0; i < count; i++) {
        cr_frame *frame = picture(CR_PIXEL_I420, i, frames);
        assert_int_equal(cr_encoder_send_frame(made.video, frame), CR_OK);
        cr_frame_drop(&frame);
        drain(&made, made.video, 0);
    }
    put_sound(&made, 1, samples);
    if (strcmp(format, "mp4") == 0) {
        cr_packet *line = NULL;
        assert_int_equal(cr_packet_make(&line, 5), CR_OK);
        memcpy(line->data, "Hello", 5);
        line->stream = 2;
        line->pts = CR_TICKS_PER_SECOND / 2;
        line->duration = CR_TICKS_PER_SECOND / 4;
        assert_int_equal(cr_mux_write(made.mux, line), CR_OK);
        cr_packet_drop(&line);
    }
    finish(&made);
}

static void check_film(const char *path, cr_rate frames, int count, int64_t samples,
                       cr_ticks tolerance)
{
    corpus_picture *pictures = NULL;
    size_t found = corpus_decode(path, &pictures);
    assert_int_equal(found, count);
    for (int i = 0; i < count; i++)
        if (llabs(pictures[i].pts - cr_frame_start(i, frames)) > tolerance)
            fail_msg("%s: frame %d at %lld", path, i, (long long)pictures[i].pts);
    free(pictures);
    cr_ticks first = CR_TICKS_NONE;
    int64_t heard = corpus_sound(path, &first);
    if (heard != samples)
        fail_msg("%s: %lld samples, not %lld", path, (long long)heard, (long long)samples);
    assert_true(llabs(first) <= tolerance);
    cr_demux *demux = corpus_open(path);
    const cr_stream_info *video = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
    assert_true(cr_color_equal(video->color, cr_color_bt709()));
    assert_true(cr_rate_equal(video->frame_rate, frames));
    cr_demux_close(&demux);
}

static void mp4_keeps_every_frame_and_sample(void **state)
{
    (void)state;
    static const cr_rate rates[] = {{24000, 1001}, {25, 1}, {30000, 1001}, {30, 1}, {60, 1}};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        int64_t samples =
            cr_scale(cr_frame_start(50, rates[i]), rate, CR_TICKS_PER_SECOND, CR_ROUND_NEAREST);
        make_film("film.mp4", "mp4", "h264", "aac", rates[i], 50, samples);
        check_film("film.mp4", rates[i], 50, samples, 0);
    }
}

static void webm_keeps_every_frame_and_sample(void **state)
{
    (void)state;
    make_film("film.webm", "webm", "vp9", "opus", (cr_rate){25, 1}, 30, 57600);
    check_film("film.webm", (cr_rate){25, 1}, 30, 57600, CR_TICKS_PER_SECOND / 1000);
}

static void mp4_starts_with_its_index_and_is_tagged(void **state)
{
    (void)state;
    make_film("front.mp4", "mp4", "h264", "aac", (cr_rate){30, 1}, 30, 48000);
    FILE *file = fopen("front.mp4", "rb");
    assert_non_null(file);
    static char data[1 << 20];
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    char *index = memmem(data, size, "moov", 4), *media = memmem(data, size, "mdat", 4);
    assert_true(index && media && index < media);
    assert_non_null(memmem(data, size, "colrnclx\0\1\0\1\0\1", 14));
    assert_int_equal(system("ffprobe -v error -show_entries "
                            "stream=codec_name,profile,color_range,color_space -of csv=p=0 "
                            "front.mp4 > said.txt && grep -q 'h264,High,tv,bt709' said.txt && "
                            "grep -q 'aac,LC' said.txt && grep -q mov_text said.txt"),
                     0);
    // The text track says the line when it should.
    assert_int_equal(system("ffmpeg -nostdin -v error -y -i front.mp4 front.srt && "
                            "grep -q '00:00:00,500 --> 00:00:00,750' front.srt && "
                            "grep -q Hello front.srt"),
                     0);
}

static void the_same_film_gives_the_same_bytes(void **state)
{
    (void)state;
    make_film("one.mp4", "mp4", "h264", "aac", (cr_rate){30, 1}, 30, 48000);
    make_film("two.mp4", "mp4", "h264", "aac", (cr_rate){30, 1}, 30, 48000);
    assert_int_equal(system("cmp one.mp4 two.mp4"), 0);
}

static void lossless_formats_give_back_the_pixels(void **state)
{
    (void)state;
    static const struct {
        const char *path, *format;
        int quality, count;
    } cases[] = {
        {"one.png", "png", 0, 1}, {"one.webp", "webp", 100, 1}, {"ten.webp", "webp", 100, 10}};
    cr_rate frames = {10, 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_encoder_desc video = {.codec = cases[i].format,
                                 .width = width,
                                 .height = height,
                                 .frame_rate = frames,
                                 .pixel = CR_PIXEL_RGBA,
                                 .color = cr_color_srgb(),
                                 .quality = cases[i].quality};
        recording made = begin(cases[i].path, cases[i].format, &video, NULL, false);
        uint64_t hashes[10];
        for (int k = 0; k < cases[i].count; k++) {
            cr_frame *frame = picture(CR_PIXEL_RGBA, k, frames);
            hashes[k] = corpus_hash(frame);
            assert_int_equal(cr_encoder_send_frame(made.video, frame), CR_OK);
            cr_frame_drop(&frame);
            drain(&made, made.video, 0);
        }
        finish(&made);
        corpus_picture *pictures = NULL;
        size_t found = corpus_decode(cases[i].path, &pictures);
        assert_int_equal(found, cases[i].count);
        for (size_t k = 0; k < found; k++)
            assert_true(pictures[k].hash == hashes[k]);
        free(pictures);
    }
}

static void a_zip_holds_numbered_pictures(void **state)
{
    (void)state;
    cr_rate frames = {10, 1};
    cr_encoder_desc video = {.codec = "png",
                             .width = width,
                             .height = height,
                             .frame_rate = frames,
                             .pixel = CR_PIXEL_RGBA,
                             .color = cr_color_srgb()};
    recording made = begin("frames.zip", "png", &video, NULL, false);
    for (int k = 0; k < 3; k++) {
        cr_frame *frame = picture(CR_PIXEL_RGBA, k, frames);
        assert_int_equal(cr_encoder_send_frame(made.video, frame), CR_OK);
        cr_frame_drop(&frame);
        drain(&made, made.video, 0);
    }
    finish(&made);
    // Python's reader checks the checksums.
    assert_int_equal(system("python3 -c \"import zipfile; z = zipfile.ZipFile('frames.zip'); "
                            "assert z.testzip() is None; "
                            "assert z.namelist() == ['frame-%06d.png' % i for i in (1, 2, 3)]\""),
                     0);
}

static void wav_is_sample_exact(void **state)
{
    (void)state;
    cr_encoder_desc audio = {.codec = "pcm_s16le", .sample_rate = rate, .channels = 2};
    recording made = begin("sound.wav", "wav", NULL, &audio, false);
    put_sound(&made, 0, 12345);
    finish(&made);
    cr_ticks first = CR_TICKS_NONE;
    assert_int_equal(corpus_sound("sound.wav", &first), 12345);
    assert_int_equal(first, 0);
}

static void an_unfinished_film_leaves_nothing(void **state)
{
    (void)state;
    unlink("never.mp4");
    cr_encoder_desc video = {.codec = "h264",
                             .width = width,
                             .height = height,
                             .frame_rate = {30, 1},
                             .pixel = CR_PIXEL_I420};
    recording made = begin("never.mp4", "mp4", &video, NULL, false);
    cr_mux_close(&made.mux);
    cr_encoder_close(&made.video);
    assert_int_equal(system("ls never.mp4* 2>/dev/null | grep -q ."), 256);
}

static void impossible_wishes_are_refused_with_a_sentence(void **state)
{
    (void)state;
    cr_encoder *encoder = NULL;
    cr_fault fault = {0};
    cr_encoder_desc odd = {
        .codec = "h264", .width = 95, .height = 64, .frame_rate = {30, 1}, .pixel = CR_PIXEL_I420};
    assert_int_equal(cr_encoder_open(&encoder, &odd, &fault), CR_INVALID);
    assert_non_null(strstr(fault.text, "95"));
    cr_encoder_desc unknown = odd;
    unknown.codec = "theora-deluxe";
    assert_int_equal(cr_encoder_open(&encoder, &unknown, &fault), CR_UNSUPPORTED);
    assert_non_null(strstr(fault.text, "theora-deluxe"));
    assert_null(encoder);
}

static void no_memory_for_a_picture_is_a_status(void **state)
{
    (void)state;
    const char *path = corpus_file("ten-bit.mkv", "-f lavfi -i testsrc2=s=64x36:r=10:d=0.3 -c:v "
                                                  "ffv1 -pix_fmt yuv420p10");
    cr_demux *demux = corpus_open(path);
    cr_decoder *decoder = NULL;
    assert_int_equal(cr_decoder_open(&decoder, &cr_demux_info(demux)->streams[0], NULL, NULL),
                     CR_OK);
    cr_packet *packet = NULL;
    assert_int_equal(cr_demux_read(demux, &packet), CR_OK);
    assert_int_equal(cr_decoder_send(decoder, packet), CR_OK);
    cr_packet_drop(&packet);
    cr_frame *frame = NULL;
    cr_mem_fail_after(1);
    assert_int_equal(cr_decoder_receive_frame(decoder, &frame), CR_NOMEM);
    cr_mem_fail_after(0);
    assert_null(frame);
    cr_decoder_close(&decoder);
    cr_demux_close(&demux);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mp4_keeps_every_frame_and_sample),
        cmocka_unit_test(webm_keeps_every_frame_and_sample),
        cmocka_unit_test(mp4_starts_with_its_index_and_is_tagged),
        cmocka_unit_test(the_same_film_gives_the_same_bytes),
        cmocka_unit_test(lossless_formats_give_back_the_pixels),
        cmocka_unit_test(a_zip_holds_numbered_pictures),
        cmocka_unit_test(wav_is_sample_exact),
        cmocka_unit_test(an_unfinished_film_leaves_nothing),
        cmocka_unit_test(impossible_wishes_are_refused_with_a_sentence),
        cmocka_unit_test(no_memory_for_a_picture_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
