#include "compositor/gaussian.h"
#include "compositor/paint_gl_effect.h"

// Sums of 8, 64 and 512 neighbours; a box narrower than NARROW is summed sample by sample.
enum { LEVELS_MAX = 3, NARROW = 12 };

typedef struct line {
    cr_gl_device *device;
    int width, height;
    bool is_down, is_gray;
    cr_gaussian_box box;
} line;

static int levels_of(const line *l)
{
    int length = 2 * l->box.radius + 1, levels = 0;
    for (int sum = 8; length >= NARROW && sum <= length && levels < LEVELS_MAX; sum *= 8)
        levels++;
    return levels;
}

static void set_line(const line *l, int read_shift, int write_shift)
{
    cr_gl_set_2(l->device, CR_GL_canvas, l->width, l->height);
    cr_gl_set_4(l->device, CR_GL_box, l->box.radius, l->box.radius, read_shift, write_shift);
}

// Sums of eight times as many as in [from]; level 1 takes samples themselves. They are kept in 16
// bits: two bits go with the first level, three with each other.
static cr_gl_texture *make_sums(const line *l, cr_gl_texture *from, int level, int read_shift)
{
    int width = l->width + (l->is_down ? 0 : 2 * l->box.radius);
    int height = l->height + (l->is_down ? 2 * l->box.radius : 0);
    cr_gl_format format = l->is_gray ? CR_GL_R16U : CR_GL_RGBA16U;
    cr_gl_texture *out = cr_gl_take(l->device, format, width, height, 1);
    cr_gl_use(l->device, "box", &(cr_gl_variant){.JOIN = 0});
    set_line(l, read_shift, 0);
    int distance = level == 1 ? 1 : level == 2 ? 8 : 64;
    cr_gl_set_4(l->device, CR_GL_numbers, l->is_down, distance, level == 1 ? 2 : 3,
                level == 1 ? -1 : l->box.radius);
    cr_gl_bind(l->device, CR_GL_plane0, from, 0);
    cr_gl_draw(l->device, out, 0, 0, width, height);
    return out;
}

static void one_box(const line *l, cr_gl_texture **picture, int read_shift, int write_shift)
{
    cr_gl_texture *sums[LEVELS_MAX] = {NULL};
    int levels = levels_of(l);
    for (int i = 0; i < levels; i++)
        sums[i] = make_sums(l, i ? sums[i - 1] : *picture, i + 1, i ? 0 : read_shift);
    cr_gl_format narrow = l->is_gray ? CR_GL_R8 : CR_GL_RGBA8;
    cr_gl_format wide = l->is_gray ? CR_GL_R16U : CR_GL_RGBA16U;
    cr_gl_texture *out = cr_gl_take(l->device, write_shift ? narrow : wide, l->width, l->height, 1);
    cr_gl_use(l->device, "box", &(cr_gl_variant){.JOIN = 1});
    set_line(l, read_shift, write_shift);
    const float weights[2] = {(float)l->box.inner / 4294967296.0F,
                              (float)l->box.edge / 4294967296.0F};
    cr_gl_set_floats(l->device, CR_GL_weights, 2, weights);
    cr_gl_set_4(l->device, CR_GL_numbers, l->is_down, levels, 0, 0);
    cr_gl_bind(l->device, CR_GL_plane0, *picture, 0);
    cr_gl_bind(l->device, CR_GL_plane1, sums[0] ? sums[0] : *picture, 0);
    cr_gl_bind(l->device, CR_GL_plane2, sums[1] ? sums[1] : *picture, 0);
    cr_gl_bind(l->device, CR_GL_backdrop, sums[2] ? sums[2] : *picture, 0);
    cr_gl_draw(l->device, out, 0, 0, l->width, l->height);
    for (int i = 0; i < levels; i++)
        cr_gl_give_back(&sums[i]);
    cr_gl_give_back(picture);
    *picture = out;
}

void cr_gl_blur(cr_gl_device *device, cr_gl_texture **picture, int width, int height, int64_t sigma)
{
    if (sigma <= 0 || !*picture) return;
    const int64_t most = (int64_t)CR_GAUSSIAN_SIGMA_MAX << 16;
    line l = {device,
              width,
              height,
              false,
              (*picture)->format == CR_GL_R8,
              cr_gaussian_box_make(sigma < most ? sigma : most)};
    const int bits = CR_GAUSSIAN_FRACTION_BITS;
    for (int direction = 0; direction < 2 && *picture; direction++) {
        l.is_down = direction == 1;
        one_box(&l, picture, bits, 0);
        if (*picture) one_box(&l, picture, 0, 0);
        if (*picture) one_box(&l, picture, 0, bits);
    }
}
