// The words that the GL painter and its shaders share.
#pragma once

#include <stdint.h>

// What is #defined in a program's text; each is 0 unless it is set.
#define CR_GL_DEFINE_MAP(X)                                                                        \
    X(SOURCE)                                                                                      \
    X(KIND0)                                                                                       \
    X(KIND1)                                                                                       \
    X(MASK)                                                                                        \
    X(WIPE)                                                                                        \
    X(OVER)                                                                                        \
    X(BLEND)                                                                                       \
    X(SCREEN)                                                                                      \
    X(CHROMA)                                                                                      \
    X(ALPHA)                                                                                       \
    X(WIDE)                                                                                        \
    X(JOIN)

// Which of the shader's choices a program is compiled with.
typedef struct cr_gl_variant {
#define X(name) int8_t name;
    CR_GL_DEFINE_MAP(X)
#undef X
} cr_gl_variant;

// Names of the uniforms in the shaders.
#define CR_GL_UNIFORM_MAP(X)                                                                       \
    X(area)                                                                                        \
    X(size)                                                                                        \
    X(view)                                                                                        \
    X(spots)                                                                                       \
    X(copies)                                                                                      \
    X(wides)                                                                                       \
    X(shape)                                                                                       \
    X(corner)                                                                                      \
    X(wipe)                                                                                        \
    X(wipe_edge)                                                                                   \
    X(blend_mode)                                                                                  \
    X(solid)                                                                                       \
    X(share)                                                                                       \
    X(to_rgb)                                                                                      \
    X(to_yuv)                                                                                      \
    X(bounds)                                                                                      \
    X(bounds2)                                                                                     \
    X(canvas)                                                                                      \
    X(halved)                                                                                      \
    X(wide_matrix)                                                                                 \
    X(wide_brightest)                                                                              \
    X(turn)                                                                                        \
    X(block)                                                                                       \
    X(pack)                                                                                        \
    X(numbers)                                                                                     \
    X(units)                                                                                       \
    X(box)                                                                                         \
    X(weights)

// Index into a program's places of uniforms.
typedef enum cr_gl_uniform {
#define X(name) CR_GL_##name,
    CR_GL_UNIFORM_MAP(X)
#undef X
        CR_GL_UNIFORM_COUNT,
} cr_gl_uniform;

// Names of the samplers, each always in the unit of its number.
#define CR_GL_SAMPLER_MAP(X)                                                                       \
    X(plane0)                                                                                      \
    X(plane1)                                                                                      \
    X(plane2)                                                                                      \
    X(phases)                                                                                      \
    X(table0)                                                                                      \
    X(table1)                                                                                      \
    X(backdrop)                                                                                    \
    X(backdrop2)

// The texture unit of each sampler.
typedef enum cr_gl_unit {
#define X(name) CR_GL_##name,
    CR_GL_SAMPLER_MAP(X)
#undef X
        CR_GL_UNIT_COUNT,
} cr_gl_unit;
