// Drawings of our own for what the illustration set lacks.
#pragma once

// SVG shapes in a box of 32 × 32; NULL when there is none of that name. Static.
const char *cr_own_icon(const char *name);
