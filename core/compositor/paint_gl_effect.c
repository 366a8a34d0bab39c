#include "compositor/paint_gl_effect.h"

#include <string.h>

#include "base/vec.h"
#include "compositor/effect_color_adjust.h"
#include "compositor/effect_drop_shadow.h"
#include "compositor/effect_vignette.h"
#include "compositor/gaussian.h"
#include "compositor/paint_gl_layer.h"

// A shader from the job's picture to a new one in its place.
static void replace(cr_gl_effect_job *job)
{
    int width = job->place.width, height = job->place.height;
    cr_gl_texture *out = cr_gl_take(job->device, CR_GL_RGBA8, width, height, 1);
    cr_gl_bind(job->device, CR_GL_plane0, job->picture, 0);
    cr_gl_draw(job->device, out, 0, 0, width, height);
    cr_gl_give_back(&job->picture);
    job->picture = out;
}

static void blur(cr_gl_effect_job *job)
{
    cr_gl_blur(job->device, &job->picture, job->place.width, job->place.height,
               cr_gaussian_sigma(job->params[0], job->place.zoom));
}

static void color_adjust(cr_gl_effect_job *job)
{
    cr_color_adjust adjust;
    cr_color_adjust_make(&adjust, job->params);
    int16_t data[256 * 4] = {0};
    for (int i = 0; i < 256 * 3; i++)
        data[4 * (i % 256) + i / 256] = adjust.curve[i / 256][i % 256];
    cr_gl_texture *table = cr_gl_take(job->device, CR_GL_RGBA16I, 256, 1, 1);
    cr_gl_upload(job->device, table, 256, 1, data, 0);
    cr_gl_use(job->device, "effect_color_adjust", &(cr_gl_variant){0});
    cr_gl_bind(job->device, CR_GL_table0, table, 0);
    cr_gl_set_4(job->device, CR_GL_numbers, adjust.saturation, 0, 0, 0);
    replace(job);
    cr_gl_give_back(&table);
}

static void vignette(cr_gl_effect_job *job)
{
    enum { ROWS = CR_VIGNETTE_STEPS / 256 + 1 };
    cr_vignette v;
    cr_vignette_make(&v, job->params, &job->place);
    int32_t data[ROWS * 256] = {0};
    memcpy(data, v.kept, sizeof v.kept);
    cr_gl_texture *table = cr_gl_take(job->device, CR_GL_R32I, 256, ROWS, 1);
    cr_gl_upload(job->device, table, 256, ROWS, data, 0);
    cr_gl_use(job->device, "effect_vignette", &(cr_gl_variant){0});
    cr_gl_bind(job->device, CR_GL_table0, table, 0);
    cr_gl_set_shape(job->device, &v.shape);
    // Places have 16 fraction bits, units 32; 12 are wanted.
    const float units[2] = {(float)v.unit_x / 68719476736.0F, (float)v.unit_y / 68719476736.0F};
    cr_gl_set_floats(job->device, CR_GL_units, 2, units);
    replace(job);
    cr_gl_give_back(&table);
}

static void drop_shadow(cr_gl_effect_job *job)
{
    cr_drop_shadow cast;
    cr_drop_shadow_make(&cast, job->params, &job->place);
    int width = job->place.width, height = job->place.height;
    cr_gl_texture *shadow = cr_gl_take(job->device, CR_GL_R8, width, height, 1);
    cr_gl_use(job->device, "effect_drop_shadow", &(cr_gl_variant){.JOIN = 0});
    cr_gl_bind(job->device, CR_GL_plane0, job->picture, 0);
    cr_gl_set_2(job->device, CR_GL_canvas, width, height);
    cr_gl_set_4(job->device, CR_GL_numbers, cast.dx, cast.dy, 0, 0);
    cr_gl_draw(job->device, shadow, 0, 0, width, height);
    cr_gl_blur(job->device, &shadow, width, height, cast.sigma);
    cr_gl_use(job->device, "effect_drop_shadow", &(cr_gl_variant){.JOIN = 1});
    cr_gl_set_4(job->device, CR_GL_solid, cast.color[0], cast.color[1], cast.color[2],
                cast.color[3]);
    cr_gl_bind(job->device, CR_GL_plane1, shadow, 0);
    replace(job);
    cr_gl_give_back(&shadow);
}

const cr_gl_effect_kind *cr_gl_effect_find(const char *id)
{
    static const cr_gl_effect_kind kinds[] = {
        {"blur", blur},
        {"color-adjust", color_adjust},
        {"drop-shadow", drop_shadow},
        {"vignette", vignette},
    };
    for (size_t i = 0; i < CR_COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i].id, id) == 0) return &kinds[i];
    }
    return NULL;
}
