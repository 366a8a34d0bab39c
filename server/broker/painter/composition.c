// A composition as JSON, and as a sentence.
#include "broker/painter/composition.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const char *const relations[] = {"", "on", "in", "over", "under", "behind", "beside"};

static void add_fraction(cJSON *object, const char *key, double value)
{
    cJSON_AddNumberToObject(object, key, round(value * 1000) / 1000);
}

cJSON *cr_composition_print(const cr_composition *c)
{
    cJSON *spec = cJSON_CreateObject();
    cJSON_AddNumberToObject(spec, "version", 1);
    cJSON_AddNumberToObject(spec, "seed", (double)c->seed);
    cJSON_AddNumberToObject(spec, "cast", c->cast);
    cJSON_AddStringToObject(spec, "palette", c->palette);
    cJSON_AddStringToObject(spec, "place", cr_place_name(c->place));
    cJSON_AddStringToObject(spec, "daytime", cr_daytime_name(c->daytime));
    cJSON_AddStringToObject(spec, "weather", cr_weather_name(c->weather));
    cJSON_AddStringToObject(spec, "season", cr_season_name(c->season));
    cJSON_AddStringToObject(spec, "framing", cr_framing_name(c->framing));
    add_fraction(spec, "zoom", c->zoom);
    add_fraction(spec, "shift_x", c->shift_x);
    add_fraction(spec, "shift_y", c->shift_y);
    add_fraction(spec, "warmth", c->warmth);
    cJSON_AddBoolToObject(spec, "is_presenter", c->is_presenter);
    cJSON_AddNumberToObject(spec, "focal", c->focal);
    cJSON *subjects = cJSON_AddArrayToObject(spec, "subjects");
    for (int i = 0; i < c->subject_count; i++) {
        const cr_subject *subject = &c->subjects[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "icon", subject->icon);
        cJSON_AddNumberToObject(item, "count", subject->count);
        if (subject->relation && subject->other >= 0) {
            cJSON_AddStringToObject(item, "relation", relations[subject->relation]);
            cJSON_AddNumberToObject(item, "other", subject->other);
        }
        if (subject->size < 0.999 || subject->size > 1.001)
            add_fraction(item, "size", subject->size);
        cJSON_AddItemToArray(subjects, item);
    }
    return spec;
}

static double number_or(const cJSON *object, const char *key, double fallback, double min,
                        double max)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(member) || isnan(member->valuedouble)) return fallback;
    return fmin(max, fmax(min, member->valuedouble));
}

static const char *text_or_empty(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static cr_status parse_subject(cr_subject *out, const cJSON *item, int index,
                               const cr_icon_set *icons, const cr_json_place *place,
                               cr_fault *fault)
{
    cr_json_place at = {place, NULL, (size_t)index};
    const char *icon = text_or_empty(item, "icon");
    if (!icon[0] || strlen(icon) >= CR_ICON_NAME_BYTES || !cr_icon_set_has(icons, icon))
        return cr_json_fail(fault, CR_INVALID, &at, "icon", "no illustration is called '%.60s'",
                            icon);
    const cr_thing_entry *thing = cr_thing_by_icon(icon);
    *out = (cr_subject){.stand = thing ? thing->stand : CR_STAND_GROUND,
                        .cm = thing ? thing->cm : 30,
                        .body = thing ? thing->body : CR_BODY_NONE,
                        .count = (int)number_or(item, "count", 1, 1, CR_SUBJECT_COUNT_MAX),
                        .other = (int)number_or(item, "other", -1, -1, CR_SUBJECTS_MAX - 1),
                        .size = number_or(item, "size", 1, 0.2, 4)};
    snprintf(out->icon, sizeof out->icon, "%s", icon);
    const char *relation = text_or_empty(item, "relation");
    for (int r = 1; r <= CR_RELATION_BESIDE; r++)
        if (!strcmp(relation, relations[r])) out->relation = (cr_relation)r;
    if (out->other == index) out->other = -1;
    return CR_OK;
}

cr_status cr_composition_parse(cr_composition *out, const cJSON *spec, const cr_icon_set *icons,
                               const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsObject(spec))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "a composition must be an object");
    cr_composition read = {.seed = (int64_t)number_or(spec, "seed", 0, 0, 9e15),
                           .cast = (int)number_or(spec, "cast", 0, 0, 1e6),
                           .zoom = number_or(spec, "zoom", 1, 0.4, 3),
                           .shift_x = number_or(spec, "shift_x", 0, -0.5, 0.5),
                           .shift_y = number_or(spec, "shift_y", 0, -0.5, 0.5),
                           .warmth = number_or(spec, "warmth", 0, -1, 1),
                           .place = cr_place_by_name(text_or_empty(spec, "place")),
                           .daytime = cr_daytime_by_name(text_or_empty(spec, "daytime")),
                           .weather = cr_weather_by_name(text_or_empty(spec, "weather")),
                           .season = cr_season_by_name(text_or_empty(spec, "season")),
                           .framing = cr_framing_by_name(text_or_empty(spec, "framing")),
                           .is_presenter =
                               cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(spec, "is_presenter")),
                           .focal = -1};
    if (!read.place)
        return cr_json_fail(fault, CR_INVALID, place, "place", "no place is called '%.60s'",
                            text_or_empty(spec, "place"));
    if (!read.daytime) read.daytime = CR_DAYTIME_DAY;
    if (!read.weather) read.weather = CR_WEATHER_CLEAR;
    if (!read.season) read.season = CR_SEASON_SUMMER;
    if (!read.framing) read.framing = CR_FRAMING_MEDIUM;
    snprintf(read.palette, sizeof read.palette, "%.15s", text_or_empty(spec, "palette"));
    if (!cr_palette_exists(read.palette)) snprintf(read.palette, sizeof read.palette, "meadow");
    cr_json_place list = {place, "subjects", 0};
    const cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(spec, "subjects"))
    {
        if (read.subject_count == CR_SUBJECTS_MAX)
            return cr_json_fail(fault, CR_LIMIT, &list, NULL, "more than %d subjects",
                                CR_SUBJECTS_MAX);
        cr_status status = parse_subject(&read.subjects[read.subject_count], item,
                                         read.subject_count, icons, &list, fault);
        if (status != CR_OK) return status;
        read.subject_count++;
    }
    for (int i = 0; i < read.subject_count; i++)
        if (read.subjects[i].other >= read.subject_count) read.subjects[i].other = -1;
    read.focal =
        (int)number_or(spec, "focal", read.subject_count ? 0 : -1, -1, read.subject_count - 1);
    *out = read;
    return CR_OK;
}

static void add_readable(cr_str *out, const char *icon)
{
    for (; *icon; icon++)
        cr_str_add_char(out, *icon == '-' ? ' ' : *icon);
}

char *cr_composition_alt(const cr_composition *c)
{
    static const char *const hours[] = {"", "by day", "at dawn", "at sunset", "at night"};
    cr_str out = {0};
    cr_str_add(&out, "Illustration");
    if (c->is_presenter) cr_str_add(&out, " of a presenter");
    for (int i = 0; i < c->subject_count; i++) {
        cr_str_add(&out, i == 0 ? (c->is_presenter ? " with " : " of ")
                                : (i + 1 == c->subject_count ? " and " : ", "));
        if (c->subjects[i].count > 1) cr_str_addf(&out, "%d × ", c->subjects[i].count);
        add_readable(&out, c->subjects[i].icon);
    }
    cr_str_addf(&out, ", %s, %s", cr_place_name(c->place), hours[c->daytime]);
    if (c->weather > CR_WEATHER_CLEAR) cr_str_addf(&out, ", %s", cr_weather_name(c->weather));
    return cr_str_take(&out);
}
