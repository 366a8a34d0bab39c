// The illustrations that pictures are composed from: vector drawings by name, some of which get a
// body of our own under their head.
#pragma once

#include <cairo.h>
#include <stdbool.h>

#include "base/json.h"
#include "broker/painter/look.h"

typedef struct cr_icon_set cr_icon_set;

// What is drawn under an illustration that is only a head or a bust.
typedef enum cr_body {
    CR_BODY_NONE = 0,
    CR_BODY_BUST,   // ends at the chest: legs
    CR_BODY_PERSON, // a head: all of a person
    CR_BODY_SKIRT,
    CR_BODY_CHILD,
    CR_BODY_FOX, // sitting animals, each in its own colours
    CR_BODY_BEAR,
    CR_BODY_PANDA,
    CR_BODY_POLAR_BEAR,
    CR_BODY_KOALA,
    CR_BODY_LION,
    CR_BODY_WOLF,
    CR_BODY_FROG,
    CR_BODY_HAMSTER,
    CR_BODY_RACCOON,
} cr_body;

// One drawing, ready to be painted in any size.
typedef struct cr_icon {
    char *text;                 // an SVG document
    double x, y, width, height; // of its ink, in the document's units of 1/32
    double view_width, view_height;
} cr_icon;

// Reads icons.json of [folder] (see tools/data). Gives the set. CR_NOTFOUND, CR_CORRUPT.
CR_CHECKED cr_status cr_icon_set_open(cr_icon_set **out, const char *folder, cr_fault *fault);
void cr_icon_set_close(cr_icon_set **set);

// True when there is an illustration of this name.
bool cr_icon_set_has(const cr_icon_set *set, const char *name);
// All names, in the file's order; borrowed.
const cJSON *cr_icon_set_names(const cr_icon_set *set);

// How an illustration is dressed and lit.
typedef struct cr_icon_style {
    const cr_look *look; // NULL: plain colours
    cr_body body;
    uint64_t seed;   // of shirt and trousers
    double distance; // 0 near to 1 far
    bool is_scenery; // takes all of the light, as the land does
    uint32_t petals; // of a flower that has no colour of its own kind; 0: as it is drawn
    bool is_glowing; // a light itself: night does not dim it
} cr_icon_style;

// Gives the drawing (cr_icon_close). CR_NOTFOUND when there is none of that name.
CR_CHECKED cr_status cr_icon_open(cr_icon *out, const cr_icon_set *set, const char *name,
                                  const cr_icon_style *style);
void cr_icon_close(cr_icon *icon);

// Paint so that the ink is [height] tall, with its foot's middle on (x, y), turned by [angle]
// radians around its own middle.
CR_CHECKED cr_status cr_icon_paint(const cr_icon *icon, cairo_t *cr, double x, double y,
                                   double height, bool is_flipped, double angle, double opacity);
