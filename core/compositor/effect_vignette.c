#include "compositor/effect_vignette.h"

#include "compositor/fixed_math.h"

enum { AMOUNT, SIZE, SOFTNESS };
enum { STEPS = CR_VIGNETTE_STEPS };

static int64_t percent(cr_number number) // 16 fraction bits
{
    if (number < 0) number = 0;
    if (number > 100 * CR_ONE) number = 100 * CR_ONE;
    return number * (1 << 16) / (100 * CR_ONE);
}

void cr_vignette_make(cr_vignette *s, const cr_number *params, const cr_effect_place *place)
{
    const int64_t one = 1 << 16;
    s->shape = place->shape;
    int64_t half_width = place->shape.half_width, half_height = place->shape.half_height;
    s->unit_x = cr_q32_ratio(one, half_width > one ? half_width : one);
    s->unit_y = cr_q32_ratio(one, half_height > one ? half_height : one);
    int64_t amount = percent(params[AMOUNT]), size = percent(params[SIZE]);
    int64_t softness = percent(params[SOFTNESS]);
    if (softness < 1) softness = 1;
    for (int64_t i = 0; i <= STEPS; i++) {
        // Distance from the centre: 0, to 1 in the corners.
        int64_t distance = (int64_t)cr_square_root((uint64_t)(i * one * one / STEPS));
        int64_t t = (distance - size) * one / softness;
        if (t < 0) t = 0;
        if (t > one) t = one;
        int64_t smooth = ((t * t >> 16) * (3 * one - 2 * t)) >> 16;
        s->kept[i] = (int32_t)((one - (amount * smooth >> 16)) >> 1);
    }
}

static void *prepare(cr_scratch *scratch, const cr_number *params, const cr_effect_place *place)
{
    cr_vignette *s = cr_scratch_take(scratch, sizeof *s);
    if (s) cr_vignette_make(s, params, place);
    return s;
}

static int64_t normal(int64_t place, int64_t unit) // to 12 fraction bits, within ±2
{
    int64_t value = (int64_t)((cr_wide)place * unit >> 36);
    if (value > 8192) return 8192;
    return value < -8192 ? -8192 : value;
}

static void row(const void *cookie, uint8_t *rgba, int x, int y, int count)
{
    const cr_vignette *s = cookie;
    for (int i = 0; i < count; i++) {
        int64_t along, across;
        cr_coverage_place(&s->shape, x + i, y, &along, &across);
        int64_t nx = normal(along, s->unit_x), ny = normal(across, s->unit_y);
        // Squares have 24 fraction bits and come to 2 in the corners.
        int64_t step = (nx * nx + ny * ny) * STEPS >> 25;
        int64_t kept = s->kept[step > STEPS ? STEPS : step];
        for (int c = 0; c < 3; c++)
            rgba[4 * i + c] = (uint8_t)((rgba[4 * i + c] * kept + (1 << 14)) >> 15);
    }
}

const cr_effect_kind cr_effect_vignette = {.id = "vignette", .prepare = prepare, .row = row};
