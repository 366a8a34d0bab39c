#include "compositor/paint_gl_device.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "compositor/paint_gl_shaders.h"

typedef struct format_row {
    GLint internal;
    GLenum format, type;
    int bytes;
} format_row;

static const format_row formats[CR_GL_FORMAT_COUNT] = {
    [CR_GL_R8] = {GL_R8UI, GL_RED_INTEGER, GL_UNSIGNED_BYTE, 1},
    [CR_GL_RGBA8] = {GL_RGBA8UI, GL_RGBA_INTEGER, GL_UNSIGNED_BYTE, 4},
    [CR_GL_R16U] = {GL_R16UI, GL_RED_INTEGER, GL_UNSIGNED_SHORT, 2},
    [CR_GL_RGBA16U] = {GL_RGBA16UI, GL_RGBA_INTEGER, GL_UNSIGNED_SHORT, 8},
    [CR_GL_R16I] = {GL_R16I, GL_RED_INTEGER, GL_SHORT, 2},
    [CR_GL_RGBA16I] = {GL_RGBA16I, GL_RGBA_INTEGER, GL_SHORT, 8},
    [CR_GL_R32I] = {GL_R32I, GL_RED_INTEGER, GL_INT, 4},
    [CR_GL_PACKED] = {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, 4},
};

void cr_gl_fail(cr_gl_device *device, cr_status status, const char *format, ...)
{
    if (device->status != CR_OK) return;
    char text[sizeof device->fault.text];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    device->status = cr_fail(&device->fault, status, "", "%s", text);
}

// --- errors ---

// The two are not in OpenGL ES 3.0 itself: robust contexts and WebGL say them.
enum { CONTEXT_LOST = 0x0507, CONTEXT_LOST_WEBGL = 0x9242 };

void cr_gl_check(cr_gl_device *device)
{
    GLenum error = GL_NO_ERROR, first = GL_NO_ERROR;
    // Bounded, as a lost context may go on saying so.
    for (int i = 0; i < CR_GL_ERRORS_MAX; i++) {
        error = glGetError();
        if (error == GL_NO_ERROR) break;
        if (first == GL_NO_ERROR || error == CONTEXT_LOST || error == CONTEXT_LOST_WEBGL)
            first = error;
    }
    if (first == CONTEXT_LOST || first == CONTEXT_LOST_WEBGL)
        cr_gl_fail(device, CR_IO, "The graphics processor was lost while it painted.");
    else if (first == GL_OUT_OF_MEMORY)
        cr_gl_fail(device, CR_NOMEM, "The graphics processor has no memory left for this picture.");
    else if (first != GL_NO_ERROR)
        cr_gl_fail(device, CR_UNSUPPORTED,
                   "The graphics processor cannot paint this picture (error 0x%04X).",
                   (unsigned)first);
}

void cr_gl_forgive(cr_gl_device *device)
{
    cr_gl_check(device);
    if (device->status != CR_IO) device->status = CR_OK;
}

// --- life ---

void cr_gl_open(cr_gl_device *device, const int16_t *phases)
{
    static const float corners[8] = {0, 0, 1, 0, 0, 1, 1, 1};
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &device->side_max);
    if (device->side_max < CR_PHASES) {
        cr_gl_fail(device, CR_UNSUPPORTED, "There is no OpenGL ES 3.0 or WebGL 2 to paint with.");
        return;
    }
    glGenBuffers(1, &device->corners);
    glGenVertexArrays(1, &device->arrays);
    glBindVertexArray(device->arrays);
    glBindBuffer(GL_ARRAY_BUFFER, device->corners);
    glBufferData(GL_ARRAY_BUFFER, sizeof corners, corners, GL_STATIC_DRAW);
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, NULL);
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    cr_gl_texture *texture = cr_gl_take(device, CR_GL_RGBA16I, CR_PHASES, 1, 1);
    cr_gl_upload(device, texture, CR_PHASES, 1, phases, 0);
    device->phases = texture ? texture->names[0] : 0; // taken for good
    device->is_open = true;
}

static void drop_texture(cr_gl_device *device, int index, bool is_lost)
{
    cr_gl_texture *texture = device->textures[index];
    device->bytes -= cr_gl_texture_bytes(texture);
    if (!is_lost) {
        if (texture->framebuffer) glDeleteFramebuffers(1, &texture->framebuffer);
        glDeleteTextures(texture->count, texture->names);
    }
    cr_free(texture);
    device->textures[index] = device->textures[--device->texture_count];
}

void cr_gl_close(cr_gl_device *device, bool is_lost)
{
    while (device->texture_count > 0)
        drop_texture(device, device->texture_count - 1, is_lost);
    for (int i = 0; i < CR_GL_PROGRAMS_MAX && !is_lost; i++) {
        if (device->programs[i].id) glDeleteProgram(device->programs[i].id);
    }
    if (!is_lost && device->arrays) glDeleteVertexArrays(1, &device->arrays);
    if (!is_lost && device->corners) glDeleteBuffers(1, &device->corners);
    *device = (cr_gl_device){0};
}

void cr_gl_begin(cr_gl_device *device)
{
    device->current = NULL;
    glBindVertexArray(device->arrays);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DITHER);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glActiveTexture(GL_TEXTURE0 + CR_GL_phases);
    glBindTexture(GL_TEXTURE_2D, device->phases);
}

void cr_gl_end(cr_gl_device *device)
{
    for (int i = device->texture_count - 1; i >= 0; i--) {
        cr_gl_texture *texture = device->textures[i];
        if (!texture->is_taken && texture->idle++ > CR_GL_IDLE_MAX) drop_texture(device, i, false);
    }
    glBindVertexArray(0);
    glUseProgram(0);
    device->current = NULL;
}

// --- textures ---

int64_t cr_gl_texture_bytes(const cr_gl_texture *texture)
{
    if (!texture) return 0;
    return (int64_t)texture->width * texture->height * texture->count *
           formats[texture->format].bytes;
}

static void select_texture(GLuint name)
{
    // The last unit is only ever bound right before it is needed.
    glActiveTexture(GL_TEXTURE0 + CR_GL_backdrop2);
    glBindTexture(GL_TEXTURE_2D, name);
}

static cr_gl_texture *find_free(cr_gl_device *device, cr_gl_format format, int width, int height,
                                int count)
{
    for (int i = 0; i < device->texture_count; i++) {
        cr_gl_texture *texture = device->textures[i];
        if (!texture->is_taken && texture->format == format && texture->width == width &&
            texture->height == height && texture->count == count)
            return texture;
    }
    return NULL;
}

cr_gl_texture *cr_gl_take(cr_gl_device *device, cr_gl_format format, int width, int height,
                          int count)
{
    if (device->status != CR_OK) return NULL;
    if (width > device->side_max || height > device->side_max) {
        cr_gl_fail(device, CR_UNSUPPORTED,
                   "A picture of %d × %d is larger than this graphics processor takes (%d).", width,
                   height, (int)device->side_max);
        return NULL;
    }
    cr_gl_texture *texture = find_free(device, format, width, height, count);
    if (!texture) {
        if (device->texture_count == CR_GL_TEXTURES_MAX) {
            cr_gl_fail(device, CR_LIMIT, "The picture needs more than %d textures.",
                       CR_GL_TEXTURES_MAX);
            return NULL;
        }
        texture = cr_alloc(1, sizeof *texture);
        *texture =
            (cr_gl_texture){.format = format, .width = width, .height = height, .count = count};
        glGenTextures(count, texture->names);
        for (int i = 0; i < count; i++) {
            select_texture(texture->names[i]);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
            glTexStorage2D(GL_TEXTURE_2D, 1, (GLenum)formats[format].internal, width, height);
        }
        device->textures[device->texture_count++] = texture;
        device->bytes += cr_gl_texture_bytes(texture);
    }
    texture->is_taken = true;
    return texture;
}

void cr_gl_give_back(cr_gl_texture **texture)
{
    if (!*texture) return;
    (*texture)->is_taken = false;
    (*texture)->idle = 0;
    *texture = NULL;
}

void cr_gl_upload(cr_gl_device *device, cr_gl_texture *texture, int width, int height,
                  const void *data, int64_t stride)
{
    if (device->status != CR_OK || !texture) return;
    const format_row *f = &formats[texture->format];
    CR_ASSERT(width <= texture->width && height <= texture->height);
    select_texture(texture->names[0]);
    bool fits = stride % f->bytes == 0 && stride / f->bytes >= width;
    glPixelStorei(GL_UNPACK_ROW_LENGTH, fits ? (GLint)(stride / f->bytes) : 0);
    if (fits || stride == 0 || height == 1) {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, f->format, f->type, data);
    } else {
        for (int y = 0; y < height; y++)
            glTexSubImage2D(GL_TEXTURE_2D, 0, 0, y, width, 1, f->format, f->type,
                            (const uint8_t *)data + stride * y);
    }
    // Emscripten takes this for the length of rows that are read back, too.
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

static void need_framebuffer(cr_gl_device *device, cr_gl_texture *texture)
{
    if (texture->framebuffer) return;
    static const GLenum both[2] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
    glGenFramebuffers(1, &texture->framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, texture->framebuffer);
    for (int i = 0; i < texture->count; i++)
        glFramebufferTexture2D(GL_FRAMEBUFFER, both[i], GL_TEXTURE_2D, texture->names[i], 0);
    glDrawBuffers(texture->count, both);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
        cr_gl_fail(device, CR_UNSUPPORTED,
                   "This graphics processor does not draw into textures of kind %d.",
                   (int)texture->format);
}

void cr_gl_copy(cr_gl_device *device, cr_gl_texture *to, cr_gl_texture *from, int x0, int y0,
                int x1, int y1)
{
    if (device->status != CR_OK || !to || !from) return;
    need_framebuffer(device, from);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, from->framebuffer);
    for (int i = 0; i < from->count; i++) {
        glReadBuffer((GLenum)(GL_COLOR_ATTACHMENT0 + i));
        select_texture(to->names[i]);
        glCopyTexSubImage2D(GL_TEXTURE_2D, 0, x0, y0, x0, y0, x1 - x0, y1 - y0);
    }
}

void cr_gl_fill(cr_gl_device *device, cr_gl_texture *texture, const uint8_t value[4])
{
    if (device->status != CR_OK || !texture) return;
    need_framebuffer(device, texture);
    glBindFramebuffer(GL_FRAMEBUFFER, texture->framebuffer);
    for (int i = 0; i < texture->count; i++) {
        // Two textures hold one component each.
        int first = texture->count > 1 ? i : 0;
        const GLuint color[4] = {value[first], value[1], value[2], value[3]};
        glClearBufferuiv(GL_COLOR, i, color);
    }
}

// --- programs ---

static const cr_gl_shader *find_shader(const char *name)
{
    for (const cr_gl_shader *shader = cr_gl_shaders; shader->name; shader++) {
        if (strcmp(shader->name, name) == 0) return shader;
    }
    CR_ASSERT(false);
    return NULL;
}

static GLuint compile(cr_gl_device *device, GLenum type, const char *name, const char *head)
{
    enum { LINES_MAX = 1000 };
    const cr_gl_shader *shader = find_shader(name);
    const char *lines[LINES_MAX];
    CR_ASSERT(shader->line_count + 1 < LINES_MAX);
    lines[0] = head;
    memcpy(lines + 1, shader->lines, (size_t)shader->line_count * sizeof *lines);
    GLuint id = glCreateShader(type);
    glShaderSource(id, shader->line_count + 1, lines, NULL);
    glCompileShader(id);
    GLint ok = 0;
    glGetShaderiv(id, GL_COMPILE_STATUS, &ok);
    if (!ok) {
        char log[400] = "";
        glGetShaderInfoLog(id, sizeof log, NULL, log);
        cr_gl_fail(device, CR_UNSUPPORTED, "The graphics processor refuses the shader %s: %s", name,
                   log);
    }
    return id;
}

static void write_head(char *out, size_t size, const cr_gl_variant *v)
{
    int used = snprintf(out, size, "#version 300 es\n");
#define X(name)                                                                                    \
    used += snprintf(out + used, size - (size_t)used, "#define " #name " %d\n", (int)v->name);
    CR_GL_DEFINE_MAP(X)
#undef X
    CR_ASSERT((size_t)used < size);
}

static void look_up(cr_gl_program *program)
{
    static const char *const names[CR_GL_UNIFORM_COUNT] = {
#define X(name) #name,
        CR_GL_UNIFORM_MAP(X)
#undef X
    };
    static const char *const samplers[CR_GL_UNIT_COUNT] = {
#define X(name) #name,
        CR_GL_SAMPLER_MAP(X)
#undef X
    };
    glUseProgram(program->id);
    for (int i = 0; i < CR_GL_UNIFORM_COUNT; i++)
        program->at[i] = glGetUniformLocation(program->id, names[i]);
    for (int i = 0; i < CR_GL_UNIT_COUNT; i++) {
        GLint at = glGetUniformLocation(program->id, samplers[i]);
        if (at >= 0) glUniform1i(at, i);
    }
}

static void make_program(cr_gl_device *device, cr_gl_program *out, const char *name,
                         const cr_gl_variant *variant)
{
    char head[600];
    write_head(head, sizeof head, variant);
    *out = (cr_gl_program){.name = name, .variant = *variant};
    GLuint corners = compile(device, GL_VERTEX_SHADER, "quad", head);
    GLuint pixels = compile(device, GL_FRAGMENT_SHADER, name, head);
    if (device->status == CR_OK) {
        GLint ok = 0;
        out->id = glCreateProgram();
        glAttachShader(out->id, corners);
        glAttachShader(out->id, pixels);
        glBindAttribLocation(out->id, 0, "corner");
        glLinkProgram(out->id);
        glGetProgramiv(out->id, GL_LINK_STATUS, &ok);
        if (!ok) {
            char log[400] = "";
            glGetProgramInfoLog(out->id, sizeof log, NULL, log);
            cr_gl_fail(device, CR_UNSUPPORTED, "The graphics processor does not link %s: %s", name,
                       log);
            glDeleteProgram(out->id);
            out->id = 0;
        } else {
            device->programs_made++;
            look_up(out);
        }
    }
    glDeleteShader(corners);
    glDeleteShader(pixels);
}

void cr_gl_use(cr_gl_device *device, const char *shader, const cr_gl_variant *variant)
{
    if (device->status != CR_OK) return;
    cr_gl_program *found = NULL, *oldest = &device->programs[0];
    for (int i = 0; i < CR_GL_PROGRAMS_MAX && !found; i++) {
        cr_gl_program *program = &device->programs[i];
        if (program->last_use < oldest->last_use) oldest = program;
        if (program->id && strcmp(program->name, shader) == 0 &&
            memcmp(&program->variant, variant, sizeof *variant) == 0)
            found = program;
    }
    if (!found) {
        if (oldest->id) glDeleteProgram(oldest->id);
        make_program(device, oldest, shader, variant);
        found = oldest;
    }
    if (device->status != CR_OK) return;
    found->last_use = ++device->uses;
    if (device->current != found) glUseProgram(found->id);
    device->current = found;
}

void cr_gl_bind(cr_gl_device *device, cr_gl_unit unit, const cr_gl_texture *texture, int which)
{
    if (device->status != CR_OK || !texture) return;
    glActiveTexture((GLenum)(GL_TEXTURE0 + (int)unit));
    glBindTexture(GL_TEXTURE_2D, texture->names[which]);
}

void cr_gl_set(cr_gl_device *device, cr_gl_uniform uniform, int components, int count,
               const int32_t *values)
{
    if (device->status != CR_OK) return;
    GLint at = device->current->at[uniform];
    if (at < 0) return;
    if (components == 1) glUniform1iv(at, count, values);
    if (components == 2) glUniform2iv(at, count, values);
    if (components == 3) glUniform3iv(at, count, values);
    if (components == 4) glUniform4iv(at, count, values);
}

void cr_gl_set_floats(cr_gl_device *device, cr_gl_uniform uniform, int components,
                      const float *values)
{
    if (device->status != CR_OK) return;
    GLint at = device->current->at[uniform];
    if (at < 0) return;
    if (components == 2) glUniform2fv(at, 1, values);
    if (components == 4) glUniform4fv(at, 1, values);
}

void cr_gl_set_1(cr_gl_device *device, cr_gl_uniform uniform, int32_t value)
{
    cr_gl_set(device, uniform, 1, 1, &value);
}

void cr_gl_set_2(cr_gl_device *device, cr_gl_uniform uniform, int32_t a, int32_t b)
{
    const int32_t values[2] = {a, b};
    cr_gl_set(device, uniform, 2, 1, values);
}

void cr_gl_set_4(cr_gl_device *device, cr_gl_uniform uniform, int32_t a, int32_t b, int32_t c,
                 int32_t d)
{
    const int32_t values[4] = {a, b, c, d};
    cr_gl_set(device, uniform, 4, 1, values);
}

void cr_gl_set_to_rgb(cr_gl_device *device, const cr_yuv_to_rgb *m)
{
    const int32_t values[8] = {m->y_offset, m->y,      m->red_v, m->green_u,
                               m->green_v,  m->blue_u, 0,        0};
    cr_gl_set(device, CR_GL_to_rgb, 4, 2, values);
}

void cr_gl_set_to_yuv(cr_gl_device *device, const cr_rgb_to_yuv *m)
{
    const int16_t *const rows[3] = {m->y, m->u, m->v};
    int32_t values[12];
    for (int i = 0; i < 12; i++)
        values[i] = rows[i / 4][i % 4];
    cr_gl_set(device, CR_GL_to_yuv, 4, 3, values);
}

void cr_gl_draw(cr_gl_device *device, cr_gl_texture *to, int x0, int y0, int x1, int y1)
{
    if (device->status != CR_OK || !to) return;
    need_framebuffer(device, to);
    glBindFramebuffer(GL_FRAMEBUFFER, to->framebuffer);
    glViewport(0, 0, to->width, to->height);
    cr_gl_set_4(device, CR_GL_area, x0, y0, x1, y1);
    cr_gl_set_2(device, CR_GL_size, to->width, to->height);
    if (device->status == CR_OK) glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

void cr_gl_draw_view(cr_gl_device *device, const cr_gl_view *view, int x0, int y0, int x1, int y1)
{
    if (device->status != CR_OK) return;
    glBindFramebuffer(GL_FRAMEBUFFER, view->framebuffer);
    glViewport(view->left, view->bottom, view->width, view->height);
    cr_gl_set_4(device, CR_GL_area, x0, y0, x1, y1);
    cr_gl_set_2(device, CR_GL_size, view->width, view->height);
    cr_gl_set_4(device, CR_GL_view, view->left, view->bottom, view->width, view->height);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}
