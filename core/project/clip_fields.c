#include <string.h>

#include "base/vec.h"
#include "project/fields.h"

enum {
    clip_text_bytes_max = 64 * 1024,
    name_bytes_max = 1024,
    word_bytes_max = 1024,
    words_max = 20000, // a clip
    speech_max = 20000,
    speed_max = 100,
};

static const cr_name kinds[] = {
    {"media", CR_CLIP_MEDIA},     {"solid", CR_CLIP_SOLID},       {"title", CR_CLIP_TITLE},
    {"caption", CR_CLIP_CAPTION}, {"sequence", CR_CLIP_SEQUENCE}, {NULL, 0},
};

static const cr_name fits[] = {
    {"none", CR_FIT_NONE},
    {"contain", CR_FIT_CONTAIN},
    {"cover", CR_FIT_COVER},
    {"stretch", CR_FIT_STRETCH},
    {NULL, 0},
};

static const cr_name fade_curves[] = {
    {"linear", CR_FADE_LINEAR},
    {"equal-power", CR_FADE_EQUAL_POWER},
    {"exponential", CR_FADE_EXPONENTIAL},
    {NULL, 0},
};

static cr_status too_many(const cJSON *json, int max, const char *what, const cr_json_place *place,
                          cr_fault *fault)
{
    if (!cJSON_IsArray(json))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be a list of %s", what);
    if (cJSON_GetArraySize(json) > max)
        return cr_json_fail(fault, CR_LIMIT, place, NULL, "has %d %s, at most %d",
                            cJSON_GetArraySize(json), what, max);
    return CR_OK;
}

// --- words

#define WORD(member) offsetof(cr_word, member)

static const cr_field word_fields[] = {
    {.name = "text",
     .type = CR_FIELD_TEXT,
     .flags = CR_FIELD_REQUIRED,
     .offset = WORD(text),
     .max = word_bytes_max},
    {.name = "start",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = WORD(range.start),
     .min = -CR_TICKS_MAX,
     .max = CR_TICKS_MAX},
    {.name = "duration",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = WORD(range.duration),
     .max = CR_TICKS_MAX},
};

static const cr_word word_defaults = {0};
static const cr_spec word_spec = {"word", word_fields, 3, &word_defaults, WORD(extra)};

static cr_status read_words(void *noun, const cJSON *json, const cr_json_place *place,
                            cr_fault *fault)
{
    cr_clip *clip = noun;
    cr_status status = json ? too_many(json, words_max, "words", place, fault) : CR_OK;
    int count = 0, room = 0;
    cr_word *words = NULL;
    for (const cJSON *item = json ? json->child : NULL; item && status == CR_OK;
         item = item->next) {
        cr_json_place below = {place, NULL, (size_t)count};
        CR_VEC_ADD(words, count, room, word_defaults);
        cr_word *word = &words[count - 1];
        cr_text_set(&word->text, "");
        status = cr_fields_read(&word_spec, word, item, CR_FIELDS_WHOLE, &below, fault);
        if (status == CR_OK && count > 1 && word->range.start < word[-1].range.start)
            status = cr_json_fail(fault, CR_INVALID, &below, "start",
                                  "words must stand in the order in which they are said");
    }
    if (status != CR_OK) {
        cr_words_free(words, count);
        return status;
    }
    cr_words_free(clip->words, clip->word_count);
    clip->words = words;
    clip->word_count = count;
    return CR_OK;
}

static cJSON *write_words(const void *noun)
{
    const cr_clip *clip = noun;
    if (!clip->word_count) return NULL;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < clip->word_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&word_spec, &clip->words[i], true));
    return list;
}

// --- speech: [[start, duration], …]

static cr_status read_stretch(cr_range *out, const cJSON *json, const cr_json_place *place,
                              cr_fault *fault)
{
    if (!cJSON_IsArray(json) || cJSON_GetArraySize(json) != 2)
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be [start, duration]");
    cr_json_place start = {place, NULL, 0}, duration = {place, NULL, 1};
    cr_status status =
        cr_value_read_ticks(&out->start, json->child, 0, CR_TICKS_MAX, &start, fault);
    if (status != CR_OK) return status;
    return cr_value_read_ticks(&out->duration, json->child->next, 1, CR_TICKS_MAX - out->start,
                               &duration, fault);
}

static cr_status read_speech(void *noun, const cJSON *json, const cr_json_place *place,
                             cr_fault *fault)
{
    cr_clip *clip = noun;
    cr_status status =
        json ? too_many(json, speech_max, "stretches of speech", place, fault) : CR_OK;
    int count = 0, room = 0;
    cr_range *speech = NULL;
    for (const cJSON *item = json ? json->child : NULL; item && status == CR_OK;
         item = item->next) {
        cr_json_place below = {place, NULL, (size_t)count};
        cr_range stretch = {0, 0};
        status = read_stretch(&stretch, item, &below, fault);
        if (status == CR_OK && count && stretch.start < cr_range_end(speech[count - 1]))
            status = cr_json_fail(fault, CR_INVALID, &below, NULL,
                                  "begins before the stretch in front of it ends");
        CR_VEC_ADD(speech, count, room, stretch);
    }
    if (status != CR_OK) {
        cr_free(speech);
        return status;
    }
    cr_free(clip->speech);
    clip->speech = speech;
    clip->speech_count = count;
    return CR_OK;
}

static cJSON *write_speech(const void *noun)
{
    const cr_clip *clip = noun;
    if (!clip->speech_count) return NULL;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < clip->speech_count; i++) {
        cJSON *stretch = cJSON_CreateArray();
        cr_json_add_int(stretch, NULL, clip->speech[i].start);
        cr_json_add_int(stretch, NULL, clip->speech[i].duration);
        cJSON_AddItemToArray(list, stretch);
    }
    return list;
}

// --- effects

static cr_status read_effects(void *noun, const cJSON *json, const cr_json_place *place,
                              cr_fault *fault)
{
    cr_clip *clip = noun;
    cr_status status = json ? too_many(json, CR_EFFECTS_MAX, "effects", place, fault) : CR_OK;
    int count = 0, room = 0;
    cr_effect *effects = NULL;
    for (const cJSON *item = json ? json->child : NULL; item && status == CR_OK;
         item = item->next) {
        cr_json_place below = {place, NULL, (size_t)count};
        CR_VEC_ADD(effects, count, room, (cr_effect){0});
        cr_effect *effect = &effects[count - 1];
        cr_text_set(&effect->id, "");
        status = cr_fields_read(&cr_effect_spec, effect, item, CR_FIELDS_WHOLE, &below, fault);
        for (int i = 0; i < count - 1 && status == CR_OK; i++)
            if (strcmp(effects[i].id, effect->id) == 0)
                status = cr_json_fail(fault, CR_INVALID, &below, "id",
                                      "two effects of this clip have the id \"%s\"", effect->id);
    }
    if (status != CR_OK) {
        cr_effects_free(effects, count);
        return status;
    }
    cr_effects_free(clip->effects, clip->effect_count);
    clip->effects = effects;
    clip->effect_count = count;
    return CR_OK;
}

static cJSON *write_effects(const void *noun)
{
    const cr_clip *clip = noun;
    if (!clip->effect_count) return NULL;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < clip->effect_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&cr_effect_spec, &clip->effects[i], true));
    return list;
}

// --- the clip

static cr_status read_blend(void *noun, const cJSON *json, const cr_json_place *place,
                            cr_fault *fault)
{
    cr_clip *clip = noun;
    cr_blend blend = CR_BLEND_NORMAL;
    if (json) {
        blend = cJSON_IsString(json) ? cr_blend_by_name(json->valuestring) : CR_BLEND_NONE;
        if (blend == CR_BLEND_NONE)
            return cr_json_fail(fault, CR_INVALID, place, NULL,
                                "must be a blend mode such as \"normal\", \"multiply\" or "
                                "\"screen\"");
    }
    clip->blend = blend;
    return CR_OK;
}

static cJSON *write_blend(const void *noun)
{
    const cr_clip *clip = noun;
    return clip->blend == CR_BLEND_NORMAL ? NULL : cJSON_CreateString(cr_blend_name(clip->blend));
}

static cr_status read_style(void *noun, const cJSON *json, const cr_json_place *place,
                            cr_fault *fault)
{
    cr_clip *clip = noun;
    cr_text_style *style = NULL;
    if (json) {
        cr_status status = cr_text_style_read(&style, json, clip->kind, place, fault);
        if (status != CR_OK) return status;
    }
    cr_text_style_free(clip->style);
    clip->style = style;
    return CR_OK;
}

static cJSON *write_style(const void *noun)
{
    const cr_clip *clip = noun;
    return clip->style ? cr_text_style_write(clip->style, clip->kind) : NULL;
}

static const cr_clip clip_defaults = {
    .speed = CR_ONE,
    .keep_pitch = true,
    .fit = CR_FIT_CONTAIN,
    .blend = CR_BLEND_NORMAL,
    .color = 0x000000ff,
    .fade_in_curve = CR_FADE_LINEAR,
    .fade_out_curve = CR_FADE_LINEAR,
    .params =
        {
#define X(name, id, fallback) [CR_CLIP_##name] = {.value = (fallback) * CR_ONE},
            CR_CLIP_PARAM_MAP(X)
#undef X
        },
};

#define AT(member) offsetof(cr_clip, member)
#define PARAM(NAME, id, low, high)                                                                 \
    {.name = (id),                                                                                 \
     .type = CR_FIELD_ANIMATED,                                                                    \
     .offset = AT(params[CR_CLIP_##NAME]),                                                         \
     .min = (low) * CR_ONE,                                                                        \
     .max = (high) * CR_ONE}
#define TEXT(member)                                                                               \
    {.name = #member, .type = CR_FIELD_TEXT, .offset = AT(member), .max = name_bytes_max}
#define TIME(member)                                                                               \
    {.name = #member, .type = CR_FIELD_TICKS, .offset = AT(member), .max = CR_TICKS_MAX}

static const cr_field clip_fields[] = {
    {.name = "kind",
     .type = CR_FIELD_ENUM,
     .flags = CR_FIELD_FIRST | CR_FIELD_REQUIRED,
     .offset = AT(kind),
     .names = kinds},
    {.name = "id", .type = CR_FIELD_ID, .flags = CR_FIELD_REQUIRED, .offset = AT(id)},
    TEXT(name),
    {.name = "start",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = AT(range.start),
     .max = CR_TICKS_MAX},
    {.name = "duration",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = AT(range.duration),
     .min = 1,
     .max = CR_TICKS_MAX},
    {.name = "asset", .type = CR_FIELD_REF, .offset = AT(asset)},
    {.name = "sequence", .type = CR_FIELD_REF, .offset = AT(sequence)},
    TIME(source_start),
    {.name = "speed",
     .type = CR_FIELD_NUMBER,
     .offset = AT(speed),
     .min = -speed_max * CR_ONE,
     .max = speed_max * CR_ONE},
    {.name = "keep_pitch", .type = CR_FIELD_BOOL, .offset = AT(keep_pitch)},
    {.name = "off", .type = CR_FIELD_BOOL, .offset = AT(is_off)},
    {.name = "link", .type = CR_FIELD_REF, .offset = AT(link)},
    {.name = "group", .type = CR_FIELD_REF, .offset = AT(group)},
    {.name = "text", .type = CR_FIELD_TEXT, .offset = AT(text), .max = clip_text_bytes_max},
    {.name = "words", .type = CR_FIELD_OWN, .read = read_words, .write = write_words},
    {.name = "style", .type = CR_FIELD_OWN, .read = read_style, .write = write_style},
    {.name = "color", .type = CR_FIELD_COLOR, .offset = AT(color)},
    {.name = "fit", .type = CR_FIELD_ENUM, .offset = AT(fit), .names = fits},
    {.name = "blend", .type = CR_FIELD_OWN, .read = read_blend, .write = write_blend},
    PARAM(X, "x", -1000000, 1000000),
    PARAM(Y, "y", -1000000, 1000000),
    PARAM(SCALE_X, "scale_x", -1000, 1000),
    PARAM(SCALE_Y, "scale_y", -1000, 1000),
    PARAM(ROTATION, "rotation", -1000000, 1000000),
    PARAM(ANCHOR_X, "anchor_x", -1000000, 1000000),
    PARAM(ANCHOR_Y, "anchor_y", -1000000, 1000000),
    PARAM(CROP_LEFT, "crop_left", 0, 1),
    PARAM(CROP_TOP, "crop_top", 0, 1),
    PARAM(CROP_RIGHT, "crop_right", 0, 1),
    PARAM(CROP_BOTTOM, "crop_bottom", 0, 1),
    PARAM(CORNER_RADIUS, "corner_radius", 0, 100000),
    PARAM(OPACITY, "opacity", 0, 1),
    PARAM(GAIN, "gain", -144, 24),
    PARAM(PAN, "pan", -1, 1),
    {.name = "effects", .type = CR_FIELD_OWN, .read = read_effects, .write = write_effects},
    TIME(fade_in),
    TIME(fade_out),
    {.name = "fade_in_curve",
     .type = CR_FIELD_ENUM,
     .offset = AT(fade_in_curve),
     .names = fade_curves},
    {.name = "fade_out_curve",
     .type = CR_FIELD_ENUM,
     .offset = AT(fade_out_curve),
     .names = fade_curves},
    {.name = "speech", .type = CR_FIELD_OWN, .read = read_speech, .write = write_speech},
};

const cr_spec cr_clip_spec = {"clip", clip_fields, sizeof clip_fields / sizeof clip_fields[0],
                              &clip_defaults, AT(extra)};

bool cr_clip_param_find(cr_clip *clip, const char *name, cr_animated **out, cr_param_spec *spec)
{
    for (int i = 0; i < cr_clip_spec.field_count; i++) {
        const cr_field *field = &clip_fields[i];
        if (field->type != CR_FIELD_ANIMATED || strcmp(field->name, name) != 0) continue;
        size_t index = (field->offset - AT(params)) / sizeof(cr_animated);
        *out = &clip->params[index];
        *spec = (cr_param_spec){.id = field->name,
                                .type = CR_PARAM_NUMBER,
                                .min = field->min,
                                .max = field->max,
                                .fallback = clip_defaults.params[index].value,
                                .is_animatable = true};
        return true;
    }
    return false;
}

cr_status cr_clip_read(cr_clip **out, const cJSON *json, const cr_json_place *place,
                       cr_fault *fault)
{
    cr_clip *clip = cr_clip_make();
    cr_status status = cr_fields_read(&cr_clip_spec, clip, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cr_clip_drop(clip);
        return status;
    }
    *out = clip;
    return CR_OK;
}
