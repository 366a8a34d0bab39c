// A friendly face that tells the story: drawn, different for every cast.
#pragma once

#include "broker/painter/stage.h"

// Where the parts of the face are, in units.
typedef struct cr_presenter_face {
    double mouth_x, mouth_y, mouth_width; // the middle of the lips
    double eye_x[2], eye_y, eye_width;
    double chin_y;
    uint32_t skin, lips; // as painted, 0xRRGGBB
} cr_presenter_face;

// Paints head, hair and shoulders on the presenter's sheet, without a mouth; [middle] is the x of
// the face.
void cr_presenter_paint(cr_stage *stage, uint64_t cast, double middle, cr_presenter_face *out);

// The shapes that a mouth takes.
typedef enum cr_viseme {
    CR_VISEME_NONE = 0,
    CR_VISEME_REST,   // a closed smile
    CR_VISEME_CLOSED, // m b p
    CR_VISEME_SMALL,  // i, s, t, d, n, k
    CR_VISEME_OPEN,   // ah
    CR_VISEME_WIDE,   // eh, ee
    CR_VISEME_ROUND,  // oo, w
    CR_VISEME_OVAL,   // oh
    CR_VISEME_TEETH,  // f v
    CR_VISEME_TONGUE, // l, th
    CR_VISEME_COUNT,
} cr_viseme;

// A mouth around (0, 0), [width] wide.
void cr_mouth_paint(cairo_t *cr, cr_viseme viseme, double width, uint32_t skin, uint32_t lips);
// Closed lids around (0, 0) over an eye [width] wide.
void cr_lid_paint(cairo_t *cr, double width, uint32_t skin);
