// One layer in premultiplied RGBA: a colour (SOURCE 0), RGBA (1) or YUV planes (2); with BLEND what
// its mode makes of the backdrop, with OVER laid over it.
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"
#include "paint_gl_sample.glsl"
#include "paint_gl_mask.glsl"
#include "paint_gl_blend.glsl"

uniform highp usampler2D backdrop;
uniform ivec4 solid;
uniform int share;
uniform ivec4 to_rgb[2]; // what is taken from luma, luma, red of V, green of U; green of V, blue of U

ivec4 rgb_of(int y, int u, int v)
{
    int luma = (y - to_rgb[0].x) * to_rgb[0].y + (1 << 12);
    u -= 128;
    v -= 128;
    ivec3 rgb = ivec3(luma + v * to_rgb[0].z, luma + u * to_rgb[0].w + v * to_rgb[1].x,
                      luma + u * to_rgb[1].y);
    return ivec4(clamp(rgb >> 13, 0, 255), 255);
}

void main()
{
    ivec2 pixel = here();
#if SOURCE == 0
    ivec4 rgba = solid;
#elif SOURCE == 1
    ivec4 rgba = SAMPLE0(pixel);
    // What is left of overshoot.
    rgba.rgb = min(rgba.rgb, rgba.aaa);
#else
    ivec4 rgba = rgb_of(SAMPLE0(pixel).x, SAMPLE1(plane1, pixel).x, SAMPLE1(plane2, pixel).x);
#endif
#if MASK == 1
    rgba = divide_255(rgba * mask_at(pixel));
#endif
    rgba = faded(rgba, share);
#if OVER == 1 || BLEND == 1
    ivec4 below = ivec4(texelFetch(backdrop, pixel, 0));
#endif
#if BLEND == 1
    rgba = blended(rgba, below);
#endif
#if OVER == 1
    rgba = min(rgba + divide_255(below * (255 - rgba.a)), 255);
#endif
    put(rgba);
}
