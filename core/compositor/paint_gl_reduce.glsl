// Blocks of a plane, averaged.
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0;
uniform ivec2 block;

void main()
{
    ivec2 from = here() * block, to = min(from + block, textureSize(plane0, 0));
    uvec4 sum = uvec4(0);
    for (int y = from.y; y < to.y; y++) {
        for (int x = from.x; x < to.x; x++)
            sum += texelFetch(plane0, ivec2(x, y), 0);
    }
    uint count = uint((to.x - from.x) * (to.y - from.y));
    put(ivec4((sum + count / 2u) / count));
}
