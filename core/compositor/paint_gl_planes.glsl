// One layer from YUV planes to YUV planes of the same numbers: luma, or with CHROMA both others.
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"
#include "paint_gl_sample.glsl"
#include "paint_gl_mask.glsl"

uniform highp usampler2D backdrop, backdrop2;
uniform int share;
uniform ivec4 bounds; // the pixels that the layer may touch
uniform ivec2 canvas;
#if CHROMA == 1
layout(location = 1) out uvec4 out1;
#endif

int laid(int below, int value, int mask)
{
    if (mask == 255) return mixed(ivec4(below), ivec4(value), share).x;
    mask = faded(ivec4(mask), share).x;
    return divide_255(value * mask + below * (255 - mask));
}

// A chroma sample's coverage: the mean of the luma's around it.
int chroma_mask(ivec2 at)
{
    int sum = 0;
    for (int r = 0; r < 2; r++) {
        int y = min(2 * at.y + r, canvas.y - 1);
        if (y < bounds.y || y >= bounds.w) continue;
        for (int k = -1; k <= 1; k++) {
            int x = 2 * at.x + k;
            if (x < bounds.x && bounds.x == 0) x = 0;
            if (x >= bounds.z && bounds.z - 1 == 2 * at.x) x = bounds.z - 1;
            if (x < bounds.x || x >= bounds.z) continue;
            sum += mask_at(ivec2(x, y)) * (k == 0 ? 2 : 1);
        }
    }
    return (sum + 4) >> 3;
}

void main()
{
    ivec2 at = here();
#if CHROMA == 1
    int u = SAMPLE1(plane1, at).x, v = SAMPLE1(plane2, at).x;
#if OVER == 1
#if MASK == 1
    int mask = chroma_mask(at);
#else
    int mask = 255;
#endif
    u = laid(int(texelFetch(backdrop, at, 0).x), u, mask);
    v = laid(int(texelFetch(backdrop2, at, 0).x), v, mask);
#endif
    put(ivec4(u));
    out1 = uvec4(v);
#else
    int y = SAMPLE0(at).x;
#if OVER == 1
#if MASK == 1
    int mask = mask_at(at);
#else
    int mask = 255;
#endif
    y = laid(int(texelFetch(backdrop, at, 0).x), y, mask);
#endif
    put(ivec4(y));
#endif
}
