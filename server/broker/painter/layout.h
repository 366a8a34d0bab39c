// flow: composition + stage -> places
// Where every copy of every subject stands.
#pragma once

#include "broker/painter/composition.h"
#include "broker/painter/stage.h"

// Illustrations in one picture.
enum { CR_PLACED_MAX = 64 };

// One illustration and where it stands.
typedef struct cr_placed {
    int subject;
    cr_sheet sheet;
    double x, y;          // of the foot's middle, in units
    double width, height; // of the ink
    double angle;
    double distance; // into the haze
    bool is_flipped;
    bool has_shadow;
    int rank; // painted by rank, then by y
    cr_icon icon;
} cr_placed;

// Everything that has its place.
typedef struct cr_layout {
    int count;
    cr_placed placed[CR_PLACED_MAX];
} cr_layout;

// Opens the drawings in the stage's light and finds a place for each. A subject whose drawing is
// missing is left out.
void cr_layout_make(cr_layout *out, const cr_composition *composition, const cr_icon_set *icons,
                    const cr_stage *stage);
void cr_layout_close(cr_layout *layout);

// True where people stand behind a counter.
bool cr_place_has_counter(cr_place place);
