// Text as pictures, with the fonts that are shipped.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "compositor/text.h"
#include "native/native.h"

enum { WIDE = 1920, TALL = 1080 };

typedef struct stage {
    cr_native *native;
    cr_text_painter *painter;
    int warnings;
} stage;

static const cr_text_style plain = {.font = "",
                                    .weight = 700,
                                    .size = 64 * CR_ONE,
                                    .color = 0xffffffff,
                                    .outline_color = 0x000000ff,
                                    .outline = 4 * CR_ONE,
                                    .line_spacing = CR_ONE,
                                    .vertical = 1};

static void count_warning(void *cookie, cr_log_level level, const char *line)
{
    (void)level, (void)line;
    ((stage *)cookie)->warnings++;
}

static char *font_folder(void)
{
    const char *data = getenv("CUTROOM_DATA");
    return cr_format("%s/fonts", data ? data : "data");
}

static int open_stage(void **state)
{
    stage *s = cr_alloc(1, sizeof *s);
    cr_native_desc desc = {.thread_count = 1, .log = {count_warning, s, CR_LOG_WARNING}};
    assert_int_equal(cr_native_open(&s->native, &desc), CR_OK);
    char *folder = font_folder();
    cr_fault fault = {0};
    cr_status status = cr_text_painter_open(&s->painter, cr_native_host(s->native), folder, &fault);
    if (status != CR_OK) print_error("%s: %s\n", fault.where, fault.text);
    assert_int_equal(status, CR_OK);
    cr_free(folder);
    *state = s;
    return 0;
}

static int close_stage(void **state)
{
    stage *s = *state;
    cr_text_painter_close(&s->painter);
    cr_native_close(&s->native);
    cr_free(s);
    return 0;
}

typedef struct drawn {
    cr_frame *frame;
    int left, top;
} drawn;

static drawn draw_on(stage *s, const char *text, const cr_text_style *style, int width, int height)
{
    cr_text_desc desc = {.text = text,
                         .style = style,
                         .project_width = width,
                         .project_height = height,
                         .width = width,
                         .height = height};
    drawn out = {0};
    assert_int_equal(cr_text_painter_draw(s->painter, &desc, &out.frame, &out.left, &out.top),
                     CR_OK);
    return out;
}

static drawn draw(stage *s, const char *text, const cr_text_style *style)
{
    return draw_on(s, text, style, WIDE, TALL);
}

static const uint8_t *pixel_at(const cr_frame *frame, int x, int y)
{
    return frame->data[0] + y * frame->stride[0] + (ptrdiff_t)x * 4;
}

// How many pixels are covered at least half by something close to [color].
static int count_color(const cr_frame *frame, uint32_t color)
{
    int count = 0;
    for (int y = 0; y < frame->height; y++) {
        for (int x = 0; x < frame->width; x++) {
            const uint8_t *p = pixel_at(frame, x, y);
            count += p[3] >= 128 && abs(p[0] - (int)(color >> 24)) < 24 &&
                     abs(p[1] - (int)(color >> 16 & 255)) < 24 &&
                     abs(p[2] - (int)(color >> 8 & 255)) < 24;
        }
    }
    return count;
}

// Equal but for the rounding of one blend more or less.
static bool same_alpha(const cr_frame *a, const cr_frame *b)
{
    if (a->width != b->width || a->height != b->height) return false;
    for (int y = 0; y < a->height; y++) {
        for (int x = 0; x < a->width; x++) {
            if (abs(pixel_at(a, x, y)[3] - pixel_at(b, x, y)[3]) > 2) return false;
        }
    }
    return true;
}

static void every_shipped_script_is_drawn_without_a_missing_character(void **state)
{
    static const char *const texts[] = {
        "How do bees find flowers? Äß Œuvre ŻółĆ",
        "Πώς βρίσκουν οι μέλισσες τα λουλούδια;",
        "Как пчёлы находят цветы? Їжак Ґанок",
        "كيف يجد النحل الأزهار؟",
        "איך דבורים מוצאות פרחים?",
        "मधुमक्खियाँ फूल कैसे ढूँढती हैं?",
        "Bees — النحل — דבורים — मधु 123",
    };
    stage *s = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        drawn d = draw(s, texts[i], &plain);
        assert_true(count_color(d.frame, 0xffffffff) > 3000);
        cr_frame_drop(&d.frame);
    }
    assert_int_equal(s->warnings, 0);
}

// How much of the frame's columns [from, to) above the base line is covered.
static int count_ink(const cr_frame *frame, int from, int to)
{
    int count = 0;
    for (int y = 0; y < frame->height / 2; y++) {
        for (int x = from; x < to; x++)
            count += pixel_at(frame, x, y)[3] > 128;
    }
    return count;
}

static void right_to_left_text_ends_at_the_left(void **state)
{
    // A full stop leaves the upper half of its end empty.
    stage *s = *state;
    drawn hebrew = draw(s, "שלום...", &plain);
    drawn latin = draw(s, "hello...", &plain);
    int width = hebrew.frame->width, part = width / 10;
    assert_int_equal(count_ink(hebrew.frame, 0, part), 0);
    assert_true(count_ink(hebrew.frame, width - part, width) > 100);
    width = latin.frame->width;
    assert_true(count_ink(latin.frame, 0, part) > 100);
    assert_int_equal(count_ink(latin.frame, width - part, width), 0);
    cr_frame_drop(&hebrew.frame);
    cr_frame_drop(&latin.frame);
}

static int count_empty_columns(const cr_frame *frame)
{
    int count = 0;
    for (int x = 0; x < frame->width; x++) {
        bool is_empty = true;
        for (int y = 0; y < frame->height; y++)
            is_empty &= pixel_at(frame, x, y)[3] == 0;
        count += is_empty;
    }
    return count;
}

static void arabic_letters_are_joined(void **state)
{
    stage *s = *state;
    cr_text_style style = plain;
    style.outline = 0;
    style.letter_spacing = 0;
    drawn joined = draw(s, "ههه", &style);
    drawn apart = draw(s, "ه\u200cه\u200cه", &style);
    assert_int_equal(count_empty_columns(joined.frame), 0);
    assert_true(count_empty_columns(apart.frame) > 0);
    cr_frame_drop(&joined.frame);
    cr_frame_drop(&apart.frame);
}

static void text_stays_title_safe_on_wide_and_tall_canvases(void **state)
{
    static const int sizes[][2] = {{1920, 1080}, {1080, 1920}, {1080, 1080}, {640, 360}};
    stage *s = *state;
    for (size_t i = 0; i < 4; i++) {
        for (int vertical = -1; vertical <= 1; vertical++) {
            for (int align = -1; align <= 1; align++) {
                cr_text_style style = plain;
                style.vertical = vertical;
                style.align = align;
                style.size = sizes[i][1] * CR_ONE / 16;
                style.outline = 0;
                int width = sizes[i][0], height = sizes[i][1];
                drawn d = draw_on(s,
                                  "A rather long sentence that has to be wrapped into several "
                                  "lines, because it is much too long for one of them",
                                  &style, width, height);
                assert_true(d.left >= width / 20 - 1);
                assert_true(d.top >= height / 20 - 1);
                assert_true(d.left + d.frame->width <= width - width / 20 + 1);
                assert_true(d.top + d.frame->height <= height - height / 20 + 1);
                cr_frame_drop(&d.frame);
            }
        }
    }
}

static void a_word_too_long_for_a_line_is_set_smaller(void **state)
{
    stage *s = *state;
    cr_text_style style = plain;
    style.size = 130 * CR_ONE;
    drawn d = draw_on(s, "Donaudampfschifffahrtsgesellschaftskapitän", &style, 1080, 1920);
    assert_true(d.left >= 30 && d.left + d.frame->width <= 1050);
    cr_frame_drop(&d.frame);
}

static void escapes_of_the_script_are_drawn_as_they_stand(void **state)
{
    stage *s = *state;
    cr_text_style left = plain;
    left.align = -1;
    drawn tag = draw(s, "{\\b0}x", &left);
    drawn letter = draw(s, "x", &left);
    assert_true(tag.frame->width > letter.frame->width * 3);
    drawn line = draw(s, "a\\Nb", &left);
    drawn two = draw(s, "a\nb", &left);
    assert_true(two.frame->height > line.frame->height * 3 / 2);
    cr_frame_drop(&tag.frame);
    cr_frame_drop(&letter.frame);
    cr_frame_drop(&line.frame);
    cr_frame_drop(&two.frame);
}

static drawn draw_words(stage *s, const cr_text_style *style, cr_ticks at)
{
    const cr_ticks second = CR_TICKS_PER_SECOND;
    char one[] = "one", two[] = "two", three[] = "three";
    cr_word words[] = {{.text = one, .range = {0, second}},
                       {.text = two, .range = {second, second}},
                       {.text = three, .range = {3 * second, second}}};
    cr_text_desc desc = {.text = "one two, three!",
                         .style = style,
                         .project_width = WIDE,
                         .project_height = TALL,
                         .width = WIDE,
                         .height = TALL,
                         .word_count = 3,
                         .words = words,
                         .at = at};
    drawn out = {0};
    assert_int_equal(cr_text_painter_draw(s->painter, &desc, &out.frame, &out.left, &out.top),
                     CR_OK);
    return out;
}

static void the_spoken_word_is_highlighted_and_no_letter_moves(void **state)
{
    stage *s = *state;
    cr_text_style style = plain;
    style.highlight_color = 0xffd000ff;
    drawn first = draw_words(s, &style, 0);
    drawn second = draw_words(s, &style, CR_TICKS_PER_SECOND);
    drawn pause = draw_words(s, &style, CR_TICKS_PER_SECOND * 5 / 2);
    assert_true(count_color(first.frame, 0xffd000ff) > 300);
    assert_true(count_color(second.frame, 0xffd000ff) > 300);
    assert_int_equal(count_color(pause.frame, 0xffd000ff), 0);
    assert_true(same_alpha(first.frame, second.frame));
    assert_true(same_alpha(first.frame, pause.frame));
    // The lit letters are at another place.
    int moved = 0;
    for (int x = 0; x < first.frame->width; x++)
        moved += pixel_at(first.frame, x, first.frame->height / 2)[2] !=
                 pixel_at(second.frame, x, first.frame->height / 2)[2];
    assert_true(moved > 20);
    cr_frame_drop(&first.frame);
    cr_frame_drop(&second.frame);
    cr_frame_drop(&pause.frame);
}

static void the_same_description_shares_one_frame(void **state)
{
    stage *s = *state;
    drawn a = draw(s, "again", &plain);
    drawn b = draw(s, "again", &plain);
    assert_ptr_equal(a.frame, b.frame);
    cr_frame_drop(&a.frame);
    cr_frame_drop(&b.frame);
}

static void more_texts_than_the_cache_holds_give_the_same_pixels_again(void **state)
{
    stage *s = *state;
    drawn before = draw(s, "first", &plain);
    for (int i = 0; i < 60; i++) {
        char text[16];
        snprintf(text, sizeof text, "text %d", i);
        drawn d = draw(s, text, &plain);
        cr_frame_drop(&d.frame);
    }
    drawn after = draw(s, "first", &plain);
    assert_true(same_alpha(before.frame, after.frame));
    assert_int_equal(before.left, after.left);
    cr_frame_drop(&before.frame);
    cr_frame_drop(&after.frame);
}

static void an_empty_text_has_no_ink(void **state)
{
    stage *s = *state;
    static const char *const texts[] = {"", "   ", "\n"};
    for (int i = 0; i < 3; i++) {
        cr_text_desc desc = {.text = texts[i],
                             .style = &plain,
                             .project_width = WIDE,
                             .project_height = TALL,
                             .width = WIDE,
                             .height = TALL};
        cr_frame *frame = NULL;
        int left, top;
        assert_int_equal(cr_text_painter_draw(s->painter, &desc, &frame, &left, &top), CR_EOF);
        assert_null(frame);
    }
}

static void a_character_that_no_font_has_is_left_out_with_a_warning(void **state)
{
    stage *s = *state;
    drawn with = draw(s, "bee \U0001F41D", &plain);
    assert_int_equal(s->warnings, 1);
    drawn without = draw(s, "bee ", &plain);
    assert_true(same_alpha(with.frame, without.frame));
    cr_frame_drop(&with.frame);
    cr_frame_drop(&without.frame);
}

static void a_box_lies_under_the_text_and_a_shadow_beside_it(void **state)
{
    stage *s = *state;
    cr_text_style style = plain;
    style.box_color = 0x204060ff;
    style.box_padding = 20 * CR_ONE;
    drawn box = draw(s, "boxed", &style);
    assert_true(count_color(box.frame, 0x204060ff) > count_color(box.frame, 0xffffffff));
    assert_int_equal(pixel_at(box.frame, 0, 0)[3], 0); // round corners
    assert_int_equal(pixel_at(box.frame, box.frame->width / 2, 1)[3], 255);
    cr_text_style shadowed = plain;
    shadowed.shadow_color = 0xff0000ff;
    shadowed.shadow = 12 * CR_ONE;
    drawn shadow = draw(s, "shadow", &shadowed);
    drawn bare = draw(s, "shadow", &plain);
    assert_true(count_color(shadow.frame, 0xff0000ff) > 100);
    assert_int_equal(count_color(bare.frame, 0xff0000ff), 0);
    cr_frame_drop(&box.frame);
    cr_frame_drop(&shadow.frame);
    cr_frame_drop(&bare.frame);
}

static void a_smaller_output_is_the_same_picture_smaller(void **state)
{
    stage *s = *state;
    drawn whole = draw(s, "How bees find flowers", &plain);
    cr_text_desc desc = {.text = "How bees find flowers",
                         .style = &plain,
                         .project_width = WIDE,
                         .project_height = TALL,
                         .width = WIDE / 2,
                         .height = TALL / 2};
    drawn half = {0};
    assert_int_equal(cr_text_painter_draw(s->painter, &desc, &half.frame, &half.left, &half.top),
                     CR_OK);
    assert_in_range(half.frame->width, whole.frame->width / 2 - 3, whole.frame->width / 2 + 3);
    assert_in_range(half.left, whole.left / 2 - 2, whole.left / 2 + 2);
    assert_in_range(half.top, whole.top / 2 - 2, whole.top / 2 + 2);
    cr_frame_drop(&whole.frame);
    cr_frame_drop(&half.frame);
}

static void an_unknown_family_is_known_to_be_unknown(void **state)
{
    stage *s = *state;
    assert_true(cr_text_painter_has_font(s->painter, ""));
    assert_true(cr_text_painter_has_font(s->painter, "Noto Sans"));
    assert_true(cr_text_painter_has_font(s->painter, "noto serif"));
    assert_false(cr_text_painter_has_font(s->painter, "Comic Sans"));
    cr_text_style style = plain;
    char family[] = "Comic Sans";
    style.font = family;
    cr_text_desc desc = {.text = "x",
                         .style = &style,
                         .project_width = WIDE,
                         .project_height = TALL,
                         .width = WIDE,
                         .height = TALL};
    cr_frame *frame = NULL;
    int left, top;
    assert_int_equal(cr_text_painter_draw(s->painter, &desc, &frame, &left, &top), CR_NOTFOUND);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_font_that_is_missing_or_broken_is_named(void **state)
{
    stage *s = *state;
    const cr_host *host = cr_native_host(s->native);
    cr_text_painter *painter = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_text_painter_open(&painter, host, "nowhere", &fault), CR_NOTFOUND);
    assert_string_equal(fault.where, "nowhere/fonts.txt");
    write_file("fonts.txt", "# none of these is here\n\nGone.ttf\n");
    assert_int_equal(cr_text_painter_open(&painter, host, ".", &fault), CR_NOTFOUND);
    assert_string_equal(fault.where, "./Gone.ttf");
    write_file("fonts.txt", "Broken.ttf\n");
    write_file("Broken.ttf", "this is no font");
    assert_int_equal(cr_text_painter_open(&painter, host, ".", &fault), CR_CORRUPT);
    assert_string_equal(fault.where, "Broken.ttf");
    write_file("fonts.txt", "\n");
    assert_int_equal(cr_text_painter_open(&painter, host, ".", &fault), CR_NOTFOUND);
    assert_null(painter);
}

int main(void)
{
#define STAGED(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)
    const struct CMUnitTest tests[] = {
        STAGED(every_shipped_script_is_drawn_without_a_missing_character),
        STAGED(right_to_left_text_ends_at_the_left),
        STAGED(arabic_letters_are_joined),
        STAGED(text_stays_title_safe_on_wide_and_tall_canvases),
        STAGED(a_word_too_long_for_a_line_is_set_smaller),
        STAGED(escapes_of_the_script_are_drawn_as_they_stand),
        STAGED(the_spoken_word_is_highlighted_and_no_letter_moves),
        STAGED(the_same_description_shares_one_frame),
        STAGED(more_texts_than_the_cache_holds_give_the_same_pixels_again),
        STAGED(an_empty_text_has_no_ink),
        STAGED(a_character_that_no_font_has_is_left_out_with_a_warning),
        STAGED(a_box_lies_under_the_text_and_a_shadow_beside_it),
        STAGED(a_smaller_output_is_the_same_picture_smaller),
        STAGED(an_unknown_family_is_known_to_be_unknown),
        STAGED(a_font_that_is_missing_or_broken_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
