#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "project/fields.h"

enum {
    text_bytes_max = 64 * 1024,
    uri_bytes_max = 8192,
    hash_bytes_max = 64,
    assets_max = 100000,
    sequences_max = 1000,
    side_min = 16,
    side_max = 16384,
};

// --- assets

#define ASSET(member) offsetof(cr_asset, member)

static const cr_asset asset_defaults = {.duration = CR_TICKS_NONE};

static cr_status read_hash(void *noun, const cJSON *json, const cr_json_place *place,
                           cr_fault *fault)
{
    cr_asset *asset = noun;
    const char *hash = json && cJSON_IsString(json) ? json->valuestring : "";
    size_t length = strlen(hash);
    bool is_good =
        !json ||
        (cJSON_IsString(json) &&
         (length == 0 || (length == hash_bytes_max && strspn(hash, "0123456789abcdef") == length)));
    if (!is_good)
        return cr_json_fail(fault, CR_INVALID, place, NULL,
                            "must be a SHA-256 as 64 hexadecimal digits in small letters");
    cr_text_set(&asset->hash, hash);
    return CR_OK;
}

static cJSON *write_hash(const void *noun)
{
    const cr_asset *asset = noun;
    return asset->hash[0] ? cJSON_CreateString(asset->hash) : NULL;
}

static const cr_field asset_fields[] = {
    {.name = "id", .type = CR_FIELD_ID, .flags = CR_FIELD_REQUIRED, .offset = ASSET(id)},
    {.name = "uri",
     .type = CR_FIELD_TEXT,
     .flags = CR_FIELD_REQUIRED,
     .offset = ASSET(uri),
     .max = uri_bytes_max},
    {.name = "hash", .type = CR_FIELD_OWN, .read = read_hash, .write = write_hash},
    {.name = "name", .type = CR_FIELD_TEXT, .offset = ASSET(name), .max = text_bytes_max},
    {.name = "label", .type = CR_FIELD_TEXT, .offset = ASSET(label), .max = text_bytes_max},
    {.name = "duration", .type = CR_FIELD_TICKS, .offset = ASSET(duration), .max = CR_TICKS_MAX},
};

const cr_spec cr_asset_spec = {"asset", asset_fields, sizeof asset_fields / sizeof asset_fields[0],
                               &asset_defaults, ASSET(extra)};

cr_status cr_asset_read(cr_asset **out, const cJSON *json, const cr_json_place *place,
                        cr_fault *fault)
{
    cr_asset *asset = cr_asset_make();
    cr_status status = cr_fields_read(&cr_asset_spec, asset, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cr_asset_drop(asset);
        return status;
    }
    *out = asset;
    return CR_OK;
}

static int compare_assets(const void *left, const void *right)
{
    return strcmp((*(cr_asset *const *)left)->id, (*(cr_asset *const *)right)->id);
}

void cr_assets_sort(cr_project *project)
{
    if (project->asset_count > 1)
        qsort(project->assets, (size_t)project->asset_count, sizeof *project->assets,
              compare_assets);
}

// --- settings

#define AT(member) offsetof(cr_settings, member)

static const cr_name matrices[] = {{"bt709", CR_MATRIX_BT709},
                                   {"bt601", CR_MATRIX_BT601},
                                   {"bt2020", CR_MATRIX_BT2020},
                                   {NULL, 0}};
static const cr_name ranges[] = {
    {"limited", CR_COLOR_RANGE_LIMITED}, {"full", CR_COLOR_RANGE_FULL}, {NULL, 0}};
static const cr_name primaries[] = {{"bt709", CR_PRIMARIES_BT709},
                                    {"bt601-625", CR_PRIMARIES_BT601_625},
                                    {"bt601-525", CR_PRIMARIES_BT601_525},
                                    {"bt2020", CR_PRIMARIES_BT2020},
                                    {"p3", CR_PRIMARIES_P3},
                                    {NULL, 0}};
static const cr_name transfers[] = {{"bt709", CR_TRANSFER_BT709}, {"linear", CR_TRANSFER_LINEAR},
                                    {"srgb", CR_TRANSFER_SRGB},   {"pq", CR_TRANSFER_PQ},
                                    {"hlg", CR_TRANSFER_HLG},     {NULL, 0}};

static bool parse_fraction(const char *text, int64_t *num, int64_t *den)
{
    int64_t *part = num;
    *num = 0;
    *den = 0;
    for (const char *c = text; *c; c++) {
        if (*c == '/' && part == num && c != text) {
            part = den;
        } else if (*c >= '0' && *c <= '9' && *part <= INT32_MAX) {
            *part = *part * 10 + (*c - '0');
        } else {
            return false;
        }
    }
    if (part == num) *den = 1;
    return true;
}

static cr_status read_rate(void *noun, const cJSON *json, const cr_json_place *place,
                           cr_fault *fault)
{
    cr_settings *settings = noun;
    int64_t num = 30, den = 1;
    bool is_good = true;
    if (cJSON_IsString(json)) {
        is_good = parse_fraction(json->valuestring, &num, &den);
    } else if (json) {
        is_good = cJSON_IsNumber(json) && json->valuedouble == (double)json->valueint;
        num = json->valueint;
    }
    cr_rate rate;
    if (!is_good || cr_rate_make(&rate, num, den) != CR_OK || rate.num < rate.den ||
        rate.num / rate.den > 240)
        return cr_json_fail(fault, CR_INVALID, place, NULL,
                            "must be a frame rate from 1 to 240, such as 25 or \"30000/1001\"");
    settings->frame_rate = rate;
    return CR_OK;
}

static cJSON *write_rate(const void *noun)
{
    cr_rate rate = ((const cr_settings *)noun)->frame_rate;
    if (rate.den == 1) return cJSON_CreateNumber(rate.num);
    char *text = cr_format("%d/%d", (int)rate.num, (int)rate.den);
    cJSON *json = cJSON_CreateString(text);
    cr_free(text);
    return json;
}

#define SETTINGS_DEFAULTS                                                                          \
    {.width = 1920,                                                                                \
     .height = 1080,                                                                               \
     .frame_rate = {30, 1},                                                                        \
     .color = {CR_MATRIX_BT709, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT709, CR_TRANSFER_BT709},    \
     .background = 0x000000ff,                                                                     \
     .loudness_lufs = -14 * CR_ONE,                                                                \
     .peak_dbtp = -1 * CR_ONE}

static const cr_settings settings_defaults = SETTINGS_DEFAULTS;

static const cr_field settings_fields[] = {
    {.name = "width",
     .type = CR_FIELD_INT,
     .flags = CR_FIELD_ALWAYS,
     .offset = AT(width),
     .min = side_min,
     .max = side_max},
    {.name = "height",
     .type = CR_FIELD_INT,
     .flags = CR_FIELD_ALWAYS,
     .offset = AT(height),
     .min = side_min,
     .max = side_max},
    {.name = "frame_rate", .type = CR_FIELD_OWN, .read = read_rate, .write = write_rate},
    {.name = "matrix", .type = CR_FIELD_ENUM, .offset = AT(color.matrix), .names = matrices},
    {.name = "range", .type = CR_FIELD_ENUM, .offset = AT(color.range), .names = ranges},
    {.name = "primaries", .type = CR_FIELD_ENUM, .offset = AT(color.primaries), .names = primaries},
    {.name = "transfer", .type = CR_FIELD_ENUM, .offset = AT(color.transfer), .names = transfers},
    {.name = "background", .type = CR_FIELD_COLOR, .offset = AT(background)},
    {.name = "loudness", .type = CR_FIELD_NUMBER, .offset = AT(loudness_lufs), .min = -70 * CR_ONE},
    {.name = "peak", .type = CR_FIELD_NUMBER, .offset = AT(peak_dbtp), .min = -20 * CR_ONE},
};

const cr_spec cr_settings_spec = {"settings", settings_fields,
                                  sizeof settings_fields / sizeof settings_fields[0],
                                  &settings_defaults, AT(extra)};

static cr_status read_settings(void *noun, const cJSON *json, const cr_json_place *place,
                               cr_fault *fault)
{
    cr_project *project = noun;
    cr_settings settings = settings_defaults;
    cr_status status = CR_OK;
    if (json)
        status = cr_fields_read(&cr_settings_spec, &settings, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) {
        cJSON_Delete(settings.extra);
        return status;
    }
    cJSON_Delete(project->settings.extra);
    project->settings = settings;
    return CR_OK;
}

static cJSON *write_settings(const void *noun)
{
    return cr_fields_write(&cr_settings_spec, &((const cr_project *)noun)->settings, true);
}

// --- the project

static cr_status replace_style(cr_text_style **owned, cr_clip_kind kind, const cJSON *json,
                               const cr_json_place *place, cr_fault *fault)
{
    cr_text_style *style;
    if (json) {
        cr_status status = cr_text_style_read(&style, json, kind, place, fault);
        if (status != CR_OK) return status;
    } else {
        style = cr_text_style_make(kind);
    }
    cr_text_style_free(*owned);
    *owned = style;
    return CR_OK;
}

static cJSON *write_style(const cr_text_style *style, cr_clip_kind kind)
{
    cJSON *json = cr_text_style_write(style, kind);
    if (json->child) return json;
    cJSON_Delete(json);
    return NULL;
}

static cr_status read_caption_style(void *noun, const cJSON *json, const cr_json_place *place,
                                    cr_fault *fault)
{
    cr_project *project = noun;
    return replace_style(&project->caption_style, CR_CLIP_CAPTION, json, place, fault);
}

static cJSON *write_caption_style(const void *noun)
{
    return write_style(((const cr_project *)noun)->caption_style, CR_CLIP_CAPTION);
}

static cr_status read_title_style(void *noun, const cJSON *json, const cr_json_place *place,
                                  cr_fault *fault)
{
    cr_project *project = noun;
    return replace_style(&project->title_style, CR_CLIP_TITLE, json, place, fault);
}

static cJSON *write_title_style(const void *noun)
{
    return write_style(((const cr_project *)noun)->title_style, CR_CLIP_TITLE);
}

static cr_status check_list(const cJSON *json, int max, const char *what,
                            const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsArray(json))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be a list of %s", what);
    if (cJSON_GetArraySize(json) > max)
        return cr_json_fail(fault, CR_LIMIT, place, NULL, "has %d %s, at most %d",
                            cJSON_GetArraySize(json), what, max);
    return CR_OK;
}

static cr_status read_assets(void *noun, const cJSON *json, const cr_json_place *place,
                             cr_fault *fault)
{
    cr_project *project = noun;
    cr_status status = check_list(json, assets_max, "assets", place, fault);
    if (status != CR_OK) return status;
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        cr_json_place below = {place, NULL, (size_t)project->asset_count};
        cr_asset *asset;
        status = cr_asset_read(&asset, item, &below, fault);
        if (status != CR_OK) return status;
        CR_VEC_ADD(project->assets, project->asset_count, room, asset);
    }
    cr_assets_sort(project);
    return CR_OK;
}

static cJSON *write_assets(const void *noun)
{
    const cr_project *project = noun;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < project->asset_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&cr_asset_spec, project->assets[i], true));
    return list;
}

static cr_status read_sequences(void *noun, const cJSON *json, const cr_json_place *place,
                                cr_fault *fault)
{
    cr_project *project = noun;
    cr_status status = check_list(json, sequences_max, "sequences", place, fault);
    if (status != CR_OK) return status;
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        cr_json_place below = {place, NULL, (size_t)project->sequence_count};
        cr_sequence *sequence;
        status = cr_sequence_read(&sequence, item, &below, fault);
        if (status != CR_OK) return status;
        CR_VEC_ADD(project->sequences, project->sequence_count, room, sequence);
    }
    return CR_OK;
}

static cJSON *write_sequences(const void *noun)
{
    const cr_project *project = noun;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < project->sequence_count; i++)
        cJSON_AddItemToArray(list, cr_fields_write(&cr_sequence_spec, project->sequences[i], true));
    return list;
}

static cr_status read_version(void *noun, const cJSON *json, const cr_json_place *place,
                              cr_fault *fault)
{
    // Judged before anything else is read.
    (void)noun, (void)json, (void)place, (void)fault;
    return CR_OK;
}

static cJSON *write_version(const void *noun)
{
    (void)noun;
    return cJSON_CreateNumber(CR_PROJECT_VERSION);
}

#undef AT
#define AT(member) offsetof(cr_project, member)

static const cr_project project_defaults = {.settings = SETTINGS_DEFAULTS};

static const cr_field project_fields[] = {
    {.name = "version",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST,
     .read = read_version,
     .write = write_version},
    {.name = "title",
     .type = CR_FIELD_TEXT,
     .flags = CR_FIELD_ALWAYS,
     .offset = AT(title),
     .max = text_bytes_max},
    {.name = "settings", .type = CR_FIELD_OWN, .read = read_settings, .write = write_settings},
    {.name = "caption_style",
     .type = CR_FIELD_OWN,
     .read = read_caption_style,
     .write = write_caption_style},
    {.name = "title_style",
     .type = CR_FIELD_OWN,
     .read = read_title_style,
     .write = write_title_style},
    {.name = "assets",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST,
     .read = read_assets,
     .write = write_assets},
    {.name = "sequences",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_LIST | CR_FIELD_REQUIRED,
     .read = read_sequences,
     .write = write_sequences},
};

const cr_spec cr_project_spec = {"project", project_fields,
                                 sizeof project_fields / sizeof project_fields[0],
                                 &project_defaults, AT(extra)};
