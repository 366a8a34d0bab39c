// The painter's vocabulary: which illustration stands for which words, how big the thing is in the
// world, and where it belongs.
#pragma once

#include <stddef.h>

#include "broker/painter/icons.h"
#include "broker/painter/setting.h"

// Where a thing is at home. The letters are those of the tables.
typedef enum cr_stand {
    CR_STAND_NONE = 0,
    CR_STAND_GROUND = 'G', // people, animals, vehicles
    CR_STAND_AIR = 'A',    // flies
    CR_STAND_WATER = 'W',  // floats
    CR_STAND_UNDER = 'U',  // swims under water
    CR_STAND_SKY = 'Y',    // sun, clouds
    CR_STAND_TABLE = 'T',  // hand-sized
    CR_STAND_FLOOR = 'F',  // furniture and large tools
    CR_STAND_WALL = 'H',   // hangs
    CR_STAND_PLANT = 'P',  // grows
    CR_STAND_BUILDING = 'B',
    CR_STAND_SYMBOL = 'S', // floats as an idea
    CR_STAND_ORBIT = 'O',  // hangs in space
} cr_stand;

// One line of the vocabulary. [words]: further phrases, separated by commas; the illustration's
// own name is one too, unless words begin with "!". A phrase with "~" before it also means
// something else ("fly", "watch") and only counts where it is plainly a noun.
typedef struct cr_thing_entry {
    const char *icon;
    cr_stand stand;
    double cm; // height in the world
    cr_body body;
    cr_place place; // where it is usually met; CR_PLACE_NONE: says nothing
    const char *words;
} cr_thing_entry;

// The tables, each ended by an entry without an icon.
extern const cr_thing_entry cr_things_nature[];
extern const cr_thing_entry cr_things_people[];
extern const cr_thing_entry cr_things_objects[];
extern const cr_thing_entry cr_things_places[];

// NULL when the vocabulary does not list it.
const cr_thing_entry *cr_thing_by_icon(const char *icon);
