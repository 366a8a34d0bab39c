// How the nouns of a project read and write themselves as JSON objects: one table a noun, in the
// order in which members are written. What a table does not name is kept in the noun's extra.
#pragma once

#include "project/snapshot.h"

// What a member is in C, and how it stands in the file.
typedef enum cr_field_type {
    CR_FIELD_NONE = 0,
    CR_FIELD_ID,       // char *: 1 to CR_ID_BYTES_MAX bytes
    CR_FIELD_REF,      // char *: an id of something else, or ""
    CR_FIELD_TEXT,     // char *: up to [max] bytes
    CR_FIELD_BOOL,     // bool
    CR_FIELD_INT,      // int
    CR_FIELD_TICKS,    // cr_ticks
    CR_FIELD_NUMBER,   // cr_number
    CR_FIELD_COLOR,    // uint32_t, as "#rrggbbaa"
    CR_FIELD_ENUM,     // int-sized, by [names]
    CR_FIELD_ANIMATED, // cr_animated
    CR_FIELD_OWN,      // by [read] and [write]
} cr_field_type;

// What is special about a member.
typedef enum cr_field_flag {
    CR_FIELD_PLAIN = 0,
    CR_FIELD_REQUIRED = 1, // must be there
    CR_FIELD_FIRST = 2,    // the meaning of other members depends on it; stands first in the table
    CR_FIELD_LIST = 4,     // holds other nouns, which have edits of their own
    CR_FIELD_ALWAYS = 8,   // written even when it has its default
} cr_field_flag;

// A choice's name in the file, and its value.
typedef struct cr_name {
    const char *name;
    int value;
} cr_name;

// One member.
typedef struct cr_field {
    const char *name;
    cr_field_type type;
    int flags;
    size_t offset;
    int64_t min, max;
    const cr_name *names; // up to one with a NULL name
    // Replaces what the noun has by [json], or by the default when it is NULL.
    cr_status (*read)(void *noun, const cJSON *json, const cr_json_place *place, cr_fault *fault);
    // NULL when it has its default.
    cJSON *(*write)(const void *noun);
} cr_field;

// One kind of noun.
typedef struct cr_spec {
    const char *noun; // "clip", for messages
    const cr_field *fields;
    int field_count;
    const void *defaults; // an instance; texts are NULL for ""
    size_t extra_offset;  // of a cJSON *
} cr_spec;

// What is being read.
typedef enum cr_fields_mode {
    CR_FIELDS_NONE = 0,
    CR_FIELDS_WHOLE,  // a fresh noun: everything allowed, what is required must be there
    CR_FIELDS_CHANGE, // an edit: neither id nor lists
} cr_fields_mode;

// Reads the members of [json] into [noun]. On failure the noun is valid but half-changed.
CR_CHECKED cr_status cr_fields_read(const cr_spec *spec, void *noun, const cJSON *json,
                                    cr_fields_mode mode, const cr_json_place *place,
                                    cr_fault *fault);

// Puts the members named in the list [names] back to their defaults; removes unknown ones.
CR_CHECKED cr_status cr_fields_unset(const cr_spec *spec, void *noun, const cJSON *names,
                                     const cr_json_place *place, cr_fault *fault);

// Gives the object. [with_lists]: also what the lists hold.
cJSON *cr_fields_write(const cr_spec *spec, const void *noun, bool with_lists);

// The nouns.
extern const cr_spec cr_asset_spec, cr_clip_spec, cr_effect_spec, cr_transition_spec,
    cr_marker_spec, cr_track_spec, cr_sequence_spec, cr_settings_spec, cr_project_spec;

// One value, as the tables read it.
CR_CHECKED cr_status cr_value_read_number(cr_number *out, const cJSON *json, cr_number min,
                                          cr_number max, const cr_json_place *place,
                                          cr_fault *fault);
CR_CHECKED cr_status cr_value_read_ticks(cr_ticks *out, const cJSON *json, cr_ticks min,
                                         cr_ticks max, const cr_json_place *place, cr_fault *fault);
CR_CHECKED cr_status cr_value_read_color(uint32_t *out, const cJSON *json,
                                         const cr_json_place *place, cr_fault *fault);
CR_CHECKED cr_status cr_value_read_enum(int *out, const cJSON *json, const cr_name *names,
                                        const cr_json_place *place, cr_fault *fault);
cJSON *cr_value_write_number(cr_number value);
cJSON *cr_value_write_ticks(cr_ticks value);
cJSON *cr_value_write_color(uint32_t color);
cJSON *cr_value_write_enum(int value, const cr_name *names);

// A parameter: a value, or the list of its keyframes. [spec] says type and bounds.
CR_CHECKED cr_status cr_animated_read(cr_animated *out, const cJSON *json,
                                      const cr_param_spec *spec, const cr_json_place *place,
                                      cr_fault *fault);
// NULL when it has its default and no keyframes.
cJSON *cr_animated_write(const cr_animated *animated, const cr_param_spec *spec);

// The parameter of a clip that is called [name], and what it may be; false when there is none.
bool cr_clip_param_find(cr_clip *clip, const char *name, cr_animated **out, cr_param_spec *spec);

// A whole noun from its object; gives it.
CR_CHECKED cr_status cr_asset_read(cr_asset **out, const cJSON *json, const cr_json_place *place,
                                   cr_fault *fault);
CR_CHECKED cr_status cr_clip_read(cr_clip **out, const cJSON *json, const cr_json_place *place,
                                  cr_fault *fault);
CR_CHECKED cr_status cr_transition_read(cr_transition **out, const cJSON *json,
                                        const cr_json_place *place, cr_fault *fault);
CR_CHECKED cr_status cr_marker_read(cr_marker **out, const cJSON *json, const cr_json_place *place,
                                    cr_fault *fault);
CR_CHECKED cr_status cr_track_read(cr_track **out, const cJSON *json, const cr_json_place *place,
                                   cr_fault *fault);
CR_CHECKED cr_status cr_sequence_read(cr_sequence **out, const cJSON *json,
                                      const cr_json_place *place, cr_fault *fault);

// A text style over the defaults for [kind]; gives it (cr_text_style_free).
CR_CHECKED cr_status cr_text_style_read(cr_text_style **out, const cJSON *json, cr_clip_kind kind,
                                        const cr_json_place *place, cr_fault *fault);
// NULL when it is the default for [kind].
cJSON *cr_text_style_write(const cr_text_style *style, cr_clip_kind kind);

// The easings' names, for tables.
extern const cr_name cr_easing_names[];
