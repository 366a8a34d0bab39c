// Which painter paints which place, and where its ground lies.
#include "broker/painter/backdrop.h"

typedef struct place_plan {
    double horizon, ground; // of the height
    void (*paint)(cr_stage *stage);
    bool has_sky;
} place_plan;

static const place_plan plans[CR_PLACE_COUNT] = {
    [CR_PLACE_MEADOW] = {0.56, 0.805, cr_backdrop_land, true},
    [CR_PLACE_GARDEN] = {0.54, 0.805, cr_backdrop_land, true},
    [CR_PLACE_PARK] = {0.56, 0.805, cr_backdrop_land, true},
    [CR_PLACE_FARM] = {0.55, 0.805, cr_backdrop_land, true},
    [CR_PLACE_FOREST] = {0.62, 0.805, cr_backdrop_wild, true},
    [CR_PLACE_JUNGLE] = {0.62, 0.805, cr_backdrop_wild, true},
    [CR_PLACE_MOUNTAINS] = {0.62, 0.805, cr_backdrop_wild, true},
    [CR_PLACE_SNOW] = {0.6, 0.805, cr_backdrop_wild, true},
    [CR_PLACE_DESERT] = {0.6, 0.805, cr_backdrop_wild, true},
    [CR_PLACE_BEACH] = {0.5, 0.805, cr_backdrop_water, true},
    [CR_PLACE_SEA] = {0.52, 0.76, cr_backdrop_water, true},
    [CR_PLACE_LAKE] = {0.52, 0.82, cr_backdrop_water, true},
    [CR_PLACE_UNDERWATER] = {0.3, 0.86, cr_backdrop_underwater, false},
    [CR_PLACE_SKY] = {0.9, 0.82, cr_backdrop_wild, true},
    [CR_PLACE_CITY] = {0.68, 0.805, cr_backdrop_town, true},
    [CR_PLACE_STREET] = {0.66, 0.81, cr_backdrop_town, true},
    [CR_PLACE_VILLAGE] = {0.58, 0.805, cr_backdrop_town, true},
    [CR_PLACE_SHOP] = {0.72, 0.81, cr_backdrop_town, true},
    [CR_PLACE_BAKERY] = {0.7, 0.78, cr_backdrop_workroom, true},
    [CR_PLACE_KITCHEN] = {0.7, 0.78, cr_backdrop_room, true},
    [CR_PLACE_LIVING_ROOM] = {0.7, 0.81, cr_backdrop_room, true},
    [CR_PLACE_BEDROOM] = {0.7, 0.81, cr_backdrop_room, true},
    [CR_PLACE_CLASSROOM] = {0.7, 0.8, cr_backdrop_workroom, true},
    [CR_PLACE_LIBRARY] = {0.7, 0.81, cr_backdrop_room, true},
    [CR_PLACE_LABORATORY] = {0.7, 0.78, cr_backdrop_workroom, true},
    [CR_PLACE_WORKSHOP] = {0.7, 0.78, cr_backdrop_workroom, true},
    [CR_PLACE_OFFICE] = {0.7, 0.78, cr_backdrop_room, true},
    [CR_PLACE_STAGE] = {0.72, 0.815, cr_backdrop_workroom, false},
    [CR_PLACE_SPACE] = {1.0, 0.82, cr_backdrop_space, false},
    [CR_PLACE_PLANET] = {0.62, 0.805, cr_backdrop_space, false},
    [CR_PLACE_PAPER] = {0.74, 0.82, cr_backdrop_sheet, false},
    [CR_PLACE_COLORS] = {0.74, 0.82, cr_backdrop_sheet, false},
};

void cr_backdrop_measure(cr_stage *stage)
{
    const place_plan *plan = &plans[stage->place];
    cr_dice dice = cr_dice_make(stage->seed, 1);
    double wobble = cr_dice_between(&dice, -0.02, 0.02);
    // Tall pictures put the ground a little lower, where their captions leave room.
    double tall = stage->height > stage->width ? 0.02 : 0;
    stage->horizon = stage->height * (plan->horizon + (plan->horizon < 0.9 ? wobble : 0) + tall);
    stage->ground = stage->height * (plan->ground + (stage->height > stage->width ? -0.06 : 0));
    if (stage->framing == CR_FRAMING_CLOSE && plan->horizon < 0.9)
        stage->horizon += stage->height * 0.05;
    // Light stands on a third, and low when the hour is early or late.
    bool is_low = stage->daytime == CR_DAYTIME_DAWN || stage->daytime == CR_DAYTIME_SUNSET;
    stage->light_x = stage->width * (cr_dice_below(&dice, 2) ? 0.2 : 0.8);
    stage->light_y = is_low ? stage->horizon - 120 : stage->height * 0.2;
}

void cr_backdrop_paint(cr_stage *stage)
{
    const place_plan *plan = &plans[stage->place];
    if (plan->has_sky) {
        cr_sky_paint(stage);
        if (!stage->look.is_indoor) cr_clouds_paint(stage);
    }
    plan->paint(stage);
}
