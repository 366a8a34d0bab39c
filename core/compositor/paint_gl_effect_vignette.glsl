// effect_vignette.c
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"
#include "paint_gl_mask.glsl"

uniform highp usampler2D plane0;
uniform highp isampler2D table0; // the light that is kept: 256 steps a row
uniform vec2 units;              // 4096 / half size

int normal(ivec2 place, float unit)
{
    return int(clamp(floor(number64(place) * unit), -8192.0, 8192.0));
}

void main()
{
    ivec2 at = here();
    ivec4 rgba = ivec4(texelFetch(plane0, at, 0));
    int x = normal(shape_along(at), units.x), y = normal(shape_across(at), units.y);
    int index = min((x * x + y * y) >> 14, 2048);
    int kept = texelFetch(table0, ivec2(index & 255, index >> 8), 0).x;
    rgba.rgb = (rgba.rgb * kept + SHARE_HALF) >> 15;
    put(rgba);
}
