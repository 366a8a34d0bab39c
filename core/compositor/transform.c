#include "compositor/transform.h"

#include "base/assert.h"
#include "compositor/fixed_math.h"

// Positions further out than this are as good as there.
static const int64_t position_max = INT64_C(1) << 57;
// Pictures whose pixels would be smaller than this part of a canvas pixel are not seen.
static const int64_t factor_min = CR_Q32_ONE >> 16;

static int64_t clamp(cr_wide value, int64_t limit)
{
    if (value > limit) return limit;
    if (value < -limit) return -limit;
    return (int64_t)value;
}

static int64_t clamp_factor(int64_t factor)
{
    return clamp(factor, (int64_t)CR_SCALE_FACTOR_MAX * CR_Q32_ONE);
}

// Millionths to 32 fraction bits.
static int64_t to_q32(cr_number number)
{
    cr_wide scaled = (cr_wide)number * CR_Q32_ONE;
    cr_wide half = CR_ONE / 2;
    return clamp((scaled >= 0 ? scaled + half : scaled - half) / CR_ONE, INT64_C(1) << 61);
}

// Project pixels a stored sample, for each axis.
static void fit_factors(const cr_paint_layer *layer, const cr_canvas *canvas, int width, int height,
                        cr_rate aspect, int64_t *across, int64_t *down)
{
    if (layer->is_placed) {
        *across = cr_q32_ratio(canvas->project_width, canvas->width);
        *down = cr_q32_ratio(canvas->project_height, canvas->height);
        return;
    }
    int64_t num = cr_rate_is_known(aspect) ? aspect.num : 1;
    int64_t den = cr_rate_is_known(aspect) ? aspect.den : 1;
    // Seen size is width × num/den by height.
    int64_t fill_x = cr_q32_ratio(canvas->project_width, width);
    int64_t fill_y = cr_q32_ratio(canvas->project_height, height);
    int64_t aspect_factor = clamp_factor(cr_q32_ratio(num, den));
    if (layer->fit == CR_FIT_STRETCH) {
        *across = fill_x;
        *down = fill_y;
        return;
    }
    *across = aspect_factor;
    *down = CR_Q32_ONE;
    if (layer->fit != CR_FIT_CONTAIN && layer->fit != CR_FIT_COVER) return;
    // Compare canvas width / seen width with canvas height / seen height, exactly.
    cr_wide wide = (cr_wide)canvas->project_width * height * den;
    cr_wide high = (cr_wide)canvas->project_height * width * num;
    bool fill_across = (wide < high) == (layer->fit == CR_FIT_CONTAIN);
    if (wide == high) {
        *across = fill_x;
        *down = fill_y;
    } else if (fill_across) {
        *across = fill_x;
        *down = cr_q32_ratio((int64_t)canvas->project_width * den, (int64_t)width * num);
    } else {
        *down = fill_y;
        *across = cr_q32_multiply(fill_y, aspect_factor);
    }
}

static int64_t crop_fraction(cr_number fraction)
{
    if (fraction < 0) return 0;
    return fraction > CR_ONE ? CR_ONE : fraction;
}

// False when nothing is left.
static bool crop(cr_transform *out, const cr_number *params, int width, int height, bool mirrored,
                 bool upside_down)
{
    cr_number left = crop_fraction(params[CR_CLIP_CROP_LEFT]);
    cr_number right = crop_fraction(params[CR_CLIP_CROP_RIGHT]);
    cr_number top = crop_fraction(params[CR_CLIP_CROP_TOP]);
    cr_number bottom = crop_fraction(params[CR_CLIP_CROP_BOTTOM]);
    if (left + right >= CR_ONE || top + bottom >= CR_ONE) return false;
    out->left = to_q32((mirrored ? right : left) * width);
    out->right = to_q32((CR_ONE - (mirrored ? left : right)) * width);
    out->top = to_q32((upside_down ? bottom : top) * height);
    out->bottom = to_q32((CR_ONE - (upside_down ? top : bottom)) * height);
    return true;
}

// The inverse of the forward matrix; false when it has none that matters.
static bool invert(cr_transform *out)
{
    const int64_t *f = out->forward;
    if (out->is_aligned) {
        if ((f[0] < 0 ? -f[0] : f[0]) < factor_min) return false;
        if ((f[3] < 0 ? -f[3] : f[3]) < factor_min) return false;
        out->inverse[0] = cr_q32_ratio(CR_Q32_ONE, f[0]);
        out->inverse[3] = cr_q32_ratio(CR_Q32_ONE, f[3]);
        out->inverse[1] = out->inverse[2] = 0;
        return true;
    }
    // Determinant with 32 fraction bits more than needed for the division below.
    cr_wide determinant = (cr_wide)f[0] * f[3] - (cr_wide)f[1] * f[2];
    cr_wide smallest = (cr_wide)factor_min * factor_min;
    if (determinant < smallest && determinant > -smallest) return false;
    cr_wide d = determinant >> 32; // 32 fraction bits
    if (d == 0) return false;
    const int64_t adjugate[4] = {f[3], -f[1], -f[2], f[0]};
    for (int i = 0; i < 4; i++)
        out->inverse[i] = clamp((cr_wide)adjugate[i] * CR_Q32_ONE / d, position_max);
    return true;
}

bool cr_transform_make(cr_transform *out, const cr_paint_layer *layer, const cr_canvas *canvas,
                       int width, int height, cr_rate sample_aspect, bool mirrored,
                       bool upside_down)
{
    const cr_number *p = layer->params;
    *out = (cr_transform){0};
    if (!crop(out, p, width, height, mirrored, upside_down)) return false;
    int64_t fit_x, fit_y, sine, cosine;
    fit_factors(layer, canvas, width, height, sample_aspect, &fit_x, &fit_y);
    cr_q30_sine_cosine(p[CR_CLIP_ROTATION], &sine, &cosine);
    int64_t scale_x =
        clamp_factor(cr_q32_multiply(fit_x, clamp_factor(to_q32(p[CR_CLIP_SCALE_X]))));
    int64_t scale_y =
        clamp_factor(cr_q32_multiply(fit_y, clamp_factor(to_q32(p[CR_CLIP_SCALE_Y]))));
    int64_t zoom_x = cr_q32_ratio(canvas->width, canvas->project_width);
    int64_t zoom_y = cr_q32_ratio(canvas->height, canvas->project_height);
    int64_t flip_x = mirrored ? -1 : 1, flip_y = upside_down ? -1 : 1;
    sine *= 4; // 30 to 32 fraction bits
    cosine *= 4;
    // canvas ← zoom · rotation · scale · fit · flip ← samples
    out->forward[0] = cr_q32_multiply(cr_q32_multiply(zoom_x, cosine), scale_x) * flip_x;
    out->forward[1] = cr_q32_multiply(cr_q32_multiply(zoom_x, -sine), scale_y) * flip_y;
    out->forward[2] = cr_q32_multiply(cr_q32_multiply(zoom_y, sine), scale_x) * flip_x;
    out->forward[3] = cr_q32_multiply(cr_q32_multiply(zoom_y, cosine), scale_y) * flip_y;
    for (int i = 0; i < 4; i++)
        out->forward[i] = clamp_factor(out->forward[i]);
    out->is_aligned = sine == 0;
    if (!invert(out)) return false;

    out->source_x = (int64_t)width * (CR_Q32_ONE / 2);
    out->source_y = (int64_t)height * (CR_Q32_ONE / 2);
    // The picture's centre, seen from the anchor, then turned, scaled and moved.
    int64_t rest_x = 0, rest_y = 0;
    if (layer->is_placed) {
        rest_x = cr_q32_ratio(2 * (int64_t)layer->left + width - canvas->width, 2);
        rest_y = cr_q32_ratio(2 * (int64_t)layer->top + height - canvas->height, 2);
        rest_x = cr_q32_multiply(rest_x, fit_x);
        rest_y = cr_q32_multiply(rest_y, fit_y);
    }
    rest_x = cr_q32_multiply(rest_x - to_q32(p[CR_CLIP_ANCHOR_X]), to_q32(p[CR_CLIP_SCALE_X]));
    rest_y = cr_q32_multiply(rest_y - to_q32(p[CR_CLIP_ANCHOR_Y]), to_q32(p[CR_CLIP_SCALE_Y]));
    cr_wide x = (((cr_wide)rest_x * cosine - (cr_wide)rest_y * sine) >> 32) + to_q32(p[CR_CLIP_X]);
    cr_wide y = (((cr_wide)rest_x * sine + (cr_wide)rest_y * cosine) >> 32) + to_q32(p[CR_CLIP_Y]);
    x = clamp(x, position_max);
    y = clamp(y, position_max);
    out->out_x =
        clamp(((x * zoom_x) >> 32) + (int64_t)canvas->width * (CR_Q32_ONE / 2), position_max);
    out->out_y =
        clamp(((y * zoom_y) >> 32) + (int64_t)canvas->height * (CR_Q32_ONE / 2), position_max);

    int64_t radius = to_q32(p[CR_CLIP_CORNER_RADIUS] < 0 ? 0 : p[CR_CLIP_CORNER_RADIUS]);
    int64_t sx = to_q32(p[CR_CLIP_SCALE_X]), sy = to_q32(p[CR_CLIP_SCALE_Y]);
    out->radius_x = cr_q32_multiply(cr_q32_multiply(radius, sx < 0 ? -sx : sx), zoom_x);
    out->radius_y = cr_q32_multiply(cr_q32_multiply(radius, sy < 0 ? -sy : sy), zoom_y);
    return true;
}

void cr_transform_identity(cr_transform *out, int width, int height)
{
    *out = (cr_transform){.forward = {CR_Q32_ONE, 0, 0, CR_Q32_ONE},
                          .inverse = {CR_Q32_ONE, 0, 0, CR_Q32_ONE},
                          .right = width * CR_Q32_ONE,
                          .bottom = height * CR_Q32_ONE,
                          .is_aligned = true};
}

void cr_transform_follow(cr_transform *transform, const cr_canvas *canvas, int64_t scale, int dx,
                         int dy)
{
    CR_ASSERT(scale > 0);
    int64_t centre_x = (int64_t)canvas->width * (CR_Q32_ONE / 2);
    int64_t centre_y = (int64_t)canvas->height * (CR_Q32_ONE / 2);
    if (scale != CR_Q32_ONE) {
        for (int i = 0; i < 4; i++) {
            transform->forward[i] = clamp_factor(cr_q32_multiply(transform->forward[i], scale));
            transform->inverse[i] =
                clamp((cr_wide)transform->inverse[i] * CR_Q32_ONE / scale, position_max);
        }
        cr_wide x = (cr_wide)(transform->out_x - centre_x) * scale >> 32;
        cr_wide y = (cr_wide)(transform->out_y - centre_y) * scale >> 32;
        transform->out_x = clamp(x + centre_x, position_max);
        transform->out_y = clamp(y + centre_y, position_max);
        transform->radius_x = cr_q32_multiply(transform->radius_x, scale);
        transform->radius_y = cr_q32_multiply(transform->radius_y, scale);
    }
    transform->out_x += dx * CR_Q32_ONE;
    transform->out_y += dy * CR_Q32_ONE;
}

void cr_transform_reduce(cr_transform *transform, int across, int down)
{
    transform->forward[0] *= across;
    transform->forward[2] *= across;
    transform->forward[1] *= down;
    transform->forward[3] *= down;
    transform->inverse[0] /= across;
    transform->inverse[1] /= across;
    transform->inverse[2] /= down;
    transform->inverse[3] /= down;
    transform->source_x /= across;
    transform->left /= across;
    transform->right /= across;
    transform->source_y /= down;
    transform->top /= down;
    transform->bottom /= down;
}

void cr_transform_to_source(const cr_transform *transform, int64_t x, int64_t y, int64_t *source_x,
                            int64_t *source_y)
{
    const int64_t *m = transform->inverse;
    cr_wide dx = (cr_wide)x - transform->out_x, dy = (cr_wide)y - transform->out_y;
    *source_x = clamp(((m[0] * dx + m[1] * dy) >> 32) + transform->source_x, INT64_C(1) << 60);
    *source_y = clamp(((m[2] * dx + m[3] * dy) >> 32) + transform->source_y, INT64_C(1) << 60);
}

static int to_pixel(cr_wide value, bool up, int limit)
{
    if (up) value += CR_Q32_ONE - 1;
    value >>= 32;
    if (value < 0) return 0;
    return value > limit ? limit : (int)value;
}

bool cr_transform_bounds(const cr_transform *transform, const cr_canvas *canvas, int *x0, int *y0,
                         int *x1, int *y1)
{
    cr_wide low_x = 0, low_y = 0, high_x = 0, high_y = 0;
    for (int corner = 0; corner < 4; corner++) {
        cr_wide sx = (corner & 1 ? transform->right : transform->left) - transform->source_x;
        cr_wide sy = (corner & 2 ? transform->bottom : transform->top) - transform->source_y;
        cr_wide x = ((transform->forward[0] * sx + transform->forward[1] * sy) >> 32);
        cr_wide y = ((transform->forward[2] * sx + transform->forward[3] * sy) >> 32);
        x += transform->out_x;
        y += transform->out_y;
        if (corner == 0 || x < low_x) low_x = x;
        if (corner == 0 || x > high_x) high_x = x;
        if (corner == 0 || y < low_y) low_y = y;
        if (corner == 0 || y > high_y) high_y = y;
    }
    // A turned edge's soft rim reaches half a pixel further out.
    cr_wide rim = transform->is_aligned ? 0 : CR_Q32_ONE;
    *x0 = to_pixel(low_x - rim, false, canvas->width);
    *y0 = to_pixel(low_y - rim, false, canvas->height);
    *x1 = to_pixel(high_x + rim, true, canvas->width);
    *y1 = to_pixel(high_y + rim, true, canvas->height);
    return *x0 < *x1 && *y0 < *y1;
}
