// The blend modes of blend.c. Straight components are whole numbers to 65535 as there; what is made
// of them is near enough in floats.
uniform int blend_mode;

const int FULL = 65535;

float hard_light(float b, float s)
{
    return s <= 0.5 ? b * 2.0 * s : b + (2.0 * s - 1.0) * (1.0 - b);
}

float soft_light(float b, float s)
{
    if (s <= 0.5) return b - (1.0 - 2.0 * s) * b * (1.0 - b);
    float d = b <= 0.25 ? ((16.0 * b - 12.0) * b + 4.0) * b : sqrt(b);
    return b + (2.0 * s - 1.0) * (d - b);
}

// These two are steep: their divisions are those of whole numbers.
float quotient(float of, float by)
{
    uint full = uint(FULL), a = uint(of * float(FULL) + 0.5), b = uint(by * float(FULL) + 0.5);
    return float(min(full, a * full / b)) / float(FULL);
}

float color_dodge(float b, float s)
{
    if (b <= 0.0) return 0.0;
    return s >= 1.0 ? 1.0 : quotient(b, 1.0 - s);
}

float color_burn(float b, float s)
{
    if (b >= 1.0) return 1.0;
    return s <= 0.0 ? 0.0 : 1.0 - quotient(1.0 - b, s);
}

// In the order of cr_blend (project/catalog.h).
float separable(float b, float s)
{
    switch (blend_mode) {
    case 2:
        return b * s;
    case 3:
        return b + s - b * s;
    case 4:
        return hard_light(s, b);
    case 5:
        return min(b, s);
    case 6:
        return max(b, s);
    case 7:
        return color_dodge(b, s);
    case 8:
        return color_burn(b, s);
    case 9:
        return hard_light(b, s);
    case 10:
        return soft_light(b, s);
    case 11:
        return abs(b - s);
    case 12:
        return b + s - 2.0 * b * s;
    default:
        return s;
    }
}

float luminosity(vec3 c)
{
    return dot(c, vec3(0.30, 0.59, 0.11));
}

float highest(vec3 c)
{
    return max(c.r, max(c.g, c.b));
}

float lowest(vec3 c)
{
    return min(c.r, min(c.g, c.b));
}

vec3 with_luminosity(vec3 color, float target)
{
    color += target - luminosity(color);
    float light = luminosity(color), low = lowest(color), high = highest(color);
    if (low < 0.0 && light > low) color = light + (color - light) * light / (light - low);
    if (high > 1.0 && high > light)
        color = light + (color - light) * (1.0 - light) / (high - light);
    return color;
}

vec3 with_saturation(vec3 color, float target)
{
    float low = lowest(color), range = highest(color) - low;
    return range > 0.0 ? (color - low) * target / range : vec3(0.0);
}

vec3 not_separable(vec3 b, vec3 s)
{
    if (blend_mode == 13) // hue
        return with_luminosity(with_saturation(s, highest(b) - lowest(b)), luminosity(b));
    if (blend_mode == 14) // saturation
        return with_luminosity(with_saturation(b, highest(s) - lowest(s)), luminosity(b));
    if (blend_mode == 15) // color
        return with_luminosity(s, luminosity(b));
    return with_luminosity(b, luminosity(s));
}

uvec3 straight(ivec4 color)
{
    return uvec3(min((color.rgb * FULL + color.a / 2) / color.a, FULL));
}

ivec4 blended(ivec4 source, ivec4 backdrop)
{
    if (source.a == 0 || backdrop.a == 0) return source;
    uvec3 own = straight(source);
    vec3 b = vec3(straight(backdrop)) / float(FULL), s = vec3(own) / float(FULL), made;
    if (blend_mode >= 13)
        made = not_separable(b, s);
    else
        made = vec3(separable(b.r, s.r), separable(b.g, s.g), separable(b.b, s.b));
    // (1 - backdrop's alpha) x source + backdrop's alpha x made, times source's alpha.
    uvec3 whole = uvec3(clamp(made, 0.0, 1.0) * float(FULL) + 0.5);
    uint shown = uint(backdrop.a), most = uint(FULL) * 255u;
    uvec3 value = whole * shown + own * (255u - shown);
    value = (value * uint(source.a) + most / 2u) / most;
    return ivec4(min(ivec3(value), source.aaa), source.a);
}
