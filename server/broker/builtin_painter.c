// The built-in painter: a picture a shot, composed from words.
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "broker/builtin.h"
#include "broker/painter/paint.h"
#include "broker/painter/sheet_file.h"

enum { SIDE_MIN = 64, SIDE_MAX = 7680 };

// How far each sheet is from the eye: what the camera's moves are scaled by.
static const struct {
    const char *name;
    const char *role;
    int depth_percent;
} sheet_facts[CR_SHEET_COUNT] = {
    [CR_SHEET_SKY] = {"sky", NULL, 0},
    [CR_SHEET_CLOUDS] = {"clouds", "drift", 14},
    [CR_SHEET_MIDDLE] = {"middle", NULL, 36},
    [CR_SHEET_GROUND] = {"ground", NULL, 62},
    [CR_SHEET_AIR] = {"air", "hover", 70},
    [CR_SHEET_FRONT] = {"front", NULL, 100},
    [CR_SHEET_PRESENTER] = {"presenter", "presenter", 60},
};

static const char *text_of(const cJSON *input, const char *key)
{
    const char *text = "";
    return cr_json_get_text(input, key, &text, NULL, NULL) == CR_OK ? text : "";
}

static int64_t int_of(const cJSON *input, const char *key, int64_t fallback, int64_t max)
{
    int64_t value = fallback;
    return cr_json_get_int(input, key, &value, 0, max, NULL, NULL) == CR_OK ? value : fallback;
}

static cr_status read_size(const cJSON *input, int *width, int *height, cr_fault *fault)
{
    int64_t w = 0, h = 0;
    cr_status status = cr_json_get_int(input, "width", &w, SIDE_MIN, SIDE_MAX, NULL, fault);
    if (status == CR_OK)
        status = cr_json_get_int(input, "height", &h, SIDE_MIN, SIDE_MAX, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_INVALID, "/width", "a picture needs a width and a height");
    if (status != CR_OK) return status;
    *width = (int)w;
    *height = (int)h;
    return CR_OK;
}

// [*understood] is given (cr_free); NULL when there is no note.
static cr_status read_composition(cr_composition *out, const cJSON *input, const cr_icon_set *icons,
                                  const cr_lexicon *lexicon, char **understood, cr_fault *fault)
{
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(input, "base");
    const char *note = text_of(input, "note");
    if (base && !cJSON_IsNull(base)) {
        cr_json_place place = {NULL, "base", 0};
        cr_status status = cr_composition_parse(out, base, icons, &place, fault);
        if (status != CR_OK) return status;
    } else {
        cr_picture_wish wish = {.title = text_of(input, "title"),
                                .visual = text_of(input, "visual"),
                                .shot = text_of(input, "shot"),
                                .style = text_of(input, "style"),
                                .palette = text_of(input, "palette"),
                                .mood = text_of(input, "mood"),
                                .seed = int_of(input, "seed", 0, INT64_C(1) << 53),
                                .scene = (int)int_of(input, "scene", 0, 1 << 20),
                                .variant = (int)int_of(input, "variant", 0, 1 << 20)};
        cJSON *presenter = cJSON_GetObjectItemCaseSensitive(input, "is_presenter");
        wish.is_presenter = cJSON_IsTrue(presenter);
        cr_composition_read(out, lexicon, &wish);
    }
    if (note[0]) *understood = cr_composition_note(out, lexicon, note);
    return CR_OK;
}

static void add_face(cJSON *layer, const cr_stage *stage, const cr_presenter_face *face)
{
    cJSON *mouth = cJSON_AddObjectToObject(layer, "mouth");
    cJSON_AddNumberToObject(mouth, "x", (int)(face->mouth_x * stage->scale + 0.5));
    cJSON_AddNumberToObject(mouth, "y", (int)(face->mouth_y * stage->scale + 0.5));
    cJSON_AddNumberToObject(mouth, "width", (int)(face->mouth_width * stage->scale + 0.5));
    char color[16];
    snprintf(color, sizeof color, "#%06x", face->skin);
    cJSON_AddStringToObject(layer, "skin", color);
    snprintf(color, sizeof color, "#%06x", face->lips);
    cJSON_AddStringToObject(layer, "lips", color);
    cJSON *eyes = cJSON_AddArrayToObject(layer, "eyes");
    for (int i = 0; i < 2; i++) {
        cJSON *eye = cJSON_CreateObject();
        cJSON_AddNumberToObject(eye, "x", (int)(face->eye_x[i] * stage->scale + 0.5));
        cJSON_AddNumberToObject(eye, "y", (int)(face->eye_y * stage->scale + 0.5));
        cJSON_AddNumberToObject(eye, "width", (int)(face->eye_width * stage->scale + 0.5));
        cJSON_AddItemToArray(eyes, eye);
    }
}

static cr_status write_layers(cr_painting *painting, const char *folder, cJSON *layers,
                              cr_fault *fault)
{
    cr_stage *stage = &painting->stage;
    for (int i = CR_SHEET_NONE + 1; i < CR_SHEET_COUNT; i++) {
        cr_sheet_box box = cr_sheet_ink(stage->surfaces[i]);
        if (box.width == 0) continue;
        char *name = cr_format("layer-%s.png", sheet_facts[i].name);
        char *path = cr_format("%s/%s", folder, name);
        cr_status status = cr_sheet_write(stage->surfaces[i], box, i == CR_SHEET_SKY, path, fault);
        cr_free(path);
        cJSON *layer = cJSON_CreateObject();
        cJSON_AddStringToObject(layer, "file", name);
        cr_free(name);
        cJSON_AddNumberToObject(layer, "depth", sheet_facts[i].depth_percent / 100.0);
        if (sheet_facts[i].role) cJSON_AddStringToObject(layer, "role", sheet_facts[i].role);
        cJSON_AddNumberToObject(layer, "x", box.x - stage->bleed_px);
        cJSON_AddNumberToObject(layer, "y", box.y - stage->bleed_px);
        cJSON_AddNumberToObject(layer, "width", box.width);
        cJSON_AddNumberToObject(layer, "height", box.height);
        if (i == CR_SHEET_PRESENTER) add_face(layer, stage, &painting->face);
        cJSON_AddItemToArray(layers, layer);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status write_picture(cr_painting *painting, const char *folder, cr_fault *fault)
{
    cairo_surface_t *flat = cr_painting_flatten(painting);
    if (!flat) return cr_fail(fault, CR_NOMEM, "", "no memory for the picture");
    cr_sheet_box whole = {0, 0, painting->stage.pixel_width, painting->stage.pixel_height};
    char *path = cr_format("%s/picture.png", folder);
    cr_status status = cr_sheet_write(flat, whole, true, path, fault);
    cr_free(path);
    cairo_surface_destroy(flat);
    return status;
}

static cr_status paint(const cr_work *work, const cr_composition *composition,
                       const cr_icon_set *icons, int width, int height, cJSON *out, cr_fault *fault)
{
    cr_painting *painting = cr_alloc(1, sizeof *painting);
    cr_status status = cr_painting_make(painting, composition, icons, width, height, fault);
    if (status == CR_OK) {
        work->progress(work, 60);
        if (work->should_stop(work)) status = CR_CANCELED;
        if (status == CR_OK) status = write_picture(painting, work->request->folder, fault);
        cJSON_AddStringToObject(out, "file", "picture.png");
        cJSON_AddItemToObject(out, "spec", cr_composition_print(composition));
        char *alt = cr_composition_alt(composition);
        cJSON_AddStringToObject(out, "alt", alt);
        cr_free(alt);
        cJSON *layers = cJSON_AddArrayToObject(out, "layers");
        if (status == CR_OK) status = write_layers(painting, work->request->folder, layers, fault);
        cJSON_AddNumberToObject(out, "bleed_px", painting->stage.bleed_px);
        cr_painting_close(painting);
    }
    cr_free(painting);
    return status;
}

static cr_status work_painter(const cr_work *work, cJSON **output, cr_fault *fault)
{
    const cJSON *input = work->request->input;
    int width = 0, height = 0;
    cr_status status = read_size(input, &width, &height, fault);
    if (status != CR_OK) return status;
    char *folder = cr_format("%s/illustrations", work->data_folder);
    cr_icon_set *icons = NULL;
    cr_lexicon *lexicon = NULL;
    char *understood = NULL;
    cr_composition *composition = cr_alloc(1, sizeof *composition);
    cJSON *out = cJSON_CreateObject();
    status = cr_icon_set_open(&icons, folder, fault);
    if (status == CR_OK) {
        lexicon = cr_lexicon_open(icons, folder);
        status = read_composition(composition, input, icons, lexicon, &understood, fault);
    }
    if (status == CR_OK) {
        work->progress(work, 15);
        status = paint(work, composition, icons, width, height, out, fault);
    }
    if (understood) cJSON_AddStringToObject(out, "understood", understood);
    if (status == CR_OK)
        *output = out;
    else
        cJSON_Delete(out);
    cr_free(understood);
    cr_free(composition);
    cr_lexicon_close(&lexicon);
    cr_icon_set_close(&icons);
    cr_free(folder);
    return status;
}

const cr_builtin cr_builtin_painter = {
    .id = "builtin-painter",
    .label = "built-in painter",
    .kind = "picture",
    .version = 1,
    .concurrent_max = 2,
    .work = work_painter,
};
