// Pictures of everything that the catalog knows: every blend mode, effect and transition, with its
// parameters at their defaults, bounds and between. What paints twice is compared with them.
#pragma once

#include "tests/core/compositor/pictures.h"

enum { CATALOG_PICTURE_WIDTH = 150, CATALOG_PICTURE_HEIGHT = 96, POSE_COUNT = 17 };

// Where a layer lies. Project pixels, degrees, and parts of one.
typedef struct pose {
    const char *name;
    double x, y, scale_x, scale_y, rotation, opacity, crop, radius;
} pose;

extern const pose poses[POSE_COUNT];

void set_pose(cr_paint_layer *layer, const pose *p);

// Is called with each picture, as I420; [group] names what it shows. Borrows both for the call.
typedef void picture_visit(const char *group, const cr_picture *picture, void *user);

// Pictures of one group follow each other.
void blend_pictures(picture_visit *visit, void *user);
void effect_pictures(picture_visit *visit, void *user);
void transition_pictures(picture_visit *visit, void *user);

// Up to eight effects on one layer.
void effect_chain_pictures(picture_visit *visit, void *user);
