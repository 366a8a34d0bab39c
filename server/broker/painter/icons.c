#include "broker/painter/icons.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librsvg/rsvg.h>

#include "base/mem.h"
#include "broker/painter/dice.h"
#include "broker/painter/icon_body.h"
#include "broker/painter/own_icons.h"

enum {
    ICONS_BYTES_MAX = 64 * 1024 * 1024,
    INDEX_SLOTS = 8192, // a power of two well above the number of icons
};

// Pixels a unit when looking for the ink; and a tail may reach out of the drawing's box.
static const double measure_unit = 3, view_margin = 6;

struct cr_icon_set {
    cJSON *tree;
    const cJSON *icons;
    const cJSON *slots[INDEX_SLOTS];
};

static uint32_t name_hash(const char *name)
{
    uint32_t hash = 2166136261u;
    for (; *name; name++)
        hash = (hash ^ (uint8_t)*name) * 16777619u;
    return hash;
}

static const cJSON *set_find(const cr_icon_set *set, const char *name)
{
    for (uint32_t i = name_hash(name);; i++) {
        const cJSON *icon = set->slots[i % INDEX_SLOTS];
        if (!icon || !strcmp(icon->string, name)) return icon;
    }
}

static cr_status read_file(const char *path, char **out, size_t *out_size, cr_fault *fault)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return cr_fail(fault, CR_NOTFOUND, path,
                       "the painter's illustrations are not there; tools/data gathers them");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fseek(file, 0, SEEK_SET);
    if (size < 0 || size > ICONS_BYTES_MAX) {
        fclose(file);
        return cr_fail(fault, CR_LIMIT, path, "larger than illustrations may be");
    }
    char *text = cr_alloc((size_t)size + 1, 1);
    size_t got = fread(text, 1, (size_t)size, file);
    fclose(file);
    if (got != (size_t)size) {
        cr_free(text);
        return cr_fail(fault, CR_IO, path, "could not be read");
    }
    *out = text;
    *out_size = got;
    return CR_OK;
}

cr_status cr_icon_set_open(cr_icon_set **out, const char *folder, cr_fault *fault)
{
    char *path = cr_format("%s/icons.json", folder);
    char *text = NULL;
    size_t size = 0;
    cr_status status = read_file(path, &text, &size, fault);
    if (status == CR_OK) {
        cr_icon_set *set = cr_alloc(1, sizeof *set);
        set->tree = cJSON_ParseWithLength(text, size);
        set->icons = cJSON_GetObjectItemCaseSensitive(set->tree, "icons");
        int count = 0;
        for (const cJSON *icon = set->icons ? set->icons->child : NULL; icon; icon = icon->next) {
            if (++count > INDEX_SLOTS / 2) break;
            uint32_t i = name_hash(icon->string);
            while (set->slots[i % INDEX_SLOTS])
                i++;
            set->slots[i % INDEX_SLOTS] = icon;
        }
        if (count == 0 || count > INDEX_SLOTS / 2) {
            cr_icon_set_close(&set);
            status = cr_fail(fault, CR_CORRUPT, path, "not a set of illustrations");
        } else {
            *out = set;
        }
    }
    cr_free(text);
    cr_free(path);
    return status;
}

void cr_icon_set_close(cr_icon_set **set)
{
    if (!*set) return;
    cJSON_Delete((*set)->tree);
    cr_free(*set);
    *set = NULL;
}

bool cr_icon_set_has(const cr_icon_set *set, const char *name)
{
    return cr_own_icon(name) || set_find(set, name);
}

const cJSON *cr_icon_set_names(const cr_icon_set *set)
{
    return set->icons->child;
}

// The head's skin: the first colour of the drawing that is one of the known skins.
static uint32_t skin_of(const char *body)
{
    static const uint32_t skins[] = {0xFFC83D, 0xFFD7C2, 0xEEBFAA, 0xC68D7B, 0x966661, 0x573739};
    for (const char *at = strchr(body, '#'); at; at = strchr(at + 1, '#')) {
        unsigned long rgb = strtoul(at + 1, NULL, 16);
        for (size_t i = 0; i < sizeof skins / sizeof *skins; i++)
            if (rgb == skins[i]) return skins[i];
    }
    return 0xFFC83D;
}

static cr_ink style_ink(const cr_icon_style *style, uint32_t rgb)
{
    if (style->petals && (rgb == 0xD3D3D3 || rgb == 0xFF6DC6))
        rgb = style->petals;
    else if (style->petals && rgb == 0xF70A8D)
        rgb = cr_ink_to_hex(cr_ink_shade(cr_ink_hex(style->petals), -0.22));
    // Things keep more of their own colour than the land does, so that they stand out.
    cr_ink plain = cr_ink_hex(rgb);
    cr_ink ink = style->is_glowing ? plain
                                   : cr_ink_mix(plain, cr_look_lit(style->look, rgb),
                                                style->is_scenery ? 1 : 0.72);
    return cr_look_distant(style->look, ink, style->distance);
}

// Every #rgb and #rrggbb of [text] as it looks in the light.
static char *recolored(const char *text, const cr_icon_style *style)
{
    cr_str out = {0};
    const char *from = text;
    for (const char *at = strchr(text, '#'); at; at = strchr(at + 1, '#')) {
        if (at == text || at[-1] != '"') continue; // url(#…)
        int digits = 0;
        while (digits < 6 && isxdigit((unsigned char)at[1 + digits]))
            digits++;
        unsigned rgb = 0;
        if ((digits != 6 && digits != 3) || sscanf(at + 1, digits == 3 ? "%3x" : "%6x", &rgb) != 1)
            continue;
        if (digits == 3)
            rgb = (rgb >> 8 & 15) * 0x110000 | (rgb >> 4 & 15) * 0x1100 | (rgb & 15) * 0x11;
        cr_str_add_bytes(&out, from, (size_t)(at - from));
        cr_str_addf(&out, "#%06x", cr_ink_to_hex(style_ink(style, rgb)));
        from = at + 1 + digits;
    }
    cr_str_add(&out, from);
    return cr_str_take(&out);
}

static RsvgHandle *icon_parse(const cr_icon *icon)
{
    return rsvg_handle_new_from_data((const guint8 *)icon->text, strlen(icon->text), NULL);
}

static bool icon_render(RsvgHandle *handle, cairo_t *cr, double width, double height)
{
    RsvgRectangle view = {0, 0, width, height};
    return rsvg_handle_render_document(handle, cr, &view, NULL);
}

static cr_status icon_measure(cr_icon *icon)
{
    int width = (int)(icon->view_width * measure_unit);
    int height = (int)(icon->view_height * measure_unit);
    RsvgHandle *handle = icon_parse(icon);
    if (!handle) return CR_CORRUPT;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cr = cairo_create(surface);
    bool is_good = icon_render(handle, cr, width, height);
    cairo_surface_flush(surface);
    const uint8_t *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    int left = width, top = height, right = -1, bottom = -1;
    for (int y = 0; is_good && y < height; y++)
        for (int x = 0; x < width; x++) {
            uint32_t pixel;
            memcpy(&pixel, pixels + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
            if (pixel >> 24 < 32) continue;
            left = x < left ? x : left;
            right = x > right ? x : right;
            top = y < top ? y : top;
            bottom = y;
        }
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    g_object_unref(handle);
    if (right < left) return CR_CORRUPT;
    icon->x = (double)left / measure_unit;
    icon->y = (double)top / measure_unit;
    icon->width = (double)(right + 1 - left) / measure_unit;
    icon->height = (double)(bottom + 1 - top) / measure_unit;
    return CR_OK;
}

cr_status cr_icon_open(cr_icon *out, const cr_icon_set *set, const char *name,
                       const cr_icon_style *style)
{
    const char *drawing = cr_own_icon(name);
    if (!drawing)
        drawing =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(set_find(set, name), "body"));
    if (!drawing) return CR_NOTFOUND;
    cr_str shapes = {0};
    double height = cr_icon_body_add(&shapes, style->body, skin_of(drawing), style->seed);
    cr_str_add(&shapes, drawing);
    char *painted =
        style->look ? recolored(cr_str_text(&shapes), style) : cr_strdup(cr_str_text(&shapes));
    cr_str_free(&shapes);
    cr_icon made = {.view_width = 32 + 2 * view_margin, .view_height = height + 2};
    made.text = cr_format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2f\" "
                          "height=\"%.2f\" viewBox=\"%.0f 0 %.2f %.2f\">%s</svg>",
                          made.view_width, made.view_height, -view_margin, made.view_width,
                          made.view_height, painted);
    cr_free(painted);
    cr_status status = icon_measure(&made);
    if (status == CR_OK)
        *out = made;
    else
        cr_free(made.text);
    return status;
}

void cr_icon_close(cr_icon *icon)
{
    cr_free(icon->text);
    icon->text = NULL;
}

cr_status cr_icon_paint(const cr_icon *icon, cairo_t *cr, double x, double y, double height,
                        bool is_flipped, double angle, double opacity)
{
    RsvgHandle *handle = icon_parse(icon);
    if (!handle) return CR_CORRUPT;
    double unit = height / icon->height;
    cairo_save(cr);
    cairo_translate(cr, x, y - height / 2);
    cairo_rotate(cr, angle);
    if (is_flipped) cairo_scale(cr, -1, 1);
    cairo_translate(cr, -(icon->x + icon->width / 2) * unit, -(icon->y + icon->height / 2) * unit);
    if (opacity < 1) cairo_push_group(cr);
    bool is_good = icon_render(handle, cr, icon->view_width * unit, icon->view_height * unit);
    if (opacity < 1) {
        cairo_pop_group_to_source(cr);
        cairo_paint_with_alpha(cr, opacity);
    }
    cairo_restore(cr);
    g_object_unref(handle);
    return is_good ? CR_OK : CR_CORRUPT;
}
