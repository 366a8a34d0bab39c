// A still becomes a clip: its layers as a small project with keyframes, rendered by the core.
#pragma once

#include "broker/builtin.h"
#include "broker/motion/camera.h"
#include "time/time.h"

// Bounds of one clip.
enum {
    CR_MOTION_LAYERS_MAX = 16,
    CR_MOTION_SECONDS_MAX = 600,
};

// A layer as the painter gave it, in pixels of the picture's canvas.
typedef struct cr_motion_layer {
    const char *file; // absolute
    double depth;
    const char *role; // "drift", "hover", "presenter" or ""
    double x, y, width, height;
    const cJSON *json; // all that the painter said of it
} cr_motion_layer;

// What motion and lip-sync are asked for. Texts are borrowed from the input.
typedef struct cr_motion_wish {
    const char *picture;
    int layer_count;
    cr_motion_layer layers[CR_MOTION_LAYERS_MAX];
    double bleed;
    int canvas_width, canvas_height; // of the layers
    int width, height;               // of the clip
    cr_rate rate;
    cr_ticks duration;
    int64_t frame_count;
    const char *shot;
    uint64_t seed;
    const cJSON *phonemes; // NULL: the mouth rests
} cr_motion_wish;

// Judges the input. CR_INVALID names the member.
CR_CHECKED cr_status cr_motion_wish_read(cr_motion_wish *out, const cJSON *input, cr_fault *fault);

// Writes clip.mp4 into the work's folder and gives the output.
CR_CHECKED cr_status cr_motion_make(const cr_work *work, const cr_motion_wish *wish, cJSON **output,
                                    cr_fault *fault);

// The project that cr_motion_make renders. [folder] is where the mouth's pictures were put. Gives
// the tree.
cJSON *cr_motion_project(const cr_motion_wish *wish, const cr_camera *camera);
