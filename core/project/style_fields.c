#include <string.h>

#include "base/mem.h"
#include "project/fields.h"

static const cr_text_style caption_default = {
    .weight = 600,
    .size = 54 * CR_ONE,
    .color = 0xffffffff,
    .outline_color = 0x000000ff,
    .shadow_color = 0x00000080,
    .outline = 3 * CR_ONE,
    .box_padding = 12 * CR_ONE,
    .line_spacing = CR_ONE,
    .vertical = 1,
    .margin = 80 * CR_ONE,
};

static const cr_text_style title_default = {
    .weight = 700,
    .size = 96 * CR_ONE,
    .color = 0xffffffff,
    .outline_color = 0x000000ff,
    .shadow_color = 0x00000080,
    .shadow = 4 * CR_ONE,
    .box_padding = 12 * CR_ONE,
    .line_spacing = CR_ONE,
    .margin = 80 * CR_ONE,
};

static const cr_name aligns[] = {{"left", -1}, {"center", 0}, {"right", 1}, {NULL, 0}};
static const cr_name verticals[] = {{"top", -1}, {"middle", 0}, {"bottom", 1}, {NULL, 0}};

enum { font_bytes_max = 256, style_pixels_max = 10000 };

#define AT(member) offsetof(cr_text_style, member)
#define PIXELS(member)                                                                             \
    {.name = #member,                                                                              \
     .type = CR_FIELD_NUMBER,                                                                      \
     .offset = AT(member),                                                                         \
     .max = style_pixels_max * CR_ONE}
#define COLOR(member) {.name = #member, .type = CR_FIELD_COLOR, .offset = AT(member)}

static const cr_field fields[] = {
    {.name = "font", .type = CR_FIELD_TEXT, .offset = AT(font), .max = font_bytes_max},
    {.name = "weight", .type = CR_FIELD_INT, .offset = AT(weight), .min = 100, .max = 900},
    {.name = "italic", .type = CR_FIELD_BOOL, .offset = AT(is_italic)},
    {.name = "size",
     .type = CR_FIELD_NUMBER,
     .offset = AT(size),
     .min = CR_ONE,
     .max = style_pixels_max * CR_ONE},
    COLOR(color),
    COLOR(outline_color),
    COLOR(shadow_color),
    COLOR(box_color),
    COLOR(highlight_color),
    PIXELS(outline),
    PIXELS(shadow),
    PIXELS(box_padding),
    {.name = "letter_spacing",
     .type = CR_FIELD_NUMBER,
     .offset = AT(letter_spacing),
     .min = -1000 * CR_ONE,
     .max = 1000 * CR_ONE},
    {.name = "line_spacing",
     .type = CR_FIELD_NUMBER,
     .offset = AT(line_spacing),
     .min = CR_ONE / 10,
     .max = 10 * CR_ONE},
    {.name = "align", .type = CR_FIELD_ENUM, .offset = AT(align), .names = aligns},
    {.name = "vertical", .type = CR_FIELD_ENUM, .offset = AT(vertical), .names = verticals},
    PIXELS(margin),
    PIXELS(width_max),
};

static cr_spec style_spec(cr_clip_kind kind)
{
    return (cr_spec){"style", fields, sizeof fields / sizeof fields[0], cr_text_style_default(kind),
                     AT(extra)};
}

const cr_text_style *cr_text_style_default(cr_clip_kind kind)
{
    return kind == CR_CLIP_CAPTION ? &caption_default : &title_default;
}

cr_status cr_text_style_read(cr_text_style **out, const cJSON *json, cr_clip_kind kind,
                             const cr_json_place *place, cr_fault *fault)
{
    cr_spec spec = style_spec(kind);
    cr_text_style *style = cr_text_style_make(kind);
    cr_status status = cr_fields_read(&spec, style, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cr_text_style_free(style);
        return status;
    }
    *out = style;
    return CR_OK;
}

cJSON *cr_text_style_write(const cr_text_style *style, cr_clip_kind kind)
{
    cr_spec spec = style_spec(kind);
    return cr_fields_write(&spec, style, true);
}
