// Seeking is frame-exact: whatever the file, seeking to a picture and decoding gives the picture
// that a linear decode gives, for every picture of the file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "corpus.h"

#define TEST_CLIP "-f lavfi -i testsrc2=s=160x90:r=25:d=3 "
#define SOURCE TEST_CLIP "-c:v libx264 -g 25 -bf 2 -threads 1"

static void check_every_picture(const char *path)
{
    corpus_picture *linear = NULL;
    size_t count = corpus_decode(path, &linear);
    cr_demux *demux = corpus_open(path);
    assert_true(count > 20);
    assert_int_equal(count,
                     cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO)->frame_count);
    for (size_t i = 1; i < count; i++)
        assert_true(linear[i].pts > linear[i - 1].pts);
    // Backwards, and in strides that jump both ways.
    for (size_t step = 0; step < count; step++) {
        size_t wanted = step % 2 ? count - 1 - step / 2 : step * 7 % count;
        corpus_picture found = corpus_seek(demux, linear[wanted].pts);
        if (found.pts != linear[wanted].pts)
            fail_msg("%s: picture %zu at %lld is not there after a seek, but %lld", path, wanted,
                     (long long)linear[wanted].pts, (long long)found.pts);
        if (found.hash != linear[wanted].hash)
            fail_msg("%s: picture %zu is another one after a seek", path, wanted);
    }
    cr_demux_close(&demux);
    free(linear);
}

static void long_gop_with_b_frames(void **state)
{
    (void)state;
    check_every_picture(
        corpus_file("long-gop.mp4", TEST_CLIP "-c:v libx264 -g 60 -bf 3 -threads 1"));
}

static void open_gop(void **state)
{
    (void)state;
    check_every_picture(
        corpus_file("open-gop.mp4", TEST_CLIP
                    "-c:v libx264 -threads 1 -x264-params open-gop=1:keyint=15:bframes=3"));
    check_every_picture(corpus_file("open-gop.mkv", "-i corpus/open-gop.mp4 -c copy"));
    check_every_picture(corpus_file("open-gop.ts", "-i corpus/open-gop.mp4 -c copy"));
}

static void variable_rate(void **state)
{
    (void)state;
    check_every_picture(corpus_file("uneven.mp4",
                                    TEST_CLIP "-vf \"select='not(mod(n,3))+not(mod(n,7))'\" "
                                              "-fps_mode vfr -c:v libx264 -g 12 -bf 2 -threads 1"));
}

static void edit_list(void **state)
{
    (void)state;
    // A copy that begins between keyframes: the container hides what comes before.
    corpus_file("source.mp4", SOURCE);
    check_every_picture(corpus_file("edited.mp4", "-ss 0.52 -i corpus/source.mp4 -c copy"));
}

static void webm(void **state)
{
    (void)state;
    check_every_picture(corpus_file("vp9.webm", TEST_CLIP
                                    "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 20 "
                                    "-b:v 200k"));
    check_every_picture(corpus_file("vp8.webm", TEST_CLIP
                                    "-c:v libvpx -deadline realtime -cpu-used 8 -g 20 -b:v 200k "
                                    "-auto-alt-ref 1 -lag-in-frames 10"));
}

static void late_start(void **state)
{
    (void)state;
    check_every_picture(corpus_file("late.ts", TEST_CLIP
                                    "-c:v libx264 -g 20 -bf 2 -threads 1 -output_ts_offset 5"));
}

static void moving_webp_and_gif(void **state)
{
    (void)state;
    check_every_picture(corpus_file("moving.webp", TEST_CLIP "-c:v libwebp_anim -loop 0"));
    check_every_picture(corpus_file("moving.gif", TEST_CLIP "-f gif"));
}

static void before_and_after_the_file(void **state)
{
    (void)state;
    cr_demux *demux = corpus_open(corpus_file("source.mp4", SOURCE));
    cr_packet *packet = NULL;
    assert_int_equal(cr_demux_seek(demux, 0, -CR_TICKS_PER_SECOND), CR_OK);
    assert_int_equal(cr_demux_read(demux, &packet), CR_OK);
    assert_int_equal(packet->pts, 0);
    cr_packet_drop(&packet);
    corpus_picture last = corpus_seek(demux, CR_TICKS_PER_SECOND * 100);
    assert_int_equal(last.pts, cr_frame_start(74, (cr_rate){25, 1}));
    cr_demux_close(&demux);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_gop_with_b_frames),
        cmocka_unit_test(open_gop),
        cmocka_unit_test(variable_rate),
        cmocka_unit_test(edit_list),
        cmocka_unit_test(webm),
        cmocka_unit_test(late_start),
        cmocka_unit_test(moving_webp_and_gif),
        cmocka_unit_test(before_and_after_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
