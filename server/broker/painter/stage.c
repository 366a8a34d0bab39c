#include "broker/painter/stage.h"

#include <math.h>
#include <string.h>

cr_status cr_stage_open(cr_stage *stage, int width, int height, int bleed_px)
{
    memset(stage, 0, sizeof *stage);
    int shorter = width < height ? width : height;
    stage->scale = shorter / CR_STAGE_UNITS;
    stage->width = width / stage->scale;
    stage->height = height / stage->scale;
    stage->bleed = bleed_px / stage->scale;
    stage->pixel_width = width;
    stage->pixel_height = height;
    stage->bleed_px = bleed_px;
    for (int i = CR_SHEET_NONE + 1; i < CR_SHEET_COUNT; i++) {
        stage->surfaces[i] = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width + 2 * bleed_px,
                                                        height + 2 * bleed_px);
        stage->sheets[i] = cairo_create(stage->surfaces[i]);
        if (cairo_status(stage->sheets[i]) != CAIRO_STATUS_SUCCESS) {
            cr_stage_close(stage);
            return CR_NOMEM;
        }
        cairo_translate(stage->sheets[i], bleed_px, bleed_px);
        cairo_scale(stage->sheets[i], stage->scale, stage->scale);
    }
    return CR_OK;
}

void cr_stage_close(cr_stage *stage)
{
    for (int i = 0; i < CR_SHEET_COUNT; i++) {
        if (stage->sheets[i]) cairo_destroy(stage->sheets[i]);
        if (stage->surfaces[i]) cairo_surface_destroy(stage->surfaces[i]);
        stage->sheets[i] = NULL;
        stage->surfaces[i] = NULL;
    }
}

void cr_fill_keep(cairo_t *cr, cr_ink ink, double opacity)
{
    cairo_set_source_rgba(cr, ink.r, ink.g, ink.b, opacity);
    cairo_fill_preserve(cr);
}

void cr_fill(cairo_t *cr, cr_ink ink, double opacity)
{
    cr_fill_keep(cr, ink, opacity);
    cairo_new_path(cr);
}

void cr_stroke(cairo_t *cr, cr_ink ink, double opacity, double width)
{
    cairo_set_source_rgba(cr, ink.r, ink.g, ink.b, opacity);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

void cr_fill_fade(cairo_t *cr, double y0, cr_ink top, double top_opacity, double y1, cr_ink bottom,
                  double bottom_opacity)
{
    cairo_pattern_t *pattern = cairo_pattern_create_linear(0, y0, 0, y1);
    cairo_pattern_add_color_stop_rgba(pattern, 0, top.r, top.g, top.b, top_opacity);
    cairo_pattern_add_color_stop_rgba(pattern, 1, bottom.r, bottom.g, bottom.b, bottom_opacity);
    cairo_set_source(cr, pattern);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
}

void cr_fill_down(cairo_t *cr, double y0, cr_ink top, double y1, cr_ink bottom)
{
    cr_fill_fade(cr, y0, top, 1, y1, bottom, 1);
}

void cr_path_circle(cairo_t *cr, double x, double y, double radius)
{
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * M_PI);
}

void cr_path_ellipse(cairo_t *cr, double x, double y, double rx, double ry)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, rx, ry);
    cairo_new_sub_path(cr);
    cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
    cairo_restore(cr);
}

void cr_path_round(cairo_t *cr, double x, double y, double width, double height, double radius)
{
    double r = fmin(radius, fmin(width, height) / 2);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - r, y + r, r, -M_PI / 2, 0);
    cairo_arc(cr, x + width - r, y + height - r, r, 0, M_PI / 2);
    cairo_arc(cr, x + r, y + height - r, r, M_PI / 2, M_PI);
    cairo_arc(cr, x + r, y + r, r, M_PI, 3 * M_PI / 2);
    cairo_close_path(cr);
}

void cr_path_polygon(cairo_t *cr, const double *points, int count)
{
    cairo_move_to(cr, points[0], points[1]);
    for (int i = 1; i < count; i++)
        cairo_line_to(cr, points[2 * i], points[2 * i + 1]);
    cairo_close_path(cr);
}

typedef struct ridge {
    double frequency[3], phase[3];
} ridge;

static ridge ridge_throw(cr_dice *dice, double length)
{
    ridge made;
    for (int i = 0; i < 3; i++) {
        made.frequency[i] = 2 * M_PI / length *
                            (i == 0   ? 1
                             : i == 1 ? 1.83
                                      : 3.1) *
                            cr_dice_between(dice, 0.85, 1.15);
        made.phase[i] = cr_dice_between(dice, 0, 2 * M_PI);
    }
    return made;
}

static double ridge_height(const ridge *of, double y, double swing, double x)
{
    return y - swing * (0.62 * sin(of->frequency[0] * x + of->phase[0]) +
                        0.26 * sin(of->frequency[1] * x + of->phase[1]) +
                        0.12 * sin(of->frequency[2] * x + of->phase[2]));
}

void cr_path_ridge(cairo_t *cr, const cr_stage *stage, cr_dice *dice, double y, double swing,
                   double length)
{
    ridge shape = ridge_throw(dice, length);
    double left = -stage->bleed - 4, right = stage->width + stage->bleed + 4;
    double bottom = stage->height + stage->bleed + 4;
    cairo_move_to(cr, left, bottom);
    for (double x = left; x < right + 12; x += 12)
        cairo_line_to(cr, x, ridge_height(&shape, y, swing, x));
    cairo_line_to(cr, right + 12, bottom);
    cairo_close_path(cr);
}

double cr_ridge_at(cr_dice dice, double y, double swing, double length, double x)
{
    ridge shape = ridge_throw(&dice, length);
    return ridge_height(&shape, y, swing, x);
}

void cr_glow(cairo_t *cr, double x, double y, double radius, cr_ink ink, double opacity)
{
    cairo_pattern_t *pattern = cairo_pattern_create_radial(x, y, 0, x, y, radius);
    // Closer to the eye's idea of light than a straight ramp.
    static const double stops[][2] = {{0, 1}, {0.25, 0.62}, {0.5, 0.27}, {0.75, 0.08}, {1, 0}};
    for (int i = 0; i < 5; i++)
        cairo_pattern_add_color_stop_rgba(pattern, stops[i][0], ink.r, ink.g, ink.b,
                                          opacity * stops[i][1]);
    cairo_set_source(cr, pattern);
    cr_path_circle(cr, x, y, radius);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
}

void cr_ground_shadow(cairo_t *cr, double x, double y, double rx, double ry, double opacity)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, 1, ry / rx);
    cairo_pattern_t *pattern = cairo_pattern_create_radial(0, 0, 0, 0, 0, rx);
    cairo_pattern_add_color_stop_rgba(pattern, 0, 0.05, 0.06, 0.16, opacity);
    cairo_pattern_add_color_stop_rgba(pattern, 0.55, 0.05, 0.06, 0.16, opacity * 0.72);
    cairo_pattern_add_color_stop_rgba(pattern, 1, 0.05, 0.06, 0.16, 0);
    cairo_set_source(cr, pattern);
    cr_path_circle(cr, 0, 0, rx);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
    cairo_restore(cr);
}
