// Samples of a plane at other places, as resample.h and row_kernels.h say. KIND0 is of luma or
// RGBA, KIND1 of chroma: 0 the sample itself, 1 sixteen taps around a place, 2 the second pass of a
// shrinking, over what paint_gl_across.glsl made.
#if KIND0 == 2
uniform highp isampler2D plane0;
#else
uniform highp usampler2D plane0;
#endif
#if KIND1 == 2
uniform highp isampler2D plane1, plane2;
#else
uniform highp usampler2D plane1, plane2;
#endif
uniform highp isampler2D phases;         // a column: the four weights of a phase
uniform highp isampler2D table0, table1; // a column: the first sample, then weights, four by four
uniform ivec2 spots[12];  // for each of the two: x at, right, down; y at, right, down
uniform ivec2 copies[2];  // what to add to a pixel's place
uniform ivec4 wides[4];   // for each of the two: first column, first row, first sample row, rows;
                          // taps

ivec4 cubic(highp usampler2D plane, int which, ivec2 pixel)
{
    ivec2 x = place64(spots[6 * which], spots[6 * which + 1], spots[6 * which + 2], pixel);
    ivec2 y = place64(spots[6 * which + 3], spots[6 * which + 4], spots[6 * which + 5], pixel);
    ivec4 across = texelFetch(phases, ivec2((x.y >> 22) & 1023, 0), 0);
    ivec4 down = texelFetch(phases, ivec2((y.y >> 22) & 1023, 0), 0);
    ivec2 last = textureSize(plane, 0) - 1;
    ivec4 columns = clamp(x.x + ivec4(-1, 0, 1, 2), 0, last.x);
    ivec4 rows = clamp(y.x + ivec4(-1, 0, 1, 2), 0, last.y);
    ivec4 total = ivec4(1 << 19);
    for (int r = 0; r < 4; r++) {
        ivec4 sum = ivec4(texelFetch(plane, ivec2(columns.x, rows[r]), 0)) * across.x +
                    ivec4(texelFetch(plane, ivec2(columns.y, rows[r]), 0)) * across.y +
                    ivec4(texelFetch(plane, ivec2(columns.z, rows[r]), 0)) * across.z +
                    ivec4(texelFetch(plane, ivec2(columns.w, rows[r]), 0)) * across.w;
        total += ((sum + 128) >> 8) * down[r];
    }
    return clamp(total >> 20, 0, 255);
}

ivec4 wide(highp isampler2D middle, highp isampler2D table, int which, ivec2 pixel)
{
    ivec4 size = wides[2 * which];
    ivec2 index = pixel - size.xy;
    int start = texelFetch(table, ivec2(index.y, 0), 0).x - size.z;
    int groups = wides[2 * which + 1].x / 4;
    ivec4 total = ivec4(1 << 19);
    for (int group = 0; group < groups; group++) {
        ivec4 weights = texelFetch(table, ivec2(index.y, 1 + group), 0);
        ivec4 rows = clamp(start + 4 * group + ivec4(0, 1, 2, 3), 0, size.w - 1);
        total += texelFetch(middle, ivec2(index.x, rows.x), 0) * weights.x +
                 texelFetch(middle, ivec2(index.x, rows.y), 0) * weights.y +
                 texelFetch(middle, ivec2(index.x, rows.z), 0) * weights.z +
                 texelFetch(middle, ivec2(index.x, rows.w), 0) * weights.w;
    }
    return clamp(total >> 20, 0, 255);
}

#if KIND0 == 0
#define SAMPLE0(pixel) texel(plane0, (pixel) + copies[0])
#elif KIND0 == 1
#define SAMPLE0(pixel) cubic(plane0, 0, pixel)
#else
#define SAMPLE0(pixel) wide(plane0, table0, 0, pixel)
#endif
#if KIND1 == 0
#define SAMPLE1(plane, pixel) texel(plane, (pixel) + copies[1])
#elif KIND1 == 1
#define SAMPLE1(plane, pixel) cubic(plane, 1, pixel)
#else
#define SAMPLE1(plane, pixel) wide(plane, table1, 1, pixel)
#endif
