#include "compositor/coverage.h"

#include <string.h>

#include "compositor/fixed_math.h"

static const int64_t one = INT64_C(1) << 16;
static const int64_t half = INT64_C(1) << 15;
// Further out than any canvas.
static const int64_t distance_max = INT64_C(1) << 44;

static int64_t to_q16(int64_t value)
{
    return (value + half) >> 16;
}

static int64_t limit(int64_t value, int64_t low, int64_t high)
{
    if (value < low) return low;
    return value > high ? high : value;
}

static int64_t absolute(int64_t value)
{
    return value < 0 ? -value : value;
}

// The length of (a, b), all with 32 fraction bits.
static int64_t length(int64_t a, int64_t b)
{
    a = absolute(a);
    b = absolute(b);
    if (b == 0) return a;
    if (a == 0) return b;
    int shift = 0; // so that the sum of the squares fits in 62 bits
    while (((a | b) >> shift) >= (INT64_C(1) << 30))
        shift++;
    uint64_t x = (uint64_t)(a >> shift), y = (uint64_t)(b >> shift);
    return (int64_t)(cr_square_root(x * x + y * y) << shift);
}

void cr_coverage_make(cr_coverage *out, const cr_transform *t)
{
    *out = (cr_coverage){.is_aligned = t->is_aligned};
    int64_t length_x =
        t->is_aligned ? absolute(t->forward[0]) : length(t->forward[0], t->forward[2]);
    int64_t length_y =
        t->is_aligned ? absolute(t->forward[3]) : length(t->forward[1], t->forward[3]);
    int64_t mid_x = (t->left + t->right) / 2 - t->source_x;
    int64_t mid_y = (t->top + t->bottom) / 2 - t->source_y;
    cr_wide x = ((cr_wide)t->forward[0] * mid_x + (cr_wide)t->forward[1] * mid_y) >> 32;
    cr_wide y = ((cr_wide)t->forward[2] * mid_x + (cr_wide)t->forward[3] * mid_y) >> 32;
    out->centre_x = to_q16((int64_t)x + t->out_x);
    out->centre_y = to_q16((int64_t)y + t->out_y);
    out->half_width =
        limit(to_q16(cr_q32_multiply(t->right - t->left, length_x)) / 2, 0, distance_max);
    out->half_height =
        limit(to_q16(cr_q32_multiply(t->bottom - t->top, length_y)) / 2, 0, distance_max);
    if (t->is_aligned) {
        out->across[0] = one;
        out->down[1] = one;
    } else {
        out->across[0] = to_q16(cr_q32_multiply(t->inverse[0], length_x));
        out->across[1] = to_q16(cr_q32_multiply(t->inverse[2], length_y));
        out->down[0] = to_q16(cr_q32_multiply(t->inverse[1], length_x));
        out->down[1] = to_q16(cr_q32_multiply(t->inverse[3], length_y));
    }
    out->radius_x = limit(to_q16(t->radius_x), 0, out->half_width);
    out->radius_y = limit(to_q16(t->radius_y), 0, out->half_height);
}

void cr_coverage_place(const cr_coverage *c, int x, int y, int64_t *along, int64_t *across)
{
    int64_t dx = (int64_t)x * one + half - c->centre_x, dy = (int64_t)y * one + half - c->centre_y;
    *along = (c->across[0] * dx + c->down[0] * dy) >> 16;
    *across = (c->across[1] * dx + c->down[1] * dy) >> 16;
}

// How much of [at − ½, at + ½] lies within ±[reach].
static int64_t overlap(int64_t at, int64_t reach)
{
    int64_t right = limit(reach + half - at, 0, one), left = limit(reach + half + at, 0, one);
    int64_t both = right + left - one;
    return both < 0 ? 0 : both;
}

// Coverage where the corner's ellipse cuts; [dx], [dy] are inwards from the shown part's edges.
static int64_t corner(const cr_coverage *c, int64_t along, int64_t across)
{
    int64_t dx = absolute(along) - (c->half_width - c->radius_x);
    int64_t dy = absolute(across) - (c->half_height - c->radius_y);
    if (dx <= 0 || dy <= 0) return one;
    // Scaled to a circle of the smaller radius; exact for circles.
    int64_t radius = c->radius_x < c->radius_y ? c->radius_x : c->radius_y;
    if (c->radius_x != radius) dx = (int64_t)((cr_wide)dx * radius / c->radius_x);
    if (c->radius_y != radius) dy = (int64_t)((cr_wide)dy * radius / c->radius_y);
    if (dx > (one << 14) || dy > (one << 14)) return 0;
    int64_t distance = (int64_t)cr_square_root((uint64_t)(dx * dx) + (uint64_t)(dy * dy));
    return limit(radius + half - distance, 0, one);
}

static uint8_t pixel(const cr_coverage *c, int x, int y)
{
    int64_t along, across;
    cr_coverage_place(c, x, y, &along, &across);
    int64_t covered = overlap(along, c->half_width) * overlap(across, c->half_height) >> 16;
    if (c->radius_x > 0 && c->radius_y > 0 && covered > 0) {
        int64_t cut = corner(c, along, across);
        if (cut < covered) covered = cut;
    }
    return (uint8_t)((covered * 255 + half) >> 16);
}

// The span of a mask whose pixels [from, to) are known to be equal.
static cr_span find_span(const uint8_t *mask, int x0, int x1, int from, int to)
{
    cr_span span = {x0, x1, from, to};
    while (span.low < span.high && mask[span.low - x0] == 0)
        span.low++;
    while (span.high > span.low && mask[span.high - 1 - x0] == 0)
        span.high--;
    bool is_full = to > from && mask[from - x0] == 255;
    if (!is_full) {
        span.full_low = span.low;
        while (span.full_low < span.high && mask[span.full_low - x0] != 255)
            span.full_low++;
        span.full_high = span.full_low;
    }
    while (span.full_low > span.low && mask[span.full_low - 1 - x0] == 255)
        span.full_low--;
    while (span.full_high < span.high && mask[span.full_high - x0] == 255)
        span.full_high++;
    return span;
}

// Upright: only the pixels at the ends differ, so the middle is filled.
static cr_span aligned_row(const cr_coverage *c, int y, int x0, int x1, uint8_t *mask)
{
    int64_t across = (int64_t)y * one + half - c->centre_y;
    bool has_corner =
        c->radius_x > 0 && c->radius_y > 0 && absolute(across) > c->half_height - c->radius_y - one;
    int64_t inset = (has_corner ? c->radius_x : 0) + one;
    int64_t low = (c->centre_x - c->half_width + inset + one - 1) >> 16;
    int64_t high = (c->centre_x + c->half_width - inset) >> 16;
    int from = (int)limit(low, x0, x1), to = (int)limit(high, from, x1);
    for (int x = x0; x < from; x++)
        mask[x - x0] = pixel(c, x, y);
    if (to > from) memset(mask + from - x0, pixel(c, from, y), (size_t)(to - from));
    for (int x = to; x < x1; x++)
        mask[x - x0] = pixel(c, x, y);
    return find_span(mask, x0, x1, from, to);
}

// Brings [*from, *to) within the pixels x where |start + step × x| <= reach, give or take one.
static void narrow(int64_t start, int64_t step, int64_t reach, int *from, int *to)
{
    if (step < 0) {
        start = -start;
        step = -step;
    }
    if (reach < 0 || (step == 0 && absolute(start) > reach)) {
        *to = *from;
        return;
    }
    if (step == 0) return;
    *from = (int)limit((-reach - start) / step, *from, *to);
    *to = (int)limit((reach - start) / step, *from, *to);
}

// Turned: what lies well inside and well outside is found by the lines of the edges.
static cr_span turned_row(const cr_coverage *c, int y, int x0, int x1, uint8_t *mask)
{
    int64_t along, across;
    cr_coverage_place(c, 0, y, &along, &across);
    // Rounding in the places of pixels is less than a pixel; the rim adds half of one.
    const int64_t rim = 2 * one;
    int low = x0, high = x1;
    narrow(along, c->across[0], c->half_width + rim, &low, &high);
    narrow(across, c->across[1], c->half_height + rim, &low, &high);
    if (low > x0) low--;
    if (high < x1) high++;
    if (high < x1) high++;
    int from = low, to = high;
    narrow(along, c->across[0], c->half_width - c->radius_x - rim, &from, &to);
    narrow(across, c->across[1], c->half_height - rim, &from, &to);
    if (from < to) from++;
    memset(mask, 0, (size_t)(x1 - x0));
    for (int x = low; x < from; x++)
        mask[x - x0] = pixel(c, x, y);
    memset(mask + from - x0, 255, (size_t)(to - from));
    for (int x = to; x < high; x++)
        mask[x - x0] = pixel(c, x, y);
    return find_span(mask, x0, x1, from, to);
}

cr_span cr_coverage_row(const cr_coverage *c, int y, int x0, int x1, uint8_t *mask)
{
    return c->is_aligned ? aligned_row(c, y, x0, x1, mask) : turned_row(c, y, x0, x1, mask);
}

bool cr_coverage_is_full(const cr_coverage *c, int width, int height)
{
    // The shown part is convex: the four corner pixels stand for all.
    for (int i = 0; i < 4; i++) {
        if (pixel(c, i & 1 ? width - 1 : 0, i & 2 ? height - 1 : 0) != 255) return false;
    }
    return true;
}
