#include "compositor/text_script.h"

#include <inttypes.h>
#include <string.h>

// Where a line of text may stand, in hundredths of the canvas: inside title-safe (the inner 90 %),
// and on wide canvases a little narrower, for shorter lines read easier.
enum {
    SAFE_MARGIN_PERCENT = 5,
    WIDTH_WIDE_PERCENT = 80,
    WIDTH_TALL_PERCENT = 88,
};

// A highlight bridges pauses between words up to this long.
#define PAUSE_BRIDGED (CR_TICKS_PER_SECOND * 3 / 10)

static const char *const header = "[Script Info]\n"
                                  "ScriptType: v4.00+\n"
                                  "WrapStyle: 0\n"
                                  "ScaledBorderAndShadow: yes\n"
                                  "Kerning: yes\n"
                                  "YCbCr Matrix: None\n";
static const char *const style_header =
    "[V4+ Styles]\n"
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, "
    "Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, "
    "Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n";
static const char *const event_header =
    "[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";

int cr_text_script_word(const cr_text_desc *desc)
{
    if ((desc->style->highlight_color & 0xff) == 0) return -1;
    for (int i = desc->word_count - 1; i >= 0; i--) {
        cr_range range = desc->words[i].range;
        if (desc->at < range.start) continue;
        cr_ticks end = cr_range_end(range);
        bool is_next = i + 1 < desc->word_count;
        if (is_next && desc->words[i + 1].range.start - end <= PAUSE_BRIDGED)
            end = desc->words[i + 1].range.start;
        return desc->at < end ? i : -1;
    }
    return -1;
}

void cr_text_script_bounds(const cr_text_desc *desc, cr_number *width, cr_number *margin)
{
    const cr_text_style *style = desc->style;
    int percent = desc->project_width > desc->project_height * 6 / 5 ? WIDTH_WIDE_PERCENT
                                                                     : WIDTH_TALL_PERCENT;
    int side = desc->project_height;
    *margin = style->margin > 0 ? style->margin : side * CR_ONE * SAFE_MARGIN_PERCENT / 100;
    *width = style->width_max > 0 ? style->width_max : desc->project_width * CR_ONE * percent / 100;
    if (*width > desc->project_width * CR_ONE) *width = desc->project_width * CR_ONE;
}

static void add_number(cr_str *out, cr_number value)
{
    cr_str_addf(out, "%s%" PRId64 ".%06" PRId64, value < 0 ? "-" : "",
                (value < 0 ? -value : value) / CR_ONE, (value < 0 ? -value : value) % CR_ONE);
}

// 0xRRGGBBAA as &HAABBGGRR, where AA counts the other way.
static void add_color(cr_str *out, uint32_t color)
{
    cr_str_addf(out, "&H%02X%02X%02X%02X", 255 - (color & 0xff), color >> 8 & 0xff,
                color >> 16 & 0xff, color >> 24);
}

static void add_fill(cr_str *out, uint32_t color)
{
    cr_str_addf(out, "{\\1c&H%02X%02X%02X&\\1a&H%02X&}", color >> 8 & 0xff, color >> 16 & 0xff,
                color >> 24, 255 - (color & 0xff));
}

static cr_number font_size(const cr_text_desc *desc, const cr_text_fonts *fonts, int family,
                           cr_number shrink)
{
    // Ours is the em, as on the web; a script's is ascent plus descent.
    cr_number size = cr_scale(desc->style->size, shrink, CR_ONE, CR_ROUND_NEAREST);
    return cr_scale(size, cr_text_fonts_height(fonts, family), 1000, CR_ROUND_NEAREST);
}

static void add_style(cr_str *out, const cr_text_desc *desc, const cr_text_fonts *fonts, int family,
                      cr_number shrink)
{
    const cr_text_style *style = desc->style;
    cr_number width, margin;
    cr_text_script_bounds(desc, &width, &margin);
    cr_number room = desc->project_width * CR_ONE - width;
    cr_number left = room / 2, right = room / 2;
    cr_number side = style->margin > 0 ? style->margin
                                       : desc->project_width * CR_ONE * SAFE_MARGIN_PERCENT / 100;
    if (side > room) side = room;
    if (style->align < 0) left = side, right = room - side;
    if (style->align > 0) left = room - side, right = side;

    int alignment = 2 + style->align + (style->vertical < 0 ? 6 : style->vertical == 0 ? 3 : 0);
    bool has_box = (style->box_color & 0xff) != 0;
    bool has_outline = (style->outline_color & 0xff) != 0;
    cr_number outline =
        has_outline ? cr_scale(style->outline, shrink, CR_ONE, CR_ROUND_NEAREST) : 0;

    cr_str_add(out, style_header);
    cr_str_addf(out, "Style: D,%s,", cr_text_fonts_family_name(fonts, family));
    add_number(out, font_size(desc, fonts, family, shrink));
    cr_str_add_char(out, ',');
    add_color(out, style->color);
    cr_str_add_char(out, ',');
    add_color(out, style->color);
    cr_str_add_char(out, ',');
    add_color(out, style->outline_color);
    // With border style 4 libass says where the lines' box lies, in an image of its own.
    cr_str_addf(out, ",&H00000000,%d,%d,0,0,100,100,", style->weight >= 600 ? -1 : 0,
                style->is_italic ? -1 : 0);
    add_number(out, cr_scale(style->letter_spacing, shrink, CR_ONE, CR_ROUND_NEAREST));
    cr_str_addf(out, ",0,%d,", has_box ? 4 : 1);
    add_number(out, outline);
    cr_str_addf(out, ",0,%d,%d,%d,%d,-1\n", alignment, (int)(left / CR_ONE), (int)(right / CR_ONE),
                (int)(margin / CR_ONE));
}

// One character at [text]; ill-formed bytes, which no valid project has, read as U+FFFD.
static int read_character(const char *text, uint32_t *out)
{
    const uint8_t *bytes = (const uint8_t *)text;
    int length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    if (cr_utf8_valid_length(text, strnlen(text, (size_t)length)) != (size_t)length) {
        *out = 0xfffd;
        return 1;
    }
    uint32_t c = length == 1 ? bytes[0] : bytes[0] & (0x7fu >> length);
    for (int i = 1; i < length; i++)
        c = c << 6 | (bytes[i] & 0x3f);
    *out = c;
    return length;
}

// Shaping needs them, fonts need not have them: joiners, direction marks, variation selectors.
static bool is_invisible(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || c == 0xad;
}

static bool is_variation(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

// Scripts that may break a line between any two characters.
static bool is_ideographic(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x2fff) || (c >= 0x3041 && c <= 0x31ff) ||
           (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

// Small kana and marks that no line may begin with; punctuation is outside is_ideographic already.
static bool may_begin_line(uint32_t c)
{
    static const uint16_t tied[] = {0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083,
                                    0x3085, 0x3087, 0x308e, 0x309b, 0x309c, 0x309d, 0x309e,
                                    0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3,
                                    0x30e5, 0x30e7, 0x30ee, 0x30fb, 0x30fc, 0x30fd, 0x30fe};
    for (size_t i = 0; i < sizeof tied / sizeof tied[0]; i++) {
        if (tied[i] == c) return false;
    }
    return true;
}

typedef struct writer {
    cr_str *out;
    const cr_text_desc *desc;
    const cr_text_fonts *fonts;
    int family, current;
    cr_number shrink;
    uint32_t before;
    int missing;
    uint32_t missing_character;
} writer;

static void add_escaped(cr_str *out, const char *text, int length, uint32_t c)
{
    if (c == '\n') {
        cr_str_add(out, "\\N");
    } else if (c == '{' || c == '}') {
        cr_str_addf(out, "\\%c", (char)c);
    } else if (c == '\\') {
        cr_str_add(out, "\\\xe2\x81\xa0"); // a word joiner keeps it from escaping what follows
    } else if (c >= 0x20 && c != 0x7f) {
        cr_str_add_bytes(out, text, (size_t)length);
    } else if (c == '\t') {
        cr_str_add_char(out, ' ');
    }
}

static void add_character(writer *w, const char *text, int length, uint32_t c)
{
    if (is_variation(c)) return;
    if (c >= 0x20 && !is_invisible(c)) {
        int family = cr_text_fonts_choose(w->fonts, c, w->family, w->current);
        if (family < 0) {
            if (w->missing++ == 0) w->missing_character = c;
            return;
        }
        if (family != w->current) {
            cr_str_addf(w->out, "{\\fn%s\\fs", cr_text_fonts_family_name(w->fonts, family));
            add_number(w->out, font_size(w->desc, w->fonts, family, w->shrink));
            cr_str_add_char(w->out, '}');
            w->current = family;
        }
        // libass breaks lines at spaces only: a space of no visible width makes room to break.
        if (is_ideographic(w->before) && is_ideographic(c) && may_begin_line(c))
            cr_str_add(w->out, "{\\fscx1} {\\fscx100}");
    }
    add_escaped(w->out, text, length, c);
    w->before = c;
}

// libass places each stretch of one colour on its own grid, a fraction of a pixel coarse. So that
// no letter shifts when the light moves on, words and what stands between them are always stretches
// of their own: between words the colour differs by a step of blue that nobody sees.
static void add_text(writer *w)
{
    const cr_text_desc *desc = w->desc;
    uint32_t color = desc->style->color, between = color ^ 0x100;
    int lit = cr_text_script_word(desc);
    bool has_words = desc->word_count > 0 && (desc->style->highlight_color & 0xff) != 0;
    int word = 0;
    const char *begin = has_words ? strstr(desc->text, desc->words[0].text) : NULL;
    const char *end = begin ? begin + strlen(desc->words[0].text) : NULL;
    if (begin && begin > desc->text) add_fill(w->out, between);
    for (const char *at = desc->text; *at;) {
        if (at == begin) add_fill(w->out, word == lit ? desc->style->highlight_color : color);
        uint32_t c;
        int length = read_character(at, &c);
        add_character(w, at, length, c);
        at += length;
        if (!end || at < end) continue;
        add_fill(w->out, between);
        word++;
        begin = word < desc->word_count ? strstr(at, desc->words[word].text) : NULL;
        end = begin ? begin + strlen(desc->words[word].text) : NULL;
    }
}

void cr_text_script_write(cr_str *out, const cr_text_desc *desc, const cr_text_fonts *fonts,
                          int family, cr_number shrink, int *missing, uint32_t *missing_character)
{
    cr_str_add(out, header);
    cr_str_addf(out, "PlayResX: %d\nPlayResY: %d\n", desc->project_width, desc->project_height);
    add_style(out, desc, fonts, family, shrink);
    cr_str_add(out, event_header);
    cr_str_add(out, "Dialogue: 0,0:00:00.00,1:00:00.00,D,,0,0,0,,");
    writer w = {.out = out,
                .desc = desc,
                .fonts = fonts,
                .family = family,
                .current = family,
                .shrink = shrink};
    add_text(&w);
    cr_str_add_char(out, '\n');
    *missing = w.missing;
    *missing_character = w.missing_character;
}
