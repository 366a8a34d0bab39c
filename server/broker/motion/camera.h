// How the camera moves over a picture, and what that does to a layer at some depth.
#pragma once

#include <stdint.h>

// How the camera goes through a still picture.
typedef enum cr_move {
    CR_MOVE_NONE = 0,
    CR_MOVE_PUSH_IN,
    CR_MOVE_PULL_OUT,
    CR_MOVE_PAN_LEFT,
    CR_MOVE_PAN_RIGHT,
    CR_MOVE_TILT_UP,
    CR_MOVE_TILT_DOWN,
    CR_MOVE_DRIFT,
} cr_move;

// "push-in"; static.
const char *cr_move_name(cr_move move);

// The move that [shot] asks for ("slow pan left"), or one that suits and follows from [seed].
cr_move cr_move_choose(const char *shot, uint64_t seed);

// One shot's movement.
typedef struct cr_camera {
    cr_move move;
    double reach_x, reach_y; // pixels that the nearest layer may travel to each side
    double amount;           // 0 to 1: short shots move less far
    double side;             // 1 or -1: where a drift goes
} cr_camera;

// [bleed] pixels are there around every layer of a canvas [width] × [height]; 0: the picture has no
// margin, room is made by enlarging it. [seconds] is the clip's length.
cr_camera cr_camera_make(cr_move move, double bleed, double width, double height, double seconds,
                         uint64_t seed);

// Where the canvas's middle goes and how much it is enlarged for a layer at [depth] (0 far to 1
// near), [along] the clip from 0 to 1.
typedef struct cr_view {
    double x, y, scale;
} cr_view;

// What a layer at [depth] looks like when [along] of the shot has passed.
cr_view cr_camera_at(const cr_camera *camera, double depth, double along);
