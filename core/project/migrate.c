#include "project/migrate.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "project/project.h"

typedef cr_status (*migration)(cJSON *json, cr_fault *fault);

static const char *const second_names[] = {"start", "duration", "source_start", "fade_in",
                                           "fade_out"};

// Version 0 (before the first release) kept times of clips and transitions in seconds.
static cr_status seconds_to_ticks(cJSON *noun, const cr_json_place *place, cr_fault *fault)
{
    for (size_t i = 0; i < sizeof second_names / sizeof second_names[0]; i++) {
        cJSON *seconds = cJSON_GetObjectItemCaseSensitive(noun, second_names[i]);
        if (!seconds) continue;
        double ticks = round(seconds->valuedouble * (double)CR_TICKS_PER_SECOND);
        if (!cJSON_IsNumber(seconds) || !(fabs(ticks) <= (double)CR_TICKS_MAX))
            return cr_json_fail(fault, CR_INVALID, place, second_names[i],
                                "must be a time in seconds");
        cJSON_SetNumberHelper(seconds, ticks);
    }
    return CR_OK;
}

static cr_status convert_list(cJSON *track, const char *key, const cr_json_place *place,
                              cr_fault *fault)
{
    cJSON *list = cJSON_GetObjectItemCaseSensitive(track, key);
    cr_json_place list_place = {place, key, 0};
    size_t index = 0;
    for (cJSON *noun = list ? list->child : NULL; noun; noun = noun->next) {
        cr_json_place below = {&list_place, NULL, index++};
        cr_status status = seconds_to_ticks(noun, &below, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

// Version 0 had one timeline, its tracks at the top, and times in seconds.
static cr_status migrate_from_0(cJSON *json, cr_fault *fault)
{
    cJSON *tracks = cJSON_GetObjectItemCaseSensitive(json, "tracks");
    if (!cJSON_IsArray(tracks))
        return cr_json_fail(fault, CR_INVALID, NULL, "tracks", "must be a list of tracks");
    cr_json_place place = {NULL, "tracks", 0};
    size_t index = 0;
    for (cJSON *track = tracks->child; track; track = track->next) {
        cr_json_place below = {&place, NULL, index++};
        cr_status status = convert_list(track, "clips", &below, fault);
        if (status == CR_OK) status = convert_list(track, "transitions", &below, fault);
        if (status != CR_OK) return status;
    }
    cJSON_DetachItemViaPointer(json, tracks);
    cJSON *sequence = cJSON_CreateObject();
    cJSON_AddStringToObject(sequence, "id", "film");
    cJSON_AddItemToObject(sequence, "tracks", tracks);
    cJSON *sequences = cJSON_CreateArray();
    cJSON_AddItemToArray(sequences, sequence);
    cJSON_DeleteItemFromObjectCaseSensitive(json, "sequences");
    cJSON_AddItemToObject(json, "sequences", sequences);
    return CR_OK;
}

// By the version that they start from.
static const migration migrations[CR_PROJECT_VERSION] = {migrate_from_0};

cr_status cr_project_migrate(cJSON *json, cr_fault *fault)
{
    if (!cJSON_IsObject(json))
        return cr_fail(fault, CR_INVALID, "", "a project is a JSON object; this is something else");
    int64_t version;
    cr_status status = cr_json_get_int(json, "version", &version, 0, INT32_MAX, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "version",
                            "is missing: this is not a project of ours");
    if (status != CR_OK) return status;
    if (version > CR_PROJECT_VERSION)
        return cr_json_fail(fault, CR_UNSUPPORTED, NULL, "version",
                            "this project is of version %lld; this program reads up to %d: "
                            "update it",
                            (long long)version, CR_PROJECT_VERSION);
    for (; version < CR_PROJECT_VERSION; version++) {
        status = migrations[version](json, fault);
        if (status != CR_OK) return status;
    }
    cJSON_SetNumberHelper(cJSON_GetObjectItemCaseSensitive(json, "version"), CR_PROJECT_VERSION);
    return CR_OK;
}
