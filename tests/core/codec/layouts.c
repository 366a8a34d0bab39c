// Whatever layout a decoder gives, ours holds the same picture: compared with what the ffmpeg
// program makes of the same file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "codec/codec.h"
#include "corpus.h"

#define PICTURE "-f lavfi -i testsrc2=s=64x48:r=10:d=0.3 "
#define SEE_THROUGH                                                                                \
    "-f lavfi -i \"testsrc2=s=64x48:r=10:d=0.3,format=yuva420p,"                                   \
    "geq=lum='p(X,Y)':cb='p(X,Y)':cr='p(X,Y)':a='X*4'\" "

static cr_frame *first_frame(const char *path)
{
    cr_demux *demux = corpus_open(path);
    cr_decoder *decoder = NULL;
    cr_fault fault = {0};
    if (cr_decoder_open(&decoder, &cr_demux_info(demux)->streams[0], NULL, &fault) != CR_OK)
        fail_msg("%s: %s", path, fault.text);
    cr_frame *frame = NULL;
    cr_status status;
    while ((status = cr_decoder_receive_frame(decoder, &frame)) == CR_AGAIN) {
        cr_packet *packet = NULL;
        status = cr_demux_read(demux, &packet);
        assert_true(status == CR_OK || status == CR_EOF);
        assert_int_equal(cr_decoder_send(decoder, packet), CR_OK);
        cr_packet_drop(&packet);
    }
    assert_int_equal(status, CR_OK);
    assert_int_equal(frame->pixel, cr_demux_info(demux)->streams[0].pixel);
    cr_decoder_close(&decoder);
    cr_demux_close(&demux);
    return frame;
}

// The largest difference of any byte to the raw picture in [path].
static int furthest(const cr_frame *frame, const char *path)
{
    FILE *raw = fopen(path, "rb");
    assert_non_null(raw);
    int most = 0;
    for (int plane = 0; plane < cr_pixel_planes(frame->pixel); plane++) {
        int bytes = cr_pixel_row_bytes(frame->pixel, plane, frame->width);
        for (int y = 0; y < cr_pixel_rows(frame->pixel, plane, frame->height); y++)
            for (int x = 0; x < bytes; x++) {
                int off = abs(fgetc(raw) - frame->data[plane][y * frame->stride[plane] + x]);
                if (off > most) most = off;
            }
    }
    assert_int_equal(fgetc(raw), EOF);
    fclose(raw);
    return most;
}

static void every_layout_keeps_the_picture(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments;
        const char *decoder; // for the ffmpeg program, where its own has no alpha
        cr_pixel pixel;
        const char *raw; // its name for our layout
        int tolerance;
    } files[] = {
        {"420.mp4", PICTURE "-c:v libx264 -threads 1", "", CR_PIXEL_I420, "yuv420p", 0},
        {"422.mkv", PICTURE "-c:v ffv1 -pix_fmt yuv422p", "", CR_PIXEL_I422, "yuv422p", 0},
        {"444.mkv", PICTURE "-c:v ffv1 -pix_fmt yuv444p", "", CR_PIXEL_I444, "yuv444p", 0},
        {"10-bit.mkv", PICTURE "-c:v ffv1 -pix_fmt yuv420p10", "", CR_PIXEL_I420, "yuv420p", 1},
        {"411.avi", PICTURE "-c:v ffv1 -pix_fmt yuv411p", "", CR_PIXEL_I420, "yuv420p", 8},
        {"gray.mkv", PICTURE "-c:v ffv1 -pix_fmt gray", "", CR_PIXEL_I420, "yuvj420p", 0},
        {"full.jpg", PICTURE "-frames:v 1 -pix_fmt yuvj444p", "", CR_PIXEL_I444, "yuvj444p", 0},
        {"rgb.png", PICTURE "-frames:v 1 -pix_fmt rgb24", "", CR_PIXEL_RGBA, "rgba", 0},
        {"palette.gif", PICTURE "", "", CR_PIXEL_RGBA, "rgba", 0},
        {"deep.png", PICTURE "-frames:v 1 -pix_fmt rgb48be", "", CR_PIXEL_RGBA, "rgba", 1},
        {"still.webp", PICTURE "-frames:v 1 -c:v libwebp -lossless 1 -pix_fmt bgra", "",
         CR_PIXEL_RGBA, "rgba", 0},
        {"alpha.png", SEE_THROUGH "-frames:v 1 -pix_fmt rgba", "", CR_PIXEL_RGBA, "rgba", 0},
        {"alpha-9.webm", SEE_THROUGH "-c:v libvpx-vp9 -pix_fmt yuva420p -cpu-used 8",
         "-c:v libvpx-vp9", CR_PIXEL_I420A, "yuva420p", 0},
        {"alpha-8.webm", SEE_THROUGH "-c:v libvpx -pix_fmt yuva420p -auto-alt-ref 0", "-c:v libvpx",
         CR_PIXEL_I420A, "yuva420p", 0},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = corpus_file(files[i].name, files[i].arguments);
        char *command = cr_format("ffmpeg -nostdin -v error -y %s -i %s -frames:v 1 -sws_flags "
                                  "neighbor+accurate_rnd+bitexact+full_chroma_inp+full_chroma_int "
                                  "-pix_fmt %s -f rawvideo first.raw",
                                  files[i].decoder, path, files[i].raw);
        assert_int_equal(system(command), 0);
        cr_free(command);
        cr_frame *frame = first_frame(path);
        assert_int_equal(frame->pixel, files[i].pixel);
        int off = furthest(frame, "first.raw");
        if (off > files[i].tolerance) fail_msg("%s is off by %d", files[i].name, off);
        cr_frame_drop(&frame);
    }
}

static void transparency_is_decoded(void **state)
{
    (void)state;
    cr_frame *frame = first_frame(
        corpus_file("alpha-9.webm", SEE_THROUGH "-c:v libvpx-vp9 -pix_fmt yuva420p -cpu-used 8"));
    const uint8_t *row = frame->data[3] + 20 * frame->stride[3];
    assert_true(row[0] < 20 && row[32] > 110 && row[32] < 146 && row[63] > 235);
    cr_frame_drop(&frame);
}

// Frame n is as opaque as 20 n says; gives how many frames there were.
static int faded_frames(cr_demux *demux, cr_decoder *decoder)
{
    int count = 0;
    for (cr_status status = CR_OK; status != CR_EOF;) {
        cr_frame *frame = NULL;
        status = cr_decoder_receive_frame(decoder, &frame);
        if (status == CR_OK) {
            assert_int_equal(frame->pixel, CR_PIXEL_I420A);
            int alpha = frame->data[3][20 * frame->stride[3] + 20];
            assert_true(abs(alpha - 20 * count) < 5);
            assert_int_equal(frame->pts, cr_frame_start(count++, (cr_rate){10, 1}));
            cr_frame_drop(&frame);
        } else if (status == CR_AGAIN) {
            cr_packet *packet = NULL;
            (void)!cr_demux_read(demux, &packet);
            assert_int_equal(cr_decoder_send(decoder, packet), CR_OK);
            cr_packet_drop(&packet);
        }
    }
    return count;
}

// However many threads decode, and again after a seek.
static void every_picture_has_its_own_alpha(void **state)
{
    (void)state;
    const char *path = corpus_file("fading.webm", "-f lavfi -i \"testsrc2=s=64x48:r=10:d=1.2,"
                                                  "format=yuva420p,geq=lum='p(X,Y)':cb='p(X,Y)':"
                                                  "cr='p(X,Y)':a='20*N'\" -c:v libvpx-vp9 "
                                                  "-pix_fmt yuva420p -cpu-used 8 -crf 10 -b:v 0");
    for (int threads = 1; threads <= 4; threads += 3) {
        cr_demux *demux = corpus_open(path);
        cr_decoder *decoder = NULL;
        cr_decoder_desc desc = {.thread_count = threads};
        assert_int_equal(cr_decoder_open(&decoder, &cr_demux_info(demux)->streams[0], &desc, NULL),
                         CR_OK);
        for (int i = 0; i < 3; i++) { // some whose alphas are never asked for
            cr_packet *packet = NULL;
            assert_int_equal(cr_demux_read(demux, &packet), CR_OK);
            (void)!cr_decoder_send(decoder, packet);
            cr_packet_drop(&packet);
        }
        cr_decoder_reset(decoder);
        assert_int_equal(cr_demux_seek(demux, 0, 0), CR_OK);
        assert_int_equal(faded_frames(demux, decoder), 12);
        cr_decoder_close(&decoder);
        cr_demux_close(&demux);
    }
}

static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    const char *path =
        corpus_file("threads.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=1 -c:v libx264 -bf 3");
    uint64_t sums[2] = {0};
    for (int threads = 1; threads <= 2; threads++) {
        cr_demux *demux = corpus_open(path);
        cr_decoder *decoder = NULL;
        cr_decoder_desc desc = {.thread_count = threads * threads};
        assert_int_equal(cr_decoder_open(&decoder, &cr_demux_info(demux)->streams[0], &desc, NULL),
                         CR_OK);
        int count = 0;
        for (cr_status status = CR_OK; status != CR_EOF;) {
            cr_frame *frame = NULL;
            status = cr_decoder_receive_frame(decoder, &frame);
            if (status == CR_OK) {
                sums[threads - 1] = sums[threads - 1] * 31 + corpus_hash(frame);
                assert_int_equal(frame->pts, cr_frame_start(count++, (cr_rate){25, 1}));
                cr_frame_drop(&frame);
            } else if (status == CR_AGAIN) {
                cr_packet *packet = NULL;
                (void)!cr_demux_read(demux, &packet);
                assert_int_equal(cr_decoder_send(decoder, packet), CR_OK);
                cr_packet_drop(&packet);
            }
        }
        assert_int_equal(count, 25);
        cr_decoder_close(&decoder);
        cr_demux_close(&demux);
    }
    assert_true(sums[0] == sums[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_keeps_the_picture),
        cmocka_unit_test(transparency_is_decoded),
        cmocka_unit_test(every_picture_has_its_own_alpha),
        cmocka_unit_test(the_number_of_threads_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
