#include "broker/painter/layout.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { TRIES = 28 };

typedef struct layouter {
    cr_layout *out;
    const cr_composition *composition;
    const cr_icon_set *icons;
    const cr_stage *stage;
    cr_dice dice;
    double focal_height, focal_cm;
    int first[CR_SUBJECTS_MAX]; // index of a subject's first placed copy; -1 not yet
} layouter;

bool cr_place_has_counter(cr_place place)
{
    return place == CR_PLACE_KITCHEN || place == CR_PLACE_BAKERY || place == CR_PLACE_LABORATORY ||
           place == CR_PLACE_WORKSHOP || place == CR_PLACE_OFFICE || place == CR_PLACE_CLASSROOM;
}

static bool is_person(const cr_subject *subject)
{
    return subject->body >= CR_BODY_BUST && subject->body <= CR_BODY_CHILD;
}

static bool stands_behind_counter(const layouter *l, const cr_subject *subject)
{
    if (!cr_place_has_counter(l->stage->place)) return false;
    return (subject->stand == CR_STAND_GROUND || subject->stand == CR_STAND_ORBIT) &&
           subject->cm > 70;
}

// Where a subject is at home in this place.
static cr_stand stand_in(const layouter *l, const cr_subject *subject)
{
    cr_place place = l->stage->place;
    bool is_void = place == CR_PLACE_SPACE;
    cr_stand stand = subject->stand;
    if (is_void) return CR_STAND_ORBIT;
    if (stand == CR_STAND_ORBIT && place != CR_PLACE_SPACE) {
        bool is_celestial = subject->cm >= 400 && strcmp(subject->icon, "rocket") != 0;
        return is_celestial ? CR_STAND_SYMBOL : CR_STAND_GROUND;
    }
    if (place == CR_PLACE_PAPER || place == CR_PLACE_COLORS)
        return stand == CR_STAND_GROUND && is_person(subject) ? stand : CR_STAND_SYMBOL;
    if (place == CR_PLACE_UNDERWATER && (stand == CR_STAND_UNDER || stand == CR_STAND_AIR))
        return CR_STAND_UNDER;
    if (stand == CR_STAND_UNDER)
        return place == CR_PLACE_SEA || place == CR_PLACE_LAKE ? CR_STAND_WATER : CR_STAND_GROUND;
    if (stand == CR_STAND_WATER && place != CR_PLACE_SEA && place != CR_PLACE_LAKE)
        return CR_STAND_GROUND;
    if (stand == CR_STAND_WALL && !l->stage->look.is_indoor) return CR_STAND_TABLE;
    if (place == CR_PLACE_SKY &&
        (stand == CR_STAND_AIR || stand == CR_STAND_GROUND || stand == CR_STAND_TABLE))
        return CR_STAND_AIR;
    return stand;
}

static double framing_height(const layouter *l, cr_stand stand, bool is_behind)
{
    double unit = CR_STAGE_UNITS;
    static const double shares[] = {0.44, 0.3, 0.46, 0.62};
    double share = shares[l->stage->framing];
    if (is_behind) share *= 1.3;
    if (stand == CR_STAND_BUILDING) share = fmax(share, 0.44) * 1.15;
    if (stand == CR_STAND_TABLE && l->stage->framing == CR_FRAMING_MEDIUM) share *= 0.88;
    // A swarm needs room for all of it.
    const cr_subject *focal = &l->composition->subjects[l->composition->focal];
    if (focal->stand == CR_STAND_AIR && focal->count >= 4) share *= 0.68;
    if (focal->stand == CR_STAND_PLANT && focal->count >= 4) share *= 0.8;
    // A tall picture has room above.
    if (l->stage->height > l->stage->width * 1.3) share *= 1.12;
    return unit * share * l->composition->zoom;
}

static double subject_height(const layouter *l, int index)
{
    const cr_subject *subject = &l->composition->subjects[index];
    if (index == l->composition->focal) return l->focal_height * subject->size;
    bool is_close = l->stage->framing == CR_FRAMING_CLOSE;
    double ratio = pow(subject->cm / l->focal_cm, 0.4);
    // Beside a bee an apple is large, but the picture is about the bee.
    double most = is_close || subject->stand == CR_STAND_TABLE ? 1.15 : 1.7;
    double height = l->focal_height * fmin(most, fmax(0.3, ratio));
    if (l->stage->place == CR_PLACE_PAPER || l->stage->place == CR_PLACE_COLORS)
        return l->focal_height * 0.72 * subject->size;
    if (subject->stand == CR_STAND_SYMBOL) height = fmin(height, l->focal_height * 0.6);
    if (subject->stand == CR_STAND_BUILDING)
        height = fmin(fmax(height, 0.26 * CR_STAGE_UNITS), 0.42 * CR_STAGE_UNITS);
    return fmin(height, 0.74 * l->stage->height) * subject->size;
}

static bool shines(const char *icon)
{
    static const char lights[] =
        " candle light-bulb fire sun glowing-star star sparkles full-moon crescent-moon "
        "shooting-star comet high-voltage red-paper-lantern diya-lamp fireworks rainbow "
        "jack-o-lantern ghost sun-with-face full-moon-face flashlight ";
    return cr_word_in(icon, lights);
}

// One of several people is not the next one's twin.
static const char *person_of(const char *icon, int copy, cr_body *body)
{
    static const struct {
        const char *icon;
        cr_body body;
    } people[] = {{"person", CR_BODY_PERSON},
                  {"woman", CR_BODY_SKIRT},
                  {"man", CR_BODY_PERSON},
                  {"child", CR_BODY_CHILD},
                  {"old-man", CR_BODY_PERSON}};
    if (copy == 0 || strcmp(icon, "person") != 0) return icon;
    *body = people[copy % 5].body;
    return people[copy % 5].icon;
}

static cr_status open_icon(const layouter *l, int index, int copy, double distance, cr_icon *out)
{
    static const char *const tones[] = {"light", "medium-light", "medium", "medium-dark", "dark"};
    const cr_subject *subject = &l->composition->subjects[index];
    cr_body body = subject->body;
    const char *icon = person_of(subject->icon, copy, &body);
    uint64_t salt = (uint64_t)copy * 7;
    for (const char *c = icon; *c; c++)
        salt = salt * 131 + (uint64_t)*c;
    cr_dice dice = cr_dice_make((uint64_t)l->composition->cast, salt);
    cr_icon_style style = {.look = &l->stage->look,
                           .body = body,
                           .seed = (uint64_t)l->composition->cast * 31 + salt,
                           .distance = distance,
                           .is_scenery = subject->stand == CR_STAND_PLANT ||
                                         subject->stand == CR_STAND_BUILDING,
                           .is_glowing = shines(icon)};
    // Flowers of a meadow come in colours, each copy in another.
    static const uint32_t petals[] = {0xFFFFFF, 0xFF7FAE, 0xFFD23F, 0x9B8BF0, 0xFF8F5C};
    if (cr_word_in(icon, "blossom tulip")) style.petals = petals[(l->composition->seed + copy) % 5];
    if (stands_behind_counter(l, subject) && style.body == CR_BODY_BUST) style.body = CR_BODY_NONE;
    char toned[CR_ICON_NAME_BYTES + 16];
    snprintf(toned, sizeof toned, "%s-%s", icon, tones[cr_dice_below(&dice, 5)]);
    return cr_icon_open(out, l->icons, cr_icon_set_has(l->icons, toned) ? toned : icon, &style);
}

static double overlap(const cr_placed *a, const cr_placed *b)
{
    double wide = fmin(a->x + a->width / 2, b->x + b->width / 2) -
                  fmax(a->x - a->width / 2, b->x - b->width / 2);
    double high = fmin(a->y, b->y) - fmax(a->y - a->height, b->y - b->height);
    return wide > 0 && high > 0 ? wide * high : 0;
}

// How badly [item] stands there: 0 is fine.
static double crowding(const layouter *l, const cr_placed *item, int except)
{
    double area = item->width * item->height, sum = 0;
    for (int i = 0; i < l->out->count; i++) {
        const cr_placed *other = &l->out->placed[i];
        if (i == except) continue;
        double shared = overlap(item, other);
        double smaller = fmin(area, other->width * other->height);
        sum += shared / fmax(1, smaller);
    }
    double margin = 0.03 * CR_STAGE_UNITS;
    double out = fmax(0, margin - (item->x - item->width / 2)) +
                 fmax(0, item->x + item->width / 2 - l->stage->width + margin) +
                 fmax(0, margin - (item->y - item->height)) +
                 fmax(0, item->y - l->stage->height + margin);
    return sum + out / 60;
}

typedef struct zone {
    double left, right, top, bottom; // of the foot
    cr_sheet sheet;
    bool has_shadow;
} zone;

static zone zone_of(const layouter *l, const cr_subject *subject, cr_stand stand)
{
    const cr_stage *s = l->stage;
    double w = s->width, h = s->height;
    zone z = {0.08 * w,        0.92 * w, s->ground - 0.03 * h, s->ground + 0.03 * h,
              CR_SHEET_GROUND, true};
    if (stands_behind_counter(l, subject)) {
        z.top = z.bottom = s->ground + 0.04 * h;
        z.sheet = CR_SHEET_MIDDLE;
        z.has_shadow = false;
        return z;
    }
    switch (stand) {
    case CR_STAND_AIR:
        z.top = 0.24 * h;
        z.bottom = fmin(s->ground - 0.16 * h, 0.66 * h);
        z.sheet = CR_SHEET_AIR;
        z.has_shadow = false;
        break;
    case CR_STAND_UNDER:
        z.top = 0.3 * h;
        z.bottom = 0.76 * h;
        z.sheet = CR_SHEET_AIR;
        z.has_shadow = false;
        break;
    case CR_STAND_ORBIT:
    case CR_STAND_SYMBOL:
        z.top = 0.3 * h;
        z.bottom = 0.74 * h;
        z.sheet = CR_SHEET_AIR;
        z.has_shadow = false;
        break;
    case CR_STAND_WATER:
        z.top = s->place == CR_PLACE_LAKE ? s->horizon + 0.12 * h : s->ground + 0.015 * h;
        z.bottom = z.top + 0.015 * h;
        z.sheet = s->place == CR_PLACE_LAKE ? CR_SHEET_MIDDLE : CR_SHEET_MIDDLE;
        z.has_shadow = false;
        break;
    case CR_STAND_SKY:
        z.top = 0.26 * h;
        z.bottom = 0.42 * h;
        z.sheet = CR_SHEET_CLOUDS;
        z.has_shadow = false;
        break;
    case CR_STAND_WALL:
        z.top = 0.34 * h;
        z.bottom = 0.5 * h;
        z.sheet = CR_SHEET_MIDDLE;
        z.has_shadow = false;
        break;
    case CR_STAND_BUILDING:
        z.top = z.bottom = s->horizon + 0.1 * h;
        z.sheet = CR_SHEET_MIDDLE;
        z.has_shadow = false;
        break;
    default:
        break;
    }
    if (!strcmp(subject->icon, "palms-up-together")) {
        z.top = z.bottom = s->height * 0.93;
        z.has_shadow = false;
        return z;
    }
    if (cr_place_has_counter(s->place) && z.sheet == CR_SHEET_GROUND) {
        z.top = s->ground + 2;
        z.bottom = s->ground + 0.03 * h;
    }
    return z;
}

static cr_placed *add_placed(layouter *l, int index, int copy, double height, double distance)
{
    if (l->out->count == CR_PLACED_MAX) return NULL;
    cr_placed *item = &l->out->placed[l->out->count];
    *item = (cr_placed){.subject = index, .distance = distance};
    if (open_icon(l, index, copy, distance, &item->icon) != CR_OK) return NULL;
    double widest = 0.8 * l->stage->width;
    item->height = height;
    item->width = height * item->icon.width / item->icon.height;
    // A wide drawing counts by its area, so that a sofa does not dwarf a lamp.
    double ratio = item->width / item->height;
    if (ratio > 1.25) item->height /= sqrt(ratio / 1.25);
    item->width = item->height * item->icon.width / item->icon.height;
    if (item->width > widest) {
        item->height *= widest / item->width;
        item->width = widest;
    }
    return item;
}

static void drop_last_open(cr_placed *item)
{
    cr_icon_close(&item->icon);
}

static double focal_x(layouter *l)
{
    double w = l->stage->width;
    if (l->composition->is_presenter) return w * 0.23;
    bool is_alone = l->composition->subject_count < 2;
    double off = l->stage->framing == CR_FRAMING_WIDE ? 0.13 : is_alone ? 0.05 : 0.13;
    if (l->stage->height > w) off *= 0.5;
    // Away from the light, looking into it.
    double side = l->stage->light_x > w / 2 ? -1 : 1;
    return w * (0.5 + side * off);
}

// The subject on, in or under which [index] is.
static int anchor_of(const layouter *l, int index, cr_relation *relation)
{
    for (int i = 0; i < l->composition->subject_count; i++) {
        const cr_subject *s = &l->composition->subjects[i];
        if (i == index || s->other != index) continue;
        if (s->relation == CR_RELATION_ON || s->relation == CR_RELATION_IN) {
            *relation = s->relation;
            return i;
        }
    }
    return -1;
}

static bool can_carry(const layouter *l, int anchor, int rider)
{
    const cr_subject *a = &l->composition->subjects[anchor];
    const cr_subject *r = &l->composition->subjects[rider];
    if (a->stand == CR_STAND_SKY || a->stand == CR_STAND_AIR || a->stand == CR_STAND_WALL)
        return false;
    if (r->stand == CR_STAND_AIR || r->stand == CR_STAND_TABLE || r->stand == CR_STAND_SYMBOL)
        return true;
    if (r->stand == CR_STAND_PLANT) return a->stand == CR_STAND_TABLE;
    return a->stand == CR_STAND_FLOOR || a->stand == CR_STAND_WATER || a->cm > r->cm * 1.5;
}

static void put_on(layouter *l, cr_placed *item, int carrier, cr_relation relation)
{
    const cr_placed *under = &l->out->placed[carrier];
    const cr_subject *subject = &l->composition->subjects[item->subject];
    const cr_subject *below = &l->composition->subjects[under->subject];
    double side = l->stage->light_x > l->stage->width / 2 ? 1 : -1;
    item->sheet = under->sheet == CR_SHEET_GROUND && subject->stand == CR_STAND_AIR ? CR_SHEET_AIR
                                                                                    : under->sheet;
    item->rank = under->rank + 1;
    if (subject->stand == CR_STAND_AIR) {
        // It touches down at the upper edge, beside the middle.
        item->x = under->x + side * (under->width * 0.34 + item->width * 0.1);
        item->y = under->y - under->height * 0.66;
    } else if (!strcmp(below->icon, "palms-up-together")) {
        item->x = under->x;
        item->y = under->y - under->height * 0.62;
        item->rank = under->rank - 1;
    } else {
        double sink = relation == CR_RELATION_IN ? 0.62 : 0.86;
        if (below->stand == CR_STAND_FLOOR) sink = 0.32; // on the seat
        item->x = under->x;
        item->y = under->y - under->height * sink;
    }
}

// Puts it where the composition's shifts want it, whole.
static void shift(const layouter *l, cr_placed *item, const cr_subject *subject)
{
    if (subject->stand == CR_STAND_BUILDING && item->sheet == CR_SHEET_MIDDLE) return;
    // Nothing is cut off by the upper edge.
    double top = 0.05 * l->stage->height;
    if (item->y - item->height < top && item->y > top + 40) {
        double fit = (item->y - top) / item->height;
        item->height *= fit;
        item->width *= fit;
    }
    double half = item->width / 2 + 0.02 * CR_STAGE_UNITS;
    item->x = fmin(l->stage->width - half, fmax(half, item->x));
    item->x += l->composition->shift_x * l->stage->width;
    item->y += l->composition->shift_y * l->stage->height;
}

// The best of a few spots in the zone.
static bool find_spot(layouter *l, cr_placed *item, const zone *z, double want_x, double want_y,
                      double reach, double tolerance)
{
    double best = 1e9, best_x = item->x, best_y = item->y;
    for (int i = 0; i < TRIES; i++) {
        double spread = reach * (double)(i + 1) / (double)TRIES;
        item->x = fmin(
            z->right - item->width * 0.4,
            fmax(z->left + item->width * 0.4, want_x + cr_dice_between(&l->dice, -spread, spread)));
        item->y = want_y >= 0 && i < TRIES / 2
                      ? fmin(z->bottom, fmax(z->top, want_y))
                      : cr_dice_between(&l->dice, z->top, z->bottom + 0.001);
        double cost = crowding(l, item, -1) * 10 + fabs(item->x - want_x) / l->stage->width * 0.6;
        if (want_y >= 0) cost += fabs(item->y - want_y) / l->stage->height * 0.6;
        if (cost < best) {
            best = cost;
            best_x = item->x;
            best_y = item->y;
        }
    }
    item->x = best_x;
    item->y = best_y;
    return crowding(l, item, -1) <= tolerance;
}

static void orient(layouter *l, cr_placed *item, cr_stand stand, bool is_first)
{
    const cr_subject *subject = &l->composition->subjects[item->subject];
    bool may_flip = subject->stand == CR_STAND_AIR || subject->stand == CR_STAND_GROUND ||
                    subject->stand == CR_STAND_PLANT || subject->stand == CR_STAND_UNDER;
    item->is_flipped = may_flip && !is_first && cr_dice_below(&l->dice, 2);
    if (stand == CR_STAND_GROUND && !strcmp(subject->icon, "rocket"))
        item->angle = -M_PI / 4; // it is drawn on its way up and to the right
    else if (stand == CR_STAND_ORBIT && strcmp(subject->icon, "rocket") != 0)
        item->angle = cr_dice_between(&l->dice, -0.18, 0.18);
    else if (stand == CR_STAND_AIR)
        item->angle = cr_dice_between(&l->dice, -0.12, 0.12);
    else if (stand == CR_STAND_SYMBOL && !is_first)
        item->angle = cr_dice_between(&l->dice, -0.08, 0.08);
}

static void place_subject(layouter *l, int index)
{
    if (l->first[index] >= 0 || l->out->count == CR_PLACED_MAX) return;
    const cr_subject *subject = &l->composition->subjects[index];
    cr_stand stand = stand_in(l, subject);
    zone z = zone_of(l, subject, stand);
    bool is_focal = index == l->composition->focal;
    if (is_focal && stand == CR_STAND_BUILDING) {
        z.top = z.bottom = fmin(l->stage->ground, l->stage->horizon + 0.2 * l->stage->height);
        z.sheet = CR_SHEET_MIDDLE;
    }
    cr_relation relation = CR_RELATION_NONE;
    int anchor = anchor_of(l, index, &relation);
    l->first[index] = CR_PLACED_MAX; // being placed: no circles
    if (anchor >= 0 && l->first[anchor] < 0 && can_carry(l, anchor, index))
        place_subject(l, anchor);
    double distance = stand == CR_STAND_BUILDING ? 0.22 : 0;
    cr_placed *item = add_placed(l, index, 0, subject_height(l, index), distance);
    if (!item) return;
    item->sheet = z.sheet;
    item->has_shadow = z.has_shadow;
    item->rank = z.sheet == CR_SHEET_GROUND ? 10 : 0;
    bool is_carried = anchor >= 0 && l->first[anchor] >= 0 && l->first[anchor] < CR_PLACED_MAX &&
                      can_carry(l, anchor, index);
    bool is_good = true;
    if (is_carried) {
        item->has_shadow = false;
        put_on(l, item, l->first[anchor], relation);
    } else {
        bool leads = is_focal || (l->out->count == 0 && l->composition->focal >= 0);
        double want_x = leads ? focal_x(l) : l->stage->width - focal_x(l);
        if (!leads && l->out->count > 1) want_x = cr_dice_between(&l->dice, z.left, z.right);
        bool floats = stand == CR_STAND_AIR || stand == CR_STAND_SYMBOL ||
                      stand == CR_STAND_ORBIT || stand == CR_STAND_UNDER;
        bool is_sheet = l->stage->place == CR_PLACE_PAPER || l->stage->place == CR_PLACE_COLORS;
        double want_y =
            floats && (leads || is_sheet) ? 0.47 * l->stage->height + item->height / 2 : -1;
        if (leads && !floats) want_y = (z.top + z.bottom) / 2;
        if (floats) z.bottom = fmax(z.bottom, want_y);
        is_good = find_spot(l, item, &z, want_x, want_y, leads ? 10 : l->stage->width * 0.45,
                            is_focal ? 99 : 0.75);
        for (int shrink = 0; !is_good && shrink < 2; shrink++) {
            item->height *= 0.76;
            item->width *= 0.76;
            is_good =
                find_spot(l, item, &z, want_x, want_y, l->stage->width * 0.5, shrink ? 0.9 : 0.6);
        }
    }
    orient(l, item, stand, true);
    if (!is_good) {
        drop_last_open(item);
        return;
    }
    shift(l, item, subject);
    l->first[index] = l->out->count++;
}

// The other copies: smaller and farther, where there is room.
static void place_copies(layouter *l, int index)
{
    const cr_subject *subject = &l->composition->subjects[index];
    if (l->first[index] < 0 || l->first[index] >= CR_PLACED_MAX) return;
    cr_stand stand = stand_in(l, subject);
    zone z = zone_of(l, subject, stand);
    bool is_flat = z.bottom - z.top < 4;
    for (int copy = 1; copy < subject->count; copy++) {
        double along = (double)copy / subject->count;
        double scale = is_flat ? cr_dice_between(&l->dice, 0.8, 0.95)
                               : (1 - 0.45 * along) * cr_dice_between(&l->dice, 0.85, 1.05);
        if (subject->count > 6) scale *= 0.85;
        double base = l->out->placed[l->first[index]].height;
        cr_placed *item = add_placed(l, index, copy, base * scale, is_flat ? 0 : 0.25 * along);
        if (!item) return;
        item->sheet = z.sheet;
        item->has_shadow = z.has_shadow;
        zone back = z;
        if (z.sheet == CR_SHEET_GROUND && !cr_place_has_counter(l->stage->place)) {
            back.top = l->stage->ground - 0.08 * l->stage->height;
            back.bottom = l->stage->ground;
            item->rank = 5;
        }
        orient(l, item, stand, false);
        double tolerance = stand == CR_STAND_PLANT ? 0.7 : stand == CR_STAND_AIR ? 0.3 : 0.45;
        if (find_spot(l, item, &back, cr_dice_between(&l->dice, z.left, z.right), -1,
                      l->stage->width * 0.5, tolerance)) {
            // What stands higher up on the ground is farther away.
            shift(l, item, subject);
            l->out->count++;
        } else {
            drop_last_open(item);
        }
    }
}

static int placed_order(const cr_placed *a, const cr_placed *b)
{
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->y != b->y) return a->y < b->y ? -1 : 1;
    return a->subject - b->subject;
}

static void sort_placed(cr_layout *layout)
{
    for (int i = 1; i < layout->count; i++)
        for (int k = i; k > 0 && placed_order(&layout->placed[k], &layout->placed[k - 1]) < 0;
             k--) {
            cr_placed swap = layout->placed[k];
            layout->placed[k] = layout->placed[k - 1];
            layout->placed[k - 1] = swap;
        }
}

void cr_layout_make(cr_layout *out, const cr_composition *composition, const cr_icon_set *icons,
                    const cr_stage *stage)
{
    memset(out, 0, sizeof *out);
    layouter l = {.out = out,
                  .composition = composition,
                  .icons = icons,
                  .stage = stage,
                  .dice = cr_dice_make((uint64_t)composition->seed, 3)};
    for (int i = 0; i < CR_SUBJECTS_MAX; i++)
        l.first[i] = -1;
    if (composition->focal < 0) return;
    const cr_subject *focal = &composition->subjects[composition->focal];
    l.focal_cm = fmax(1, focal->cm);
    l.focal_height = framing_height(&l, stand_in(&l, focal), stands_behind_counter(&l, focal));
    place_subject(&l, composition->focal);
    for (int i = 0; i < composition->subject_count; i++)
        place_subject(&l, i);
    for (int i = 0; i < composition->subject_count; i++)
        place_copies(&l, i);
    sort_placed(out);
}

void cr_layout_close(cr_layout *layout)
{
    for (int i = 0; i < layout->count; i++)
        cr_icon_close(&layout->placed[i].icon);
    layout->count = 0;
}
