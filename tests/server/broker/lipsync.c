// Lip-sync: the mouth takes the shape of what is said, when it is said.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "broker/motion/mouth.h"
#include "clip_frames.h"
#include "native/native.h"
#include "picture_maker.h"

static cJSON *phonemes_of(const char *const *symbols, int count, int milliseconds)
{
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < count; i++) {
        cJSON *phoneme = cJSON_CreateObject();
        cJSON_AddStringToObject(phoneme, "symbol", symbols[i]);
        cr_json_add_int(phoneme, "start", cr_ticks_from_milliseconds(i * milliseconds));
        cr_json_add_int(phoneme, "end", cr_ticks_from_milliseconds((i + 1) * milliseconds));
        cJSON_AddItemToArray(list, phoneme);
    }
    return list;
}

static void every_phoneme_has_a_shape(void **state)
{
    (void)state;
    static const char *const spoken[] = {
        "aa", "ae", "ah", "ao", "aw", "ax", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy",
        "uh", "uw", "b",  "ch", "d",  "dh", "f",  "g",  "hh", "jh", "k",  "l",  "m",  "n",
        "ng", "p",  "r",  "s",  "sh", "t",  "th", "v",  "w",  "y",  "z",  "zh"};
    for (size_t i = 0; i < CR_COUNT_OF(spoken); i++)
        if (cr_viseme_of(spoken[i]) == CR_VISEME_REST) fail_msg("%s moves no lips", spoken[i]);
    assert_int_equal(cr_viseme_of("pau"), CR_VISEME_REST);
    assert_int_equal(cr_viseme_of(""), CR_VISEME_REST);
    assert_int_equal(cr_viseme_of("m"), CR_VISEME_CLOSED);
    assert_int_equal(cr_viseme_of("f"), CR_VISEME_TEETH);
    assert_int_equal(cr_viseme_of("uw"), CR_VISEME_ROUND);
    assert_int_equal(cr_viseme_of("aa"), CR_VISEME_OPEN);
}

static void frames_follow_the_phonemes(void **state)
{
    (void)state;
    static const char *const symbols[] = {"pau", "m", "aa", "f", "uw", "l", "pau"};
    cJSON *phonemes = phonemes_of(symbols, 7, 100);
    cr_motion_wish wish = {.rate = {30, 1}, .frame_count = 24, .phonemes = phonemes};
    uint8_t *frames = cr_mouth_frames(&wish);
    static const uint8_t wanted[] = {CR_VISEME_REST,  CR_VISEME_CLOSED, CR_VISEME_OPEN,
                                     CR_VISEME_TEETH, CR_VISEME_ROUND,  CR_VISEME_TONGUE,
                                     CR_VISEME_REST,  CR_VISEME_REST};
    for (int i = 0; i < 24; i++)
        assert_int_equal(frames[i], wanted[i / 3]);
    cr_free(frames);
    cJSON_Delete(phonemes);
}

static void the_shortest_closing_of_the_lips_is_seen(void **state)
{
    (void)state;
    cJSON *phonemes = cJSON_Parse("[{\"symbol\":\"aa\",\"start\":0,\"end\":141120000},"
                                  "{\"symbol\":\"p\",\"start\":141120000,\"end\":144648000},"
                                  "{\"symbol\":\"aa\",\"start\":144648000,\"end\":352800000}]");
    cr_motion_wish wish = {.rate = {30, 1}, .frame_count = 15, .phonemes = phonemes};
    uint8_t *frames = cr_mouth_frames(&wish);
    assert_int_equal(frames[6], CR_VISEME_CLOSED);
    assert_int_equal(frames[5], CR_VISEME_OPEN);
    assert_int_equal(frames[8], CR_VISEME_OPEN);
    cr_free(frames);
    cJSON_Delete(phonemes);
}

static void eyes_blink_now_and_then(void **state)
{
    (void)state;
    cr_motion_wish wish = {.rate = {30, 1}, .frame_count = 30 * 20, .seed = 9};
    uint8_t *frames = cr_blink_frames(&wish);
    int blinks = 0, shut = 0;
    for (int i = 1; i < wish.frame_count; i++) {
        blinks += frames[i] && !frames[i - 1];
        shut += frames[i];
    }
    assert_in_range(blinks, 3, 10);
    assert_true(shut < 60);
    cr_free(frames);
}

static void odd_phonemes_do_no_harm(void **state)
{
    (void)state;
    static const char *const texts[] = {"[]",
                                        "{}",
                                        "[1, null, \"x\"]",
                                        "[{\"symbol\":5,\"start\":-9,\"end\":1e300}]",
                                        "[{\"symbol\":\"aa\",\"start\":9e15,\"end\":1}]",
                                        "[{\"symbol\":\"aa\"}]"};
    for (size_t i = 0; i < CR_COUNT_OF(texts); i++) {
        cJSON *phonemes = cJSON_Parse(texts[i]);
        cr_motion_wish wish = {.rate = {30, 1}, .frame_count = 5, .phonemes = phonemes};
        uint8_t *frames = cr_mouth_frames(&wish);
        for (int f = 0; f < 5; f++)
            assert_in_range(frames[f], 1, CR_VISEME_COUNT - 1);
        cr_free(frames);
        cJSON_Delete(phonemes);
    }
}

static void the_mouth_moves_in_the_film(void **state)
{
    (void)state;
    cr_native *native;
    assert_int_equal(cr_native_open(&native, &(cr_native_desc){.thread_count = 2}), CR_OK);
    const cr_host *host = cr_native_host(native);
    cJSON *input = picture_input("in a living room", 320, 180, 3);
    cJSON_AddTrueToObject(input, "is_presenter");
    cr_fault fault = {0};
    cJSON *picture = picture_run(&cr_builtin_painter, input, "host", NULL, &fault);
    assert_non_null(picture);
    cJSON_Delete(input);
    // Half a second of silence, then an open mouth.
    static const char *const symbols[] = {"pau", "aa"};
    input = cJSON_CreateObject();
    picture_to_motion(input, picture, "host");
    cJSON_AddNumberToObject(input, "width", 320);
    cJSON_AddNumberToObject(input, "height", 180);
    cJSON *rate = cJSON_AddObjectToObject(input, "rate");
    cJSON_AddNumberToObject(rate, "num", 30);
    cJSON_AddNumberToObject(rate, "den", 1);
    cr_json_add_int(input, "duration", CR_TICKS_PER_SECOND);
    cJSON_AddItemToObject(input, "phonemes", phonemes_of(symbols, 2, 500));
    cJSON *output = picture_run(&cr_builtin_lipsync, input, "talk", host, &fault);
    if (!output) fail_msg("%s: %s", fault.where, fault.text);
    clip_frames clip;
    clip_frames_read(&clip, host, "talk/clip.mp4");
    assert_int_equal(clip.count, 30);
    const cJSON *layer, *mouth = NULL;
    cJSON_ArrayForEach(
        layer, cJSON_GetObjectItem(picture, "layers")) if (cJSON_GetObjectItem(layer, "mouth"))
        mouth = cJSON_GetObjectItem(layer, "mouth");
    int x = (int)cJSON_GetObjectItem(mouth, "x")->valuedouble - 8;
    int y = (int)cJSON_GetObjectItem(mouth, "y")->valuedouble - 4;
    double still = clip_difference(clip.frames[13], clip.frames[14], x, y, 16, 10);
    double opening = clip_difference(clip.frames[14], clip.frames[15], x, y, 16, 10);
    if (opening < 4 * still + 2) fail_msg("silence %.2f, opening %.2f", still, opening);
    clip_frames_free(&clip);
    cJSON_Delete(output);
    cJSON_Delete(input);
    cJSON_Delete(picture);
    cr_native_close(&native);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phoneme_has_a_shape),
        cmocka_unit_test(frames_follow_the_phonemes),
        cmocka_unit_test(the_shortest_closing_of_the_lips_is_seen),
        cmocka_unit_test(eyes_blink_now_and_then),
        cmocka_unit_test(odd_phonemes_do_no_harm),
        cmocka_unit_test(the_mouth_moves_in_the_film),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
