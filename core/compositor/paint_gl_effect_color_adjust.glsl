// effect_color_adjust.c
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0;
uniform highp isampler2D table0; // a column a code: red, green, blue
uniform ivec4 numbers;           // saturation

void main()
{
    ivec4 rgba = ivec4(texelFetch(plane0, here(), 0));
    if (rgba.a > 0) {
        ivec3 code = min((rgba.rgb * 255 + rgba.a / 2) / rgba.a, 255);
        ivec3 color = ivec3(texelFetch(table0, ivec2(code.r, 0), 0).r,
                            texelFetch(table0, ivec2(code.g, 0), 0).g,
                            texelFetch(table0, ivec2(code.b, 0), 0).b);
        int grey = (54 * color.r + 183 * color.g + 19 * color.b + 128) >> 8;
        color = clamp(grey + (((color - grey) * numbers.x + 128) >> 8), 0, 255);
        rgba.rgb = divide_255(ivec4(color * rgba.a, 0)).rgb;
    }
    put(rgba);
}
