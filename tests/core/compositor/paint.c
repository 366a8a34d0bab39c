// What every picture must hold: the same bytes however it is painted, ends of transitions, limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "native/native.h"
#include "tests/core/compositor/pictures.h"

static cr_painter *plain_painter;

typedef struct scene {
    cr_frame *frames[4];
    cr_effect_value effects[4];
    cr_paint_item items[4];
    int item_count;
    cr_picture picture;
} scene;

static cr_number between(noise *n, cr_number low, cr_number high)
{
    return low + (cr_number)noise_next(n, 1000001) * (high - low) / 1000000;
}

static cr_paint_layer random_layer(scene *s, noise *n, int index)
{
    cr_frame *frame = s->frames[noise_next(n, 4)];
    cr_paint_layer layer = layer_of(noise_next(n, 8) == 0 ? NULL : frame);
    layer.color = noise_next(n, UINT32_MAX);
    layer.fit = (cr_fit)noise_next(n, 4);
    layer.blend = noise_next(n, 3) ? CR_BLEND_NORMAL : (cr_blend)(1 + noise_next(n, 16));
    cr_number *p = layer.params;
    if (noise_next(n, 3)) {
        p[CR_CLIP_X] = between(n, -40 * CR_ONE, 40 * CR_ONE);
        p[CR_CLIP_Y] = between(n, -40 * CR_ONE, 40 * CR_ONE);
        p[CR_CLIP_SCALE_X] = between(n, -2 * CR_ONE, 2 * CR_ONE);
        p[CR_CLIP_SCALE_Y] = between(n, CR_ONE / 50, 2 * CR_ONE);
        p[CR_CLIP_CROP_LEFT] = between(n, 0, CR_ONE / 3);
        p[CR_CLIP_CORNER_RADIUS] = between(n, 0, 20 * CR_ONE);
    }
    if (noise_next(n, 3) == 0) p[CR_CLIP_ROTATION] = between(n, -360 * CR_ONE, 360 * CR_ONE);
    if (noise_next(n, 2)) p[CR_CLIP_OPACITY] = between(n, 0, CR_ONE);
    if (noise_next(n, 3) == 0) {
        int count;
        const cr_catalog_entry *all = cr_catalog_effects(&count);
        s->effects[index].entry = &all[noise_next(n, (unsigned)count)];
        for (int i = 0; i < s->effects[index].entry->param_count; i++)
            s->effects[index].params[i] = s->effects[index].entry->params[i].fallback;
        layer.effects = &s->effects[index];
        layer.effect_count = 1;
    }
    return layer;
}

static void random_scene(scene *s, uint64_t seed)
{
    static const cr_pixel pixels[3] = {CR_PIXEL_I420, CR_PIXEL_RGBA, CR_PIXEL_I420A};
    noise n = {seed * 77 + 5};
    memset(s, 0, sizeof *s);
    int width = 1 + (int)noise_next(&n, 150), height = 1 + (int)noise_next(&n, 200);
    for (int i = 0; i < 4; i++) {
        cr_pixel pixel = (cr_pixel)(1 + noise_next(&n, CR_PIXEL_COUNT - 1));
        s->frames[i] =
            frame_of_noise(pixel, 1 + (int)noise_next(&n, 300), 1 + (int)noise_next(&n, 90), seed);
        s->frames[i]->orientation.quarter_turns = (uint8_t)noise_next(&n, 4);
        s->frames[i]->orientation.mirrored = noise_next(&n, 2);
        if (noise_next(&n, 5) == 0) s->frames[i]->color.primaries = CR_PRIMARIES_BT2020;
    }
    s->item_count = (int)noise_next(&n, 3);
    for (int i = 0; i < s->item_count; i++) {
        s->items[i] = item_of(random_layer(s, &n, 2 * i));
        if (noise_next(&n, 2)) continue;
        int count;
        const cr_catalog_entry *all = cr_catalog_transitions(&count);
        cr_paint_item *item = &s->items[i];
        item->to = random_layer(s, &n, 2 * i + 1);
        item->has_to = noise_next(&n, 4) > 0;
        item->transition = &all[noise_next(&n, (unsigned)count)];
        item->progress = between(&n, 0, CR_ONE);
        for (int k = 0; k < item->transition->param_count; k++)
            item->transition_params[k] = item->transition->params[k].fallback;
    }
    s->picture = picture_of(pixels[noise_next(&n, 3)], width, height, s->items, s->item_count);
    s->picture.background = noise_next(&n, UINT32_MAX);
    s->picture.project_width = 1 + (int)noise_next(&n, 200);
}

static void end_scene(scene *s)
{
    for (int i = 0; i < 4; i++)
        cr_frame_drop(&s->frames[i]);
}

static void assert_same_bytes(cr_painter *painter, uint64_t seeds)
{
    for (uint64_t seed = 0; seed < seeds; seed++) {
        scene s;
        random_scene(&s, seed);
        cr_frame *expected = paint(plain_painter, &s.picture), *other = paint(painter, &s.picture);
        if (frame_difference(expected, other) != 0) fail_msg("seed %d differs", (int)seed);
        cr_frame_drop(&expected);
        cr_frame_drop(&other);
        end_scene(&s);
    }
}

static void same_bytes_without_simd(void **state)
{
    (void)state;
    cr_painter *painter = NULL;
    assert_int_equal(cr_painter_open(&painter, &(cr_painter_desc){.without_simd = true}), CR_OK);
    assert_same_bytes(painter, 150);
    cr_painter_close(&painter);
}

static void same_bytes_on_many_threads(void **state)
{
    (void)state;
    for (int threads = 2; threads <= 7; threads += 5) {
        cr_native *native = NULL;
        assert_int_equal(cr_native_open(&native, &(cr_native_desc){.thread_count = threads}),
                         CR_OK);
        cr_painter *painter = NULL;
        cr_painter_desc desc = {.host = cr_native_host(native)};
        assert_int_equal(cr_painter_open(&painter, &desc), CR_OK);
        assert_same_bytes(painter, 60);
        cr_painter_close(&painter);
        cr_native_close(&native);
    }
}

static void a_plain_frame_is_shared(void **state)
{
    (void)state;
    cr_frame *frame = frame_of_noise(CR_PIXEL_I420, 33, 21, 1);
    cr_paint_item items[2] = {item_of(layer_of(frame)), item_of(layer_of(frame))};
    cr_picture picture = picture_of(CR_PIXEL_I420, 33, 21, items, 2);
    cr_frame *out = paint(plain_painter, &picture);
    assert_ptr_equal(out, frame);
    cr_frame_drop(&out);
    items[1].from.params[CR_CLIP_OPACITY] = CR_ONE / 2;
    out = paint(plain_painter, &picture);
    assert_ptr_not_equal(out, frame);
    assert_true(frame_difference(out, frame) <= 1);
    cr_frame_drop(&out);
    cr_frame_drop(&frame);
}

static void transitions_begin_and_end_with_the_plain_layers(void **state)
{
    (void)state;
    int count;
    const cr_catalog_entry *all = cr_catalog_transitions(&count);
    cr_frame *a = frame_of_noise(CR_PIXEL_I420, 64, 48, 1);
    cr_frame *b = frame_of_noise(CR_PIXEL_I420, 64, 48, 2);
    assert_true(count >= 6);
    for (int i = 0; i < 3 * count; i++) {
        cr_paint_item item = item_of(layer_of(a));
        item.to = layer_of(b);
        item.has_to = true;
        item.transition = &all[i / 3];
        for (int k = 0; k < all[i / 3].param_count; k++)
            item.transition_params[k] = all[i / 3].params[k].fallback;
        item.progress = i % 3 * (CR_ONE / 2);
        cr_picture picture = picture_of(CR_PIXEL_I420, 64, 48, &item, 1);
        cr_frame *out = paint(plain_painter, &picture);
        assert_int_equal(frame_difference(out, a) == 0, i % 3 == 0);
        assert_int_equal(frame_difference(out, b) == 0, i % 3 == 2);
        cr_frame_drop(&out);
    }
    cr_frame_drop(&a);
    cr_frame_drop(&b);
}

// Planes [p] of a one-coloured result.
static int sample(const cr_frame *frame, int plane)
{
    return frame->data[plane][frame->stride[plane] * (frame->height / 4) + frame->width / 4];
}

static void color_bars_stay_within_2_through_every_chain(void **state)
{
    (void)state;
    for (int bar = 0; bar < 8; bar++) {
        uint8_t rgba[4] = {bar & 1 ? 191 : 0, bar & 2 ? 191 : 0, bar & 4 ? 191 : 0, 255};
        cr_frame *source = frame_of_color(CR_PIXEL_RGBA, 32, 32, rgba);
        for (int chain = 0; chain < 4; chain++) {
            static const cr_matrix matrices[4] = {CR_MATRIX_BT709, CR_MATRIX_BT601,
                                                  CR_MATRIX_BT2020, CR_MATRIX_BT601};
            cr_paint_item item = item_of(layer_of(source));
            cr_picture to = picture_of(CR_PIXEL_I420, 32, 32, &item, 1);
            to.color.matrix = matrices[chain];
            if (chain == 3) to.color.range = CR_COLOR_RANGE_FULL;
            cr_frame *video = paint(plain_painter, &to);
            // Turned and scaled on the way, into the project's space and back to RGB.
            item = item_of(layer_of(video));
            item.from.params[CR_CLIP_SCALE_X] = 2500000;
            item.from.params[CR_CLIP_SCALE_Y] = 2500000;
            item.from.params[CR_CLIP_ROTATION] = chain * 15 * CR_ONE;
            cr_picture middle = picture_of(CR_PIXEL_I420, 40, 24, &item, 1);
            cr_frame *film = paint(plain_painter, &middle);
            item = item_of(layer_of(film));
            cr_picture back = picture_of(CR_PIXEL_RGBA, 40, 24, &item, 1);
            cr_frame *out = paint(plain_painter, &back);
            for (int c = 0; c < 3; c++) {
                int value = out->data[0][out->stride[0] * 12 + 80 + c];
                assert_in_range(value + 2, rgba[c], rgba[c] + 4);
            }
            cr_frame_drop(&video);
            cr_frame_drop(&film);
            cr_frame_drop(&out);
        }
        cr_frame_drop(&source);
    }
}

static void known_colors_have_their_known_codes(void **state)
{
    (void)state;
    // 75 % bars of BT.709: green and red.
    const struct {
        uint32_t color;
        int y, u, v;
    } cases[] = {{0xFFFFFFFF, 235, 128, 128},
                 {0x000000FF, 16, 128, 128},
                 {0x00BF00FF, 133, 63, 52},
                 {0xBF0000FF, 51, 109, 212}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_paint_layer layer = layer_of(NULL);
        layer.color = cases[i].color;
        cr_paint_item item = item_of(layer);
        cr_picture picture = picture_of(CR_PIXEL_I420, 16, 16, &item, 1);
        cr_frame *out = paint(plain_painter, &picture);
        assert_in_range(sample(out, 0) + 1, cases[i].y, cases[i].y + 2);
        assert_in_range(out->data[1][0] + 1, cases[i].u, cases[i].u + 2);
        assert_in_range(out->data[2][0] + 1, cases[i].v, cases[i].v + 2);
        cr_frame_drop(&out);
    }
}

// A pattern of lines moves by a sixteenth of a pixel a frame: no frame may jump, none may stand.
static void slow_moves_are_smooth(void **state)
{
    (void)state;
    cr_frame *frame = frame_of_noise(CR_PIXEL_I420, 160, 90, 3);
    for (int y = 0; y < 90; y++) {
        for (int x = 0; x < 160; x++)
            frame->data[0][frame->stride[0] * y + x] = (uint8_t)(40 + 160 * ((x / 3 + y / 5) % 2));
    }
    cr_frame *before = NULL;
    int64_t smallest = INT64_MAX, largest = 0;
    for (int at = 0; at < 48; at++) {
        cr_paint_item item = item_of(layer_of(frame));
        item.from.params[CR_CLIP_X] = at * CR_ONE / 16;
        item.from.params[CR_CLIP_SCALE_X] = item.from.params[CR_CLIP_SCALE_Y] = 1200000;
        cr_picture picture = picture_of(CR_PIXEL_I420, 160, 90, &item, 1);
        cr_frame *out = paint(plain_painter, &picture);
        int64_t change = 0;
        for (int y = 10; before && y < 80; y++) {
            for (int x = 10; x < 150; x++)
                change += abs(out->data[0][out->stride[0] * y + x] -
                              before->data[0][before->stride[0] * y + x]);
        }
        if (before && change < smallest) smallest = change;
        if (change > largest) largest = change;
        cr_frame_drop(&before);
        before = out;
    }
    assert_true(smallest > 0);
    assert_true(largest * 4 < smallest * 5);
    cr_frame_drop(&before);
    cr_frame_drop(&frame);
}

static void absurd_numbers_are_survived(void **state)
{
    (void)state;
    cr_frame *frame = frame_of_noise(CR_PIXEL_RGBA, 50, 40, 4);
    const cr_number values[] = {0, 1, -1, CR_ONE, -CR_ONE, CR_NUMBER_MAX, -CR_NUMBER_MAX};
    noise n = {9};
    for (int round = 0; round < 300; round++) {
        cr_paint_layer layer = layer_of(round % 5 ? frame : NULL);
        for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++) {
            if (noise_next(&n, 4) == 0) layer.params[i] = values[noise_next(&n, 7)];
        }
        cr_paint_item item = item_of(layer);
        cr_picture picture =
            picture_of(round % 2 ? CR_PIXEL_I420 : CR_PIXEL_RGBA, 31, 17, &item, 1);
        cr_frame *out = paint(plain_painter, &picture);
        cr_frame_drop(&out);
    }
    cr_frame_drop(&frame);
}

static void sizes_over_the_limit_are_refused(void **state)
{
    (void)state;
    cr_frame *out = NULL;
    cr_picture picture = picture_of(CR_PIXEL_I420, CR_PICTURE_SIDE_MAX + 1, 8, NULL, 0);
    assert_int_equal(cr_painter_paint(plain_painter, &picture, &out), CR_LIMIT);
    picture.width = 0;
    picture.project_width = 8;
    assert_int_equal(cr_painter_paint(plain_painter, &picture, &out), CR_INVALID);
    picture = picture_of(CR_PIXEL_GRAY, 8, 8, NULL, 0);
    assert_int_equal(cr_painter_paint(plain_painter, &picture, &out), CR_UNSUPPORTED);
    assert_null(out);
}

static void lack_of_memory_is_reported(void **state)
{
    (void)state;
    cr_frame *frame = frame_of_noise(CR_PIXEL_RGBA, 64, 64, 5);
    cr_paint_item item = item_of(layer_of(frame));
    item.from.params[CR_CLIP_ROTATION] = CR_ONE;
    cr_picture picture = picture_of(CR_PIXEL_I420, 64, 64, &item, 1);
    bool has_failed = false, has_worked = false;
    for (int at = 1; at < 12; at++) {
        cr_painter *painter = NULL;
        assert_int_equal(cr_painter_open(&painter, &(cr_painter_desc){0}), CR_OK);
        cr_frame *out = NULL;
        cr_mem_fail_after(at);
        cr_status status = cr_painter_paint(painter, &picture, &out);
        cr_mem_fail_after(0);
        assert_true(status == CR_OK || status == CR_NOMEM);
        has_failed = has_failed || status == CR_NOMEM;
        has_worked = has_worked || status == CR_OK;
        cr_frame_drop(&out);
        cr_painter_close(&painter);
    }
    assert_true(has_failed && has_worked);
    cr_frame_drop(&frame);
}

// Pictures of the same scene on every machine, now and later.
static void goldens_are_kept(void **state)
{
    (void)state;
    static const uint64_t goldens[12] = {
        UINT64_C(0x8d007226fd984a98), UINT64_C(0xeea996e9a45e6808), UINT64_C(0x7927475616f1b0e0),
        UINT64_C(0x41d00723922cca67), UINT64_C(0x6029a403a57a3e8d), UINT64_C(0x25bdb4ce1a2d93c0),
        UINT64_C(0xd74e130fb30e2e9b), UINT64_C(0xe49d4d0f0ff835ed), UINT64_C(0xf6b10783f7331cd7),
        UINT64_C(0xe0171a6ac1f64045), UINT64_C(0xcf9ec53f9c1bc848), UINT64_C(0xb4713cec863032fb),
    };
    uint64_t hashes[12];
    bool is_same = true;
    for (uint64_t i = 0; i < 12; i++) {
        scene s;
        random_scene(&s, 1000 + i);
        cr_frame *out = paint(plain_painter, &s.picture);
        hashes[i] = frame_hash(out);
        is_same = is_same && hashes[i] == goldens[i];
        cr_frame_drop(&out);
        end_scene(&s);
    }
    for (int i = 0; i < 12 && !is_same; i++)
        print_message("        UINT64_C(0x%016llx),\n", (unsigned long long)hashes[i]);
    assert_true(is_same);
}

int main(void)
{
    if (cr_painter_open(&plain_painter, &(cr_painter_desc){0}) != CR_OK) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes_without_simd),
        cmocka_unit_test(same_bytes_on_many_threads),
        cmocka_unit_test(a_plain_frame_is_shared),
        cmocka_unit_test(transitions_begin_and_end_with_the_plain_layers),
        cmocka_unit_test(color_bars_stay_within_2_through_every_chain),
        cmocka_unit_test(known_colors_have_their_known_codes),
        cmocka_unit_test(slow_moves_are_smooth),
        cmocka_unit_test(absurd_numbers_are_survived),
        cmocka_unit_test(sizes_over_the_limit_are_refused),
        cmocka_unit_test(lack_of_memory_is_reported),
        cmocka_unit_test(goldens_are_kept),
    };
    int failed = cmocka_run_group_tests_name("compositor/paint", tests, NULL, NULL);
    cr_painter_close(&plain_painter);
    return failed;
}
