#include "project/value.h"

#include "base/assert.h"

// Progress and bezier arithmetic: fixed point with 30 binary places.
enum { fraction_bits = 30 };
static const int64_t whole = INT64_C(1) << fraction_bits;

static int64_t multiply(int64_t a, int64_t b)
{
    return cr_scale(a, b, whole, CR_ROUND_DOWN);
}

// One coordinate of a cubic bezier from 0 to 1 with the inner points [first] and [second].
static int64_t bezier(int64_t first, int64_t second, int64_t t)
{
    int64_t rest = whole - t;
    int64_t near_start = 3 * multiply(multiply(rest, rest), t);
    int64_t near_end = 3 * multiply(multiply(t, t), rest);
    return multiply(near_start, first) + multiply(near_end, second) + multiply(multiply(t, t), t);
}

static int64_t ease_bezier(const cr_number curve[4], int64_t progress)
{
    int64_t points[4];
    for (int i = 0; i < 4; i++)
        points[i] = cr_scale(curve[i], whole, CR_ONE, CR_ROUND_NEAREST);
    // x rises with t, so halving the interval finds it.
    int64_t low = 0, high = whole;
    while (high - low > 1) {
        int64_t middle = (low + high) / 2;
        if (bezier(points[0], points[2], middle) <= progress)
            low = middle;
        else
            high = middle;
    }
    return bezier(points[1], points[3], low);
}

static int64_t ease(cr_easing easing, const cr_number *curve, int64_t progress)
{
    static const cr_number in[4] = {420000, 0, CR_ONE, CR_ONE};
    static const cr_number out[4] = {0, 0, 580000, CR_ONE};
    static const cr_number in_out[4] = {420000, 0, 580000, CR_ONE};
    if (progress <= 0) return 0;
    if (progress >= whole) return whole;
    switch (easing) {
    case CR_EASING_HOLD:
        return 0;
    case CR_EASING_IN:
        return ease_bezier(in, progress);
    case CR_EASING_OUT:
        return ease_bezier(out, progress);
    case CR_EASING_IN_OUT:
        return ease_bezier(in_out, progress);
    case CR_EASING_BEZIER:
        return ease_bezier(curve, progress);
    case CR_EASING_NONE:
    case CR_EASING_LINEAR:
        break;
    }
    return progress;
}

cr_number cr_ease(cr_easing easing, const cr_number *curve, cr_number progress)
{
    CR_ASSERT(easing != CR_EASING_BEZIER || curve);
    int64_t eased = ease(easing, curve, cr_scale(progress, whole, CR_ONE, CR_ROUND_NEAREST));
    return cr_scale(eased, CR_ONE, whole, CR_ROUND_NEAREST);
}

// The last keyframe at or before [at]; -1 when [at] is before all of them.
static int keyframe_before(const cr_animated *animated, cr_ticks at)
{
    int low = 0, high = animated->keyframe_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (animated->keyframes[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

// Where [at] lies: the values around it, and how far it is between them. True when it is between.
static bool find_segment(const cr_animated *animated, cr_ticks at, cr_number *from, cr_number *to,
                         int64_t *progress)
{
    if (animated->keyframe_count == 0) {
        *from = animated->value;
        return false;
    }
    int before = keyframe_before(animated, at);
    if (before < 0 || before == animated->keyframe_count - 1) {
        *from = animated->keyframes[before < 0 ? 0 : before].value;
        return false;
    }
    const cr_keyframe *left = &animated->keyframes[before], *right = left + 1;
    *from = left->value;
    *to = right->value;
    int64_t linear = cr_scale(at - left->at, whole, right->at - left->at, CR_ROUND_NEAREST);
    *progress = ease(left->easing, left->curve, linear);
    return true;
}

static cr_number mix(cr_number from, cr_number to, int64_t progress)
{
    return from + cr_scale(to - from, progress, whole, CR_ROUND_NEAREST);
}

cr_number cr_animated_at(const cr_animated *animated, cr_ticks at)
{
    cr_number from, to;
    int64_t progress;
    if (!find_segment(animated, at, &from, &to, &progress)) return from;
    return mix(from, to, progress);
}

cr_number cr_animated_step_at(const cr_animated *animated, cr_ticks at)
{
    cr_number from, to;
    int64_t progress;
    (void)find_segment(animated, at, &from, &to, &progress);
    return from;
}

cr_number cr_animated_color_at(const cr_animated *animated, cr_ticks at)
{
    cr_number from, to;
    int64_t progress;
    if (!find_segment(animated, at, &from, &to, &progress)) return from;
    int64_t left = from / CR_ONE, right = to / CR_ONE, mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int64_t channel = mix(left >> shift & 0xff, right >> shift & 0xff, progress);
        channel = channel < 0 ? 0 : channel > 0xff ? 0xff : channel;
        mixed |= channel << shift;
    }
    return mixed * CR_ONE;
}
