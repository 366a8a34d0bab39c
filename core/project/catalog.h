// What effects, transitions and blend modes exist, with their parameters: read at build time from
// the .json files that stand beside the code that paints them.
#pragma once

#include "project/value.h"

// Of one effect or transition.
enum { CR_EFFECT_PARAMS_MAX = 12 };

// How a parameter's cr_number is meant.
typedef enum cr_param_type {
    CR_PARAM_NONE = 0,
    CR_PARAM_NUMBER,
    CR_PARAM_BOOL,   // 0 or CR_ONE
    CR_PARAM_COLOR,  // 0xRRGGBBAA as a whole number, times CR_ONE
    CR_PARAM_CHOICE, // index into choices, times CR_ONE
} cr_param_type;

// One parameter: what a slider needs to know.
typedef struct cr_param_spec {
    const char *id;
    const char *label;
    const char *unit; // "px", "%", "deg", "stops", "" …
    cr_param_type type;
    cr_number min, max, fallback;
    bool is_animatable;
    const char *const *choices; // NULL-terminated, for CR_PARAM_CHOICE
} cr_param_spec;

// One effect or transition. [index] is dense and stable within a build: what painters switch on.
typedef struct cr_catalog_entry {
    const char *id; // "blur", "cross-dissolve"
    const char *label;
    int index;
    int param_count;
    const cr_param_spec *params;
} cr_catalog_entry;

// NULL when there is none of this name. Static.
const cr_catalog_entry *cr_catalog_effect(const char *id);
const cr_catalog_entry *cr_catalog_transition(const char *id);

// All of them, in index order.
const cr_catalog_entry *cr_catalog_effects(int *count);
const cr_catalog_entry *cr_catalog_transitions(int *count);

// The W3C Compositing and Blending Level 1 list.
typedef enum cr_blend {
    CR_BLEND_NONE = 0,
    CR_BLEND_NORMAL,
    CR_BLEND_MULTIPLY,
    CR_BLEND_SCREEN,
    CR_BLEND_OVERLAY,
    CR_BLEND_DARKEN,
    CR_BLEND_LIGHTEN,
    CR_BLEND_COLOR_DODGE,
    CR_BLEND_COLOR_BURN,
    CR_BLEND_HARD_LIGHT,
    CR_BLEND_SOFT_LIGHT,
    CR_BLEND_DIFFERENCE,
    CR_BLEND_EXCLUSION,
    CR_BLEND_HUE,
    CR_BLEND_SATURATION,
    CR_BLEND_COLOR,
    CR_BLEND_LUMINOSITY,
    CR_BLEND_COUNT,
} cr_blend;

// Its name in a file, such as "color-dodge", and back: CR_BLEND_NONE when there is none of this
// name. Static.
const char *cr_blend_name(cr_blend blend);
cr_blend cr_blend_by_name(const char *name);
