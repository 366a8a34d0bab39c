// The GL painter's objects: textures to draw into and to read from, and programs made on demand.
// Only what OpenGL ES 3.0 and WebGL 2 both have; nothing here asks GL a question while a picture is
// painted, but for what has just been made for the first time.
#pragma once

#include <GLES3/gl3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "compositor/paint_gl_names.h"
#include "compositor/row_kernels.h"

// Bounds of what is kept.
enum {
    CR_GL_PROGRAMS_MAX = 96, // the longest unused goes when there are more
    CR_GL_TEXTURES_MAX = 512,
    CR_GL_IDLE_MAX = 12,   // pictures that an unused texture survives
    CR_GL_ERRORS_MAX = 16, // errors that are asked for at once
    // A canvas beyond would not fit the shaders' numbers of 32 bits.
    CR_GL_CANVAS_SIDE_MAX = 8192,
};

// What a texture holds; all but PACKED are whole numbers.
typedef enum cr_gl_format {
    CR_GL_NONE = 0,
    CR_GL_R8,
    CR_GL_RGBA8,
    CR_GL_R16U,
    CR_GL_RGBA16U,
    CR_GL_R16I,
    CR_GL_RGBA16I,
    CR_GL_R32I,
    CR_GL_PACKED, // RGBA that can be read back everywhere
    CR_GL_FORMAT_COUNT,
} cr_gl_format;

// One texture, or two that are drawn into at once. Who takes one from the device gives it back.
typedef struct cr_gl_texture {
    cr_gl_format format;
    int width, height, count;
    GLuint names[2];
    GLuint framebuffer; // 0 until it is drawn into
    bool is_taken;
    int idle; // pictures since it was given back
} cr_gl_texture;

// A program for one variant of a shader.
typedef struct cr_gl_program {
    const char *name;
    cr_gl_variant variant;
    GLuint id; // 0: empty
    GLint at[CR_GL_UNIFORM_COUNT];
    uint64_t last_use;
} cr_gl_program;

// Where the picture is shown: a part of a framebuffer, whose rows count upwards.
typedef struct cr_gl_view {
    GLuint framebuffer;
    int left, bottom, width, height;
} cr_gl_view;

// Everything of ours that lives in the context.
typedef struct cr_gl_device {
    bool is_open;
    GLuint corners, arrays; // the one quad
    GLuint phases;
    GLint side_max;
    cr_gl_texture *textures[CR_GL_TEXTURES_MAX];
    int texture_count;
    cr_gl_program programs[CR_GL_PROGRAMS_MAX];
    const cr_gl_program *current;
    uint64_t uses;
    int programs_made;
    int64_t bytes;    // of all textures
    cr_status status; // the first failure since the picture began
    cr_fault fault;   // and why
} cr_gl_device;

// Makes what every picture needs, in the current context. [phases] are CR_PHASES × CR_PHASE_TAPS.
void cr_gl_open(cr_gl_device *device, const int16_t *phases);
// Gives everything back to the current context; with [is_lost] there is nothing to give back.
void cr_gl_close(cr_gl_device *device, bool is_lost);

// Fails the picture for what went wrong since this was last asked; waits for the processor. CR_IO
// when the context is lost, and only then; CR_NOMEM; CR_UNSUPPORTED for every other error.
void cr_gl_check(cr_gl_device *device);
// Forgets errors that others left behind, but not that the context is lost.
void cr_gl_forgive(cr_gl_device *device);

// A picture begins: the state that all passes rely on. It ends: textures long unused go.
void cr_gl_begin(cr_gl_device *device);
void cr_gl_end(cr_gl_device *device);

// What goes wrong between begin and end is kept in device->status, and all that follows may do
// nothing; so these give NULL or do nothing then, and accept NULL.

// A texture with undefined content. [count] of 2: two to be drawn into at once.
cr_gl_texture *cr_gl_take(cr_gl_device *device, cr_gl_format format, int width, int height,
                          int count);
void cr_gl_give_back(cr_gl_texture **texture);
int64_t cr_gl_texture_bytes(const cr_gl_texture *texture);

// Rows [stride] bytes apart into the part that begins at 0, 0.
void cr_gl_upload(cr_gl_device *device, cr_gl_texture *texture, int width, int height,
                  const void *data, int64_t stride);

// The part [x0, x1) × [y0, y1) of all that is in [from], to the same place of [to].
void cr_gl_copy(cr_gl_device *device, cr_gl_texture *to, cr_gl_texture *from, int x0, int y0,
                int x1, int y1);

// All of it in one value.
void cr_gl_fill(cr_gl_device *device, cr_gl_texture *texture, const uint8_t value[4]);

// Makes it if there is none yet, and uses it.
void cr_gl_use(cr_gl_device *device, const char *shader, const cr_gl_variant *variant);
void cr_gl_bind(cr_gl_device *device, cr_gl_unit unit, const cr_gl_texture *texture, int which);

// Whole numbers in ones (1 to 4 components), [count] of them; floats likewise.
void cr_gl_set(cr_gl_device *device, cr_gl_uniform uniform, int components, int count,
               const int32_t *values);
void cr_gl_set_floats(cr_gl_device *device, cr_gl_uniform uniform, int components,
                      const float *values);
void cr_gl_set_1(cr_gl_device *device, cr_gl_uniform uniform, int32_t value);
void cr_gl_set_2(cr_gl_device *device, cr_gl_uniform uniform, int32_t a, int32_t b);
void cr_gl_set_4(cr_gl_device *device, cr_gl_uniform uniform, int32_t a, int32_t b, int32_t c,
                 int32_t d);

// The matrices, as the shaders have them.
void cr_gl_set_to_rgb(cr_gl_device *device, const cr_yuv_to_rgb *matrix);
void cr_gl_set_to_yuv(cr_gl_device *device, const cr_rgb_to_yuv *matrix);

// Runs the program over the pixels [x0, x1) × [y0, y1).
void cr_gl_draw(cr_gl_device *device, cr_gl_texture *to, int x0, int y0, int x1, int y1);
// On a screen; only variants with SCREEN.
void cr_gl_draw_view(cr_gl_device *device, const cr_gl_view *view, int x0, int y0, int x1, int y1);

// Remembers a failure, with a sentence.
CR_PRINTF(3, 4)
void cr_gl_fail(cr_gl_device *device, cr_status status, const char *format, ...);
