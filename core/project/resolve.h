// flow: project + time -> [resolve] -> layers
// What is to be seen at one instant, and what is to be heard in one stretch. Pure: the same
// snapshot and time give the same answer, nothing is kept.
#pragma once

#include "project/project.h"

// One effect at one instant.
typedef struct cr_effect_value {
    const cr_catalog_entry *entry;
    cr_number params[CR_EFFECT_PARAMS_MAX];
} cr_effect_value;

// One clip's picture with every parameter evaluated.
typedef struct cr_layer {
    const cr_track *track; // borrowed from the snapshot, as all below
    const cr_clip *clip;
    const cr_asset *asset;                 // CR_CLIP_MEDIA, else NULL
    cr_ticks clip_time;                    // since the clip's start
    cr_ticks source_time;                  // in the asset or nested sequence; held at its ends
    cr_number params[CR_CLIP_PARAM_COUNT]; // opacity includes the fades
    int effect_count;
    cr_effect_value effects[CR_EFFECTS_MAX];
} cr_layer;

// One layer, or two under a transition. Painted in order, the first at the bottom.
typedef struct cr_layer_item {
    const cr_transition *transition; // NULL: only [from] counts
    cr_number progress;              // 0 to CR_ONE, eased
    int from, to;                    // index into layers; -1: nothing there
} cr_layer_item;

// Everything visible at one instant.
typedef struct cr_layers {
    int layer_count, layer_room;
    cr_layer *layers;
    int item_count, item_room;
    cr_layer_item *items;
} cr_layers;

// Everything visible in [sequence] at [at], into [out], whose memory is reused from call to call
// (all-zero to begin with; cr_layers_free at the end). Hidden tracks and clips that are off are
// left out. Video tracks first, then text tracks.
void cr_resolve(const cr_project *project, const cr_sequence *sequence, cr_ticks at,
                cr_layers *out);
void cr_layers_free(cr_layers *layers);

// One clip's sound, as far as it lies within the asked stretch.
typedef struct cr_audible {
    const cr_track *track;
    const cr_clip *clip;
    const cr_asset *asset;
    const cr_sequence *sequence; // CR_CLIP_SEQUENCE: its sound is mixed first
} cr_audible;

// The clips that sound somewhere in [range]: audio tracks' media, and nested sequences on them;
// muted tracks left out, and when any track is solo, all that are not. Gives the array (cr_free).
int cr_resolve_sound(const cr_project *project, const cr_sequence *sequence, cr_range range,
                     cr_audible **out);

// Where [role] speaks, in timeline time, sorted and merged: the union of its clips' known speech.
// Gives the array (cr_free).
int cr_resolve_speech(const cr_project *project, const cr_sequence *sequence, const char *role,
                      cr_range **out);
