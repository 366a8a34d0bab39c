// A plane turned by a quarter, mirrored before.
#include "paint_gl_head.glsl"
#include "paint_gl_base.glsl"

uniform highp usampler2D plane0;
uniform ivec2 turn; // clockwise, mirrored

void main()
{
    ivec2 at = here(), last = textureSize(plane0, 0) - 1;
    int column = turn.x == 1 ? at.y : last.x - at.y;
    if (turn.y == 1) column = last.x - column;
    put(texel(plane0, ivec2(column, turn.x == 1 ? last.y - at.x : at.x)));
}
