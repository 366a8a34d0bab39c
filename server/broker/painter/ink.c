#include "broker/painter/ink.h"

static double clamp_unit(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

cr_ink cr_ink_hex(uint32_t rgb)
{
    return (cr_ink){(double)(rgb >> 16 & 255) / 255.0, (double)(rgb >> 8 & 255) / 255.0,
                    (double)(rgb & 255) / 255.0};
}

uint32_t cr_ink_to_hex(cr_ink ink)
{
    uint32_t r = (uint32_t)(clamp_unit(ink.r) * 255.0 + 0.5);
    uint32_t g = (uint32_t)(clamp_unit(ink.g) * 255.0 + 0.5);
    uint32_t b = (uint32_t)(clamp_unit(ink.b) * 255.0 + 0.5);
    return r << 16 | g << 8 | b;
}

cr_ink cr_ink_mix(cr_ink a, cr_ink b, double amount)
{
    return (cr_ink){a.r + (b.r - a.r) * amount, a.g + (b.g - a.g) * amount,
                    a.b + (b.b - a.b) * amount};
}

cr_ink cr_ink_multiply(cr_ink a, cr_ink b)
{
    return (cr_ink){a.r * b.r, a.g * b.g, a.b * b.b};
}

cr_ink cr_ink_shade(cr_ink ink, double amount)
{
    if (amount >= 0) return cr_ink_mix(ink, (cr_ink){1, 1, 1}, amount);
    return cr_ink_mix(ink, (cr_ink){0, 0, 0}, -amount);
}

double cr_ink_luma(cr_ink ink)
{
    return 0.2126 * ink.r + 0.7152 * ink.g + 0.0722 * ink.b;
}

cr_ink cr_ink_saturate(cr_ink ink, double amount)
{
    double grey = cr_ink_luma(ink);
    return (cr_ink){clamp_unit(grey + (ink.r - grey) * amount),
                    clamp_unit(grey + (ink.g - grey) * amount),
                    clamp_unit(grey + (ink.b - grey) * amount)};
}
