// The painter's pictures: complete, the same every time, and the sum of their layers.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cairo.h>

#include "base/mem.h"
#include "broker/painter/paint.h"
#include "picture_maker.h"

static double number(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItem(object, key);
    assert_true(cJSON_IsNumber(member));
    return member->valuedouble;
}

static cJSON *painted(cJSON *input, const char *folder)
{
    cr_fault fault = {0};
    cJSON *output = picture_run(&cr_builtin_painter, input, folder, NULL, &fault);
    if (!output) fail_msg("%s: %s", fault.where, fault.text);
    cJSON_Delete(input);
    return output;
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    const char *visual = "a fox and two rabbits in the forest at night";
    cJSON *a = painted(picture_input(visual, 320, 180, 3), "a");
    cJSON *b = painted(picture_input(visual, 320, 180, 3), "b");
    assert_true(cJSON_Compare(a, b, true));
    const cJSON *layer;
    cJSON_ArrayForEach(layer, cJSON_GetObjectItem(a, "layers"))
    {
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(layer, "file"));
        size_t size_a, size_b;
        uint8_t *bytes_a = picture_bytes("a", name, &size_a);
        uint8_t *bytes_b = picture_bytes("b", name, &size_b);
        assert_int_equal(size_a, size_b);
        assert_memory_equal(bytes_a, bytes_b, size_a);
        cr_free(bytes_a);
        cr_free(bytes_b);
    }
    cJSON_Delete(a);
    cJSON_Delete(b);
}

static void variants_differ(void **state)
{
    (void)state;
    size_t sizes[2];
    uint8_t *bytes[2];
    for (int i = 0; i < 2; i++) {
        cJSON *input = picture_input("a dog in the park", 160, 90, 3);
        cJSON_AddNumberToObject(input, "variant", i);
        cJSON_Delete(painted(input, "v"));
        bytes[i] = picture_bytes("v", "picture.png", &sizes[i]);
    }
    assert_true(sizes[0] != sizes[1] || memcmp(bytes[0], bytes[1], sizes[0]) != 0);
    cr_free(bytes[0]);
    cr_free(bytes[1]);
}

static void layers_compose_to_the_picture(void **state)
{
    (void)state;
    cJSON *out = painted(picture_input("five bees over tulips in the garden", 480, 270, 8), "l");
    double bleed = number(out, "bleed_px");
    assert_true(bleed > 4);
    cairo_surface_t *sum = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 480, 270);
    cairo_t *cr = cairo_create(sum);
    const cJSON *layer;
    double depth = -1;
    int count = 0;
    cJSON_ArrayForEach(layer, cJSON_GetObjectItem(out, "layers"))
    {
        assert_true(number(layer, "depth") >= depth);
        depth = number(layer, "depth");
        char *path = cr_format("l/%s", cJSON_GetStringValue(cJSON_GetObjectItem(layer, "file")));
        cairo_surface_t *file = cairo_image_surface_create_from_png(path);
        assert_int_equal(cairo_surface_status(file), CAIRO_STATUS_SUCCESS);
        assert_int_equal(cairo_image_surface_get_width(file), number(layer, "width"));
        assert_int_equal(cairo_image_surface_get_height(file), number(layer, "height"));
        if (count++ == 0) {
            assert_int_equal(number(layer, "width"), 480 + 2 * bleed);
            assert_int_equal(number(layer, "height"), 270 + 2 * bleed);
        }
        cairo_set_source_surface(cr, file, number(layer, "x"), number(layer, "y"));
        cairo_paint(cr);
        cairo_surface_destroy(file);
        cr_free(path);
    }
    assert_in_range(count, 3, 7);
    cairo_destroy(cr);
    cairo_surface_t *picture = cairo_image_surface_create_from_png("l/picture.png");
    cairo_surface_flush(sum);
    const uint8_t *a = cairo_image_surface_get_data(sum);
    const uint8_t *b = cairo_image_surface_get_data(picture);
    for (int y = 0; y < 270; y++)
        for (int x = 0; x < 480 * 4; x++) {
            size_t at = (size_t)y * (size_t)cairo_image_surface_get_stride(sum) + (size_t)x;
            if (x % 4 == 3) continue;
            if (abs(a[at] - b[at]) > 4) fail_msg("pixel %d, %d differs", x / 4, y);
        }
    cairo_surface_destroy(picture);
    cairo_surface_destroy(sum);
    cJSON_Delete(out);
}

// Every place at every hour fills the whole sheet and is not one flat colour.
static void every_place_can_be_painted(void **state)
{
    (void)state;
    picture_words words;
    picture_words_open(&words);
    for (int place = 1; place < CR_PLACE_COUNT; place++)
        for (int hour = 1; hour <= CR_DAYTIME_NIGHT; hour++) {
            cr_composition c = picture_read(&words, "a cat and an apple", "medium");
            c.place = (cr_place)place;
            c.daytime = (cr_daytime)hour;
            c.weather = (cr_weather)(1 + (place + hour) % CR_WEATHER_FOG);
            cr_painting *painting = cr_alloc(1, sizeof *painting);
            cr_fault fault = {0};
            int width = place % 2 ? 160 : 90, height = place % 2 ? 90 : 160;
            assert_int_equal(cr_painting_make(painting, &c, words.icons, width, height, &fault),
                             CR_OK);
            assert_true(painting->layout.count >= 2);
            cairo_surface_t *flat = cr_painting_flatten(painting);
            const uint8_t *data = cairo_image_surface_get_data(flat);
            int darkest = 255, lightest = 0;
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) {
                    const uint8_t *pixel =
                        data + (size_t)y * (size_t)cairo_image_surface_get_stride(flat) + 4 * x;
                    assert_int_equal(pixel[3], 255);
                    darkest = pixel[1] < darkest ? pixel[1] : darkest;
                    lightest = pixel[1] > lightest ? pixel[1] : lightest;
                }
            if (lightest - darkest < 60)
                fail_msg("%s %s is flat", cr_place_name(c.place), cr_daytime_name(c.daytime));
            cairo_surface_destroy(flat);
            cr_painting_close(painting);
            cr_free(painting);
        }
    picture_words_close(&words);
}

static void things_stay_inside_and_apart(void **state)
{
    (void)state;
    picture_words words;
    picture_words_open(&words);
    for (int seed = 0; seed < 12; seed++) {
        cr_composition c =
            picture_read(&words, "a horse, a dog, a cat and three chickens on a farm", "wide");
        c.seed = seed;
        cr_painting *painting = cr_alloc(1, sizeof *painting);
        assert_int_equal(cr_painting_make(painting, &c, words.icons, 320, 180, NULL), CR_OK);
        const cr_layout *layout = &painting->layout;
        assert_true(layout->count >= 4);
        for (int i = 0; i < layout->count; i++) {
            const cr_placed *item = &layout->placed[i];
            assert_true(item->x - item->width / 2 > -0.02 * painting->stage.width);
            assert_true(item->x + item->width / 2 < 1.02 * painting->stage.width);
            assert_true(item->y - item->height > 0 && item->y < painting->stage.height);
            for (int k = 0; k < i; k++) {
                const cr_placed *other = &layout->placed[k];
                double gap = (item->width + other->width) / 2;
                double apart = item->x > other->x ? item->x - other->x : other->x - item->x;
                if (apart < 0.3 * gap) fail_msg("seed %d: two things in one place", seed);
            }
        }
        cr_painting_close(painting);
        cr_free(painting);
    }
    picture_words_close(&words);
}

static void a_refinement_starts_from_the_spec(void **state)
{
    (void)state;
    cJSON *first = painted(picture_input("a honeybee on a sunflower", 160, 90, 3), "r1");
    cJSON *input = picture_input("ignored", 160, 90, 99);
    cJSON_AddItemToObject(input, "base", cJSON_Duplicate(cJSON_GetObjectItem(first, "spec"), true));
    cJSON_AddStringToObject(input, "note", "at night, without the bee");
    cJSON *second = painted(input, "r2");
    const cJSON *spec = cJSON_GetObjectItem(second, "spec");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(spec, "daytime")), "night");
    assert_int_equal(number(spec, "seed"), number(cJSON_GetObjectItem(first, "spec"), "seed"));
    const cJSON *subjects = cJSON_GetObjectItem(spec, "subjects");
    assert_int_equal(cJSON_GetArraySize(subjects), 1);
    assert_string_equal(
        cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetArrayItem(subjects, 0), "icon")),
        "sunflower");
    assert_non_null(
        strstr(cJSON_GetStringValue(cJSON_GetObjectItem(second, "understood")), "night"));
    cJSON_Delete(first);
    cJSON_Delete(second);
}

static void a_presenter_has_a_face_to_move(void **state)
{
    (void)state;
    cJSON *input = picture_input("in a living room", 320, 180, 3);
    cJSON_AddTrueToObject(input, "is_presenter");
    cJSON *out = painted(input, "p");
    const cJSON *layer, *found = NULL;
    cJSON_ArrayForEach(layer, cJSON_GetObjectItem(out, "layers"))
    {
        const char *role = cJSON_GetStringValue(cJSON_GetObjectItem(layer, "role"));
        if (role && !strcmp(role, "presenter")) found = layer;
    }
    assert_non_null(found);
    const cJSON *mouth = cJSON_GetObjectItem(found, "mouth");
    assert_in_range(number(mouth, "x"), 80, 240);
    assert_in_range(number(mouth, "y"), 60, 150);
    assert_true(number(mouth, "width") > 8);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(found, "eyes")), 2);
    cJSON_Delete(out);
}

static void bad_requests_name_the_member(void **state)
{
    (void)state;
    cr_fault fault = {0};
    cJSON *input = picture_input("a cat", 320, 180, 3);
    cJSON_DeleteItemFromObject(input, "height");
    assert_null(picture_run(&cr_builtin_painter, input, "bad", NULL, &fault));
    assert_int_equal(fault.status, CR_INVALID);
    cJSON_AddNumberToObject(input, "height", 1e9);
    assert_null(picture_run(&cr_builtin_painter, input, "bad", NULL, &fault));
    assert_string_equal(fault.where, "/height");
    cJSON_ReplaceItemInObject(input, "height", cJSON_CreateNumber(180));
    cJSON_AddItemToObject(input, "base", cJSON_Parse("{\"place\":\"nowhere\"}"));
    assert_null(picture_run(&cr_builtin_painter, input, "bad", NULL, &fault));
    assert_string_equal(fault.where, "/base/place");
    cJSON_Delete(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(variants_differ),
        cmocka_unit_test(layers_compose_to_the_picture),
        cmocka_unit_test(every_place_can_be_painted),
        cmocka_unit_test(things_stay_inside_and_apart),
        cmocka_unit_test(a_refinement_starts_from_the_spec),
        cmocka_unit_test(a_presenter_has_a_face_to_move),
        cmocka_unit_test(bad_requests_name_the_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
