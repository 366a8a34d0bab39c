// What all of them share. Everything is whole numbers, so that it is the same on every processor.
const int ONE = 65536;        // 16 fraction bits
const int HALF = 32768;
const int SHARE_HALF = 16384; // of a share, which has 15

#if SCREEN == 1
uniform ivec4 view; // left, bottom, width, height
layout(location = 0) out vec4 out0;
#else
layout(location = 0) out uvec4 out0;
#endif

ivec2 here()
{
    ivec2 at = ivec2(gl_FragCoord.xy);
#if SCREEN == 1
    at = ivec2(at.x - view.x, view.y + view.w - 1 - at.y);
#endif
    return at;
}

void put(ivec4 value)
{
#if SCREEN == 1
    out0 = vec4(value) / 255.0;
#else
    out0 = uvec4(value);
#endif
}

int divide_255(int value)
{
    value += 128;
    return (value + (value >> 8)) >> 8;
}

ivec4 divide_255(ivec4 value)
{
    value += 128;
    return (value + (value >> 8)) >> 8;
}

ivec4 faded(ivec4 value, int share)
{
    return (value * share + SHARE_HALF) >> 15;
}

ivec4 mixed(ivec4 a, ivec4 b, int share)
{
    return a + (((b - a) * share + SHARE_HALF) >> 15);
}

ivec4 texel(highp usampler2D from, ivec2 at)
{
    return ivec4(texelFetch(from, clamp(at, ivec2(0), textureSize(from, 0) - 1), 0));
}

// --- numbers of 64 bits: x has the upper half, y the lower ---

ivec2 plus64(ivec2 a, ivec2 b)
{
    uint low = uint(a.y) + uint(b.y);
    return ivec2(a.x + b.x + (low < uint(a.y) ? 1 : 0), int(low));
}

ivec2 minus64(ivec2 a, ivec2 b)
{
    return plus64(a, plus64(ivec2(~b.x, ~b.y), ivec2(0, 1)));
}

// [n] is 0 to 32767.
ivec2 times64(ivec2 a, int n)
{
    uint by = uint(n), low = uint(a.y);
    uint lower = (low & 65535u) * by;
    uint upper = (low >> 16) * by + (lower >> 16);
    return ivec2(a.x * n + int(upper >> 16), int((upper << 16) | (lower & 65535u)));
}

// 0 to ONE.
int share64(ivec2 a)
{
    if (a.x < 0) return 0;
    if (a.x > 0 || uint(a.y) > uint(ONE)) return ONE;
    return a.y;
}

// By its size, as the lower half of a small number below 0 would lose its last bits.
float number64(ivec2 a)
{
    if (a.x < 0) {
        a = minus64(ivec2(0), a);
        return -(float(a.x) * 4294967296.0 + float(uint(a.y)));
    }
    return float(a.x) * 4294967296.0 + float(uint(a.y));
}

// What is at [at] for the pixel (0, 0) and grows by [right] and [down].
ivec2 place64(ivec2 at, ivec2 right, ivec2 down, ivec2 pixel)
{
    return plus64(at, plus64(times64(right, pixel.x), times64(down, pixel.y)));
}
