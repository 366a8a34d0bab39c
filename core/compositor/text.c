#include "compositor/text.h"

#include <string.h>

#include <ass/ass.h>

#include "base/assert.h"
#include "base/mem.h"
#include "base/str.h"
#include "compositor/text_fonts.h"
#include "compositor/text_image.h"
#include "compositor/text_script.h"

enum {
    CACHE_ENTRIES = 24,
    // A text that does not fit is set smaller, step by step.
    FIT_TRIES_MAX = 8,
    FIT_HEIGHT_PERCENT = 90,
};

// Smallest factor by which a text is shrunk to fit.
#define SHRINK_MIN (CR_ONE / 5)

typedef struct cache_entry {
    char *key;       // NULL: free
    cr_frame *frame; // NULL: the text has no ink
    int left, top;
    uint64_t used; // by the painter's count of calls
} cache_entry;

struct cr_text_painter {
    const cr_host *host;
    cr_text_fonts *fonts;
    ASS_Library *library;
    ASS_Renderer *renderer;
    cr_str script, key;
    uint64_t calls;
    cache_entry cache[CACHE_ENTRIES];
};

// libass numbers its messages from 0 (fatal) up; what it has to say is for whoever looks for a bug.
static void say(int level, const char *format, va_list arguments, void *cookie)
{
    (void)level, (void)format, (void)arguments, (void)cookie;
}

static cr_status start_library(cr_text_painter *painter, cr_fault *fault)
{
    painter->library = ass_library_init();
    if (!painter->library) return cr_fail(fault, CR_NOMEM, "", "the text library did not start");
    ass_set_message_cb(painter->library, say, NULL);
    for (int i = 0; i < cr_text_fonts_count(painter->fonts); i++) {
        const uint8_t *bytes;
        size_t size;
        const char *name = cr_text_fonts_file(painter->fonts, i, &bytes, &size);
        ass_add_font(painter->library, name, (const char *)bytes, (int)size);
    }
    painter->renderer = ass_renderer_init(painter->library);
    if (!painter->renderer) return cr_fail(fault, CR_NOMEM, "", "the text library did not start");
    ass_set_shaper(painter->renderer, ASS_SHAPING_COMPLEX);
    ass_set_hinting(painter->renderer, ASS_HINTING_NONE);
    // No font of the machine is ever used: the same pixels everywhere.
    ass_set_fonts(painter->renderer, NULL, cr_text_fonts_family_name(painter->fonts, 0),
                  ASS_FONTPROVIDER_NONE, NULL, 0);
    return CR_OK;
}

cr_status cr_text_painter_open(cr_text_painter **out, const cr_host *host, const char *font_folder,
                               cr_fault *fault)
{
    cr_text_painter *painter = cr_alloc(1, sizeof *painter);
    painter->host = host;
    cr_status status = cr_text_fonts_open(&painter->fonts, host, font_folder, fault);
    if (status == CR_OK) status = start_library(painter, fault);
    if (status == CR_OK)
        *out = painter;
    else
        cr_text_painter_close(&painter);
    return status;
}

static void cache_drop(cache_entry *entry)
{
    cr_free(entry->key);
    cr_frame_drop(&entry->frame);
    *entry = (cache_entry){0};
}

void cr_text_painter_close(cr_text_painter **painter)
{
    cr_text_painter *closing = *painter;
    if (!closing) return;
    for (int i = 0; i < CACHE_ENTRIES; i++)
        cache_drop(&closing->cache[i]);
    if (closing->renderer) ass_renderer_done(closing->renderer);
    if (closing->library) ass_library_done(closing->library);
    cr_text_fonts_close(&closing->fonts);
    cr_str_free(&closing->script);
    cr_str_free(&closing->key);
    cr_free(closing);
    *painter = NULL;
}

bool cr_text_painter_has_font(const cr_text_painter *painter, const char *family)
{
    return cr_text_fonts_family(painter->fonts, family) >= 0;
}

// Project pixels to whole output pixels.
static int to_output(const cr_text_desc *desc, cr_number length)
{
    return (int)cr_scale(length, desc->height, desc->project_height * CR_ONE, CR_ROUND_NEAREST);
}

// Where one mask has any coverage: libass's masks come with empty edges.
static cr_text_box ink_box(const ASS_Image *image)
{
    int left = image->w, right = 0, top = image->h, bottom = 0;
    for (int y = 0; y < image->h; y++) {
        const uint8_t *row = image->bitmap + (ptrdiff_t)y * image->stride;
        int first = 0, last = image->w;
        while (first < last && row[first] == 0)
            first++;
        if (first == last) continue;
        while (row[last - 1] == 0)
            last--;
        if (first < left) left = first;
        if (last > right) right = last;
        if (top > y) top = y;
        bottom = y + 1;
    }
    return (cr_text_box){image->dst_x + left, image->dst_y + top, image->dst_x + right,
                         image->dst_y + bottom};
}

// Where the ink of libass's images lies, and the lines' box, which it gives as the first image when
// it was asked for one.
static void measure(const ASS_Image *images, bool has_box, cr_text_box *ink, cr_text_box *lines)
{
    *ink = *lines = (cr_text_box){0};
    for (const ASS_Image *image = images; image; image = image->next) {
        cr_text_box_add(has_box && image == images ? lines : ink, ink_box(image));
    }
}

// How much smaller the text must be set to fit; CR_ONE: it fits.
static cr_number shrink_needed(const cr_text_desc *desc, cr_text_box ink)
{
    cr_number width, margin;
    cr_text_script_bounds(desc, &width, &margin);
    // A line of full width may stick out by its outline and a slanted letter's edge.
    int outline = to_output(desc, desc->style->outline);
    int width_max = to_output(desc, width) + 2 * outline + desc->width / 100;
    int height_max = desc->height * FIT_HEIGHT_PERCENT / 100;
    int ink_width = ink.right - ink.left, ink_height = ink.bottom - ink.top;
    if (ink_width <= width_max && ink_height <= height_max) return CR_ONE;
    // What sticks out of the canvas is not seen here: go on in larger steps then.
    if (ink_width >= desc->width || ink_height >= desc->height) return CR_ONE * 7 / 10;
    cr_number by_width = width_max * CR_ONE / ink_width;
    cr_number by_height = height_max * CR_ONE / ink_height;
    return (by_width < by_height ? by_width : by_height) * 99 / 100;
}

static void warn_missing(const cr_text_painter *painter, int missing, uint32_t character)
{
    cr_log_line(&painter->host->log, CR_LOG_WARNING,
                "text: no font has U+%04X; %d character%s left out", character, missing,
                missing == 1 ? " is" : "s are");
}

// What is added between the base lines, in output pixels; the style has a factor.
static double line_spacing(const cr_text_desc *desc, cr_number shrink)
{
    cr_number size = cr_scale(desc->style->size, shrink, CR_ONE, CR_ROUND_NEAREST);
    return to_output(desc,
                     cr_scale(size, desc->style->line_spacing - CR_ONE, CR_ONE, CR_ROUND_NEAREST));
}

// Sets the text as large as fits. The images belong to the renderer until it is used again; the
// track, which must outlive them, is given.
static ASS_Track *set_text(cr_text_painter *painter, const cr_text_desc *desc, int family,
                           const ASS_Image **images)
{
    cr_number shrink = CR_ONE;
    bool has_box = (desc->style->box_color & 0xff) != 0;
    ass_set_frame_size(painter->renderer, desc->width, desc->height);
    ass_set_storage_size(painter->renderer, desc->width, desc->height);
    for (int i = 0;; i++) {
        int missing;
        uint32_t character;
        cr_str_clear(&painter->script);
        cr_text_script_write(&painter->script, desc, painter->fonts, family, shrink, &missing,
                             &character);
        if (missing > 0 && i == 0) warn_missing(painter, missing, character);
        ASS_Track *track =
            ass_read_memory(painter->library, painter->script.data, painter->script.length, NULL);
        if (!track) return NULL;
        // Right-to-left needs the whole line at once; brackets mirror as Unicode says today.
        ass_track_set_feature(track, ASS_FEATURE_WHOLE_TEXT_LAYOUT, 1);
        ass_track_set_feature(track, ASS_FEATURE_BIDI_BRACKETS, 1);
        ass_set_line_spacing(painter->renderer, line_spacing(desc, shrink));
        *images = ass_render_frame(painter->renderer, track, 0, NULL);
        cr_text_box ink, lines;
        measure(*images, has_box, &ink, &lines);
        cr_number factor = shrink_needed(desc, ink);
        if (factor == CR_ONE || i == FIT_TRIES_MAX || shrink < SHRINK_MIN) return track;
        shrink = cr_scale(shrink, factor, CR_ONE, CR_ROUND_DOWN);
        ass_free_track(track);
    }
}

// What the box and the shadow add around the ink, cut to the canvas.
static cr_text_box whole_box(const cr_text_desc *desc, cr_text_box ink, cr_text_box lines)
{
    cr_text_box whole = ink;
    const cr_text_style *style = desc->style;
    if (lines.right > lines.left) {
        int padding = to_output(desc, style->box_padding);
        cr_text_box_add(&whole, (cr_text_box){lines.left - padding, lines.top - padding,
                                              lines.right + padding, lines.bottom + padding});
    }
    if ((style->shadow_color & 0xff) && style->shadow > 0) {
        int reach = 2 * to_output(desc, style->shadow) + 1;
        whole.left -= reach, whole.top -= reach;
        whole.right += reach, whole.bottom += reach;
    }
    if (whole.left < 0) whole.left = 0;
    if (whole.top < 0) whole.top = 0;
    if (whole.right > desc->width) whole.right = desc->width;
    if (whole.bottom > desc->height) whole.bottom = desc->height;
    return whole;
}

static cr_status put_together(const cr_text_desc *desc, const ASS_Image *images, cr_frame **out,
                              int *left, int *top)
{
    const cr_text_style *style = desc->style;
    bool has_box = (style->box_color & 0xff) != 0;
    cr_text_box ink, lines;
    measure(images, has_box, &ink, &lines);
    if (ink.right <= ink.left || ink.bottom <= ink.top) return CR_EOF;
    cr_text_box whole = whole_box(desc, ink, lines);
    cr_frame *frame = NULL;
    cr_status status =
        cr_frame_make(&frame, CR_PIXEL_RGBA, whole.right - whole.left, whole.bottom - whole.top);
    if (status != CR_OK) return status;
    frame->color = cr_color_srgb();
    for (int y = 0; y < frame->height; y++)
        memset(frame->data[0] + y * frame->stride[0], 0, (size_t)frame->width * 4);

    const ASS_Image *first = has_box ? images->next : images;
    for (const ASS_Image *image = first; image; image = image->next) {
        uint32_t color = (image->color & ~0xffu) | (255 - (image->color & 0xff));
        cr_text_image_cover(frame, image->bitmap, image->stride, image->w, image->h,
                            image->dst_x - whole.left, image->dst_y - whole.top, color);
    }
    int shadow = to_output(desc, style->shadow);
    if ((style->shadow_color & 0xff) && style->shadow > 0)
        status = cr_text_image_shadow(frame, shadow / 2, shadow, style->shadow_color);
    if (has_box) {
        int padding = to_output(desc, style->box_padding);
        cr_text_box box = {lines.left - padding - whole.left, lines.top - padding - whole.top,
                           lines.right + padding - whole.left, lines.bottom + padding - whole.top};
        cr_text_image_box(frame, box, padding, style->box_color);
    }
    if (status != CR_OK) {
        cr_frame_drop(&frame);
        return status;
    }
    frame->sample_aspect = (cr_rate){1, 1};
    *out = frame;
    *left = whole.left;
    *top = whole.top;
    return CR_OK;
}

// Everything that decides the pixels: the script says all but the canvas and what we add ourselves.
static void write_key(cr_text_painter *painter, const cr_text_desc *desc, int family)
{
    const cr_text_style *style = desc->style;
    int missing;
    uint32_t character;
    cr_str_clear(&painter->key);
    cr_str_addf(&painter->key, "%d %d %x %lld %x %lld %lld ", desc->width, desc->height,
                style->shadow_color, (long long)style->shadow, style->box_color,
                (long long)style->box_padding, (long long)style->line_spacing);
    cr_text_script_write(&painter->key, desc, painter->fonts, family, CR_ONE, &missing, &character);
}

static cache_entry *cache_find(cr_text_painter *painter, const char *key)
{
    cache_entry *oldest = &painter->cache[0];
    for (int i = 0; i < CACHE_ENTRIES; i++) {
        cache_entry *entry = &painter->cache[i];
        if (entry->key && strcmp(entry->key, key) == 0) return entry;
        if (!entry->key || (oldest->key && entry->used < oldest->used)) oldest = entry;
    }
    cache_drop(oldest);
    return oldest;
}

static cr_status draw(cr_text_painter *painter, const cr_text_desc *desc, int family,
                      cache_entry *entry)
{
    const ASS_Image *images = NULL;
    ASS_Track *track = set_text(painter, desc, family, &images);
    if (!track) return CR_NOMEM;
    cr_status status = put_together(desc, images, &entry->frame, &entry->left, &entry->top);
    ass_free_track(track);
    if (status != CR_OK && status != CR_EOF) return status;
    entry->key = cr_strdup(painter->key.data);
    return CR_OK;
}

cr_status cr_text_painter_draw(cr_text_painter *painter, const cr_text_desc *desc, cr_frame **out,
                               int *left, int *top)
{
    CR_REQUIRE(desc->width > 0 && desc->height > 0 && desc->project_width > 0 &&
               desc->project_height > 0);
    int family = cr_text_fonts_family(painter->fonts, desc->style->font);
    if (family < 0) return CR_NOTFOUND;
    write_key(painter, desc, family);
    cache_entry *entry = cache_find(painter, painter->key.data);
    if (!entry->key) {
        cr_status status = draw(painter, desc, family, entry);
        if (status != CR_OK) return status;
    }
    entry->used = ++painter->calls;
    if (!entry->frame) return CR_EOF;
    *out = cr_frame_keep(entry->frame);
    *left = entry->left;
    *top = entry->top;
    return CR_OK;
}
