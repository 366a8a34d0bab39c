// Seeking is frame-exact: whatever the file, seeking to a picture and decoding gives the picture
// that a linear decode gives, for every picture of the file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/core/media/clip.h"

#define TEST_CLIP "-f lavfi -i testsrc2=s=160x90:r=25:d=3 "

static void check_every_picture(const char *name)
{
    static clip_pictures linear, some;
    cr_demux *demux = clip_open(name);
    const cr_stream_info *info = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
    assert_non_null(info);
    clip_decode(demux, info->index, 2, 0, &linear);
    assert_true(linear.count > 20);
    assert_int_equal(linear.count, info->frame_count);
    for (int i = 1; i < linear.count; i++)
        assert_true(linear.at[i].pts > linear.at[i - 1].pts);
    // Backwards, and in strides that jump both ways.
    for (int step = 0; step < linear.count; step++) {
        int wanted = step % 2 ? linear.count - 1 - step / 2 : step * 7 % linear.count;
        cr_ticks pts = linear.at[wanted].pts;
        assert_int_equal(cr_demux_seek(demux, info->index, pts), CR_OK);
        clip_decode(demux, info->index, 1, 0, &some);
        int found = -1;
        for (int i = 0; i < some.count && found < 0; i++)
            if (some.at[i].pts == pts) found = i;
        if (found < 0)
            fail_msg("%s: picture %d at %lld is not there after a seek (%d are, from %lld)", name,
                     wanted, (long long)pts, some.count,
                     (long long)(some.count ? some.at[0].pts : 0));
        if (some.at[found].hash != linear.at[wanted].hash)
            fail_msg("%s: picture %d is another one after a seek", name, wanted);
    }
    cr_demux_close(&demux);
}

static void long_gop_with_b_frames(void **state)
{
    (void)state;
    clip_make("long-gop.mp4", TEST_CLIP "-c:v libx264 -g 60 -bf 3 -threads 1");
    check_every_picture("long-gop.mp4");
}

static void open_gop(void **state)
{
    (void)state;
    clip_make("open-gop.mp4",
              TEST_CLIP "-c:v libx264 -threads 1 -x264-params open-gop=1:keyint=15:bframes=3");
    check_every_picture("open-gop.mp4");
    clip_make("open-gop.mkv", "-i open-gop.mp4 -c copy");
    check_every_picture("open-gop.mkv");
    clip_make("open-gop.ts", "-i open-gop.mp4 -c copy");
    check_every_picture("open-gop.ts");
}

static void variable_rate(void **state)
{
    (void)state;
    clip_make("uneven.mp4", TEST_CLIP "-vf \"select='not(mod(n,3))+not(mod(n,7))'\" "
                                      "-fps_mode vfr -c:v libx264 -g 12 -bf 2 -threads 1");
    check_every_picture("uneven.mp4");
}

static void edit_list(void **state)
{
    (void)state;
    // A copy that begins between keyframes: the container hides what comes before.
    clip_make("source.mp4", TEST_CLIP "-c:v libx264 -g 25 -bf 2 -threads 1");
    clip_make("edited.mp4", "-ss 0.52 -i source.mp4 -c copy");
    check_every_picture("edited.mp4");
}

static void webm(void **state)
{
    (void)state;
    clip_make("vp9.webm", TEST_CLIP "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 20 "
                                    "-b:v 200k");
    check_every_picture("vp9.webm");
    clip_make("vp8.webm", TEST_CLIP "-c:v libvpx -deadline realtime -cpu-used 8 -g 20 -b:v 200k "
                                    "-auto-alt-ref 1 -lag-in-frames 10");
    check_every_picture("vp8.webm");
}

static void late_start(void **state)
{
    (void)state;
    clip_make("late.ts", TEST_CLIP "-c:v libx264 -g 20 -bf 2 -threads 1 -output_ts_offset 5");
    check_every_picture("late.ts");
}

static void moving_webp_and_gif(void **state)
{
    (void)state;
    clip_make("moving.webp", TEST_CLIP "-c:v libwebp_anim -loop 0");
    check_every_picture("moving.webp");
    clip_make("moving.gif", TEST_CLIP "-f gif");
    check_every_picture("moving.gif");
}

static void before_and_after_the_file(void **state)
{
    (void)state;
    static clip_pictures some;
    clip_make("source.mp4", TEST_CLIP "-c:v libx264 -g 25 -bf 2 -threads 1");
    cr_demux *demux = clip_open("source.mp4");
    assert_int_equal(cr_demux_seek(demux, 0, -CR_TICKS_PER_SECOND), CR_OK);
    clip_decode(demux, 0, 1, 1, &some);
    assert_int_equal(some.at[0].pts, 0);
    assert_int_equal(cr_demux_seek(demux, 0, CR_TICKS_PER_SECOND * 100), CR_OK);
    clip_decode(demux, 0, 1, 0, &some);
    assert_true(some.count > 0);
    assert_int_equal(some.at[some.count - 1].pts, cr_frame_start(74, (cr_rate){25, 1}));
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
