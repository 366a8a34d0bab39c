// A stored picture as premultiplied RGBA of BT.709 or sRGB: YUV planes (SOURCE 2) or RGBA (1), with
// ALPHA a plane of its own, with WIDE brought home from wide colours (color_convert.c).
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0, plane1, plane2, backdrop; // the last is the alpha
uniform highp isampler2D table0; // row 0: linear light of a code; below: 256 steps of the curve each
uniform ivec2 halved;
uniform ivec4 to_rgb[2];
uniform ivec3 wide_matrix[3];
uniform int wide_brightest;

ivec4 rgb_of(int y, int u, int v)
{
    int luma = (y - to_rgb[0].x) * to_rgb[0].y + (1 << 12);
    u -= 128;
    v -= 128;
    ivec3 rgb = ivec3(luma + v * to_rgb[0].z, luma + u * to_rgb[0].w + v * to_rgb[1].x,
                      luma + u * to_rgb[1].y);
    return ivec4(clamp(rgb >> 13, 0, 255), 255);
}

// Odd columns lie between two chroma samples.
int chroma_at(highp usampler2D plane, ivec2 at)
{
    int row = at.y >> halved.y, a = at.x >> halved.x, b = (at.x + halved.x) >> halved.x;
    return (texel(plane, ivec2(a, row)).x + texel(plane, ivec2(b, row)).x + 1) / 2;
}

int light_of(int code)
{
    return texelFetch(table0, ivec2(code, 0), 0).x;
}

int home(ivec3 light, ivec3 weights)
{
    // In two parts, as the products would not fit.
    ivec3 upper = weights * (light >> 12), lower = weights * (light & 4095);
    int sum = (upper.x + upper.y + upper.z + ((lower.x + lower.y + lower.z) >> 12)) >> 2;
    sum = clamp(sum, 0, wide_brightest);
    int index = (sum * 4096 + wide_brightest / 2) / wide_brightest;
    return texelFetch(table0, ivec2(index & 255, 1 + (index >> 8)), 0).x;
}

void main()
{
    ivec2 at = here();
    ivec4 rgba = ivec4(texelFetch(plane0, at, 0));
#if SOURCE == 2
    rgba = rgb_of(rgba.x, chroma_at(plane1, at), chroma_at(plane2, at));
#endif
#if ALPHA == 1
    rgba.a = int(texelFetch(backdrop, at, 0).x);
#endif
#if WIDE == 1
    ivec3 light = ivec3(light_of(rgba.r), light_of(rgba.g), light_of(rgba.b));
    rgba.rgb = ivec3(home(light, wide_matrix[0]), home(light, wide_matrix[1]),
                     home(light, wide_matrix[2]));
#endif
    rgba.rgb = divide_255(ivec4(rgba.rgb * rgba.a, 0)).rgb;
    put(rgba);
}
