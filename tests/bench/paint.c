// Milliseconds a painted 1080p frame, for the kinds of pictures that films are made of.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/assert.h"
#include "compositor/paint.h"
#include "native/native.h"

enum { WIDTH = 1920, HEIGHT = 1080, LAYERS_MAX = 5 };

typedef struct bench {
    cr_painter *painter;
    int frames;
    cr_frame *film[2], *still, *cutouts[LAYERS_MAX], *caption;
    cr_paint_item items[LAYERS_MAX];
    int item_count;
} bench;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static cr_frame *make(cr_pixel pixel, int width, int height, unsigned seed)
{
    cr_frame *frame = NULL;
    CR_ASSERT(cr_frame_make(&frame, pixel, width, height) == CR_OK);
    frame->color = cr_pixel_is_rgb(pixel) ? cr_color_srgb() : cr_color_bt709();
    frame->sample_aspect = (cr_rate){1, 1};
    for (int p = 0; p < cr_pixel_planes(pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(pixel, p, height); y++) {
            uint8_t *row = frame->data[p] + frame->stride[p] * y;
            for (int x = 0; x < cr_pixel_row_bytes(pixel, p, width); x++)
                row[x] = (uint8_t)(16 + ((unsigned)(x * 7 + y * 3) + seed * 31) % 200);
        }
    }
    return frame;
}

// A foreground as parallax has them: the lower part opaque, a soft edge, nothing above.
static cr_frame *make_cutout(int index)
{
    cr_frame *frame = make(CR_PIXEL_RGBA, 2112, 1188, (unsigned)index);
    int horizon = index * 1188 / LAYERS_MAX;
    for (int y = 0; y < 1188; y++) {
        for (int x = 0; x < 2112; x++) {
            int above = horizon + (x * 37 / 64) % 90 - y;
            uint8_t alpha = 255;
            if (index > 0 && above > 0) alpha = above < 2 ? 128 : 0;
            frame->data[0][frame->stride[0] * y + 4 * x + 3] = alpha;
        }
    }
    return frame;
}

static cr_paint_layer layer_of(const cr_frame *frame)
{
    static const cr_number defaults[CR_CLIP_PARAM_COUNT] = {
#define X(name, id, fallback) (fallback) * CR_ONE,
        CR_CLIP_PARAM_MAP(X)
#undef X
    };
    cr_paint_layer layer = {.frame = frame, .fit = CR_FIT_CONTAIN, .blend = CR_BLEND_NORMAL};
    memcpy(layer.params, defaults, sizeof defaults);
    return layer;
}

static void add(bench *b, cr_paint_layer layer)
{
    b->items[b->item_count++] = (cr_paint_item){.from = layer, .has_from = true};
}

static void plain(bench *b, int at)
{
    add(b, layer_of(b->film[at % 2]));
}

static void dissolve(bench *b, int at)
{
    plain(b, 0);
    b->items[0].to = layer_of(b->film[1]);
    b->items[0].has_to = true;
    b->items[0].transition = cr_catalog_transition("cross-dissolve");
    b->items[0].progress = CR_ONE / 2 + at * 1000;
}

static void corner_picture(bench *b, int at)
{
    plain(b, 0);
    cr_paint_layer layer = layer_of(b->film[1]);
    layer.params[CR_CLIP_SCALE_X] = layer.params[CR_CLIP_SCALE_Y] = CR_ONE / 3;
    layer.params[CR_CLIP_X] = 500 * CR_ONE + at * 300000;
    layer.params[CR_CLIP_Y] = 250 * CR_ONE;
    layer.params[CR_CLIP_CORNER_RADIUS] = 60 * CR_ONE;
    add(b, layer);
}

static void parallax(bench *b, int at)
{
    for (int i = 0; i < 4; i++) {
        cr_paint_layer layer = layer_of(b->cutouts[i]);
        layer.fit = CR_FIT_COVER;
        layer.params[CR_CLIP_X] = at * (100000 + i * 210000);
        layer.params[CR_CLIP_SCALE_X] = layer.params[CR_CLIP_SCALE_Y] =
            1100000 + at * 500 * (i + 1);
        add(b, layer);
    }
}

static void turned(bench *b, int at)
{
    parallax(b, at);
    for (int i = 0; i < b->item_count; i++)
        b->items[i].from.params[CR_CLIP_ROTATION] = CR_ONE / 2 + at * 10000;
}

static void zoomed_still(bench *b, int at)
{
    cr_paint_layer layer = layer_of(b->still);
    layer.params[CR_CLIP_SCALE_X] = layer.params[CR_CLIP_SCALE_Y] = CR_ONE + at * 700;
    add(b, layer);
}

static void caption(bench *b, int at)
{
    plain(b, at);
    cr_paint_layer layer = layer_of(b->caption);
    layer.is_placed = true;
    layer.left = 400;
    layer.top = 900;
    add(b, layer);
}

static void effect(bench *b, const char *id, cr_number first)
{
    static cr_effect_value value;
    value = (cr_effect_value){.entry = cr_catalog_effect(id)};
    for (int i = 0; i < value.entry->param_count; i++)
        value.params[i] = value.entry->params[i].fallback;
    value.params[0] = first;
    b->items[0].from.effects = &value;
    b->items[0].from.effect_count = 1;
}

static void blurred(bench *b, int at)
{
    plain(b, at);
    effect(b, "blur", 12 * CR_ONE);
}

static void graded(bench *b, int at)
{
    plain(b, at);
    effect(b, "color-adjust", CR_ONE / 2);
}

static void measure(bench *b, const char *name, void (*set)(bench *b, int at))
{
    double total = 0;
    for (int at = 0; at < b->frames; at++) {
        memset(b->items, 0, sizeof b->items);
        b->item_count = 0;
        set(b, at);
        cr_picture picture = {.project_width = WIDTH,
                              .project_height = HEIGHT,
                              .width = WIDTH,
                              .height = HEIGHT,
                              .pixel = CR_PIXEL_I420,
                              .color = cr_color_bt709(),
                              .background = 0xFF,
                              .item_count = b->item_count,
                              .items = b->items};
        cr_frame *out = NULL;
        double start = now_ms();
        CR_ASSERT(cr_painter_paint(b->painter, &picture, &out) == CR_OK);
        double took = now_ms() - start;
        cr_frame_drop(&out);
        if (at > 0) total += took;
    }
    printf("{\"row\": \"paint: %s\", \"ours\": %.3f, \"peer\": null, \"unit\": \"ms\", \"goal\": "
           "\"\"}\n",
           name, total / (b->frames - 1));
}

int main(int argument_count, char **arguments)
{
    int threads = argument_count > 1 ? (int)strtol(arguments[1], NULL, 10) : 0;
    bool without_simd = argument_count > 2;
    cr_native *native = NULL;
    CR_ASSERT(cr_native_open(&native, &(cr_native_desc){.thread_count = threads}) == CR_OK);
    bench b = {.frames = 20};
    cr_painter_desc desc = {cr_native_host(native), without_simd};
    CR_ASSERT(cr_painter_open(&b.painter, &desc) == CR_OK);
    for (int i = 0; i < 2; i++)
        b.film[i] = make(CR_PIXEL_I420, WIDTH, HEIGHT, (unsigned)i);
    for (int i = 0; i < LAYERS_MAX; i++)
        b.cutouts[i] = make_cutout(i);
    b.still = make(CR_PIXEL_I420, 3840, 2160, 5);
    b.caption = make(CR_PIXEL_RGBA, 1100, 120, 9);

    measure(&b, "plain", plain);
    measure(&b, "cross-dissolve", dissolve);
    measure(&b, "picture in picture, round", corner_picture);
    measure(&b, "4 layers RGBA, moving", parallax);
    measure(&b, "4 layers RGBA, turning", turned);
    measure(&b, "2160p still, zooming", zoomed_still);
    measure(&b, "caption", caption);
    measure(&b, "blur", blurred);
    measure(&b, "colour adjust", graded);

    for (int i = 0; i < 2; i++)
        cr_frame_drop(&b.film[i]);
    for (int i = 0; i < LAYERS_MAX; i++)
        cr_frame_drop(&b.cutouts[i]);
    cr_frame_drop(&b.still);
    cr_frame_drop(&b.caption);
    cr_painter_close(&b.painter);
    cr_native_close(&native);
    return 0;
}
