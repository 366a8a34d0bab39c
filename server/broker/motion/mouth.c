#include "broker/motion/mouth.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "broker/painter/dice.h"
#include "broker/painter/sheet_file.h"
#include "broker/painter/words.h"

enum {
    BLINK_FRAMES = 4,
    RUN_FRAMES_MIN = 2, // shorter shapes flicker, but for closed lips
};

static const char *const files[CR_VISEME_COUNT] = {
    "mouth-lids.png", "mouth-rest.png",  "mouth-closed.png", "mouth-small.png", "mouth-open.png",
    "mouth-wide.png", "mouth-round.png", "mouth-oval.png",   "mouth-teeth.png", "mouth-tongue.png",
};

const char *cr_viseme_file(cr_viseme viseme)
{
    return files[viseme];
}

cr_viseme cr_viseme_of(const char *symbol)
{
    static const struct {
        cr_viseme viseme;
        const char *symbols;
    } table[] = {
        {CR_VISEME_OPEN, "aa ah aw ay"}, {CR_VISEME_WIDE, "ae eh ey ih iy"},
        {CR_VISEME_OVAL, "ao ow oy"},    {CR_VISEME_ROUND, "uh uw w sh ch jh zh"},
        {CR_VISEME_CLOSED, "b m p"},     {CR_VISEME_TEETH, "f v"},
        {CR_VISEME_TONGUE, "l th dh"},   {CR_VISEME_SMALL, "ax er r s z t d n k g ng hh y"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(table); i++)
        if (cr_word_in(symbol, table[i].symbols)) return table[i].viseme;
    return CR_VISEME_REST;
}

static cr_ticks ticks_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? (cr_ticks)member->valuedouble : 0;
}

uint8_t *cr_mouth_frames(const cr_motion_wish *wish)
{
    uint8_t *frames = cr_alloc((size_t)wish->frame_count, 1);
    memset(frames, CR_VISEME_REST, (size_t)wish->frame_count);
    const cJSON *phoneme;
    cJSON_ArrayForEach(phoneme, wish->phonemes)
    {
        const char *symbol =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(phoneme, "symbol"));
        cr_viseme viseme = cr_viseme_of(symbol ? symbol : "");
        cr_ticks start = ticks_of(phoneme, "start"), end = ticks_of(phoneme, "end");
        if (end <= start || start < 0 || end > CR_TICKS_MAX) continue;
        int64_t first = cr_frame_at(start, wish->rate), last = cr_frame_at(end - 1, wish->rate);
        for (int64_t f = first; f <= last && f < wish->frame_count; f++) {
            cr_ticks middle =
                (cr_frame_start(f, wish->rate) + cr_frame_start(f + 1, wish->rate)) / 2;
            // Lips that meet are what the eye misses first: they win even a part of a frame.
            bool is_lips = viseme == CR_VISEME_CLOSED && frames[f] != CR_VISEME_CLOSED;
            if (is_lips || (middle >= start && middle < end && frames[f] != CR_VISEME_CLOSED))
                frames[f] = (uint8_t)viseme;
        }
    }
    for (int64_t f = 1; f + 1 < wish->frame_count; f++) {
        bool is_single = frames[f] != frames[f - 1] && frames[f] != frames[f + 1];
        if (is_single && RUN_FRAMES_MIN > 1 && frames[f] != CR_VISEME_CLOSED)
            frames[f] = frames[f - 1] == CR_VISEME_CLOSED ? frames[f + 1] : frames[f - 1];
    }
    return frames;
}

uint8_t *cr_blink_frames(const cr_motion_wish *wish)
{
    uint8_t *frames = cr_alloc((size_t)wish->frame_count, 1);
    cr_dice dice = cr_dice_make(wish->seed, 301);
    double rate = (double)wish->rate.num / wish->rate.den;
    double at = cr_dice_between(&dice, 0.9, 2.2);
    for (;;) {
        int64_t first = (int64_t)(at * rate);
        if (first + BLINK_FRAMES >= wish->frame_count) break;
        for (int i = 0; i < BLINK_FRAMES; i++)
            frames[first + i] = 1;
        at += cr_dice_between(&dice, 2.4, 4.8);
    }
    return frames;
}

static uint32_t color_of(const cJSON *object, const char *key, uint32_t fallback)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    char *end = NULL;
    unsigned long rgb = text && text[0] == '#' ? strtoul(text + 1, &end, 16) : 0;
    return end && *end == '\0' && rgb <= 0xffffff ? (uint32_t)rgb : fallback;
}

static double size_of(const cJSON *object, double fallback)
{
    const cJSON *width = cJSON_GetObjectItemCaseSensitive(object, "width");
    bool is_good = cJSON_IsNumber(width) && width->valuedouble >= 2 && width->valuedouble < 4000;
    return is_good ? width->valuedouble : fallback;
}

// Every picture is a square with the shape's middle in its own.
static cr_status write_shape(cr_viseme viseme, double width, uint32_t skin, uint32_t lips,
                             const char *folder, cr_fault *fault)
{
    int side = ((int)ceil(width * 1.4) + 2) & ~1;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
    cairo_t *cr = cairo_create(surface);
    cairo_translate(cr, side / 2.0, side / 2.0);
    if (viseme == CR_VISEME_NONE)
        cr_lid_paint(cr, width, skin);
    else
        cr_mouth_paint(cr, viseme, width, skin, lips);
    bool is_good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cr_status status = CR_NOMEM;
    if (is_good) {
        char *path = cr_format("%s/%s", folder, files[viseme]);
        cr_sheet_box whole = {0, 0, side, side};
        status = cr_sheet_write(surface, whole, false, path, fault);
        cr_free(path);
    }
    cairo_surface_destroy(surface);
    return status;
}

cr_status cr_mouth_write(const cr_motion_layer *presenter, const char *folder, cr_fault *fault)
{
    const cJSON *json = presenter->json;
    uint32_t skin = color_of(json, "skin", 0xEDB98A), lips = color_of(json, "lips", 0xC45F5F);
    double mouth = size_of(cJSON_GetObjectItemCaseSensitive(json, "mouth"), 100);
    double eye =
        size_of(cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "eyes"), 0), mouth * 0.6);
    cr_status status = CR_OK;
    for (int v = 0; v < CR_VISEME_COUNT && status == CR_OK; v++)
        status =
            write_shape((cr_viseme)v, v == CR_VISEME_NONE ? eye : mouth, skin, lips, folder, fault);
    return status;
}

void cr_mouth_remove(const char *folder)
{
    for (int v = 0; v < CR_VISEME_COUNT; v++) {
        char *path = cr_format("%s/%s", folder, files[v]);
        remove(path);
        cr_free(path);
    }
}
