#include "compositor/effect_drop_shadow.h"

#include <string.h>

#include "compositor/color_convert.h"
#include "compositor/gaussian.h"

enum { OFFSET_X, OFFSET_Y, SIGMA, COLOR };
enum { ROWS_A_TASK = 64 };

typedef struct job {
    uint8_t *rgba, *shadow;
    int width, height;
    cr_drop_shadow cast;
    const cr_row_kernels *kernels;
} job;

static int limit_to(int value, int low, int high)
{
    if (value < low) return low;
    return value > high ? high : value;
}

// The picture's coverage, moved.
static cr_status cast_rows(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    (void)scratch;
    int end = limit_to((index + 1) * ROWS_A_TASK, 0, j->height);
    int from = limit_to(j->cast.dx, 0, j->width),
        to = limit_to(j->width + j->cast.dx, from, j->width);
    for (int y = index * ROWS_A_TASK; y < end; y++) {
        uint8_t *out = j->shadow + (int64_t)y * j->width;
        memset(out, 0, (size_t)j->width);
        int row = y - j->cast.dy;
        if (row < 0 || row >= j->height) continue;
        const uint8_t *in = j->rgba + 4 * ((int64_t)row * j->width - j->cast.dx) + 3;
        for (int x = from; x < to; x++)
            out[x] = in[4 * x];
    }
    return CR_OK;
}

// The picture over its shadow.
static cr_status place_rows(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    int end = limit_to((index + 1) * ROWS_A_TASK, 0, j->height);
    uint8_t *row = cr_scratch_take(scratch, 4 * (size_t)j->width);
    if (!row) return CR_NOMEM;
    for (int y = index * ROWS_A_TASK; y < end; y++) {
        const uint8_t *shadow = j->shadow + (int64_t)y * j->width;
        uint8_t *picture = j->rgba + 4 * (int64_t)y * j->width;
        for (int x = 0; x < j->width; x++) {
            for (int c = 0; c < 4; c++)
                row[4 * x + c] = cr_divide_255(j->cast.color[c] * (unsigned)shadow[x]);
        }
        j->kernels->over(row, picture, j->width);
        memcpy(picture, row, 4 * (size_t)j->width);
    }
    return CR_OK;
}

static int to_pixels(cr_number number, int64_t zoom)
{
    const cr_number most = 100000 * CR_ONE;
    if (number > most) number = most;
    if (number < -most) number = -most;
    return (int)((number * zoom / CR_ONE + (1 << 15)) >> 16);
}

void cr_drop_shadow_make(cr_drop_shadow *out, const cr_number *params, const cr_effect_place *place)
{
    out->dx = to_pixels(params[OFFSET_X], place->zoom);
    out->dy = to_pixels(params[OFFSET_Y], place->zoom);
    out->sigma = cr_gaussian_sigma(params[SIGMA], place->zoom);
    cr_color_premultiplied((uint32_t)(params[COLOR] / CR_ONE), out->color);
}

static cr_status drop_shadow(cr_painter *painter, uint8_t *rgba, const cr_number *params,
                             const cr_effect_place *place)
{
    job j = {.rgba = rgba, .width = place->width, .height = place->height};
    j.kernels = painter->kernels;
    cr_drop_shadow_make(&j.cast, params, place);
    j.shadow = cr_scratch_take(&painter->plan, (size_t)j.width * j.height);
    if (!j.shadow) return CR_NOMEM;
    int tasks = (j.height + ROWS_A_TASK - 1) / ROWS_A_TASK;
    cr_status status = cr_painter_run(painter, tasks, cast_rows, &j);
    if (status == CR_OK)
        status = cr_gaussian_blur(painter, j.shadow, j.width, j.width, j.height, 1, j.cast.sigma);
    if (status == CR_OK) status = cr_painter_run(painter, tasks, place_rows, &j);
    return status;
}

const cr_effect_kind cr_effect_drop_shadow = {.id = "drop-shadow", .whole = drop_shadow};
