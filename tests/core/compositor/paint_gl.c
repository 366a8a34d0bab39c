// The painter on the graphics processor against the one that defines what is right: within 2/255
// and 50 dB for everything that the catalog knows, and whatever else a picture may be.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <GLES3/gl3.h>
#include <cmocka.h>

#include "compositor/paint_gl.h"
#include "compositor/paint_gl_device.h"
#include "native/native_gl.h"
#include "tests/core/compositor/catalog_pictures.h"

enum { WIDTH = CATALOG_PICTURE_WIDTH, HEIGHT = CATALOG_PICTURE_HEIGHT, DIFFERENCE_MAX = 2 };
static const double psnr_min = 50;

static cr_painter *exact;
static cr_paint_gl *painter;

static cr_frame *paint_gl(const cr_picture *picture)
{
    cr_frame *out = NULL;
    cr_fault fault = {0};
    cr_status status = cr_paint_gl_paint(painter, picture, &out, &fault);
    if (status != CR_OK) fail_msg("%s: %s", cr_status_name(status), fault.text);
    return out;
}

static double psnr(const cr_frame *a, const cr_frame *b)
{
    double sum = 0, count = 0;
    for (int p = 0; p < cr_pixel_planes(a->pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(a->pixel, p, a->height); y++) {
            int bytes = cr_pixel_row_bytes(a->pixel, p, a->width);
            for (int x = 0; x < bytes; x++) {
                int d = a->data[p][a->stride[p] * y + x] - b->data[p][b->stride[p] * y + x];
                sum += d * d;
            }
            count += bytes;
        }
    }
    return sum == 0 ? 99 : 10 * log10(255 * 255 * count / sum);
}

static void assert_near(const char *what, cr_frame *expected, cr_frame *found)
{
    int difference = frame_difference(expected, found);
    double decibels = psnr(expected, found);
    if (getenv("CUTROOM_TEST_SAYS"))
        print_message("%-40s %3d %6.1f dB\n", what, difference, decibels);
    if (difference > DIFFERENCE_MAX || decibels < psnr_min)
        fail_msg("%s: differs by %d, %.1f dB", what, difference, decibels);
    cr_frame_drop(&expected);
    cr_frame_drop(&found);
}

// The picture in every layout that is delivered.
static void assert_same(const char *what, cr_picture picture)
{
    static const cr_pixel pixels[3] = {CR_PIXEL_I420, CR_PIXEL_RGBA, CR_PIXEL_I420A};
    for (int i = 0; i < 3; i++) {
        char name[120];
        (void)snprintf(name, sizeof name, "%s as %s", what, cr_pixel_name(pixels[i]));
        picture.pixel = pixels[i];
        picture.color = pixels[i] == CR_PIXEL_RGBA ? cr_color_srgb() : cr_color_bt709();
        assert_near(name, paint(exact, &picture), paint_gl(&picture));
    }
}

static void assert_same_items(const char *what, const cr_paint_item *items, int count)
{
    assert_same(what, picture_of(CR_PIXEL_I420, WIDTH, HEIGHT, items, count));
}

// --- one layer ---

static void every_layout_in_every_pose(void **state)
{
    (void)state;
    cr_frame *below = frame_of_shapes(CR_PIXEL_I420, WIDTH, HEIGHT);
    for (int pixel = 1; pixel < CR_PIXEL_COUNT; pixel++) {
        cr_frame *frame = frame_of_shapes((cr_pixel)pixel, 131, 77);
        for (size_t i = 0; i < POSE_COUNT; i++) {
            cr_paint_item items[2] = {item_of(layer_of(below)), item_of(layer_of(frame))};
            set_pose(&items[1].from, &poses[i]);
            char name[100];
            (void)snprintf(name, sizeof name, "%s %s", cr_pixel_name((cr_pixel)pixel),
                           poses[i].name);
            assert_same_items(name, items, 2);
        }
        cr_frame_drop(&frame);
    }
    cr_frame_drop(&below);
}

static void every_orientation(void **state)
{
    (void)state;
    for (int pixel = 1; pixel < CR_PIXEL_COUNT; pixel++) {
        for (int turns = 0; turns < 8; turns++) {
            cr_frame *frame = frame_of_noise((cr_pixel)pixel, 61, 43, 5);
            frame->orientation =
                (cr_orientation){.quarter_turns = turns & 3, .mirrored = turns > 3};
            frame->sample_aspect = (cr_rate){4, 3};
            cr_paint_item item = item_of(layer_of(frame));
            item.from.fit = CR_FIT_CONTAIN;
            char name[100];
            (void)snprintf(name, sizeof name, "%s turned %d", cr_pixel_name((cr_pixel)pixel),
                           turns);
            assert_same_items(name, &item, 1);
            cr_frame_drop(&frame);
        }
    }
}

static void every_color(void **state)
{
    (void)state;
    static const cr_matrix matrices[3] = {CR_MATRIX_BT709, CR_MATRIX_BT601, CR_MATRIX_BT2020};
    static const cr_transfer transfers[4] = {CR_TRANSFER_BT709, CR_TRANSFER_PQ, CR_TRANSFER_HLG,
                                             CR_TRANSFER_LINEAR};
    static const cr_primaries primaries[3] = {CR_PRIMARIES_BT709, CR_PRIMARIES_BT2020,
                                              CR_PRIMARIES_P3};
    for (int i = 0; i < 3 * 2 * 4 * 3; i++) {
        cr_frame *frame = frame_of_noise(i % 2 ? CR_PIXEL_I420 : CR_PIXEL_I444, 40, 30, 8);
        frame->color =
            (cr_color){matrices[i % 3], i / 3 % 2 ? CR_COLOR_RANGE_FULL : CR_COLOR_RANGE_LIMITED,
                       primaries[i / 24], transfers[i / 6 % 4]};
        cr_paint_item item = item_of(layer_of(frame));
        char name[100];
        (void)snprintf(name, sizeof name, "color %d", i);
        assert_same_items(name, &item, 1);
        for (int range = 0; range < 2; range++) {
            cr_picture picture = picture_of(CR_PIXEL_I420, 41, 31, &item, 1);
            picture.color.matrix = matrices[(i + 1) % 3];
            picture.color.range = range ? CR_COLOR_RANGE_FULL : CR_COLOR_RANGE_LIMITED;
            assert_near(name, paint(exact, &picture), paint_gl(&picture));
        }
        cr_frame_drop(&frame);
    }
}

static void solids_texts_and_backgrounds(void **state)
{
    (void)state;
    cr_frame *text = frame_of_shapes(CR_PIXEL_RGBA, 90, 31);
    cr_paint_item items[3] = {item_of(layer_of(NULL)), item_of(layer_of(text)),
                              item_of(layer_of(text))};
    items[0].from.color = 0x3060C080;
    items[1].from.is_placed = items[2].from.is_placed = true;
    items[1].from.left = 21;
    items[1].from.top = 50;
    items[2].from.left = -33;
    items[2].from.top = -4;
    items[2].from.params[CR_CLIP_ROTATION] = 9 * CR_ONE;
    for (int count = 0; count <= 3; count++) {
        for (int i = 0; i < 3; i++) {
            static const uint32_t backgrounds[3] = {0x000000FF, 0xE0A01040, 0};
            cr_picture picture = picture_of(CR_PIXEL_I420, WIDTH, HEIGHT, items, count);
            picture.background = backgrounds[i];
            assert_same("solids and texts", picture);
            picture.width = 75; // a smaller preview
            picture.height = 48;
            assert_same("solids and texts, half", picture);
            picture.width = 37;
            picture.height = 23;
            assert_same("solids and texts, quarter", picture);
        }
    }
    cr_frame_drop(&text);
}

// --- the catalog ---

static void same(const char *group, const cr_picture *picture, void *user)
{
    (void)user;
    assert_same(group, *picture);
}

static void every_blend_mode(void **state)
{
    (void)state;
    blend_pictures(same, NULL);
}

static void every_effect(void **state)
{
    (void)state;
    effect_pictures(same, NULL);
}

static void effects_one_after_another(void **state)
{
    (void)state;
    effect_chain_pictures(same, NULL);
}

static void every_transition(void **state)
{
    (void)state;
    transition_pictures(same, NULL);
}

// --- showing, keeping, losing ---

typedef struct screen {
    GLuint framebuffer, texture;
    cr_paint_gl_view view;
} screen;

static void open_screen(screen *s, int width, int height)
{
    glGenTextures(1, &s->texture);
    glBindTexture(GL_TEXTURE_2D, s->texture);
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, width + 5, height + 9);
    glGenFramebuffers(1, &s->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, s->framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, s->texture, 0);
    s->view = (cr_paint_gl_view){s->framebuffer, 2, 3, width, height};
}

static void close_screen(screen *s)
{
    glDeleteFramebuffers(1, &s->framebuffer);
    glDeleteTextures(1, &s->texture);
}

// What the screen shows, top row first.
static cr_frame *read_screen(const screen *s)
{
    const cr_paint_gl_view *v = &s->view;
    cr_frame *frame = NULL;
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_RGBA, v->width, v->height), CR_OK);
    glBindFramebuffer(GL_FRAMEBUFFER, s->framebuffer);
    for (int y = 0; y < v->height; y++)
        glReadPixels(v->left, v->bottom + v->height - 1 - y, v->width, 1, GL_RGBA, GL_UNSIGNED_BYTE,
                     frame->data[0] + frame->stride[0] * y);
    return frame;
}

static void the_screen_shows_the_picture(void **state)
{
    (void)state;
    cr_frame *film = frame_of_shapes(CR_PIXEL_I420, WIDTH, HEIGHT);
    cr_frame *graphic = frame_of_shapes(CR_PIXEL_RGBA, 90, 70);
    static const int sizes[4][2] = {{WIDTH, HEIGHT}, {WIDTH / 2, HEIGHT / 2}, {300, 192}, {37, 24}};
    for (int i = 0; i < 16; i++) {
        cr_paint_item items[2] = {item_of(layer_of(film)), item_of(layer_of(graphic))};
        set_pose(&items[1].from, &poses[10]);
        cr_pixel pixel = i / 4 % 2 ? CR_PIXEL_RGBA : CR_PIXEL_I420;
        cr_picture picture = picture_of(pixel, WIDTH, HEIGHT, items, 1 + i / 8);
        screen s;
        open_screen(&s, sizes[i % 4][0], sizes[i % 4][1]);
        cr_fault fault = {0};
        if (cr_paint_gl_show(painter, &picture, &s.view, &fault) != CR_OK)
            fail_msg("%s", fault.text);
        cr_frame *shown = read_screen(&s), *made = paint(exact, &picture);
        cr_paint_item whole = item_of(layer_of(made));
        cr_picture to_screen = picture_of(CR_PIXEL_RGBA, s.view.width, s.view.height, &whole, 1);
        assert_near("screen", paint(exact, &to_screen), shown);
        if (cr_paint_gl_show_frame(painter, made, &s.view, &fault) != CR_OK)
            fail_msg("%s", fault.text);
        assert_near("frame on screen", paint(exact, &to_screen), read_screen(&s));
        cr_frame_drop(&made);
        close_screen(&s);
    }
    cr_frame_drop(&film);
    cr_frame_drop(&graphic);
}

static cr_paint_gl_stats stats_of(const cr_paint_gl *of)
{
    cr_paint_gl_stats stats;
    cr_paint_gl_stats_get(of, &stats);
    return stats;
}

static void frames_are_uploaded_once_and_let_go(void **state)
{
    (void)state;
    cr_paint_gl *own = NULL;
    const cr_paint_gl_desc desc = {.cache_bytes_max = 100000};
    assert_int_equal(cr_paint_gl_open(&own, &desc), CR_OK);
    cr_frame *still = frame_of_shapes(CR_PIXEL_RGBA, 100, 50);
    int64_t most = 0;
    for (int i = 0; i < 60; i++) {
        cr_frame *film = frame_of_noise(CR_PIXEL_I420, WIDTH, HEIGHT, (uint64_t)i);
        cr_paint_item items[2] = {item_of(layer_of(film)), item_of(layer_of(still))};
        items[1].from.params[CR_CLIP_OPACITY] = CR_ONE / 2;
        cr_picture picture = picture_of(CR_PIXEL_RGBA, WIDTH, HEIGHT, items, 2);
        cr_frame *out = NULL;
        assert_int_equal(cr_paint_gl_paint(own, &picture, &out, NULL), CR_OK);
        assert_int_equal(stats_of(own).uploads, 2 + i);
        most = stats_of(own).frame_bytes > most ? stats_of(own).frame_bytes : most;
        cr_frame_drop(&out);
        cr_frame_drop(&film);
    }
    assert_true(most <= 100000 && most > 40000);
    assert_true(stats_of(own).texture_bytes < 1000000);
    assert_false(cr_frame_is_writable(still));
    cr_paint_gl_close(&own);
    assert_true(cr_frame_is_writable(still));
    cr_frame_drop(&still);
}

// Objects that there are in the context.
static int count_objects(void)
{
    enum { NAMES_MAX = 5000 };
    int count = 0;
    for (GLuint name = 1; name < NAMES_MAX; name++)
        count += glIsTexture(name) + glIsFramebuffer(name) + glIsBuffer(name) +
                 glIsVertexArray(name) + glIsProgram(name) + glIsShader(name);
    return count;
}

static void all_objects_are_given_back(void **state)
{
    (void)state;
    int before = count_objects();
    cr_paint_gl *own = NULL;
    assert_int_equal(cr_paint_gl_open(&own, &(cr_paint_gl_desc){0}), CR_OK);
    cr_frame *graphic = frame_of_shapes(CR_PIXEL_RGBA, 90, 70);
    cr_effect_value blur = {.entry = cr_catalog_effect("blur"), .params = {20 * CR_ONE}};
    cr_paint_item item = item_of(layer_of(graphic));
    item.from.effects = &blur;
    item.from.effect_count = 1;
    set_pose(&item.from, &poses[6]);
    cr_picture picture = picture_of(CR_PIXEL_I420, WIDTH, HEIGHT, &item, 1);
    cr_frame *out = NULL;
    assert_int_equal(cr_paint_gl_paint(own, &picture, &out, NULL), CR_OK);
    assert_true(count_objects() > before);
    cr_paint_gl_close(&own);
    assert_int_equal(count_objects(), before);
    assert_int_equal(glGetError(), GL_NO_ERROR);
    cr_frame_drop(&out);
    cr_frame_drop(&graphic);
}

static void a_lost_context_comes_back(void **state)
{
    (void)state;
    cr_native_gl *first = NULL, *second = NULL;
    cr_paint_gl *own = NULL;
    cr_frame *film = frame_of_shapes(CR_PIXEL_I420, WIDTH, HEIGHT);
    cr_paint_item item = item_of(layer_of(film));
    set_pose(&item.from, &poses[10]);
    cr_picture picture = picture_of(CR_PIXEL_I420, WIDTH, HEIGHT, &item, 1);
    cr_frame *before = NULL, *after = NULL;
    assert_int_equal(cr_native_gl_open(&first, NULL), CR_OK);
    assert_int_equal(cr_paint_gl_open(&own, &(cr_paint_gl_desc){0}), CR_OK);
    assert_int_equal(cr_paint_gl_paint(own, &picture, &before, NULL), CR_OK);
    cr_native_gl_close(&first);
    cr_paint_gl_forget(own);
    assert_int_equal(stats_of(own).texture_bytes, 0);
    assert_true(cr_frame_is_writable(film));
    assert_int_equal(cr_native_gl_open(&second, NULL), CR_OK);
    assert_int_equal(cr_paint_gl_paint(own, &picture, &after, NULL), CR_OK);
    assert_int_equal(frame_difference(before, after), 0);
    cr_paint_gl_close(&own);
    cr_native_gl_close(&second);
    assert_int_equal(cr_native_gl_use(*state), CR_OK);
    cr_frame_drop(&before);
    cr_frame_drop(&after);
    cr_frame_drop(&film);
}

// The errors of GL itself, and what they are taken for.
static void an_error_is_not_a_lost_context(void **state)
{
    (void)state;
    cr_gl_device device = {0};
    cr_gl_check(&device);
    assert_int_equal(device.status, CR_OK);
    glEnable(GL_NONE);
    glBindTexture(GL_NONE, 0);
    cr_gl_check(&device);
    assert_int_equal(device.status, CR_UNSUPPORTED);
    assert_non_null(strstr(device.fault.text, "0x0500"));
    assert_null(strstr(device.fault.text, "lost"));
    assert_int_equal(glGetError(), GL_NO_ERROR);
    cr_paint_item item = item_of(layer_of(NULL));
    cr_picture picture = picture_of(CR_PIXEL_RGBA, 16, 16, &item, 1);
    glEnable(GL_NONE); // somebody else's
    assert_same("after an error of others", picture);
}

static void what_is_too_large_is_refused(void **state)
{
    (void)state;
    cr_paint_item item = item_of(layer_of(NULL));
    cr_picture picture = picture_of(CR_PIXEL_RGBA, 9000, 16, &item, 1);
    cr_frame *out = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_paint_gl_paint(painter, &picture, &out, &fault), CR_UNSUPPORTED);
    assert_non_null(strstr(fault.text, "9000"));
    assert_null(out);
    picture.width = 0;
    assert_int_equal(cr_paint_gl_paint(painter, &picture, &out, &fault), CR_INVALID);
}

int main(void)
{
    cr_native_gl *context = NULL;
    cr_fault fault = {0};
    if (cr_native_gl_open(&context, &fault) != CR_OK) {
        print_message("%s\n", fault.text);
        return 1;
    }
    if (cr_painter_open(&exact, &(cr_painter_desc){0}) != CR_OK) return 1;
    if (cr_paint_gl_open(&painter, &(cr_paint_gl_desc){0}) != CR_OK) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_in_every_pose),
        cmocka_unit_test(every_orientation),
        cmocka_unit_test(every_color),
        cmocka_unit_test(solids_texts_and_backgrounds),
        cmocka_unit_test(every_blend_mode),
        cmocka_unit_test(every_effect),
        cmocka_unit_test(effects_one_after_another),
        cmocka_unit_test(every_transition),
        cmocka_unit_test(the_screen_shows_the_picture),
        cmocka_unit_test(frames_are_uploaded_once_and_let_go),
        cmocka_unit_test(all_objects_are_given_back),
        cmocka_unit_test_prestate(a_lost_context_comes_back, context),
        cmocka_unit_test(an_error_is_not_a_lost_context),
        cmocka_unit_test(what_is_too_large_is_refused),
    };
    int failed = cmocka_run_group_tests_name("compositor/paint_gl", tests, NULL, NULL);
    cr_paint_gl_close(&painter);
    cr_painter_close(&exact);
    cr_native_gl_close(&context);
    return failed;
}
