// How much of a pixel a picture covers (coverage.c), times a wipe's edge (transition.c).
uniform ivec2 shape[8]; // along at, right, down; across at, right, down; half width, half height
uniform vec4 corner;    // radii; half sizes less them; 16 fraction bits
uniform ivec4 wipe;     // goes down, goes backward, length of its way
uniform ivec2 wipe_edge; // front, width of the ramp

ivec2 shape_along(ivec2 pixel)
{
    return place64(shape[0], shape[1], shape[2], pixel);
}

ivec2 shape_across(ivec2 pixel)
{
    return place64(shape[3], shape[4], shape[5], pixel);
}

int overlap(ivec2 at, ivec2 reach)
{
    ivec2 rim = plus64(reach, ivec2(0, HALF));
    return max(share64(minus64(rim, at)) + share64(plus64(rim, at)) - ONE, 0);
}

int rounded(vec2 at)
{
    vec2 inwards = abs(at) - corner.zw;
    if (inwards.x <= 0.0 || inwards.y <= 0.0) return ONE;
    float radius = min(corner.x, corner.y);
    // Scaled to a circle of the smaller radius.
    if (corner.x != radius) inwards.x = floor(inwards.x * radius / corner.x);
    if (corner.y != radius) inwards.y = floor(inwards.y * radius / corner.y);
    float far = floor(sqrt(dot(inwards, inwards)));
    return int(clamp(radius + float(HALF) - far, 0.0, float(ONE)));
}

int coverage(ivec2 pixel)
{
    ivec2 along = shape_along(pixel), across = shape_across(pixel);
    int covered = overlap(along, shape[6]), other = overlap(across, shape[7]);
    // The product of two ones would not fit.
    covered = covered == ONE ? other : int((uint(covered) * uint(other)) >> 16);
    if (corner.x > 0.0 && corner.y > 0.0 && covered > 0)
        covered = min(covered, rounded(vec2(number64(along), number64(across))));
    return (covered * 255 + HALF) >> 16;
}

int wipe_at(ivec2 pixel)
{
    int at = wipe.x == 1 ? pixel.y : pixel.x;
    if (wipe.y == 1) at = wipe.z - 1 - at;
    int behind = wipe_edge.x - (at * ONE + HALF);
    if (behind <= 0) return 0;
    if (behind >= wipe_edge.y) return 255;
    return int((float(behind) * 255.0 + float(wipe_edge.y / 2)) / float(wipe_edge.y));
}

int mask_at(ivec2 pixel)
{
#if WIPE == 1
    return divide_255(coverage(pixel) * wipe_at(pixel));
#else
    return coverage(pixel);
#endif
}
