// Planes put together for one reading, four samples in each pixel: luma, then U and V side by side,
// then alpha (ALPHA). With SOURCE 1 it is RGBA already.
#include "paint_gl_head.glsl"

uniform highp usampler2D plane0, plane1, plane2, backdrop; // the last is the alpha
uniform ivec2 canvas;
uniform ivec4 pack; // pixels of a row of U, rows of luma, rows of chroma
out vec4 out0;

uvec4 four(highp usampler2D plane, ivec2 at)
{
    int last = textureSize(plane, 0).x - 1;
    ivec4 columns = min(4 * at.x + ivec4(0, 1, 2, 3), last);
    return uvec4(texelFetch(plane, ivec2(columns.x, at.y), 0).x,
                 texelFetch(plane, ivec2(columns.y, at.y), 0).x,
                 texelFetch(plane, ivec2(columns.z, at.y), 0).x,
                 texelFetch(plane, ivec2(columns.w, at.y), 0).x);
}

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
    uvec4 value;
#if SOURCE == 1
    value = texelFetch(plane0, at, 0);
#else
    if (at.y < pack.y)
        value = four(plane0, at);
    else if (at.y >= pack.y + pack.z)
        value = four(backdrop, at - ivec2(0, pack.y + pack.z));
    else if (at.x < pack.x)
        value = four(plane1, at - ivec2(0, pack.y));
    else
        value = four(plane2, at - ivec2(pack.x, pack.y));
#endif
    out0 = vec4(value) / 255.0;
}
