#include "browser/screen_show.h"

#include <GLES3/gl3.h>

#include "base/mem.h"
#include "compositor/color_convert.h"

enum { PLANES = 3 };

// The CPU's own numbers (cr_yuv_to_rgb), in floating point.
static const float fraction = 1.0f / (1 << 13);

static const char vertex_text[] =
    "#version 300 es\n"
    "out vec2 at;\n"
    "void main() {\n"
    "    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;\n"
    "    at = vec2(corner.x, 1.0 - corner.y);\n"
    "    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);\n"
    "}\n";

// Chroma stands on every second column of luma, not between two.
static const char fragment_text[] =
    "#version 300 es\n"
    "precision highp float;\n"
    "uniform highp sampler2D plane[3];\n"
    "uniform float luma_offset, luma, chroma_shift;\n"
    "uniform vec2 red, green, blue;\n"
    "in vec2 at;\n"
    "out vec4 color;\n"
    "void main() {\n"
    "    vec2 there = at + vec2(chroma_shift, 0.0);\n"
    "    float y = (texture(plane[0], at).r * 255.0 - luma_offset) * luma;\n"
    "    vec2 uv = vec2(texture(plane[1], there).r, texture(plane[2], there).r) * 255.0 - 128.0;\n"
    "    color = vec4(vec3(y + dot(uv, red), y + dot(uv, green), y + dot(uv, blue)) / 255.0, "
    "1.0);\n"
    "}\n";

struct cr_screen_show {
    GLuint program, vertices;
    GLuint planes[PLANES];
    int width, height; // of the planes
};

cr_screen_show *cr_screen_show_open(void)
{
    return cr_alloc(1, sizeof(cr_screen_show));
}

void cr_screen_show_forget(cr_screen_show *show)
{
    *show = (cr_screen_show){0};
}

void cr_screen_show_close(cr_screen_show **show, bool has_context)
{
    cr_screen_show *closing = *show;
    if (!closing) return;
    if (has_context && closing->program) {
        glDeleteTextures(PLANES, closing->planes);
        glDeleteVertexArrays(1, &closing->vertices);
        glDeleteProgram(closing->program);
    }
    cr_free(closing);
    *show = NULL;
}

static GLuint compile(GLenum kind, const char *text)
{
    GLuint shader = glCreateShader(kind);
    glShaderSource(shader, 1, &text, NULL);
    glCompileShader(shader);
    return shader;
}

static cr_status make_program(cr_screen_show *show)
{
    GLuint vertex = compile(GL_VERTEX_SHADER, vertex_text);
    GLuint fragment = compile(GL_FRAGMENT_SHADER, fragment_text);
    show->program = glCreateProgram();
    glAttachShader(show->program, vertex);
    glAttachShader(show->program, fragment);
    glLinkProgram(show->program);
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    GLint is_linked = 0;
    glGetProgramiv(show->program, GL_LINK_STATUS, &is_linked);
    if (!is_linked) return CR_UNSUPPORTED;
    glGenVertexArrays(1, &show->vertices);
    glUseProgram(show->program);
    const GLint units[PLANES] = {0, 1, 2};
    glUniform1iv(glGetUniformLocation(show->program, "plane"), PLANES, units);
    return CR_OK;
}

static void make_planes(cr_screen_show *show, const cr_frame *frame)
{
    if (show->planes[0]) glDeleteTextures(PLANES, show->planes);
    glGenTextures(PLANES, show->planes);
    for (int p = 0; p < PLANES; p++) {
        glBindTexture(GL_TEXTURE_2D, show->planes[p]);
        glTexStorage2D(GL_TEXTURE_2D, 1, GL_R8, cr_pixel_row_bytes(frame->pixel, p, frame->width),
                       cr_pixel_rows(frame->pixel, p, frame->height));
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    }
    show->width = frame->width;
    show->height = frame->height;
}

static void upload(cr_screen_show *show, const cr_frame *frame)
{
    if (frame->width != show->width || frame->height != show->height) make_planes(show, frame);
    glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    for (int p = 0; p < PLANES; p++) {
        glActiveTexture(GL_TEXTURE0 + (GLenum)p);
        glBindTexture(GL_TEXTURE_2D, show->planes[p]);
        glPixelStorei(GL_UNPACK_ROW_LENGTH, (GLint)frame->stride[p]);
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, cr_pixel_row_bytes(frame->pixel, p, frame->width),
                        cr_pixel_rows(frame->pixel, p, frame->height), GL_RED, GL_UNSIGNED_BYTE,
                        frame->data[p]);
    }
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glActiveTexture(GL_TEXTURE0);
}

static void set_pair(const cr_screen_show *show, const char *name, int u, int v)
{
    const GLfloat pair[2] = {(float)u * fraction, (float)v * fraction};
    glUniform2fv(glGetUniformLocation(show->program, name), 1, pair);
}

static void set_number(const cr_screen_show *show, const char *name, float value)
{
    glUniform1f(glGetUniformLocation(show->program, name), value);
}

static void set_color(const cr_screen_show *show, const cr_frame *frame)
{
    cr_yuv_to_rgb matrix;
    cr_yuv_to_rgb_make(&matrix, frame->color);
    set_number(show, "luma_offset", matrix.y_offset);
    set_number(show, "luma", (float)matrix.y * fraction);
    set_number(show, "chroma_shift", 0.5f / (float)frame->width);
    set_pair(show, "red", 0, matrix.red_v);
    set_pair(show, "green", matrix.green_u, matrix.green_v);
    set_pair(show, "blue", matrix.blue_u, 0);
}

cr_status cr_screen_show_frame(cr_screen_show *show, const cr_frame *frame,
                               const cr_browser_canvas *canvas)
{
    if (frame->pixel != CR_PIXEL_I420) return CR_UNSUPPORTED;
    if (!show->program) {
        cr_status status = make_program(show);
        if (status != CR_OK) return status;
    }
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, canvas->width, canvas->height);
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glUseProgram(show->program);
    glBindVertexArray(show->vertices);
    upload(show, frame);
    set_color(show, frame);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glBindVertexArray(0);
    return CR_OK;
}
