#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "project/catalog.h"
#include "project/value.h"

static cr_animated two(cr_keyframe *keyframes, cr_easing easing)
{
    keyframes[0] = (cr_keyframe){.at = 100, .value = 0, .easing = easing};
    keyframes[1] = (cr_keyframe){.at = 200, .value = CR_ONE, .easing = CR_EASING_LINEAR};
    return (cr_animated){.value = 5, .keyframe_count = 2, .keyframes = keyframes};
}

static void values_hold_before_and_after(void **state)
{
    (void)state;
    cr_keyframe keyframes[2];
    cr_animated animated = two(keyframes, CR_EASING_LINEAR);
    assert_int_equal(cr_animated_at(&animated, -1000), 0);
    assert_int_equal(cr_animated_at(&animated, 100), 0);
    assert_int_equal(cr_animated_at(&animated, 150), CR_ONE / 2);
    assert_int_equal(cr_animated_at(&animated, 200), CR_ONE);
    assert_int_equal(cr_animated_at(&animated, 10000), CR_ONE);
    animated.keyframe_count = 0;
    assert_int_equal(cr_animated_at(&animated, 150), 5);
}

static void holding_jumps_at_the_next_keyframe(void **state)
{
    (void)state;
    cr_keyframe keyframes[2];
    cr_animated animated = two(keyframes, CR_EASING_HOLD);
    assert_int_equal(cr_animated_at(&animated, 199), 0);
    assert_int_equal(cr_animated_at(&animated, 200), CR_ONE);
}

// The CSS curves, as browsers compute them.
static void easings_are_the_curves_of_css(void **state)
{
    (void)state;
    static const struct {
        cr_easing easing;
        cr_number at_quarter, at_half;
    } cases[] = {{CR_EASING_LINEAR, 250000, 500000},
                 {CR_EASING_IN, 93465, 315357},
                 {CR_EASING_OUT, 378138, 684643},
                 {CR_EASING_IN_OUT, 129162, 500000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_in_range(cr_ease(cases[i].easing, NULL, 250000), cases[i].at_quarter - 5,
                        cases[i].at_quarter + 5);
        assert_in_range(cr_ease(cases[i].easing, NULL, 500000), cases[i].at_half - 5,
                        cases[i].at_half + 5);
        assert_int_equal(cr_ease(cases[i].easing, NULL, 0), 0);
        assert_int_equal(cr_ease(cases[i].easing, NULL, CR_ONE), CR_ONE);
    }
}

static void easings_rise_without_steps_back(void **state)
{
    (void)state;
    for (cr_easing easing = CR_EASING_IN; easing <= CR_EASING_IN_OUT; easing++) {
        cr_number before = -1;
        for (cr_number at = 0; at <= CR_ONE; at += 97) {
            cr_number now = cr_ease(easing, NULL, at);
            assert_true(now >= before);
            before = now;
        }
    }
}

static void a_bezier_may_overshoot(void **state)
{
    (void)state;
    const cr_number back[4] = {340000, 1560000, 640000, CR_ONE};
    cr_number most = 0;
    for (cr_number at = 0; at <= CR_ONE; at += 1000) {
        cr_number now = cr_ease(CR_EASING_BEZIER, back, at);
        most = now > most ? now : most;
    }
    assert_in_range(most, 1050000, 1200000);
    const cr_number wild[4] = {0, -10 * CR_ONE, CR_ONE, 10 * CR_ONE};
    assert_int_equal(cr_ease(CR_EASING_BEZIER, wild, CR_ONE), CR_ONE);
    assert_true(cr_ease(CR_EASING_BEZIER, wild, CR_ONE / 10) < 0);
}

static void colours_travel_channel_by_channel(void **state)
{
    (void)state;
    cr_keyframe keyframes[2];
    cr_animated animated = two(keyframes, CR_EASING_LINEAR);
    keyframes[0].value = INT64_C(0xff000000) * CR_ONE;
    keyframes[1].value = INT64_C(0x00ff00ff) * CR_ONE;
    assert_true(cr_animated_color_at(&animated, 100) == INT64_C(0xff000000) * CR_ONE);
    assert_true(cr_animated_color_at(&animated, 150) == INT64_C(0x7f800080) * CR_ONE);
    assert_true(cr_animated_color_at(&animated, 200) == INT64_C(0x00ff00ff) * CR_ONE);
    assert_true(cr_animated_step_at(&animated, 199) == INT64_C(0xff000000) * CR_ONE);
}

static void large_values_and_times_are_exact(void **state)
{
    (void)state;
    cr_keyframe keyframes[2] = {{.at = -CR_TICKS_MAX, .value = -CR_NUMBER_MAX},
                                {.at = CR_TICKS_MAX, .value = CR_NUMBER_MAX}};
    cr_animated animated = {.keyframe_count = 2, .keyframes = keyframes};
    assert_int_equal(cr_animated_at(&animated, 0), 0);
    assert_true(cr_animated_at(&animated, CR_TICKS_MAX) == CR_NUMBER_MAX);
}

static void the_catalog_is_found_by_name_and_in_order(void **state)
{
    (void)state;
    int count;
    const cr_catalog_entry *effects = cr_catalog_effects(&count);
    assert_true(count >= 4);
    for (int i = 0; i < count; i++) {
        assert_ptr_equal(cr_catalog_effect(effects[i].id), &effects[i]);
        assert_int_equal(effects[i].index, i);
        for (int j = 0; j < effects[i].param_count; j++) {
            const cr_param_spec *param = &effects[i].params[j];
            assert_true(param->min <= param->fallback && param->fallback <= param->max);
        }
    }
    const cr_catalog_entry *transitions = cr_catalog_transitions(&count);
    assert_true(count >= 6);
    for (int i = 0; i < count; i++)
        assert_ptr_equal(cr_catalog_transition(transitions[i].id), &transitions[i]);
    assert_null(cr_catalog_effect("cross-dissolve"));
    assert_null(cr_catalog_transition("blur"));
    assert_null(cr_catalog_effect(""));
    for (int i = CR_BLEND_NORMAL; i < CR_BLEND_COUNT; i++)
        assert_int_equal(cr_blend_by_name(cr_blend_name((cr_blend)i)), i);
    assert_int_equal(cr_blend_by_name("glow"), CR_BLEND_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_hold_before_and_after),
        cmocka_unit_test(holding_jumps_at_the_next_keyframe),
        cmocka_unit_test(easings_are_the_curves_of_css),
        cmocka_unit_test(easings_rise_without_steps_back),
        cmocka_unit_test(a_bezier_may_overshoot),
        cmocka_unit_test(colours_travel_channel_by_channel),
        cmocka_unit_test(large_values_and_times_are_exact),
        cmocka_unit_test(the_catalog_is_found_by_name_and_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
