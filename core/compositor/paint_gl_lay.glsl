// Premultiplied RGBA onto YUV planes: luma, or with CHROMA both others. Without OVER there is
// nothing below.
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0, backdrop, backdrop2;
uniform ivec4 bounds; // where plane0 holds something
uniform ivec2 canvas;
uniform ivec4 to_yuv[3];
#if CHROMA == 1
layout(location = 1) out uvec4 out1;
#endif

int dot4(ivec4 a, ivec4 b)
{
    ivec4 product = a * b;
    return product.x + product.y + product.z + product.w;
}

ivec4 rgba_at(ivec2 at)
{
    at = clamp(at, ivec2(0), canvas - 1);
    if (any(lessThan(at, bounds.xy)) || any(greaterThanEqual(at, bounds.zw))) return ivec4(0);
    return ivec4(texelFetch(plane0, at, 0));
}

void main()
{
    ivec2 at = here();
#if CHROMA == 1
    ivec4 sum = ivec4(0); // eight times the mean
    for (int r = 0; r < 2; r++)
        sum += rgba_at(2 * at + ivec2(-1, r)) + 2 * rgba_at(2 * at + ivec2(0, r)) +
               rgba_at(2 * at + ivec2(1, r));
    int u = (dot4(sum, to_yuv[1]) + (1 << 17)) >> 18, v = (dot4(sum, to_yuv[2]) + (1 << 17)) >> 18;
#if OVER == 1
    int rest = 255 - ((sum.a + 4) >> 3);
    u += divide_255(int(texelFetch(backdrop, at, 0).x) * rest);
    v += divide_255(int(texelFetch(backdrop2, at, 0).x) * rest);
#endif
    put(ivec4(clamp(u, 0, 255)));
    out1 = uvec4(clamp(v, 0, 255));
#else
    ivec4 rgba = rgba_at(at);
    int y = (dot4(rgba, to_yuv[0]) + (1 << 14)) >> 15;
#if OVER == 1
    y += divide_255(int(texelFetch(backdrop, at, 0).x) * (255 - rgba.a));
#endif
    put(ivec4(clamp(y, 0, 255)));
#endif
}
