// Premultiplied RGBA as straight samples: RGBA (SOURCE 1), luma and alpha (2), or U and V (2 with
// CHROMA).
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0;
uniform ivec2 canvas;
uniform ivec4 to_yuv[3];
#if SOURCE == 2
layout(location = 1) out uvec4 out1;
#endif

ivec3 straight(ivec3 color, int alpha)
{
    return alpha == 0 ? ivec3(0) : min((color * 255 + alpha / 2) / alpha, 255);
}

int code(ivec3 color, ivec4 weights)
{
    ivec4 product = ivec4(color, 255) * weights;
    return clamp((product.x + product.y + product.z + product.w + (1 << 14)) >> 15, 0, 255);
}

void main()
{
    ivec2 at = here();
#if CHROMA == 1
    ivec4 sum = ivec4(0);
    for (int r = 0; r < 2; r++) {
        int y = min(2 * at.y + r, canvas.y - 1);
        for (int k = -1; k <= 1; k++) {
            int x = clamp(2 * at.x + k, 0, canvas.x - 1);
            sum += ivec4(texelFetch(plane0, ivec2(x, y), 0)) * (k == 0 ? 2 : 1);
        }
    }
    ivec3 color = straight(sum.rgb, sum.a);
    put(ivec4(code(color, to_yuv[1])));
    out1 = uvec4(code(color, to_yuv[2]));
#else
    ivec4 rgba = ivec4(texelFetch(plane0, at, 0));
    rgba.rgb = straight(rgba.rgb, rgba.a);
#if SOURCE == 2
    put(ivec4(code(rgba.rgb, to_yuv[0])));
    out1 = uvec4(rgba.a);
#else
    put(rgba);
#endif
#endif
}
