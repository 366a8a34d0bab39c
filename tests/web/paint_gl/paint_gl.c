// Both painters in a browser's worker: each picture of the catalog by both, and what is between
// them.
#include <emscripten.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "browser/gl.h"
#include "compositor/paint_gl.h"
#include "tests/core/compositor/catalog_pictures.h"

enum { GROUPS_MAX = 200 };

// What was seen of all pictures of one effect, transition or blend mode.
typedef struct group {
    char name[80];
    int pictures, difference;
    double psnr; // the worst picture's
} group;

static group groups[GROUPS_MAX];
static int group_count;
static cr_painter *exact;
static cr_paint_gl *painter;
static cr_fault fault;
static int generation;
static int every; // one picture of so many is painted, and the first of each group
static int seen;

static double psnr(const cr_frame *a, const cr_frame *b)
{
    double sum = 0, count = 0;
    for (int p = 0; p < cr_pixel_planes(a->pixel); p++) {
        int bytes = cr_pixel_row_bytes(a->pixel, p, a->width);
        for (int y = 0; y < cr_pixel_rows(a->pixel, p, a->height); y++) {
            for (int x = 0; x < bytes; x++) {
                int d = a->data[p][a->stride[p] * y + x] - b->data[p][b->stride[p] * y + x];
                sum += d * d;
            }
            count += bytes;
        }
    }
    return sum == 0 ? 99 : 10 * log10(255 * 255 * count / sum);
}

// The canvas's context, with the painter's objects in it.
static cr_status use(void)
{
    cr_browser_canvas canvas = {0};
    cr_status status = cr_browser_canvas_use(&canvas);
    if (status == CR_OK && canvas.generation != generation) {
        cr_paint_gl_forget(painter);
        generation = canvas.generation;
    }
    return status;
}

static group *group_of(const char *name)
{
    if (group_count && !strcmp(groups[group_count - 1].name, name)) return &groups[group_count - 1];
    if (group_count == GROUPS_MAX) return NULL;
    group *g = &groups[group_count++];
    *g = (group){.psnr = 99};
    (void)snprintf(g->name, sizeof g->name, "%s", name);
    return g;
}

static void compare(group *g, const cr_picture *picture)
{
    cr_frame *expected = paint(exact, picture), *found = NULL;
    bool is_painted =
        expected && use() == CR_OK && cr_paint_gl_paint(painter, picture, &found, &fault) == CR_OK;
    int difference = is_painted ? frame_difference(expected, found) : 256;
    double decibels = is_painted ? psnr(expected, found) : 0;
    g->pictures++;
    if (difference > g->difference) g->difference = difference;
    if (decibels < g->psnr) g->psnr = decibels;
    cr_frame_drop(&expected);
    cr_frame_drop(&found);
}

static void visit(const char *name, const cr_picture *picture, void *user)
{
    (void)user;
    group *g = group_of(name);
    if (!g || (seen++ % every && g->pictures)) return;
    compare(g, picture);
    cr_picture rgba = *picture;
    rgba.pixel = CR_PIXEL_RGBA;
    rgba.color = cr_color_srgb();
    compare(g, &rgba);
}

EMSCRIPTEN_KEEPALIVE int test_open(void)
{
    cr_status status = cr_painter_open(&exact, &(cr_painter_desc){0});
    return status == CR_OK ? cr_paint_gl_open(&painter, &(cr_paint_gl_desc){0}) : status;
}

// Kind 0: blend modes, 1: effects, 2: transitions. Gives how many groups there are to read.
EMSCRIPTEN_KEEPALIVE int test_run(int kind, int one_of)
{
    static void (*const kinds[3])(picture_visit *, void *) = {blend_pictures, effect_pictures,
                                                              transition_pictures};
    group_count = seen = 0;
    every = one_of;
    kinds[kind](visit, NULL);
    return group_count;
}

// Paints without asking whether the context is there; gives the status.
EMSCRIPTEN_KEEPALIVE int test_paint(void)
{
    cr_paint_item item = item_of(layer_of(NULL));
    item.from.color = 0x336699FF;
    cr_picture picture = picture_of(CR_PIXEL_RGBA, 32, 32, &item, 1);
    cr_frame *found = NULL;
    fault = (cr_fault){0};
    cr_status status = cr_paint_gl_paint(painter, &picture, &found, &fault);
    cr_frame_drop(&found);
    return status;
}

EMSCRIPTEN_KEEPALIVE const char *test_group_name(int i)
{
    return groups[i].name;
}
EMSCRIPTEN_KEEPALIVE int test_group_pictures(int i)
{
    return groups[i].pictures;
}
EMSCRIPTEN_KEEPALIVE int test_group_difference(int i)
{
    return groups[i].difference;
}
EMSCRIPTEN_KEEPALIVE double test_group_psnr(int i)
{
    return groups[i].psnr;
}
EMSCRIPTEN_KEEPALIVE const char *test_fault(void)
{
    return fault.text;
}
EMSCRIPTEN_KEEPALIVE int test_use(void)
{
    return use();
}
