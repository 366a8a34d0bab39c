// One box of the blur (gaussian.c) along a line, its edges repeated. JOIN 0: the sums of eight
// neighbours, or of eight such sums, from which the boxes of wide blurs are put together; their
// pixels begin [margin] before the line.
#include "paint_gl_head.glsl"

uniform highp usampler2D plane0, plane1, plane2, backdrop; // samples; sums of 8, of 64, of 512
uniform ivec4 box; // radius, margin, shift of what is read, shift of what is written
uniform vec2 weights; // of a sample inside, and of the two at its ends
uniform ivec4 numbers; // goes down; JOIN 0: distance, how much to shift, margin of what is read;
                       // JOIN 1: the widest sums that there are, 0 none
uniform ivec2 canvas;
out uvec4 out0;

ivec2 along(ivec2 at, int by)
{
    return numbers.x == 1 ? at + ivec2(0, by) : at + ivec2(by, 0);
}

uvec4 sample_at(ivec2 at)
{
    return texelFetch(plane0, clamp(at, ivec2(0), canvas - 1), 0) << box.z;
}

#if JOIN == 0
void main()
{
    ivec2 at = along(ivec2(gl_FragCoord.xy), -box.y);
    uvec4 sum = uvec4(1u << uint(numbers.z) >> 1);
    for (int i = 0; i < 8; i++) {
        ivec2 from = along(at, i * numbers.y);
        sum += numbers.w < 0 ? sample_at(from) : texelFetch(plane0, along(from, numbers.w), 0);
    }
    out0 = sum >> numbers.z;
}
#else
void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
    int next = -box.x, left = 2 * box.x + 1;
    uvec4 sum = uvec4(0);
    // As few and as wide sums as make up the box, from its beginning.
    if (numbers.y >= 3) {
        for (; left >= 512; left -= 512, next += 512)
            sum += texelFetch(backdrop, along(at, next + box.y), 0) << 8;
    }
    if (numbers.y >= 2) {
        for (; left >= 64; left -= 64, next += 64)
            sum += texelFetch(plane2, along(at, next + box.y), 0) << 5;
    }
    if (numbers.y >= 1) {
        for (; left >= 8; left -= 8, next += 8)
            sum += texelFetch(plane1, along(at, next + box.y), 0) << 2;
    }
    for (; left > 0; left--, next++)
        sum += sample_at(along(at, next));
    uvec4 ends = sample_at(along(at, -box.x - 1)) + sample_at(along(at, box.x + 1));
    uvec4 value = uvec4(vec4(sum) * weights.x + vec4(ends) * weights.y + 0.5);
    out0 = (value + uvec4((1u << uint(box.w)) >> 1)) >> box.w;
}
#endif
