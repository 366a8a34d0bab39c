#include "compositor/text_fonts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

#include "base/assert.h"
#include "base/str.h"
#include "base/vec.h"

enum {
    LIST_BYTES_MAX = 64 * 1024,
    HEIGHT_FALLBACK = 1200, // thousandths of the em, for fonts without Windows metrics
};

typedef struct font_file {
    char *name;
    uint8_t *bytes;
    size_t size;
} font_file;

typedef struct font_family {
    char *name;
    int height;
    FT_Face face; // of its first file; answers what characters the family has
} font_family;

struct cr_text_fonts {
    FT_Library library;
    int file_count, file_room;
    font_file *files;
    int family_count, family_room;
    font_family *families;
};

static cr_status read_file(const cr_host *host, const char *folder, const char *name,
                           size_t size_max, uint8_t **bytes, size_t *size, cr_fault *fault)
{
    char *path = cr_format("%s/%s", folder, name);
    cr_source *source = NULL;
    cr_fault inner = {0};
    cr_status status = host->open_source(host->cookie, path, &source, &inner);
    if (status == CR_OK) status = cr_source_read_all(source, size_max, bytes, size, &inner);
    if (status == CR_NOTFOUND)
        (void)cr_fail(fault, status, path, "the font file is missing");
    else if (status != CR_OK)
        (void)cr_fail(fault, status, path, "the font file cannot be read: %s",
                      inner.text[0] ? inner.text : cr_status_text(status));
    cr_source_close(&source);
    cr_free(path);
    return status;
}

static int face_height(FT_Face face)
{
    const TT_OS2 *metrics = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    if (!metrics || face->units_per_EM == 0) return HEIGHT_FALLBACK;
    // Some fonts store a negative descent in the unsigned field.
    int height = (int16_t)metrics->usWinAscent + (int16_t)metrics->usWinDescent;
    return height > 0 ? height * 1000 / face->units_per_EM : HEIGHT_FALLBACK;
}

static bool has_family(const cr_text_fonts *fonts, const char *name)
{
    for (int i = 0; i < fonts->family_count; i++) {
        if (strcasecmp(fonts->families[i].name, name) == 0) return true;
    }
    return false;
}

// Every face of one file (a collection has several) whose family is new becomes a family.
static cr_status add_families(cr_text_fonts *fonts, const font_file *file, cr_fault *fault)
{
    long face_count = 1;
    for (long i = 0; i < face_count; i++) {
        FT_Face face = NULL;
        if (FT_New_Memory_Face(fonts->library, file->bytes, (FT_Long)file->size, i, &face) != 0)
            return cr_fail(fault, CR_CORRUPT, file->name, "this is not a font that can be used");
        face_count = face->num_faces;
        if (!face->family_name || has_family(fonts, face->family_name)) {
            FT_Done_Face(face);
            continue;
        }
        CR_VEC_GROW(fonts->families, fonts->family_count, fonts->family_room);
        fonts->families[fonts->family_count++] = (font_family){
            .name = cr_strdup(face->family_name), .height = face_height(face), .face = face};
    }
    return CR_OK;
}

static cr_status add_file(cr_text_fonts *fonts, const cr_host *host, const char *folder,
                          const char *name, cr_fault *fault)
{
    if (fonts->file_count == CR_FONTS_MAX)
        return cr_fail(fault, CR_LIMIT, "fonts.txt", "more than %d fonts are listed", CR_FONTS_MAX);
    uint8_t *bytes = NULL;
    size_t size = 0;
    cr_status status = read_file(host, folder, name, CR_FONT_BYTES_MAX, &bytes, &size, fault);
    if (status != CR_OK) return status;
    CR_VEC_GROW(fonts->files, fonts->file_count, fonts->file_room);
    font_file *file = &fonts->files[fonts->file_count++];
    *file = (font_file){.name = cr_strdup(name), .bytes = bytes, .size = size};
    return add_families(fonts, file, fault);
}

static cr_status add_listed(cr_text_fonts *fonts, const cr_host *host, const char *folder,
                            char *list, cr_fault *fault)
{
    for (char *line = list; *line;) {
        size_t length = strcspn(line, "\r\n");
        char *next = line + length + (line[length] != 0);
        line[length] = 0;
        if (length > 0 && line[0] != '#') {
            cr_status status = add_file(fonts, host, folder, line, fault);
            if (status != CR_OK) return status;
        }
        line = next;
    }
    if (fonts->family_count == 0)
        return cr_fail(fault, CR_NOTFOUND, folder, "fonts.txt lists no fonts");
    return CR_OK;
}

cr_status cr_text_fonts_open(cr_text_fonts **out, const cr_host *host, const char *folder,
                             cr_fault *fault)
{
    uint8_t *list = NULL;
    size_t size = 0;
    cr_status status = read_file(host, folder, "fonts.txt", LIST_BYTES_MAX, &list, &size, fault);
    if (status != CR_OK) return status;
    cr_text_fonts *fonts = cr_alloc(1, sizeof *fonts);
    if (FT_Init_FreeType(&fonts->library) != 0) {
        fonts->library = NULL;
        status = cr_fail(fault, CR_NOMEM, folder, "the font library did not start");
    } else {
        status = add_listed(fonts, host, folder, (char *)list, fault);
    }
    cr_free(list);
    if (status == CR_OK)
        *out = fonts;
    else
        cr_text_fonts_close(&fonts);
    return status;
}

void cr_text_fonts_close(cr_text_fonts **fonts)
{
    cr_text_fonts *closing = *fonts;
    if (!closing) return;
    for (int i = 0; i < closing->family_count; i++) {
        FT_Done_Face(closing->families[i].face);
        cr_free(closing->families[i].name);
    }
    for (int i = 0; i < closing->file_count; i++) {
        cr_free(closing->files[i].name);
        cr_free(closing->files[i].bytes);
    }
    cr_free(closing->families);
    cr_free(closing->files);
    if (closing->library) FT_Done_FreeType(closing->library);
    cr_free(closing);
    *fonts = NULL;
}

int cr_text_fonts_count(const cr_text_fonts *fonts)
{
    return fonts->file_count;
}

const char *cr_text_fonts_file(const cr_text_fonts *fonts, int index, const uint8_t **bytes,
                               size_t *size)
{
    CR_ASSERT(index >= 0 && index < fonts->file_count);
    *bytes = fonts->files[index].bytes;
    *size = fonts->files[index].size;
    return fonts->files[index].name;
}

int cr_text_fonts_family(const cr_text_fonts *fonts, const char *name)
{
    if (!name || !*name) return 0;
    for (int i = 0; i < fonts->family_count; i++) {
        if (strcasecmp(fonts->families[i].name, name) == 0) return i;
    }
    return -1;
}

const char *cr_text_fonts_family_name(const cr_text_fonts *fonts, int family)
{
    CR_ASSERT(family >= 0 && family < fonts->family_count);
    return fonts->families[family].name;
}

int cr_text_fonts_height(const cr_text_fonts *fonts, int family)
{
    CR_ASSERT(family >= 0 && family < fonts->family_count);
    return fonts->families[family].height;
}

// Belongs to whatever script it stands beside.
static bool is_neutral(uint32_t c)
{
    if (c < 0x80) return !((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    return (c >= 0x80 && c <= 0xbf) || (c >= 0x300 && c <= 0x36f) || (c >= 0x2000 && c <= 0x206f) ||
           (c >= 0x3000 && c <= 0x303f) || (c >= 0xfe00 && c <= 0xfe0f);
}

static bool has_character(const cr_text_fonts *fonts, int family, uint32_t character)
{
    return family >= 0 && FT_Get_Char_Index(fonts->families[family].face, character) != 0;
}

int cr_text_fonts_choose(const cr_text_fonts *fonts, uint32_t character, int wanted, int current)
{
    if (is_neutral(character) && has_character(fonts, current, character)) return current;
    if (has_character(fonts, wanted, character)) return wanted;
    for (int i = 0; i < fonts->family_count; i++) {
        if (has_character(fonts, i, character)) return i;
    }
    return -1;
}
