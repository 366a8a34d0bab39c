// The first pass of a shrinking: along the rows, with six fraction bits left.
#include "paint_gl_head.glsl"

out ivec4 out0;
uniform highp usampler2D plane0;
uniform highp isampler2D table0;
uniform ivec4 wides[4]; // first sample row; taps

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
    ivec2 size = textureSize(plane0, 0);
    int row = min(at.y + wides[0].z, size.y - 1), last = size.x - 1, groups = wides[1].x / 4;
    int start = texelFetch(table0, ivec2(at.x, 0), 0).x;
    ivec4 sum = ivec4(128);
    for (int group = 0; group < groups; group++) {
        ivec4 weights = texelFetch(table0, ivec2(at.x, 1 + group), 0);
        ivec4 columns = clamp(start + 4 * group + ivec4(0, 1, 2, 3), 0, last);
        sum += ivec4(texelFetch(plane0, ivec2(columns.x, row), 0)) * weights.x +
               ivec4(texelFetch(plane0, ivec2(columns.y, row), 0)) * weights.y +
               ivec4(texelFetch(plane0, ivec2(columns.z, row), 0)) * weights.z +
               ivec4(texelFetch(plane0, ivec2(columns.w, row), 0)) * weights.w;
    }
    out0 = sum >> 8;
}
