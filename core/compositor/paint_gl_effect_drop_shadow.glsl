// effect_drop_shadow.c: the coverage that is cast (JOIN 0), and the picture over it (1).
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0, plane1;
uniform ivec4 solid;
uniform ivec2 canvas;
uniform ivec4 numbers; // how far the shadow falls

void main()
{
    ivec2 at = here();
#if JOIN == 0
    at -= numbers.xy;
    bool is_inside = all(greaterThanEqual(at, ivec2(0))) && all(lessThan(at, canvas));
    put(ivec4(is_inside ? int(texelFetch(plane0, at, 0).a) : 0));
#else
    ivec4 rgba = ivec4(texelFetch(plane0, at, 0));
    ivec4 below = divide_255(solid * int(texelFetch(plane1, at, 0).x));
    put(min(rgba + divide_255(below * (255 - rgba.a)), 255));
#endif
}
