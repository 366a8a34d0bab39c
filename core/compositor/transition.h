// Transitions: how two pictures become one on the way from the first to the second.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "project/catalog.h"

// How the two sides of a transition become one picture.
typedef enum cr_join {
    CR_JOIN_NONE = 0,
    CR_JOIN_STACK, // the second over the first
    CR_JOIN_MIX,   // [share] of the second
    CR_JOIN_WIPE,  // the second where the mask is
    CR_JOIN_DIP,   // the first, then a colour, then the second
} cr_join;

// A soft edge across the canvas; the mask is 255 behind it.
typedef struct cr_wipe {
    bool is_down;     // moves along y, else along x
    bool is_backward; // towards smaller coordinates
    int64_t edge;     // how far its front has come from where it began; 16 fraction bits
    int64_t soft;     // width of the ramp; 16 fraction bits, > 0
    int length;       // of the canvas along its way
} cr_wipe;

// How one of the two pictures moves.
typedef struct cr_transition_move {
    int64_t scale; // around the canvas's centre, 32 fraction bits
    int dx, dy;    // canvas pixels
} cr_transition_move;

// What a transition does at one moment.
typedef struct cr_transition_plan {
    cr_join join;
    int share; // 0 to CR_SHARE_ONE
    uint32_t color;
    cr_wipe wipe;
    cr_transition_move from, to;
} cr_transition_plan;

// [progress] is inside (0, CR_ONE): at its ends only one of the pictures is there.
typedef struct cr_transition_kind {
    const char *id;
    void (*plan)(cr_transition_plan *plan, const cr_number *params, cr_number progress, int width,
                 int height);
} cr_transition_kind;

// NULL when there is none of this name. Static.
const cr_transition_kind *cr_transition_find(const char *id);

// [progress] as a share.
int cr_transition_share(cr_number progress);

// Where something goes; the numbers are those of the catalog's choices, so 0 is one of them.
typedef enum cr_direction {
    CR_DIRECTION_LEFT, // in the order of the choices
    CR_DIRECTION_RIGHT,
    CR_DIRECTION_UP,
    CR_DIRECTION_DOWN,
} cr_direction;

// What [rest] (millionths of the canvas) against [direction] is in pixels.
void cr_transition_offset(cr_transition_move *move, cr_direction direction, cr_number rest,
                          int width, int height);

// The mask of the wipe at a pixel's centre: 0 to 255.
uint8_t cr_wipe_at(const cr_wipe *wipe, int x, int y);

// All that there are.
extern const cr_transition_kind cr_transition_cross_dissolve, cr_transition_dip_to_color,
    cr_transition_push, cr_transition_slide, cr_transition_wipe, cr_transition_zoom;
