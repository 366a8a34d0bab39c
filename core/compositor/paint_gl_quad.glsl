// The pixels of [area] in a target of [size]; on a screen, whose rows count upwards, turned over.
in vec2 corner;
uniform ivec4 area;
uniform ivec2 size;

void main()
{
    vec2 at = mix(vec2(area.xy), vec2(area.zw), corner) / vec2(size) * 2.0 - 1.0;
    gl_Position = vec4(at.x, SCREEN == 1 ? -at.y : at.y, 0.0, 1.0);
}
