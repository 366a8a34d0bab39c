#include "broker/painter/sheet_file.h"

#include <errno.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <png.h>

#include "base/mem.h"

cr_sheet_box cr_sheet_ink(cairo_surface_t *surface)
{
    cairo_surface_flush(surface);
    const uint8_t *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int left = width, right = -1, top = -1, bottom = -1;
    for (int y = 0; y < height; y++) {
        const uint8_t *row = data + (size_t)y * (size_t)stride;
        int first = 0, last = width - 1;
        while (first < width && !row[4 * first + 3])
            first++;
        if (first == width) continue;
        while (!row[4 * last + 3])
            last--;
        if (top < 0) top = y;
        bottom = y;
        if (first < left) left = first;
        if (last > right) right = last;
    }
    if (top < 0) return (cr_sheet_box){0};
    return (cr_sheet_box){left, top, right + 1 - left, bottom + 1 - top};
}

// Cairo's premultiplied BGRA words as PNG's straight RGB or RGBA.
static void row_to_png(const uint8_t *from, uint8_t *to, int width, bool is_opaque)
{
    for (int x = 0; x < width; x++) {
        uint32_t pixel;
        memcpy(&pixel, from + 4 * (size_t)x, 4);
        uint32_t alpha = pixel >> 24;
        uint32_t r = pixel >> 16 & 255, g = pixel >> 8 & 255, b = pixel & 255;
        if (is_opaque) {
            to[0] = (uint8_t)r;
            to[1] = (uint8_t)g;
            to[2] = (uint8_t)b;
            to += 3;
            continue;
        }
        if (alpha != 0 && alpha != 255) {
            r = (r * 255 + alpha / 2) / alpha;
            g = (g * 255 + alpha / 2) / alpha;
            b = (b * 255 + alpha / 2) / alpha;
        }
        to[0] = (uint8_t)(r > 255 ? 255 : r);
        to[1] = (uint8_t)(g > 255 ? 255 : g);
        to[2] = (uint8_t)(b > 255 ? 255 : b);
        to[3] = (uint8_t)alpha;
        to += 4;
    }
}

typedef struct png_job {
    cairo_surface_t *surface;
    cr_sheet_box box;
    bool is_opaque;
    FILE *file;
    uint8_t *row;
} png_job;

// Apart, so that no local of it is clobbered by longjmp.
static bool write_png(png_structp png, png_infop info, const png_job *job)
{
    if (setjmp(png_jmpbuf(png))) return false;
    png_init_io(png, job->file);
    // Flat shapes and gradients: a cheap filter and the fastest level come out small enough.
    png_set_compression_level(png, 2);
    png_set_filter(png, 0, PNG_FILTER_UP);
    png_set_IHDR(png, info, (png_uint_32)job->box.width, (png_uint_32)job->box.height, 8,
                 job->is_opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    const uint8_t *data = cairo_image_surface_get_data(job->surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(job->surface);
    for (int y = 0; y < job->box.height; y++) {
        row_to_png(data + (size_t)(job->box.y + y) * stride + 4 * (size_t)job->box.x, job->row,
                   job->box.width, job->is_opaque);
        png_write_row(png, job->row);
    }
    png_write_end(png, info);
    return true;
}

static void ignore_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void on_error(png_structp png, png_const_charp text)
{
    (void)text;
    longjmp(png_jmpbuf(png), 1);
}

cr_status cr_sheet_write(cairo_surface_t *surface, cr_sheet_box box, bool is_opaque,
                         const char *path, cr_fault *fault)
{
    cairo_surface_flush(surface);
    png_job job = {surface, box, is_opaque, fopen(path, "wb"), NULL};
    if (!job.file)
        return cr_fail(fault, CR_IO, path, "the picture could not be written: %s", strerror(errno));
    job.row = cr_alloc((size_t)box.width, 4);
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, ignore_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool is_good = info && write_png(png, info, &job);
    int problem = errno;
    png_destroy_write_struct(&png, &info);
    cr_free(job.row);
    if (fclose(job.file) != 0) is_good = false;
    if (is_good) return CR_OK;
    remove(path);
    return cr_fail(fault, problem == ENOSPC ? CR_NOSPACE : CR_IO, path,
                   "the picture could not be written: %s", strerror(problem));
}
