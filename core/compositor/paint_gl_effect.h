// Effects through the shaders, in the order and with the rounding of the CPU painter.
#pragma once

#include "compositor/effect.h"
#include "compositor/paint_gl_device.h"

// The whole canvas of premultiplied RGBA that an effect works on.
typedef struct cr_gl_effect_job {
    cr_gl_device *device;
    cr_gl_texture *picture; // replaced by the result
    const cr_number *params;
    cr_effect_place place;
} cr_gl_effect_job;

// One effect of the catalog as shaders.
typedef struct cr_gl_effect_kind {
    const char *id; // as in the catalog
    void (*apply)(cr_gl_effect_job *job);
} cr_gl_effect_kind;

// NULL when there is no shader for it. Static.
const cr_gl_effect_kind *cr_gl_effect_find(const char *id);

// Blurs [*picture] (CR_GL_RGBA8 or CR_GL_R8, [width] × [height]), whose place the result takes.
// [sigma] has 16 fraction bits.
void cr_gl_blur(cr_gl_device *device, cr_gl_texture **picture, int width, int height,
                int64_t sigma);
