// Bodies for illustrations that are only a head or a bust, as SVG text behind the drawing.
#pragma once

#include "base/str.h"
#include "broker/painter/icons.h"

// Adds the body's shapes to [svg]; [skin] is the colour of the head's skin (0xRRGGBB). Returns the
// height that the drawing has with it, in units of 1/32.
double cr_icon_body_add(cr_str *svg, cr_body body, uint32_t skin, uint64_t seed);
