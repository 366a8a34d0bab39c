// Pictures to paint in the tests: patterns, layers with everything at its default, and readings.
#pragma once

#include "compositor/paint.h"

// Numbers that look random and are the same everywhere.
typedef struct noise {
    uint64_t state;
} noise;

unsigned noise_next(noise *n, unsigned below);

// Random samples in every plane.
cr_frame *frame_of_noise(cr_pixel pixel, int width, int height, uint64_t seed);

// A picture that is easy to judge by eye: a gradient, fine lines, a disc. RGBA has holes.
cr_frame *frame_of_shapes(cr_pixel pixel, int width, int height);

// One colour. RGBA: red, green, blue, alpha; YUV: Y, U, V (, alpha).
cr_frame *frame_of_color(cr_pixel pixel, int width, int height, const uint8_t samples[4]);

// A layer of [frame] (NULL: a solid) that fills the canvas, all parameters at their defaults.
cr_paint_layer layer_of(const cr_frame *frame);

cr_paint_item item_of(cr_paint_layer layer);

// A canvas of one project pixel a pixel, black behind, BT.709 or sRGB.
cr_picture picture_of(cr_pixel pixel, int width, int height, const cr_paint_item *items, int count);

// Fails the test when painting does.
cr_frame *paint(cr_painter *painter, const cr_picture *picture);

// FNV-1a over the rows of all planes.
uint64_t frame_hash(const cr_frame *frame);

// The largest difference between samples of two frames of one size and layout.
int frame_difference(const cr_frame *a, const cr_frame *b);
