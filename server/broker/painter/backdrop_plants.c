// Trees, bushes, grass and flowers in two tones, lit from the stage's side of light.
#include "broker/painter/backdrop.h"

#include <math.h>

static double light_side(const cr_stage *stage, double x)
{
    return stage->light_x < x ? -1 : 1;
}

void cr_tree_round(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double height,
                   double distance)
{
    const cr_look *look = &stage->look;
    cr_ink leaf = cr_ink_mix(look->leaf, look->leaf_dark, cr_dice_between(dice, 0, 0.6));
    leaf = cr_look_distant(look, leaf, distance);
    cr_ink bright = cr_ink_shade(leaf, 0.16);
    cr_ink trunk = cr_look_distant(look, look->trunk, distance);
    double side = light_side(stage, x);
    double crown = height * 0.34;
    double middle = y - height + crown;
    const double stem[] = {x - height * 0.045, y,      x - height * 0.025, middle,
                           x + height * 0.025, middle, x + height * 0.045, y};
    cr_path_polygon(cr, stem, 4);
    cr_fill(cr, trunk, 1);
    double lean = cr_dice_between(dice, -0.08, 0.08) * height;
    static const double puffs[][3] = {
        {0, -0.35, 0.8}, {-0.62, 0.2, 0.66}, {0.62, 0.18, 0.68}, {0, 0.3, 0.78}};
    for (int i = 0; i < 4; i++)
        cr_path_circle(cr, x + lean + puffs[i][0] * crown, middle + puffs[i][1] * crown,
                       puffs[i][2] * crown * cr_dice_between(dice, 0.92, 1.08));
    cr_fill(cr, leaf, 1);
    cr_path_circle(cr, x + lean + side * crown * 0.28, middle - crown * 0.42, crown * 0.5);
    cr_path_circle(cr, x + lean + side * crown * 0.72, middle + crown * 0.02, crown * 0.36);
    cr_fill(cr, bright, 0.55);
}

void cr_tree_pine(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double height,
                  double distance)
{
    const cr_look *look = &stage->look;
    cr_ink leaf = cr_ink_mix(look->leaf_dark, look->leaf, cr_dice_between(dice, 0, 0.5));
    leaf = cr_look_distant(look, leaf, distance);
    cr_ink shade = cr_ink_shade(leaf, -0.16);
    bool is_snowy = stage->season == CR_SEASON_WINTER || stage->weather == CR_WEATHER_SNOW ||
                    stage->place == CR_PLACE_SNOW;
    double side = light_side(stage, x);
    cairo_rectangle(cr, x - height * 0.03, y - height * 0.16, height * 0.06, height * 0.16);
    cr_fill(cr, cr_look_distant(look, look->trunk, distance), 1);
    for (int tier = 0; tier < 4; tier++) {
        double base = y - height * (0.1 + 0.19 * tier);
        double half = height * (0.25 - 0.045 * tier);
        double tip = base - height * 0.34;
        cairo_move_to(cr, x - half, base);
        cairo_curve_to(cr, x - half * 0.4, base - height * 0.08, x - 2, tip + 4, x, tip);
        cairo_curve_to(cr, x + 2, tip + 4, x + half * 0.4, base - height * 0.08, x + half, base);
        cairo_curve_to(cr, x + half * 0.4, base + height * 0.035, x - half * 0.4,
                       base + height * 0.035, x - half, base);
        cr_fill(cr, tier % 2 ? leaf : cr_ink_mix(leaf, shade, 0.5), 1);
        cairo_move_to(cr, x, tip);
        cairo_curve_to(cr, x - side * 2, tip + 4, x - side * half * 0.4, base - height * 0.08,
                       x - side * half, base);
        cairo_curve_to(cr, x - side * half * 0.5, base + height * 0.03, x - side * half * 0.2,
                       base + height * 0.02, x, base + height * 0.026);
        cairo_close_path(cr);
        cr_fill(cr, shade, 0.55);
        if (is_snowy) {
            cairo_move_to(cr, x - half * 0.45, tip + height * 0.15);
            cairo_curve_to(cr, x - half * 0.2, tip + height * 0.1, x, tip, x, tip);
            cairo_curve_to(cr, x, tip, x + half * 0.2, tip + height * 0.1, x + half * 0.45,
                           tip + height * 0.15);
            cairo_curve_to(cr, x + half * 0.1, tip + height * 0.12, x - half * 0.1,
                           tip + height * 0.18, x - half * 0.45, tip + height * 0.15);
            cr_fill(cr, cr_look_distant(look, cr_look_lit(look, 0xF4F9FF), distance), 0.95);
        }
    }
}

void cr_bush(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double width,
             double distance)
{
    const cr_look *look = &stage->look;
    cr_ink leaf = cr_look_distant(
        look, cr_ink_mix(look->leaf, look->leaf_dark, cr_dice_between(dice, 0.1, 0.8)), distance);
    double side = light_side(stage, x);
    for (int i = 0; i < 4; i++) {
        double along = (i - 1.5) / 3;
        double radius = width * cr_dice_between(dice, 0.2, 0.28) * (1 - 0.5 * fabs(along));
        cr_path_circle(cr, x + along * width * 0.85, y - radius * 0.6, radius);
    }
    cairo_rectangle(cr, x - width * 0.44, y - width * 0.1, width * 0.88, width * 0.1);
    cr_fill(cr, leaf, 1);
    cr_path_circle(cr, x + side * width * 0.16, y - width * 0.22, width * 0.1);
    cr_path_circle(cr, x + side * width * 0.32, y - width * 0.14, width * 0.07);
    cr_fill(cr, cr_ink_shade(leaf, 0.15), 0.8);
}

void cr_grass(cairo_t *cr, cr_dice *dice, double x, double y, double height, cr_ink ink)
{
    for (int i = 0; i < 5; i++) {
        double root = x + (i - 2) * height * 0.12;
        double lean = (i - 2) * height * 0.16 + cr_dice_between(dice, -0.15, 0.15) * height;
        double tall = height * cr_dice_between(dice, 0.6, 1);
        cairo_move_to(cr, root - height * 0.05, y);
        cairo_curve_to(cr, root, y - tall * 0.5, root + lean * 0.4, y - tall * 0.8, root + lean,
                       y - tall);
        cairo_curve_to(cr, root + lean * 0.6, y - tall * 0.7, root + height * 0.07, y - tall * 0.4,
                       root + height * 0.05, y);
        cairo_close_path(cr);
    }
    cr_fill(cr, ink, 1);
}

void cr_flower(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double height,
               cr_ink petals)
{
    double lean = cr_dice_between(dice, -0.12, 0.12) * height;
    double head_x = x + lean, head_y = y - height;
    double size = height * 0.17;
    cairo_move_to(cr, x, y);
    cairo_curve_to(cr, x, y - height * 0.5, head_x, y - height * 0.6, head_x, head_y);
    cr_stroke(cr, cr_ink_shade(stage->look.leaf_dark, -0.05), 1, fmax(2, height * 0.045));
    if (cr_dice_below(dice, 3) == 0) { // a tulip
        cairo_move_to(cr, head_x - size, head_y - size);
        cairo_line_to(cr, head_x - size * 0.5, head_y - size * 0.4);
        cairo_line_to(cr, head_x, head_y - size * 1.2);
        cairo_line_to(cr, head_x + size * 0.5, head_y - size * 0.4);
        cairo_line_to(cr, head_x + size, head_y - size);
        cairo_curve_to(cr, head_x + size * 1.2, head_y + size, head_x - size * 1.2, head_y + size,
                       head_x - size, head_y - size);
        cr_fill(cr, petals, 1);
        return;
    }
    int count = 5 + cr_dice_below(dice, 3);
    double turn = cr_dice_between(dice, 0, 1);
    for (int i = 0; i < count; i++) {
        double angle = 2 * M_PI * (i + turn) / count;
        cr_path_circle(cr, head_x + cos(angle) * size * 0.78, head_y + sin(angle) * size * 0.78,
                       size * 0.52);
    }
    cr_fill(cr, petals, 1);
    cr_path_circle(cr, head_x, head_y, size * 0.5);
    cr_fill(cr, cr_look_lit(&stage->look, 0xF2A53A), 1);
}

void cr_field(cr_stage *stage, cairo_t *cr, cr_dice *dice, double top, double bottom, int tufts,
              int flowers)
{
    const cr_look *look = &stage->look;
    int count = tufts + flowers;
    for (int i = 0; i < count; i++) {
        // Painted back to front, closer together towards the top.
        double along = pow((i + 0.5) / count, 1.5);
        double y = top + (bottom - top) * along;
        double x = cr_dice_between(dice, -stage->bleed, stage->width + stage->bleed);
        double size = 16 + 44 * along;
        if (cr_dice_below(dice, count) < flowers) {
            cr_ink petals = look->flowers[cr_dice_below(dice, 4)];
            cr_flower(stage, cr, dice, x, y, size * 1.25, petals);
        } else {
            cr_ink blade =
                cr_ink_mix(look->land_near, look->leaf_dark, cr_dice_between(dice, 0.2, 0.7));
            cr_grass(cr, dice, x, y, size * 0.8, blade);
        }
    }
}

void cr_front_grass(cr_stage *stage, cr_dice *dice, cr_ink ink, double height)
{
    cairo_t *cr = stage->sheets[CR_SHEET_FRONT];
    double left = -stage->bleed, right = stage->width + stage->bleed;
    double floor = stage->height + stage->bleed + 10;
    // High in the corners, nearly nothing in the middle, where captions are.
    for (double x = left; x < right; x += 16) {
        double edge = fabs((x - stage->width / 2) / (stage->width / 2));
        double tall = height * pow(fmin(edge, 1.15), 3.2) * cr_dice_between(dice, 0.55, 1.1);
        tall += stage->bleed * 0.7;
        double lean = cr_dice_between(dice, -0.3, 0.3) * tall;
        double half = cr_dice_between(dice, 7, 14);
        cairo_move_to(cr, x - half, floor);
        cairo_curve_to(cr, x - half * 0.6, floor - tall * 0.6, x + lean * 0.4, floor - tall * 0.9,
                       x + lean, floor - tall - 10);
        cairo_curve_to(cr, x + lean * 0.7, floor - tall * 0.8, x + half, floor - tall * 0.5,
                       x + half, floor);
        cairo_close_path(cr);
        double tone = cr_dice_between(dice, -0.1, 0.05);
        cr_fill(cr, cr_ink_shade(ink, tone), 1);
    }
}
