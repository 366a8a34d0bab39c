// What rooms are built from.
#pragma once

#include "broker/painter/backdrop.h"

// The wall, lit from one side, and a skirting board where it meets the floor.
void cr_room_wall(cr_stage *stage, cr_ink wall);
void cr_room_floor(cr_stage *stage, cr_ink floor);
// A window onto the stage's sky, with curtains when [has_curtains].
void cr_room_window(cr_stage *stage, double x, double y, double width, double height,
                    bool has_curtains);
// A board on the wall with things standing on it: jars, books or flasks by [kind].
void cr_room_shelf(cr_stage *stage, cr_dice *dice, double x, double y, double width, int kind);
// The table or counter at the picture's lower edge, its top at the stage's ground.
void cr_room_counter(cr_stage *stage, cr_ink top, cr_ink front);
void cr_room_lamp(cr_stage *stage, double x, double length);
void cr_room_picture(cr_stage *stage, cr_dice *dice, double x, double y, double width,
                     double height);

// What stands on a shelf.
enum { CR_SHELF_JARS = 1, CR_SHELF_BOOKS, CR_SHELF_FLASKS, CR_SHELF_LOAVES };
