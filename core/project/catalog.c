#include "project/catalog.h"

#include <string.h>

#include "base/assert.h"
#include "project/catalog_table.h"

static const cr_catalog_entry *find(const cr_catalog_entry *table, int count, const char *id)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(table[middle].id, id);
        if (order == 0) return &table[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const cr_catalog_entry *cr_catalog_effect(const char *id)
{
    return find(cr_catalog_effect_table, cr_catalog_effect_count, id);
}

const cr_catalog_entry *cr_catalog_transition(const char *id)
{
    return find(cr_catalog_transition_table, cr_catalog_transition_count, id);
}

const cr_catalog_entry *cr_catalog_effects(int *count)
{
    *count = cr_catalog_effect_count;
    return cr_catalog_effect_table;
}

const cr_catalog_entry *cr_catalog_transitions(int *count)
{
    *count = cr_catalog_transition_count;
    return cr_catalog_transition_table;
}

static const char *const blend_names[CR_BLEND_COUNT] = {
    [CR_BLEND_NONE] = "",
    [CR_BLEND_NORMAL] = "normal",
    [CR_BLEND_MULTIPLY] = "multiply",
    [CR_BLEND_SCREEN] = "screen",
    [CR_BLEND_OVERLAY] = "overlay",
    [CR_BLEND_DARKEN] = "darken",
    [CR_BLEND_LIGHTEN] = "lighten",
    [CR_BLEND_COLOR_DODGE] = "color-dodge",
    [CR_BLEND_COLOR_BURN] = "color-burn",
    [CR_BLEND_HARD_LIGHT] = "hard-light",
    [CR_BLEND_SOFT_LIGHT] = "soft-light",
    [CR_BLEND_DIFFERENCE] = "difference",
    [CR_BLEND_EXCLUSION] = "exclusion",
    [CR_BLEND_HUE] = "hue",
    [CR_BLEND_SATURATION] = "saturation",
    [CR_BLEND_COLOR] = "color",
    [CR_BLEND_LUMINOSITY] = "luminosity",
};

const char *cr_blend_name(cr_blend blend)
{
    CR_ASSERT(blend > CR_BLEND_NONE && blend < CR_BLEND_COUNT);
    return blend_names[blend];
}

cr_blend cr_blend_by_name(const char *name)
{
    for (int i = CR_BLEND_NORMAL; i < CR_BLEND_COUNT; i++)
        if (strcmp(blend_names[i], name) == 0) return (cr_blend)i;
    return CR_BLEND_NONE;
}
