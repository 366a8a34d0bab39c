#include "tests/core/compositor/catalog_pictures.h"

#include "base/assert.h"

enum { WIDTH = CATALOG_PICTURE_WIDTH, HEIGHT = CATALOG_PICTURE_HEIGHT };

const pose poses[POSE_COUNT] = {
    {"as it is", 0, 0, 1, 1, 0, 1, 0, 0},
    {"moved by whole pixels", 7, -4, 1, 1, 0, 1, 0, 0},
    {"moved by parts of pixels", 3.3, -5.71, 1, 1, 0, 1, 0, 0},
    {"enlarged", 2, 1, 1.7, 1.3, 0, 1, 0, 0},
    {"much enlarged", 0, 0, 9, 9, 0, 1, 0, 0},
    {"a little smaller", 1.5, 0, 0.8, 0.9, 0, 1, 0, 0},
    {"a quarter", -20.25, 11.5, 0.25, 0.25, 0, 1, 0, 0},
    {"a fourteenth", 5, 5, 0.07, 0.07, 0, 1, 0, 0},
    {"mirrored", 0, 0, -0.9, 1, 0, 1, 0, 0},
    {"turned", 0, 0, 0.9, 0.9, 17, 1, 0, 0},
    {"turned and enlarged", 4, 4, 2.2, 1.4, -38.5, 1, 0, 0},
    {"turned and a sixth", 0, 3, 0.16, 0.2, 61, 1, 0, 0},
    {"upside down", 0, 0, 1, 1, 180, 1, 0, 0},
    {"faint", 0, 0, 1, 1, 0, 0.37, 0, 0},
    {"cropped", 0.4, 0.6, 1, 1, 0, 1, 0.13, 0},
    {"round corners", 10.5, -7.25, 0.6, 0.6, 0, 1, 0.1, 18},
    {"turned with round corners", 8, -3, 0.7, 0.8, 30, 0.8, 0.05, 25},
};

void set_pose(cr_paint_layer *layer, const pose *p)
{
    cr_number *n = layer->params;
    n[CR_CLIP_X] = (cr_number)(p->x * CR_ONE);
    n[CR_CLIP_Y] = (cr_number)(p->y * CR_ONE);
    n[CR_CLIP_SCALE_X] = (cr_number)(p->scale_x * CR_ONE);
    n[CR_CLIP_SCALE_Y] = (cr_number)(p->scale_y * CR_ONE);
    n[CR_CLIP_ROTATION] = (cr_number)(p->rotation * CR_ONE);
    n[CR_CLIP_OPACITY] = (cr_number)(p->opacity * CR_ONE);
    n[CR_CLIP_CROP_LEFT] = n[CR_CLIP_CROP_BOTTOM] = (cr_number)(p->crop * CR_ONE);
    n[CR_CLIP_CORNER_RADIUS] = (cr_number)(p->radius * CR_ONE);
}

static void visit_items(const char *group, const cr_paint_item *items, int count,
                        picture_visit *visit, void *user)
{
    cr_picture picture = picture_of(CR_PIXEL_I420, WIDTH, HEIGHT, items, count);
    visit(group, &picture, user);
}

void blend_pictures(picture_visit *visit, void *user)
{
    cr_frame *film = frame_of_noise(CR_PIXEL_I420, WIDTH, HEIGHT, 3);
    cr_frame *graphic = frame_of_noise(CR_PIXEL_RGBA, WIDTH, HEIGHT, 4);
    cr_frame *shapes = frame_of_shapes(CR_PIXEL_RGBA, WIDTH, HEIGHT);
    cr_frame *const frames[3] = {film, graphic, shapes};
    for (int blend = CR_BLEND_NORMAL; blend < CR_BLEND_COUNT; blend++) {
        for (int i = 0; i < 18; i++) {
            cr_paint_item items[2] = {item_of(layer_of(frames[i % 3])),
                                      item_of(layer_of(frames[i / 3 % 3]))};
            items[1].from.blend = (cr_blend)blend;
            if (i >= 9) set_pose(&items[1].from, &poses[16]);
            cr_picture picture = picture_of(CR_PIXEL_I420, WIDTH, HEIGHT, items, 2);
            picture.background = 0x20304060;
            visit(cr_blend_name((cr_blend)blend), &picture, user);
        }
    }
    for (int i = 0; i < 3; i++) {
        cr_frame *frame = frames[i];
        cr_frame_drop(&frame);
    }
}

// Number [which] of what a parameter may be: its default, its bounds, between them.
static cr_number value_of(const cr_param_spec *spec, int which)
{
    if (which == 0) return spec->fallback;
    if (spec->type == CR_PARAM_CHOICE) return which % (int)(spec->max / CR_ONE + 1) * CR_ONE;
    if (spec->type == CR_PARAM_COLOR) return INT64_C(0xD04080A0) * CR_ONE;
    if (which == 1) return spec->min;
    return which == 2 ? spec->max : spec->min + (spec->max - spec->min) / 10 * (which + 1);
}

void effect_pictures(picture_visit *visit, void *user)
{
    int count;
    const cr_catalog_entry *all = cr_catalog_effects(&count);
    cr_frame *film = frame_of_shapes(CR_PIXEL_I420, WIDTH, HEIGHT);
    cr_frame *graphic = frame_of_noise(CR_PIXEL_RGBA, 90, 70, 4);
    CR_ASSERT(count >= 4);
    for (int i = 0; i < count; i++) {
        for (int which = 0; which < 5; which++) {
            cr_effect_value value = {.entry = &all[i]};
            for (int k = 0; k < all[i].param_count; k++)
                value.params[k] = value_of(&all[i].params[k], which);
            for (int pose_index = 0; pose_index < 17; pose_index += 4) {
                cr_paint_item items[2] = {item_of(layer_of(film)), item_of(layer_of(graphic))};
                for (int k = 0; k < 2; k++) {
                    items[k].from.effects = &value;
                    items[k].from.effect_count = 1;
                    items[k].from.params[CR_CLIP_OPACITY] = k ? CR_ONE * 7 / 10 : CR_ONE;
                }
                set_pose(&items[1].from, &poses[pose_index]);
                visit_items(all[i].id, items, 2, visit, user);
            }
        }
    }
    cr_frame_drop(&film);
    cr_frame_drop(&graphic);
}

void effect_chain_pictures(picture_visit *visit, void *user)
{
    int count;
    const cr_catalog_entry *all = cr_catalog_effects(&count);
    cr_frame *graphic = frame_of_shapes(CR_PIXEL_RGBA, 90, 70);
    for (int first = 0; first < count; first++) {
        cr_effect_value values[8] = {{0}};
        for (int i = 0; i < count && i < 8; i++) {
            values[i].entry = &all[(first + i) % count];
            for (int k = 0; k < values[i].entry->param_count; k++)
                values[i].params[k] = value_of(&values[i].entry->params[k], 0);
        }
        cr_paint_item item = item_of(layer_of(graphic));
        item.from.effects = values;
        item.from.effect_count = count < 8 ? count : 8;
        set_pose(&item.from, &poses[16]);
        visit_items("several effects", &item, 1, visit, user);
    }
    cr_frame_drop(&graphic);
}

void transition_pictures(picture_visit *visit, void *user)
{
    static const cr_number at[] = {1,          CR_ONE / 10,    CR_ONE * 3 / 10,
                                   CR_ONE / 2, CR_ONE * 7 / 9, CR_ONE - 1};
    int count;
    const cr_catalog_entry *all = cr_catalog_transitions(&count);
    cr_frame *film = frame_of_shapes(CR_PIXEL_I420, WIDTH, HEIGHT);
    cr_frame *other = frame_of_noise(CR_PIXEL_I420, WIDTH, HEIGHT, 2);
    cr_frame *graphic = frame_of_shapes(CR_PIXEL_RGBA, 90, 70);
    CR_ASSERT(count >= 6);
    for (int i = 0; i < count * 6 * 4 * 4; i++) {
        const cr_catalog_entry *entry = &all[i / 96];
        cr_paint_item item = item_of(layer_of(film));
        item.transition = entry;
        item.progress = at[i % 6];
        for (int k = 0; k < entry->param_count; k++)
            item.transition_params[k] = value_of(&entry->params[k], i / 6 % 4);
        int kind = i / 24 % 4;
        item.to = layer_of(kind == 0 ? other : graphic);
        item.has_to = kind < 3;
        if (kind == 2) set_pose(&item.to, &poses[9]);
        if (kind == 2) item.from.blend = CR_BLEND_SCREEN;
        if (kind == 3) set_pose(&item.from, &poses[15]);
        visit_items(entry->id, &item, 1, visit, user);
    }
    cr_frame_drop(&film);
    cr_frame_drop(&other);
    cr_frame_drop(&graphic);
}
