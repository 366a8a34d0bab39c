#include "compositor/transition.h"

#include <string.h>

#include "base/vec.h"
#include "compositor/row_kernels.h"

static const cr_transition_kind *const kinds[] = {
    &cr_transition_cross_dissolve, &cr_transition_dip_to_color, &cr_transition_push,
    &cr_transition_slide,          &cr_transition_wipe,         &cr_transition_zoom,
};

const cr_transition_kind *cr_transition_find(const char *id)
{
    for (size_t i = 0; i < CR_COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i]->id, id) == 0) return kinds[i];
    }
    return NULL;
}

int cr_transition_share(cr_number progress)
{
    if (progress <= 0) return 0;
    if (progress >= CR_ONE) return CR_SHARE_ONE;
    return (int)((progress * CR_SHARE_ONE + CR_ONE / 2) / CR_ONE);
}

void cr_transition_offset(cr_transition_move *move, cr_direction direction, cr_number rest,
                          int width, int height)
{
    bool is_across = direction == CR_DIRECTION_LEFT || direction == CR_DIRECTION_RIGHT;
    int64_t size = is_across ? width : height;
    int64_t scaled = size * rest;
    int pixels = (int)((scaled >= 0 ? scaled + CR_ONE / 2 : scaled - CR_ONE / 2) / CR_ONE);
    if (direction == CR_DIRECTION_RIGHT || direction == CR_DIRECTION_DOWN) pixels = -pixels;
    move->dx = is_across ? pixels : 0;
    move->dy = is_across ? 0 : pixels;
}

uint8_t cr_wipe_at(const cr_wipe *wipe, int x, int y)
{
    int at = wipe->is_down ? y : x;
    if (wipe->is_backward) at = wipe->length - 1 - at;
    int64_t behind = wipe->edge - ((int64_t)at * 65536 + 32768);
    if (behind <= 0) return 0;
    if (behind >= wipe->soft) return 255;
    return (uint8_t)((behind * 255 + wipe->soft / 2) / wipe->soft);
}
