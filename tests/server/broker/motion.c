// Motion: clips of the right length and size that move, and move evenly.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "broker/motion/clip.h"
#include "clip_frames.h"
#include "native/native.h"
#include "picture_maker.h"

static cr_native *native;

static int open_host(void **state)
{
    (void)state;
    return cr_native_open(&native, &(cr_native_desc){.thread_count = 2}) == CR_OK ? 0 : -1;
}

static int close_host(void **state)
{
    (void)state;
    cr_native_close(&native);
    return 0;
}

static cJSON *motion_input(int width, int height, int num, int den, int64_t duration,
                           const char *shot)
{
    cJSON *input = cJSON_CreateObject();
    cJSON_AddNumberToObject(input, "width", width);
    cJSON_AddNumberToObject(input, "height", height);
    cJSON *rate = cJSON_AddObjectToObject(input, "rate");
    cJSON_AddNumberToObject(rate, "num", num);
    cJSON_AddNumberToObject(rate, "den", den);
    cr_json_add_int(input, "duration", duration);
    cJSON_AddStringToObject(input, "shot", shot);
    cJSON_AddNumberToObject(input, "seed", 4);
    return input;
}

static cJSON *picture_of(const char *visual, const char *folder)
{
    cJSON *input = picture_input(visual, 320, 180, 6);
    cr_fault fault = {0};
    cJSON *output = picture_run(&cr_builtin_painter, input, folder, NULL, &fault);
    assert_non_null(output);
    cJSON_Delete(input);
    return output;
}

static cJSON *run_motion(cJSON *input, const char *folder)
{
    cr_fault fault = {0};
    cJSON *output = picture_run(&cr_builtin_motion, input, folder, cr_native_host(native), &fault);
    if (!output) fail_msg("%s: %s", fault.where, fault.text);
    cJSON_Delete(input);
    return output;
}

static void moves_evenly(const clip_frames *clip, const char *what)
{
    int width = clip->frames[0]->width, height = clip->frames[0]->height;
    double sum = 0, most = 0;
    for (int i = 1; i < clip->count; i++) {
        double step = clip_difference(clip->frames[i - 1], clip->frames[i], 0, 0, width, height);
        if (step <= 0.02) fail_msg("%s: frame %d is the one before it", what, i);
        sum += step;
        most = step > most ? step : most;
    }
    double mean = sum / (clip->count - 1);
    if (most > 4 * mean + 0.2) fail_msg("%s: a jump of %.2f among %.2f", what, most, mean);
}

static void every_move_is_smooth_and_of_exact_length(void **state)
{
    (void)state;
    static const struct {
        const char *shot, *move;
        int num, den, frames;
    } table[] = {
        {"push in", "push-in", 30, 1, 45},
        {"slow pull out", "pull-out", 25, 1, 30},
        {"wide, pan left", "pan-left", 24, 1, 24},
        {"pan right", "pan-right", 30000, 1001, 31},
        {"tilt up", "tilt-up", 30, 1, 20},
        {"tilt down", "tilt-down", 30, 1, 20},
        {"drift", "drift", 30, 1, 40},
    };
    cJSON *picture = picture_of("a honeybee on a sunflower in a meadow", "still");
    for (size_t i = 0; i < CR_COUNT_OF(table); i++) {
        cr_rate rate = {table[i].num, table[i].den};
        cr_ticks duration = cr_frame_start(table[i].frames, rate);
        cJSON *input = motion_input(320, 180, rate.num, rate.den, duration, table[i].shot);
        picture_to_motion(input, picture, "still");
        cJSON *output = run_motion(input, "moved");
        assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(output, "move")),
                            table[i].move);
        assert_int_equal(cJSON_GetObjectItem(output, "duration")->valuedouble, duration);
        clip_frames clip;
        clip_frames_read(&clip, cr_native_host(native), "moved/clip.mp4");
        assert_int_equal(clip.count, table[i].frames);
        assert_int_equal(clip.frames[0]->width, 320);
        assert_int_equal(clip.frames[0]->height, 180);
        moves_evenly(&clip, table[i].shot);
        clip_frames_free(&clip);
        cJSON_Delete(output);
    }
    cJSON_Delete(picture);
}

// The bleed is enough: no move ever shows what is beyond a layer's edge, which would be black.
static void no_edge_is_ever_seen(void **state)
{
    (void)state;
    for (int move = CR_MOVE_PUSH_IN; move <= CR_MOVE_DRIFT; move++)
        for (int step = 0; step <= 10; step++)
            for (int seed = 0; seed < 4; seed++) {
                cr_camera camera =
                    cr_camera_make((cr_move)move, 81, 1920, 1080, 12, (uint64_t)seed);
                for (int depth = 0; depth <= 10; depth++) {
                    cr_view view = cr_camera_at(&camera, depth / 10.0, step / 10.0);
                    double x = view.x > 0 ? view.x : -view.x, y = view.y > 0 ? view.y : -view.y;
                    assert_true(view.scale >= 1);
                    assert_true((960 + 81) * view.scale - x >= 960);
                    assert_true((540 + 81) * view.scale - y >= 540);
                }
            }
}

static void near_layers_move_more_than_far_ones(void **state)
{
    (void)state;
    cr_camera camera = cr_camera_make(CR_MOVE_PAN_LEFT, 81, 1920, 1080, 5, 1);
    double far = cr_camera_at(&camera, 0, 1).x - cr_camera_at(&camera, 0, 0).x;
    double near = cr_camera_at(&camera, 1, 1).x - cr_camera_at(&camera, 1, 0).x;
    assert_true(near > 2 * far && far > 0);
}

static void a_picture_without_layers_moves_too(void **state)
{
    (void)state;
    cJSON *picture = picture_of("a fox in the forest", "flat");
    static const char *const shots[] = {"push in", "pan left"};
    for (size_t i = 0; i < CR_COUNT_OF(shots); i++) {
        cJSON *input = motion_input(180, 320, 30, 1, cr_ticks_from_milliseconds(700), shots[i]);
        picture_to_motion(input, picture, "flat");
        cJSON_DeleteItemFromObject(input, "layers");
        cJSON_DeleteItemFromObject(input, "bleed_px");
        cJSON *output = run_motion(input, "flat-moved");
        clip_frames clip;
        clip_frames_read(&clip, cr_native_host(native), "flat-moved/clip.mp4");
        assert_int_equal(clip.count, 21);
        assert_int_equal(clip.frames[0]->height, 320);
        moves_evenly(&clip, shots[i]);
        clip_frames_free(&clip);
        cJSON_Delete(output);
    }
    cJSON_Delete(picture);
}

static void the_same_input_gives_the_same_clip(void **state)
{
    (void)state;
    cJSON *picture = picture_of("a boat at sea", "same");
    size_t sizes[2];
    uint8_t *bytes[2];
    for (int i = 0; i < 2; i++) {
        cJSON *input = motion_input(320, 180, 30, 1, cr_ticks_from_milliseconds(400), "drift");
        picture_to_motion(input, picture, "same");
        cJSON_Delete(run_motion(input, "same-moved"));
        bytes[i] = picture_bytes("same-moved", "clip.mp4", &sizes[i]);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    cr_free(bytes[0]);
    cr_free(bytes[1]);
    cJSON_Delete(picture);
}

static void bad_requests_name_the_member(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
    } table[] = {
        {"{}", "/picture"},
        {"{\"picture\":\"p\"}", "/width"},
        {"{\"picture\":\"p\",\"width\":320,\"height\":180}", "/rate"},
        {"{\"picture\":\"p\",\"width\":320,\"height\":180,\"rate\":{\"num\":30,\"den\":0}}",
         "/rate/den"},
        {"{\"picture\":\"p\",\"width\":320,\"height\":180,\"rate\":{\"num\":30,\"den\":1}}",
         "/duration"},
        {"{\"picture\":\"p\",\"width\":320,\"height\":180,\"rate\":{\"num\":30,\"den\":1},"
         "\"duration\":99,\"layers\":[{}]}",
         "/layers/0/file"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(table); i++) {
        cJSON *input = cJSON_Parse(table[i].text);
        cr_fault fault = {0};
        assert_null(picture_run(&cr_builtin_motion, input, "bad", cr_native_host(native), &fault));
        assert_string_equal(fault.where, table[i].where);
        cJSON_Delete(input);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_move_is_smooth_and_of_exact_length),
        cmocka_unit_test(no_edge_is_ever_seen),
        cmocka_unit_test(near_layers_move_more_than_far_ones),
        cmocka_unit_test(a_picture_without_layers_moves_too),
        cmocka_unit_test(the_same_input_gives_the_same_clip),
        cmocka_unit_test(bad_requests_name_the_member),
    };
    return cmocka_run_group_tests(tests, open_host, close_host);
}
