// Two pictures under a transition become one (paint_band.c): JOIN is cr_join.
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"
#include "paint_gl_mask.glsl"

uniform highp usampler2D plane0, plane1;
uniform ivec4 bounds, bounds2; // where each holds something
uniform ivec4 solid;
uniform int share;

ivec4 within(highp usampler2D plane, ivec4 box, ivec2 at)
{
    if (any(lessThan(at, box.xy)) || any(greaterThanEqual(at, box.zw))) return ivec4(0);
    return ivec4(texelFetch(plane, at, 0));
}

void main()
{
    ivec2 at = here();
    ivec4 a = within(plane0, bounds, at), b = within(plane1, bounds2, at);
#if JOIN == 3
    int mask = wipe_at(at);
    put(divide_255(b * mask + a * (255 - mask)));
#elif JOIN == 4
    // The colour has the shape of both pictures together.
    ivec4 between = divide_255(solid * max(a.a, b.a));
    if (2 * share <= 32768)
        put(mixed(a, between, 2 * share));
    else
        put(mixed(b, between, 65536 - 2 * share));
#else
    put(mixed(a, b, share));
#endif
}
